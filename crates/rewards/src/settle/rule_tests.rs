//! Made reports: what each rule does, and that nothing anybody sends gains more than it should.

use chrono::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::programme::ClassAmount;

fn rules(shortage: Shortage) -> Rules {
    Rules {
        area: "330482".to_owned(),
        from_day: NaiveDate::from_ymd_opt(2026, 11, 1).unwrap(),
        to_day: NaiveDate::from_ymd_opt(2026, 12, 31).unwrap(),
        classes: vec![
            ClassAmount { class_prefix: String::new(), fen: 500 },
            ClassAmount { class_prefix: "06".to_owned(), fen: 1_000 },
            ClassAmount { class_prefix: "0699".to_owned(), fen: 0 },
        ],
        total_fen: 100_000,
        daily_fen: 5_000,
        person_day: 2,
        person_month: 3,
        place_metres: 50,
        place_days: 7,
        settle_after_days: 1,
        claim_days: 30,
        shortage,
    }
}

fn at(minute: i64) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 2, 1, 0, 0).unwrap() + TimeDelta::minutes(minute)
}

/// A report at so many steps of about a hundred metres to the north.
fn report(n: u128, step: u32, minute: i64) -> Candidate {
    Candidate {
        lead: Uuid::from_u128(n),
        number: format!("L{n}"),
        received_at: at(minute),
        position: Some(Position::new(121.005, 30.705 + f64::from(step) * 0.0009).unwrap()),
        class: Some("06010".to_owned()),
        problem: Uuid::from_u128(n),
        person: None,
        barred: false,
    }
}

fn reasons(decisions: &[Decision]) -> Vec<Option<Reason>> {
    decisions.iter().map(|it| it.refused).collect()
}

#[test]
fn the_longest_prefix_says_the_amount_and_nought_is_no_reward() {
    let rules = rules(Shortage::First);
    assert_eq!((rules.amount(Some("06010")), rules.amount(Some("01001")), rules.amount(Some("06991"))), (Some(1_000), Some(500), None));
    assert_eq!(rules.amount(None), None, "what has no class is not decided yet");
}

#[test]
fn a_problem_pays_its_first_reporter_and_nobody_beside() {
    let mut merged = report(2, 9, 5);
    merged.problem = Uuid::from_u128(1);
    // Handed in the wrong way round: the order is that of receipt.
    let decisions = settle(&rules(Shortage::First), None, 5_000, &[merged, report(3, 0, 9), report(1, 0, 1)], &[]);
    assert_eq!(reasons(&decisions), [None, Some(Reason::SameProblem), Some(Reason::SamePlace)]);
    assert_eq!(decisions[0].lead, Uuid::from_u128(1));
}

#[test]
fn a_place_pays_again_when_its_days_are_over() {
    let standing = |days: i64| Standing {
        problem: Uuid::from_u128(99),
        received_at: at(0) - TimeDelta::days(days),
        position: report(9, 0, 0).position,
        person: None,
        unpaid: false,
    };
    let of = |days| reasons(&settle(&rules(Shortage::First), None, 5_000, &[report(1, 0, 0)], &[standing(days)]));
    assert_eq!((of(7), of(8)), (vec![Some(Reason::SamePlace)], vec![None]));
}

#[test]
fn limits_of_a_person_count_the_day_and_the_month_of_receipt() {
    let mut reports: Vec<Candidate> = (0..4).map(|n| report(u128::from(n) + 1, n, i64::from(n))).collect();
    for it in &mut reports {
        it.person = Some(vec![7]);
    }
    reports[3].received_at = at(24 * 60);
    let all = settle(&rules(Shortage::First), None, 5_000, &reports, &[]);
    assert_eq!(reasons(&all), [None, None, Some(Reason::PersonDay), None]);
    let mut next = report(9, 9, 2 * 24 * 60);
    next.person = Some(vec![7]);
    reports.push(next);
    assert_eq!(settle(&rules(Shortage::First), None, 50_000, &reports, &[])[4].refused, Some(Reason::PersonMonth));
}

