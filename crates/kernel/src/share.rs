//! A share (比例) with the interval that so few cases leave open, and how many cases a wanted interval needs.

/// The quantile of the normal distribution for 95 % on both sides.
const Z: f64 = 1.959_963_984_540_054;

/// So many of so many, with Wilson's 95 % interval (Wilson 1927), which holds for few cases and for shares near 0 and 1 too.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// The share; none of nothing.
    pub share: Option<f64>,
    /// The lower end of the 95 % interval, 0 to 1.
    pub low: f64,
    /// The upper end of the 95 % interval, 0 to 1.
    pub high: f64,
}

impl Share {
    /// Of `part` of `all`.
    #[must_use]
    pub fn of(part: i64, all: i64) -> Self {
        if all <= 0 {
            return Self { share: None, low: 0.0, high: 1.0 };
        }
        let all = all as f64;
        let share = part as f64 / all;
        let spread = Z * Z / all;
        let middle = (share + spread / 2.0) / (1.0 + spread);
        let half = Z / (1.0 + spread) * (share * (1.0 - share) / all + spread / (4.0 * all)).sqrt();
        Self { share: Some(share), low: (middle - half).max(0.0), high: (middle + half).min(1.0) }
    }
}

/// How many of `all` must be looked at for an interval of at most `half` to each side, whatever the share: Cochran's number for a share of
/// one half, corrected for a finite number (Cochran, Sampling Techniques, 1977, §4.4). Never more than all.
#[must_use]
pub fn sample_size(all: i64, half: f64) -> i64 {
    if all <= 0 || half <= 0.0 {
        return all.max(0);
    }
    let endless = Z * Z * 0.25 / (half * half);
    let size = endless / (1.0 + (endless - 1.0) / all as f64);
    (size.ceil() as i64).clamp(1, all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_wilsons() {
        // 8 of 10: 0.4902 to 0.9433, as in Wilson's formula worked by hand.
        let found = Share::of(8, 10);
        assert!((found.low - 0.4902).abs() < 1e-3 && (found.high - 0.9433).abs() < 1e-3, "{found:?}");
        assert_eq!(Share::of(0, 0), Share { share: None, low: 0.0, high: 1.0 });
    }

    #[test]
    fn a_sample_is_cochran_s_and_never_larger_than_everything() {
        // 384.15 of endlessly many for five points to each side; of a thousand 277.7, so 278.
        assert_eq!([sample_size(1_000_000_000, 0.05), sample_size(1_000, 0.05)], [385, 278]);
        assert_eq!([sample_size(10, 0.05), sample_size(1, 0.2), sample_size(0, 0.05)], [10, 1, 0]);
    }
}
