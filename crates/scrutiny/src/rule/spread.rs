//! Replies that crowd before the limit (卡点反馈): one unit's or person's share of last-minute replies against everybody else's.
//!
//! Of `n` replies in time with a limit, `k` came within the last ten minutes. The others' share, with one added to each side (Laplace), is
//! what would be expected; the chance of `k` or more of `n` by it is the upper tail of the binomial distribution. It is suspicious below
//! 1 % divided by how many subjects were looked at (Bonferroni), with at least five such replies of at least ten, and twenty of others. A
//! limit that is short for what has to be done makes late replies too: it is a reason to look, no more.

use chrono::TimeDelta;

/// Which version of the rule.
pub(crate) const RULE: &str = "edge-burst/1";
/// The last minutes.
pub(crate) const LAST: TimeDelta = TimeDelta::minutes(10);
/// The days that are looked at.
pub(crate) const DAYS: i64 = 30;
/// The chance of finding anything among all where there is nothing.
const CHANCE: f64 = 0.01;
const LEAST_LATE: i64 = 5;
const LEAST_REPLIES: i64 = 10;
const LEAST_OTHERS: i64 = 20;

/// So many replies, and of those so many in the last minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Replies {
    pub all: i64,
    pub late: i64,
}

/// A subject that stands out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Crowd {
    /// Its place among those that were handed in.
    pub index: usize,
    /// Its own.
    pub own: Replies,
    /// Everybody else's.
    pub others: Replies,
    /// The chance of so many by the others' share.
    pub chance: f64,
}

/// Those of these subjects that stand out.
pub(crate) fn crowds(subjects: &[Replies]) -> Vec<Crowd> {
    let total = subjects.iter().fold(Replies { all: 0, late: 0 }, |sum, it| Replies { all: sum.all + it.all, late: sum.late + it.late });
    let looked_at = |it: &&Replies| it.all >= LEAST_REPLIES;
    let tests = subjects.iter().filter(looked_at).count().max(1) as f64;
    let judge = |(index, own): (usize, &Replies)| {
        let others = Replies { all: total.all - own.all, late: total.late - own.late };
        if own.all < LEAST_REPLIES || own.late < LEAST_LATE || others.all < LEAST_OTHERS {
            return None;
        }
        let share = (others.late + 1) as f64 / (others.all + 2) as f64;
        let chance = at_least(own.late, own.all, share);
        (chance < CHANCE / tests).then_some(Crowd { index, own: *own, others, chance })
    };
    subjects.iter().enumerate().filter_map(judge).collect()
}

/// The chance of `k` or more of `n`, each with the chance `share`.
fn at_least(k: i64, n: i64, share: f64) -> f64 {
    // By logarithms: the powers leave the range of a float long before the sum does.
    let mut log_term = n as f64 * (1.0 - share).ln();
    let step = share.ln() - (1.0 - share).ln();
    let mut sum = if k == 0 { log_term.exp() } else { 0.0 };
    for i in 1..=n {
        log_term += ((n - i + 1) as f64 / i as f64).ln() + step;
        if i >= k {
            sum += log_term.exp();
        }
    }
    sum.min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replies(all: i64, late: i64) -> Replies {
        Replies { all, late }
    }

    #[test]
    fn the_tail_is_the_binomial_s() {
        // 10 throws of a coin: 8 or more is (45 + 10 + 1) / 1024.
        assert!((at_least(8, 10, 0.5) - 56.0 / 1024.0).abs() < 1e-12);
        assert!((at_least(0, 10, 0.3) - 1.0).abs() < 1e-12);
        assert!(at_least(900, 1_000, 0.1) < 1e-100, "no underflow to a wrong number");
    }

    #[test]
    fn who_crowds_stands_out_and_who_is_as_late_as_all_does_not() {
        let found = crowds(&[replies(40, 20), replies(60, 4), replies(50, 3), replies(8, 8)]);
        assert_eq!(found.iter().map(|crowd| crowd.index).collect::<Vec<_>>(), [0], "eight replies are too few to say anything");
        assert_eq!((found[0].own, found[0].others), (replies(40, 20), replies(118, 15)));
        assert_eq!(crowds(&[replies(40, 12), replies(40, 12), replies(40, 12)]), [], "where everybody is late nobody stands out");
        assert_eq!(crowds(&[replies(40, 12)]), [], "alone there is nothing to compare with");
    }
}
