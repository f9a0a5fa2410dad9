//! What lies on the pages of a document, and what lies beyond their edges: a line that no printer would put on paper.

use typst::layout::{Abs, Frame, FrameItem, Point, Size, Transform};
use typst_layout::PagedDocument;

/// A line may touch the edge by so many points: rounding, and the side bearing of a glyph.
const SLACK_POINTS: f64 = 1.0;

/// What lies on the pages of a document (版面).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Laid {
    /// Everything that is written on them, without spaces, page after page in the order it was set.
    pub text: String,
    /// Pieces of text that begin or end beyond the edge of their page.
    pub beyond: Vec<String>,
}

pub(crate) fn laid(document: &PagedDocument) -> Laid {
    let mut found = Laid::default();
    for page in document.pages() {
        walk(&page.frame, Transform::identity(), page.frame.size(), &mut found);
    }
    found
}

fn walk(frame: &Frame, placed: Transform, page: Size, found: &mut Laid) {
    for (at, item) in frame.items() {
        match item {
            FrameItem::Group(group) => {
                let inner = placed.pre_concat(Transform::translate(at.x, at.y)).pre_concat(group.transform);
                walk(&group.frame, inner, page, found);
            }
            FrameItem::Text(text) => {
                found.text.extend(text.text.chars().filter(|char| !char.is_whitespace()));
                let ends = [*at, Point::new(at.x + text.width(), at.y)].map(|point| point.transform(placed));
                let slack = Abs::pt(SLACK_POINTS);
                let inside = |point: &Point| (-slack..=page.x + slack).contains(&point.x) && (-slack..=page.y + slack).contains(&point.y);
                if !ends.iter().all(inside) {
                    found.beyond.push(text.text.to_string());
                }
            }
            _ => {}
        }
    }
}
