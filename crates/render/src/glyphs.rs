//! Characters that no font has.

use std::collections::BTreeSet;

use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;

/// The characters of a document that would be drawn as an empty box, each once.
pub(crate) fn missing(document: &PagedDocument) -> String {
    let mut found = BTreeSet::new();
    for page in document.pages() {
        walk(&page.frame, &mut found);
    }
    found.into_iter().collect()
}

fn walk(frame: &Frame, found: &mut BTreeSet<char>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => walk(&group.frame, found),
            FrameItem::Text(text) => {
                // Glyph 0 of every font is the box for what it lacks.
                for glyph in text.glyphs.iter().filter(|glyph| glyph.id == 0) {
                    found.extend(text.text.get(glyph.range()).unwrap_or_default().chars());
                }
            }
            _ => {}
        }
    }
}
