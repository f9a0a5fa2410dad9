//! What the scores of a file come to (评定). Pure.

use crate::sheet::body::{Found, Scored};

/// What comes of two scores, or one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// A third settles.
    Differ,
    /// The file's score.
    Stands(Final),
}

/// A file's score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Final {
    /// In tenths of a point, before a veto.
    pub tenths: i32,
    pub vetoed: bool,
    /// What goes back to the officer, each with what it cost in tenths.
    pub found: Vec<(Found, i32)>,
}

/// One score counts as it is: of a file that one scores, or of the third.
pub(crate) fn alone(score: Scored) -> Final {
    let found = score.found.into_iter().map(|it| {
        let tenths = it.points * 10;
        (it, tenths)
    });
    Final { tenths: score.points * 10, vetoed: score.vetoed, found: found.collect() }
}

/// Two scores: their average where they agree on the veto and differ by no more than `gap` points. A finding of one of them costs half.
pub(crate) fn together(one: Scored, two: Scored, gap: i32) -> Verdict {
    if one.vetoed != two.vetoed || (one.points - two.points).abs() > gap {
        return Verdict::Differ;
    }
    let (tenths, vetoed) = ((one.points + two.points) * 5, one.vetoed);
    let mut found: Vec<(Found, i32)> = Vec::new();
    for it in one.found.into_iter().chain(two.found) {
        match found.iter_mut().find(|(known, _)| known.item == it.item && known.deduction == it.deduction) {
            Some((known, cost)) => {
                *cost += it.points * 5;
                if known.note != it.note && !it.note.is_empty() {
                    known.note = [known.note.as_str(), it.note.as_str()]
                        .iter()
                        .filter(|note| !note.is_empty())
                        .copied()
                        .collect::<Vec<_>>()
                        .join("；");
                }
            }
            None => {
                let cost = it.points * 5;
                found.push((it, cost));
            }
        }
    }
    Verdict::Stands(Final { tenths, vetoed, found })
}

/// Whether a file fails: below the pass mark, or vetoed.
pub(crate) fn fails(tenths: i32, vetoed: bool, pass: i32) -> bool {
    vetoed || tenths < pass * 10
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::body::Severity;

    fn found(item: &str, points: i32) -> Found {
        Found {
            item: item.into(),
            deduction: "a".into(),
            title: String::new(),
            article: String::new(),
            severity: Severity::General,
            points,
            note: item.into(),
        }
    }

    fn scored(points: i32, vetoed: bool, found: Vec<Found>) -> Scored {
        Scored { points, vetoed, found }
    }

    #[test]
    fn two_scores_within_the_gap_are_averaged_and_beyond_it_a_third_settles() {
        let within = together(scored(90, false, vec![found("1", 5), found("2", 5)]), scored(95, false, vec![found("1", 5)]), 5);
        let Verdict::Stands(of) = within else { panic!("five is within five") };
        assert_eq!((of.tenths, of.vetoed), (925, false));
        // 7.5 points were lost, and the findings say where.
        assert_eq!(of.found.iter().map(|it| it.1).sum::<i32>(), 75);
        assert_eq!(together(scored(90, false, vec![]), scored(96, false, vec![]), 5), Verdict::Differ);
        assert_eq!(together(scored(90, true, vec![]), scored(90, false, vec![]), 5), Verdict::Differ, "a veto is no matter of points");
    }

    #[test]
    fn a_file_fails_below_the_mark_or_by_a_veto() {
        assert!(fails(599, false, 60) && !fails(600, false, 60) && fails(1_000, true, 60));
        assert_eq!(alone(scored(88, false, vec![found("1", 12)])).found[0].1, 120);
    }
}
