//! One act that hits several rows is fined once, by the row with the higher fine (行政处罚法第二十九条).

use std::cmp::Ordering;

use crate::matter::{FineParty, MatterFacts};

/// What the rule stands on.
pub const ONCE_AND_HIGHER: &str = "《行政处罚法》第二十九条";

/// What follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Higher {
    /// This one, by its place in the list, has the higher fine.
    Row(usize),
    /// These have the same range: any of them.
    Same,
    /// One of them has no fixed range for this party: a person compares what each comes to.
    Compare,
    /// None of them fines this party.
    None,
}

/// The row with the higher fine for a party: the statutory maximum counts, then the minimum.
#[must_use]
pub fn higher_fine(rows: &[&MatterFacts], party: FineParty) -> Higher {
    let mut best: Option<usize> = None;
    let mut same = false;
    for (at, row) in rows.iter().enumerate() {
        let Some(range) = row.range(party) else {
            if row.formula.is_some() {
                return Higher::Compare;
            }
            continue;
        };
        let Some(before) = best.and_then(|best| rows[best].range(party)) else {
            best = Some(at);
            continue;
        };
        match range.height(before) {
            Ordering::Greater => (best, same) = (Some(at), false),
            Ordering::Equal => same = true,
            Ordering::Less => {}
        }
    }
    match best {
        None => Higher::None,
        Some(_) if same => Higher::Same,
        Some(at) => Higher::Row(at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::facts;

    #[test]
    fn article_29_the_row_with_the_higher_fine() {
        let (low, high) = (facts(500, 1_000).0, facts(50, 2_000).0);
        assert_eq!(higher_fine(&[&low, &high], FineParty::Individual), Higher::Row(1));
        assert_eq!(higher_fine(&[&high, &low], FineParty::Individual), Higher::Row(0));
        // The same maximum: the minimum decides.
        let floor = facts(100, 2_000).0;
        assert_eq!(higher_fine(&[&high, &floor, &low], FineParty::Individual), Higher::Row(1));
        assert_eq!(higher_fine(&[&high, &high, &low], FineParty::Individual), Higher::Same);
        let formula = facts(0, 0).by_formula("违法所得×1–3").0;
        assert_eq!(higher_fine(&[&high, &formula], FineParty::Individual), Higher::Compare);
        assert_eq!(higher_fine(&[], FineParty::Individual), Higher::None);
    }
}
