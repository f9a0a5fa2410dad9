//! Fine ranges (罚款幅度) in fen, and what article 51 makes of them.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::codes::{FineParty, SimpleUse};

/// The most that a citizen may be fined on the spot, in fen: 200 yuan (行政处罚法第五十一条).
pub const SIMPLE_INDIVIDUAL_FEN: i64 = 20_000;
/// The most that an organisation may be fined on the spot, in fen: 3,000 yuan (行政处罚法第五十一条).
pub const SIMPLE_ORGANISATION_FEN: i64 = 300_000;
/// The largest amount that is taken for one, in fen: a thousand million yuan.
const MOST_FEN: i64 = 100_000_000_000;

/// The range of a fine, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub struct FineRange {
    /// At least, in fen; 0 says that the law names no floor.
    pub min_fen: i64,
    /// At most, in fen.
    pub max_fen: i64,
}

impl FineRange {
    /// Which fine is the higher: the statutory maximum counts, then the minimum. The law does not say how to compare ranges; this is how
    /// it is usually done.
    #[must_use]
    pub fn height(self, other: Self) -> Ordering {
        (self.max_fen, self.min_fen).cmp(&(other.max_fen, other.min_fen))
    }

    /// Whether every fine of this range is allowed by the other.
    #[must_use]
    pub fn is_within(self, other: Self) -> bool {
        self.min_fen >= other.min_fen && self.max_fen <= other.max_fen
    }
}

/// Reads yuan with at most two decimals as fen; `None` for anything else.
pub(super) fn fen(yuan: &str) -> Option<i64> {
    let (whole, part) = yuan.split_once('.').unwrap_or((yuan, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 10 || !digits(whole) || part.len() > 2 || !digits(part) || (yuan.contains('.') && part.is_empty())
    {
        return None;
    }
    let cents: i64 = format!("{part:0<2}").parse().ok()?;
    let fen = whole.parse::<i64>().ok()? * 100 + cents;
    (fen <= MOST_FEN).then_some(fen)
}

/// Fen as yuan, without decimals where there are none.
pub(crate) fn yuan(fen: i64) -> String {
    if fen % 100 == 0 { (fen / 100).to_string() } else { format!("{}.{:02}", fen / 100, fen % 100) }
}

/// Whether a fine can be decided on the spot (行政处罚法第五十一条): at most 200 yuan for a citizen, 3,000 for an organisation, or a
/// warning. A confiscation that must go with the fine takes the whole case out of it; one that hangs on a condition does not.
#[must_use]
pub fn simple_use(range: Option<FineRange>, formula: Option<&str>, other_measure: Option<&str>, party: FineParty) -> Option<SimpleUse> {
    let Some(range) = range else {
        return formula.is_some_and(|formula| formula.contains("警告")).then_some(SimpleUse::WarningOnly);
    };
    if other_measure.is_some_and(|measure| measure.starts_with("没收") && !measure.contains("(有")) {
        return Some(SimpleUse::Never);
    }
    let most = match party {
        FineParty::Individual => SIMPLE_INDIVIDUAL_FEN,
        FineParty::Organisation => SIMPLE_ORGANISATION_FEN,
    };
    Some(if range.max_fen <= most {
        SimpleUse::Always
    } else if range.min_fen <= most {
        SimpleUse::WhenSmall
    } else {
        SimpleUse::Never
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yuan_are_read_to_the_fen() {
        assert_eq!([fen("50"), fen("0"), fen("0.5"), fen("12.34")], [Some(5_000), Some(0), Some(50), Some(1_234)]);
        for wrong in ["", "-1", "1.234", "1.", ".5", "五十", "1e3", "99999999999", " 1", "１"] {
            assert_eq!(fen(wrong), None, "{wrong}");
        }
        assert_eq!((yuan(5_000), yuan(1_234), yuan(5)), ("50".into(), "12.34".into(), "0.05".into()));
    }

    #[test]
    fn article_51_two_hundred_for_a_citizen_and_three_thousand_for_an_organisation() {
        let range = |min: i64, max: i64| Some(FineRange { min_fen: min * 100, max_fen: max * 100 });
        let of = |range, party| simple_use(range, None, None, party);
        assert_eq!(of(range(50, 200), FineParty::Individual), Some(SimpleUse::Always));
        assert_eq!(of(range(50, 201), FineParty::Individual), Some(SimpleUse::WhenSmall));
        assert_eq!(of(range(201, 500), FineParty::Individual), Some(SimpleUse::Never));
        assert_eq!(of(range(500, 3_000), FineParty::Organisation), Some(SimpleUse::Always));
        assert_eq!(of(range(3_000, 5_000), FineParty::Organisation), Some(SimpleUse::WhenSmall));
        assert_eq!(of(range(3_001, 5_000), FineParty::Organisation), Some(SimpleUse::Never));
        assert_eq!(of(None, FineParty::Individual), None);
        let small = range(50, 100);
        assert_eq!(simple_use(small, None, Some("没收犬只"), FineParty::Individual), Some(SimpleUse::Never));
        assert_eq!(simple_use(small, None, Some("拒不改正的没收犬只"), FineParty::Individual), Some(SimpleUse::Always));
        assert_eq!(simple_use(small, None, Some("没收违法所得(有违法所得时)"), FineParty::Individual), Some(SimpleUse::Always));
        assert_eq!(simple_use(None, Some("警告"), None, FineParty::Organisation), Some(SimpleUse::WarningOnly));
        assert_eq!(simple_use(None, Some("违法所得×1–3"), None, FineParty::Organisation), None);
    }
}
