//! Areas of a picture in shares of its sides, so that they hold at every size of it.

use crate::Found;

/// A rectangle; every number a share of the picture's side, 0 to 1, from the upper left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// From the left edge.
    pub left: f32,
    /// From the upper edge.
    pub top: f32,
    /// Across.
    pub width: f32,
    /// Down.
    pub height: f32,
}

impl Area {
    /// A rectangle cut to the picture; nothing of one that lies outside or has no extent.
    #[must_use]
    pub fn within(left: f32, top: f32, width: f32, height: f32) -> Option<Self> {
        if ![left, top, width, height].iter().all(|it| it.is_finite()) {
            return None;
        }
        let (right, bottom) = ((left + width).min(1.0), (top + height).min(1.0));
        let (left, top) = (left.max(0.0), top.max(0.0));
        let has_extent = right > left && bottom > top;
        has_extent.then_some(Self { left, top, width: right - left, height: bottom - top })
    }

    /// Larger by these shares of its own sides, on every side, within the picture.
    #[must_use]
    pub fn grown(self, across: f32, down: f32) -> Self {
        let (x, y) = (self.width * across, self.height * down);
        Self::within(self.left - x, self.top - y, self.width + 2.0 * x, self.height + 2.0 * y).unwrap_or(self)
    }

    /// How much of both is common to both, 0 to 1 (intersection over union).
    #[must_use]
    pub fn overlap(self, other: Self) -> f32 {
        let across = (self.left + self.width).min(other.left + other.width) - self.left.max(other.left);
        let down = (self.top + self.height).min(other.top + other.height) - self.top.max(other.top);
        if across <= 0.0 || down <= 0.0 {
            return 0.0;
        }
        let common = across * down;
        common / (self.width * self.height + other.width * other.height - common)
    }
}

/// Areas of one kind that overlap by more are one.
const SAME: f32 = 0.4;
/// So many at most: a crowd has fewer, and what is beyond are ghosts of the lowest threshold.
const MOST: usize = 500;

/// The surest of each heap of areas that lie on one another.
pub(crate) fn without_repeats(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by(|one, other| other.confidence.total_cmp(&one.confidence));
    let mut kept: Vec<Found> = Vec::new();
    for one in found {
        if kept.len() < MOST && !kept.iter().any(|other| other.kind == one.kind && other.area.overlap(one.area) > SAME) {
            kept.push(one);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Kind;

    fn area(left: f32, top: f32, side: f32) -> Area {
        Area::within(left, top, side, side).unwrap()
    }

    #[test]
    fn an_area_stays_within_the_picture() {
        assert_eq!(area(0.9, 0.9, 0.4), Area { left: 0.9, top: 0.9, width: 1.0 - 0.9, height: 1.0 - 0.9 });
        assert!(Area::within(1.2, 0.0, 0.1, 0.1).is_none() && Area::within(0.1, 0.1, 0.0, 0.1).is_none());
        assert!(Area::within(f32::NAN, 0.0, 0.1, 0.1).is_none());
        assert_eq!(area(0.4, 0.4, 0.2).grown(5.0, 5.0), Area { left: 0.0, top: 0.0, width: 1.0, height: 1.0 });
    }

    #[test]
    fn of_areas_on_one_another_the_surest_stays_and_kinds_do_not_meet() {
        let found = |kind, left, confidence| Found { kind, area: area(left, 0.1, 0.2), confidence };
        let left = without_repeats(vec![
            found(Kind::Face, 0.11, 0.4),
            found(Kind::Face, 0.10, 0.9),
            found(Kind::Plate, 0.10, 0.3),
            found(Kind::Face, 0.50, 0.2),
        ]);
        assert_eq!(
            left.iter().map(|one| (one.kind, one.confidence)).collect::<Vec<_>>(),
            [(Kind::Face, 0.9), (Kind::Plate, 0.3), (Kind::Face, 0.2)]
        );
    }
}