#[test]
fn a_short_budget_goes_by_receipt_or_by_the_lot_that_anybody_can_draw_again() {
    let reports: Vec<Candidate> = (0..6).map(|n| report(u128::from(n) + 1, n, i64::from(n))).collect();
    let first = settle(&rules(Shortage::First), None, 2_500, &reports, &[]);
    assert_eq!(
        first.iter().filter(|it| it.refused.is_none()).map(|it| it.lead).collect::<Vec<_>>(),
        [Uuid::from_u128(1), Uuid::from_u128(2)]
    );
    let drawn = settle(&rules(Shortage::Draw), Some("seed"), 2_500, &reports, &[]);
    let mut again: Vec<(String, Uuid)> = reports.iter().map(|it| (lot("seed", &it.number), it.lead)).collect();
    again.sort();
    let winners: HashSet<Uuid> = drawn.iter().filter(|it| it.refused.is_none()).map(|it| it.lead).collect();
    assert_eq!(winners, again[..2].iter().map(|it| it.1).collect());
    // sha256 of "seed:L1", worked out with sha256sum.
    assert_eq!(lot("seed", "L1"), "2191ce719aa5049a48a8d50eba6523e83c1b2eb000c989d36ae9766fc3d862b6");
    assert_ne!(commitment(Uuid::nil(), day_of(at(0)), "a"), commitment(Uuid::nil(), day_of(at(0)), "b"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Whatever comes in, over whatever days: no day is overspent, no problem and no place is paid twice, no telephone beyond its limits.
    #[test]
    fn no_history_pays_too_much(
        raw in prop::collection::vec((0u32..6, 0i64..8 * 24 * 60, 0u8..4, 0u128..10, any::<bool>()), 0..60),
        budget in 0i64..6_000,
        draw in any::<bool>(),
    ) {
        let rules = rules(if draw { Shortage::Draw } else { Shortage::First });
        let mut reports: Vec<Candidate> = raw.iter().enumerate().map(|(n, (step, minute, person, problem, merged))| {
            let mut it = report(n as u128 + 100, *step, *minute);
            it.person = (*person > 0).then(|| vec![*person]);
            if *merged { it.problem = Uuid::from_u128(*problem); }
            it
        }).collect();
        reports.sort_by_key(|it| it.received_at);
        let mut standing: Vec<Standing> = Vec::new();
        let mut paid: Vec<Candidate> = Vec::new();
        let days: std::collections::BTreeSet<NaiveDate> = reports.iter().map(|it| day_of(it.received_at)).collect();
        for day in days {
            let of_day: Vec<Candidate> = reports.iter().filter(|it| day_of(it.received_at) == day).cloned().collect();
            let decisions = settle(&rules, Some("seed"), budget, &of_day, &standing);
            prop_assert_eq!(decisions.len(), of_day.len());
            let spent: i64 = decisions.iter().filter(|it| it.refused.is_none()).map(|it| it.fen).sum();
            prop_assert!(spent <= budget);
            for decision in decisions {
                let it = of_day.iter().find(|it| it.lead == decision.lead).unwrap();
                let unpaid = decision.refused == Some(Reason::Budget);
                if decision.refused.is_none() { paid.push(it.clone()); }
                if decision.refused.is_none() || unpaid {
                    standing.push(Standing { problem: it.problem, received_at: it.received_at, position: it.position, person: it.person.clone(), unpaid });
                }
            }
        }
        for (n, a) in paid.iter().enumerate() {
            for b in &paid[n + 1..] {
                prop_assert_ne!(a.problem, b.problem);
                let near = (a.received_at - b.received_at).abs() <= TimeDelta::days(7);
                prop_assert!(!near || a.position.unwrap().distance_m(b.position.unwrap()) > 50.0);
            }
            if let Some(person) = &a.person {
                let same = |b: &&Candidate| b.person.as_ref() == Some(person) && day_of(b.received_at) == day_of(a.received_at);
                prop_assert!(paid.iter().filter(same).count() <= 2);
            }
        }
    }

    /// One report sent as many, from as many telephones as one likes, at one place: one reward, and never more than the one would have had.
    #[test]
    fn splitting_gains_nothing(copies in 1usize..40, minutes in prop::collection::vec(0i64..1_400, 40), classes in prop::collection::vec(0usize..3, 40)) {
        let rules = rules(Shortage::Draw);
        let split: Vec<Candidate> = (0..copies).map(|n| {
            let mut it = report(n as u128 + 1, 0, minutes[n]);
            it.person = Some(vec![n as u8]);
            it.class = Some(["06010", "01001", "06020"][classes[n]].to_owned());
            it
        }).collect();
        let decisions = settle(&rules, Some("seed"), 1_000_000, &split, &[]);
        let won: Vec<&Decision> = decisions.iter().filter(|it| it.refused.is_none()).collect();
        prop_assert_eq!(won.len(), 1);
        let first = split.iter().min_by_key(|it| (it.received_at, it.lead)).unwrap();
        prop_assert_eq!(won[0].lead, first.lead);
        prop_assert_eq!(won[0].fen, rules.amount(first.class.as_deref()).unwrap());
    }
}
