//! What stands still at a border, or holds now and then, is told once.

use fences::{Change, Presence, Streak, Streaks};
use proptest::prelude::*;

proptest! {
    /// A fence never flaps: a thing that stands anywhere and jitters by less than half the margin changes once at most.
    #[test]
    fn jitter_below_the_margin_changes_a_fence_once_at_most(
        stands in -100.0_f64..100.0,
        jitter in proptest::collection::vec(-9.99_f64..9.99, 1..500),
        began_inside in prop::bool::ANY,
    ) {
        let mut presence = Presence::new(20.0, 0);
        if began_inside {
            presence.feed(0, 0.0);
        }
        let changes = (1_i64..).zip(&jitter).filter(|(at, off)| presence.feed(*at, (stands + **off).max(0.0)).is_some()).count();
        prop_assert!(changes <= 1, "{changes} changes at {stands} m");
    }

    /// Streaks of one thing do not overlap, lie apart by more than the grace, and hold at both ends.
    #[test]
    fn streaks_lie_apart(holds in proptest::collection::vec(prop::bool::ANY, 0..300), need in 1_u32..5, of in 1_u32..8, grace in 0_i64..60) {
        let mut streaks = Streaks::new(need, of, grace);
        let mut found: Vec<Streak> = Vec::new();
        for (at, holds) in (0_i64..).map(|at| at * 10).zip(&holds) {
            found.extend(streaks.feed(at, *holds));
        }
        found.extend(streaks.finish());
        for streak in &found {
            prop_assert!(streak.from <= streak.to);
            for end in [streak.from, streak.to] {
                prop_assert!(holds[usize::try_from(end / 10).unwrap()]);
            }
        }
        for pair in found.windows(2) {
            prop_assert!(pair[1].from - pair[0].to > grace, "{pair:?}");
        }
    }
}

#[test]
fn a_hold_outlasts_what_passes() {
    let mut presence = Presence::new(10.0, 30);
    assert_eq!([0, 10, 20].map(|at| presence.feed(at, 0.0)), [None; 3]);
    assert_eq!(presence.feed(30, 0.0), Some(Change::Entered(0)));
    // Out for a moment, and back.
    assert_eq!(presence.feed(40, 50.0), None);
    assert_eq!(presence.feed(50, 0.0), None);
    assert!(presence.is_inside());
    assert_eq!([60, 80].map(|at| presence.feed(at, 50.0)), [None; 2]);
    assert_eq!(presence.feed(90, 11.0), Some(Change::Left(60)));
}

#[test]
fn two_of_three_begin_and_a_grace_bridges() {
    let mut streaks = Streaks::new(2, 3, 30);
    assert_eq!([(0, true), (10, false), (20, true)].map(|(at, holds)| streaks.feed(at, holds)), [None; 3]);
    assert!(streaks.is_on());
    assert_eq!([(30, false), (40, true), (50, false), (70, false)].map(|(at, holds)| streaks.feed(at, holds)), [None; 4]);
    assert_eq!(streaks.feed(80, true), Some(Streak { from: 0, to: 40, open: false }));
    assert_eq!(streaks.finish(), None);
    // A silence parts points.
    let mut streaks = Streaks::new(2, 3, 30);
    streaks.feed(0, true);
    streaks.feed(1_000, true);
    assert!(!streaks.is_on());
}
