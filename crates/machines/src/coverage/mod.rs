//! Coverage (覆盖情况): in which unit grids, at which hours of the day and for which kinds devices looked, and where nothing looks.
//!
//! A look is an event, whether something was seen or not. It counts for the grid where the device stood, or for a device that moves, where it
//! said it was, to four decimals of a degree; what lies in no grid counts for none.

pub(crate) mod export;
pub(crate) mod show;
mod store;

use std::collections::{BTreeMap, BTreeSet};

use store::Looks;

/// Hours of a day.
pub(crate) const HOURS: usize = 24;

/// What was looked at of one grid.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Cell {
    looks: i64,
    hours: [i64; HOURS],
    kinds: BTreeSet<i16>,
}

/// Looks put together by grid and by kind: pure.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tally {
    grids: BTreeMap<String, Cell>,
    /// Looks of a kind, and the grids that they were in.
    kinds: BTreeMap<i16, (i64, BTreeSet<String>)>,
    /// Looks in no grid of those asked for.
    elsewhere: i64,
}

impl Tally {
    /// Of these grids; `grid_of` says where looks were.
    fn of(grids: Vec<String>, looks: &[Looks], grid_of: impl Fn(&Looks) -> Option<String>) -> Self {
        let mut tally = Self { grids: grids.into_iter().map(|grid| (grid, Cell::default())).collect(), ..Self::default() };
        for one in looks {
            let Some(grid) = grid_of(one).filter(|grid| tally.grids.contains_key(grid)) else {
                tally.elsewhere += one.looks;
                continue;
            };
            let cell = tally.grids.entry(grid.clone()).or_default();
            cell.looks += one.looks;
            if let Some(hour) = usize::try_from(one.hour).ok().and_then(|hour| cell.hours.get_mut(hour)) {
                *hour += one.looks;
            }
            cell.kinds.insert(one.kind);
            let kind = tally.kinds.entry(one.kind).or_default();
            kind.0 += one.looks;
            kind.1.insert(grid);
        }
        tally
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks(grid: &str, kind: i16, hour: i16, looks: i64) -> Looks {
        Looks { jurisdiction: grid.to_owned(), kind, hour, lon: None, lat: None, looks }
    }

    #[test]
    fn a_grid_that_nothing_looked_at_stays_with_no_looks_and_what_lies_elsewhere_counts_for_none() {
        let all = [looks("a", 22, 9, 3), looks("a", 22, 10, 2), looks("a", 5, 9, 1), looks("c", 22, 9, 7)];
        let tally = Tally::of(vec!["a".into(), "b".into()], &all, |one| Some(one.jurisdiction.clone()));
        let (a, b) = (&tally.grids["a"], &tally.grids["b"]);
        assert_eq!((a.looks, a.hours[9], a.hours[10], a.kinds.len()), (6, 4, 2, 2));
        assert_eq!(*b, Cell::default());
        assert_eq!((tally.kinds[&22].0, tally.kinds[&22].1.len(), tally.elsewhere), (5, 1, 7));
        // Nothing is lost on the way.
        let counted: i64 = tally.grids.values().map(|cell| cell.hours.iter().sum::<i64>()).sum();
        assert_eq!(counted + tally.elsewhere, all.iter().map(|one| one.looks).sum::<i64>());
    }
}
