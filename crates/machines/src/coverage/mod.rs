//! Coverage (覆盖情况): in which unit grids, at which hours of the day and for which kinds devices looked, and where nothing looks.
//!
//! A look is an event, whether something was seen or not. It counts for the grid where the device stood, or for a device that moves, where it
//! said it was, to four decimals of a degree; what lies in no grid counts for none.
//!
//! Tables: `machine_coverage`, `machine_coverage_mark`. Events are counted once each, two minutes after they were taken in, by a worker of its own.

pub(crate) mod export;
pub(crate) mod show;
mod store;
mod work;

use std::collections::{BTreeMap, BTreeSet};

use store::Kept;

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
    /// Of these grids.
    fn of(grids: Vec<String>, kept: &[Kept]) -> Self {
        let mut tally = Self { grids: grids.into_iter().map(|grid| (grid, Cell::default())).collect(), ..Self::default() };
        for one in kept {
            let looks: i64 = one.hours.iter().sum();
            let Some(cell) = tally.grids.get_mut(&one.grid) else {
                tally.elsewhere += looks;
                continue;
            };
            cell.looks += looks;
            for (hour, more) in cell.hours.iter_mut().zip(&one.hours) {
                *hour += more;
            }
            cell.kinds.insert(one.kind);
            let kind = tally.kinds.entry(one.kind).or_default();
            kind.0 += looks;
            kind.1.insert(one.grid.clone());
        }
        tally
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks(grid: &str, kind: i16, hour: usize, looks: i64) -> Kept {
        let mut hours = vec![0; HOURS];
        hours[hour] = looks;
        Kept { day: chrono::NaiveDate::MIN, grid: grid.to_owned(), kind, hours }
    }

    #[test]
    fn a_grid_that_nothing_looked_at_stays_with_no_looks_and_what_lies_elsewhere_counts_for_none() {
        let all = [looks("a", 22, 9, 3), looks("a", 22, 10, 2), looks("a", 5, 9, 1), looks("", 22, 9, 7)];
        let tally = Tally::of(vec!["a".into(), "b".into()], &all);
        let (a, b) = (&tally.grids["a"], &tally.grids["b"]);
        assert_eq!((a.looks, a.hours[9], a.hours[10], a.kinds.len()), (6, 4, 2, 2));
        assert_eq!(*b, Cell::default());
        assert_eq!((tally.kinds[&22].0, tally.kinds[&22].1.len(), tally.elsewhere), (5, 1, 7));
        // Nothing is lost on the way.
        let counted: i64 = tally.grids.values().map(|cell| cell.hours.iter().sum::<i64>()).sum();
        assert_eq!(counted + tally.elsewhere, all.iter().flat_map(|one| &one.hours).sum::<i64>());
    }
}
