//! Which unit will keep what it is given (退单学习): an estimate from past dispatches, with the numbers that it rests on.
//!
//! Counted is by class and place, from near to far: the same class in the same grid, in the same township, in the whole district. A level
//! is asked only as far as the nearer ones know little; what is farther counts as so many dispatches as [`WEIGHT`], no more.

/// How many dispatches the wider level weighs beside what the nearer one knows (house rule): with four of its own, a grid counts half.
pub const WEIGHT: f64 = 4.0;
/// From so many dispatches of a class on a warning is more than chance (house rule).
pub const LEAST: u32 = 3;
/// From this share on a unit usually sends such things back (house rule).
pub const USUALLY: f64 = 0.5;

/// How often dispatches to a unit ended one way or the other (办结、退回).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// It was fixed and closed by the unit.
    pub kept: u32,
    /// The unit sent it back, or it was taken from it for another.
    pub returned: u32,
}

impl Tally {
    /// Dispatches that ended.
    #[must_use]
    pub const fn all(self) -> u32 {
        self.kept + self.returned
    }

    /// One more.
    pub const fn add(&mut self, returned: bool) {
        if returned {
            self.returned += 1;
        } else {
            self.kept += 1;
        }
    }
}

/// The probability, 0 to 1, that a unit sends the next one back: `levels` from wide to near, each smoothed by the one before it. `None`
/// where no level knows anything.
#[must_use]
pub fn returns(levels: &[Tally]) -> Option<f64> {
    if levels.iter().all(|level| level.all() == 0) {
        return None;
    }
    // Before anything is known a unit keeps what it is given: most dispatches are kept.
    let start = 0.1;
    Some(levels.iter().fold(start, |before, level| (f64::from(level.returned) + WEIGHT * before) / (f64::from(level.all()) + WEIGHT)))
}

/// Whether to warn of a unit: it usually sends such things back, and it is no chance.
#[must_use]
pub fn usually_returns(levels: &[Tally]) -> bool {
    let most = levels.iter().map(|level| level.all()).max().unwrap_or(0);
    most >= LEAST && returns(levels).is_some_and(|share| share >= USUALLY)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn tally(kept: u32, returned: u32) -> Tally {
        Tally { kept, returned }
    }

    #[test]
    fn nothing_known_is_nothing_said() {
        assert_eq!(returns(&[tally(0, 0), tally(0, 0)]), None);
        assert!(!usually_returns(&[tally(0, 0)]));
    }

    #[test]
    fn one_return_is_no_warning_and_nine_of_twelve_are() {
        assert!(!usually_returns(&[tally(0, 1), tally(0, 1), tally(0, 1)]));
        assert!(usually_returns(&[tally(3, 9), tally(3, 9), tally(3, 9)]));
        assert!(!usually_returns(&[tally(11, 1), tally(11, 1), tally(11, 1)]));
    }

    #[test]
    fn the_nearer_level_wins_where_it_knows_enough() {
        // The district keeps such things, this grid does not: five of five came back.
        let near = returns(&[tally(95, 5), tally(20, 5), tally(0, 5)]).unwrap();
        let far = returns(&[tally(95, 5), tally(20, 5), tally(0, 0)]).unwrap();
        assert!(near > 0.5 && far < 0.25, "{near} {far}");
        // A level without dispatches changes nothing.
        assert_eq!(returns(&[tally(95, 5), tally(0, 0)]), returns(&[tally(95, 5)]));
        // By hand: (5 + 4·0.1) / (100 + 4) = 0.0519…
        assert!((returns(&[tally(95, 5)]).unwrap() - 5.4 / 104.0).abs() < 1e-12);
    }

    #[test]
    fn more_returns_never_make_a_unit_look_better() {
        for kept in 0..8 {
            let shares: Vec<f64> = (0..8).filter_map(|returned| returns(&[tally(kept + 1, returned)])).collect();
            assert!(shares.is_sorted(), "{shares:?}");
        }
    }
}
