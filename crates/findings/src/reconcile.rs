//! What was found before against what is found now (对账): the same episode is the same finding. Pure.

use crate::Rule;

/// Two episodes so near to each other, in seconds, are one whose ends moved.
const NEAR_S: i64 = 60;

/// An episode: rule, from, to.
pub(crate) type Episode = (Rule, i64, i64);

/// What became of what.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Places in both lists that are one finding.
    pub same: Vec<(usize, usize)>,
    /// Places of what is new.
    pub new: Vec<usize>,
    /// Places of what is no longer found.
    pub gone: Vec<usize>,
    /// Places of what a person judged that is now told in several pieces.
    pub torn: Vec<usize>,
}

/// Whether two of one rule lie on each other.
pub(crate) fn overlap(one: &Episode, other: &Episode) -> bool {
    one.0 == other.0 && one.1 <= other.2 && other.1 <= one.2
}

/// A piece of what a person judged is no second finding: it only says that it is told otherwise now. `judged` is of what is kept.
pub(crate) fn split(mut plan: Plan, kept: &[Episode], judged: &[bool], found: &[Episode]) -> Plan {
    let of = |at: usize, but: Option<usize>| {
        (0..kept.len()).find(|before| judged[*before] && Some(*before) != but && overlap(&kept[*before], &found[at]))
    };
    let (mut torn, mut gone) = (Vec::new(), Vec::new());
    plan.new.retain(|at| of(*at, None).map(|whole| torn.push(whole)).is_none());
    // One that waits or was withdrawn beside it does not come back for a piece of it.
    plan.same.retain(|(before, at)| {
        let whole = if judged[*before] { None } else { of(*at, Some(*before)) };
        whole.map(|whole| (torn.push(whole), gone.push(*before))).is_none()
    });
    plan.gone.extend(gone);
    // What lies on nothing that is found any more is gone, and marked as such.
    plan.torn = torn;
    plan
}

/// Pairs them: those that begin alike first, then those that overlap, the earliest first.
pub(crate) fn reconcile(kept: &[Episode], found: &[Episode]) -> Plan {
    let mut plan = Plan::default();
    let (mut open_kept, mut open_found) = (vec![true; kept.len()], vec![true; found.len()]);
    let alike: [fn(&Episode, &Episode) -> bool; 2] = [
        |one, other| one.0 == other.0 && one.1 == other.1,
        |one, other| one.0 == other.0 && one.1 <= other.2 + NEAR_S && other.1 <= one.2 + NEAR_S,
    ];
    for alike in alike {
        for (at, now) in found.iter().enumerate().filter(|(at, _)| open_found[*at]).collect::<Vec<_>>() {
            if let Some(before) = (0..kept.len()).find(|before| open_kept[*before] && alike(&kept[*before], now)) {
                (open_kept[before], open_found[at]) = (false, false);
                plan.same.push((before, at));
            }
        }
    }
    plan.new = (0..found.len()).filter(|at| open_found[*at]).collect();
    plan.gone = (0..kept.len()).filter(|at| open_kept[*at]).collect();
    plan
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_again_is_the_same_and_ends_may_move() {
        let kept = [(Rule::Speeding, 0, 100), (Rule::Speeding, 1_000, 1_100), (Rule::LidOpen, 0, 100)];
        assert_eq!(reconcile(&kept, &kept), Plan { same: vec![(0, 0), (1, 1), (2, 2)], ..Plan::default() });
        // A late point before the first makes it begin earlier; the second is gone; another is new.
        let found = [(Rule::Speeding, -50, 100), (Rule::Dark, 5, 9), (Rule::LidOpen, 0, 300)];
        assert_eq!(reconcile(&kept, &found), Plan { same: vec![(2, 2), (0, 0)], new: vec![1], gone: vec![1], ..Plan::default() });
        // One that is told as two stays one, and the other is new.
        let found = [(Rule::Speeding, 0, 40), (Rule::Speeding, 70, 100)];
        assert_eq!(reconcile(&kept[..1], &found), Plan { same: vec![(0, 0)], new: vec![1], gone: vec![], ..Plan::default() });
    }

    #[test]
    fn a_piece_of_what_was_judged_is_no_second_finding() {
        let kept = [(Rule::Speeding, 0, 100), (Rule::Speeding, 70, 100)];
        let found = [(Rule::Speeding, 0, 40), (Rule::Speeding, 70, 100)];
        let plan = split(reconcile(&kept[..1], &found), &kept[..1], &[true], &found);
        assert_eq!(plan, Plan { same: vec![(0, 0)], torn: vec![0], ..Plan::default() });
        // Nor does one come back that was withdrawn.
        let plan = split(reconcile(&kept, &found), &kept, &[true, false], &found);
        assert_eq!(plan, Plan { same: vec![(0, 0)], gone: vec![1], torn: vec![0], ..Plan::default() });
        // Nobody judged it: two are two.
        let plan = split(reconcile(&kept[..1], &found), &kept[..1], &[false], &found);
        assert_eq!(plan.new, [1]);
    }
}
