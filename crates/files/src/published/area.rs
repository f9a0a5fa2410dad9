//! Rectangles of a picture that its public copy covers.

use chrono::{DateTime, Utc};
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// A rectangle in ten-thousandths of the picture's sides, from its upper left as a person sees it (遮挡区域).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PhotoArea)]
pub struct Area {
    /// From the left edge, 0 to 9999.
    pub left: u16,
    /// From the upper edge, 0 to 9999.
    pub top: u16,
    /// Across, 1 to 10000.
    pub width: u16,
    /// Down, 1 to 10000.
    pub height: u16,
}

/// The whole side.
pub(crate) const SIDE: u16 = 10_000;
/// The least side of what a person marks: a hundredth of the picture's.
const LEAST_SIDE: u16 = 50;

impl Area {
    /// Whether the middle of another one lies within this.
    pub(super) fn holds_middle_of(self, other: Self) -> bool {
        let within = |from: u16, extent: u16, other: u16, its: u16| {
            let middle = u32::from(other) + u32::from(its) / 2;
            (u32::from(from)..=u32::from(from) + u32::from(extent)).contains(&middle)
        };
        within(self.left, self.width, other.left, other.width) && within(self.top, self.height, other.top, other.height)
    }

    /// The part of it that lies in the picture.
    ///
    /// # Errors
    /// `area-outside` of what lies outside or is too small to be seen.
    pub fn checked(self) -> Result<Self, Problem> {
        if self.left >= SIDE || self.top >= SIDE || self.width < LEAST_SIDE || self.height < LEAST_SIDE {
            return Err(Problem::invalid("area-outside", "遮挡区域应在照片之内，且边长不小于照片边长的 0.5%")
                .field("areas", "区域过小或在照片之外"));
        }
        Ok(Self { width: self.width.min(SIDE - self.left), height: self.height.min(SIDE - self.top), ..self })
    }

    /// Out of shares of the sides, 0 to 1; cut to the picture, and never without extent.
    #[must_use]
    pub fn of_shares(left: f32, top: f32, width: f32, height: f32) -> Self {
        let parts = |share: f32| (share.clamp(0.0, 1.0) * f32::from(SIDE)) as u16;
        let (left, top) = (parts(left).min(SIDE - 1), parts(top).min(SIDE - 1));
        // Up to the next part, so that rounding leaves no rim.
        let extent = |share: f32, from: u16| (parts(share) + 1).clamp(1, SIDE - from);
        Self { left, top, width: extent(width, left), height: extent(height, top) }
    }

    /// Larger on every side by so many hundredths of its own sides, within the picture.
    #[must_use]
    pub fn grown(self, across: u16, down: u16) -> Self {
        let grow = |from: u16, extent: u16, hundredths: u16| {
            let more = (u32::from(extent) * u32::from(hundredths) / 100) as u16;
            let start = from.saturating_sub(more);
            let end = (u32::from(from) + u32::from(extent) + u32::from(more)).min(u32::from(SIDE)) as u16;
            (start, end - start)
        };
        let ((left, width), (top, height)) = (grow(self.left, self.width, across), grow(self.top, self.height, down));
        Self { left, top, width, height }
    }
}

kernel::codes! {
    /// Who said that an area is to be covered (遮挡来源).
    CoverOrigin {
        /// A face was found there (人脸).
        Face = "face", "人脸";
        /// A number plate was found there (号牌).
        Plate = "plate", "号牌";
        /// A person marked it (人工).
        Hand = "hand", "人工";
    }
}

/// An area that is covered, and who said so.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CoveredArea {
    /// Who said so.
    pub origin: CoverOrigin,
    /// Where.
    #[serde(flatten)]
    pub area: Area,
    /// Who marked it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marked_by: Option<Uuid>,
    /// When it was found or marked.
    pub marked_at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_is_cut_to_the_picture_and_one_outside_or_too_small_is_refused() {
        let area = Area { left: 9_000, top: 100, width: 5_000, height: 60 };
        assert_eq!(area.checked(), Ok(Area { width: 1_000, ..area }));
        for faulty in [Area { left: 10_000, ..area }, Area { height: 20, ..area }, Area { width: 0, ..area }] {
            assert_eq!(faulty.checked().unwrap_err().code, "area-outside");
        }
    }

    #[test]
    fn shares_become_parts_within_the_picture() {
        assert_eq!(Area::of_shares(0.5, 0.25, 0.1, 0.2), Area { left: 5_000, top: 2_500, width: 1_001, height: 2_001 });
        let edge = Area::of_shares(1.0, -3.0, 9.0, 0.0);
        assert_eq!(edge, Area { left: 9_999, top: 0, width: 1, height: 1 });
        assert_eq!(Area::of_shares(0.5, 0.5, 0.1, 0.1).grown(20, 1_000), Area { left: 4_800, top: 0, width: 1_401, height: 10_000 });
    }
}
