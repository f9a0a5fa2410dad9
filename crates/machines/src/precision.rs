//! How often a device was right (识别准确率), with the interval that so few verdicts leave open.

use kernel::share::Share;

/// With fewer verdicts nothing is concluded: one mistake is a mistake.
const LEAST_VERDICTS: i64 = 3;

/// A share with its interval.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, utoipa::ToSchema)]
pub struct Precision {
    /// Verdicts that said it was right.
    pub confirmed: i64,
    /// Verdicts that said it was wrong.
    pub refuted: i64,
    /// Right among all; none without a verdict.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
    /// The lower end of the 95 % interval.
    pub low: f64,
    /// The upper end of the 95 % interval.
    pub high: f64,
}

impl Precision {
    /// Of so many verdicts. The interval is Wilson's (1927), which holds for few verdicts too.
    #[must_use]
    pub fn of(confirmed: i64, refuted: i64) -> Self {
        let Share { share, low, high } = Share::of(confirmed, confirmed + refuted);
        Self { confirmed, refuted, share, low, high }
    }

    /// Whether it is sure enough that fewer than `floor` are right: the whole interval of three verdicts or more lies below.
    #[must_use]
    pub fn is_surely_below(&self, floor: f64) -> bool {
        self.confirmed + self.refuted >= LEAST_VERDICTS && self.high < floor
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_wilsons() {
        // 8 of 10: 0.4902 to 0.9433, as in Wilson's formula worked by hand.
        let found = Precision::of(8, 2);
        assert!((found.low - 0.4902).abs() < 1e-3 && (found.high - 0.9433).abs() < 1e-3, "{found:?}");
        assert_eq!(Precision::of(0, 0).share, None);
        assert_eq!((Precision::of(0, 0).low, Precision::of(0, 0).high), (0.0, 1.0));
    }

    #[test]
    fn a_few_mistakes_in_a_row_are_enough_and_one_is_not() {
        assert!(!Precision::of(0, 0).is_surely_below(0.8));
        assert!(!Precision::of(0, 1).is_surely_below(0.8) && !Precision::of(0, 2).is_surely_below(0.8));
        assert!(Precision::of(0, 3).is_surely_below(0.8));
        assert!(!Precision::of(7, 3).is_surely_below(0.8));
        assert!(Precision::of(70, 30).is_surely_below(0.8));
    }
}
