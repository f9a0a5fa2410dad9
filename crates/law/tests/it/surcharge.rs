//! The extra fine: the worked sums of the procedure's sheet, pauses, parts and payments.

use chrono::NaiveDate;
use law::surcharge::{Fine, Instalment, Pause, Payment, Surcharge, SurchargeError, count};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn fine(fen: u64, due: &str) -> Fine {
    Fine { instalments: vec![Instalment { due: day(due), fen }], payments: Vec::new(), pauses: Vec::new(), stated: true }
}

fn owed(fine: &Fine, until: &str) -> Surcharge {
    count(fine, day(until)).unwrap()
}

#[test]
fn two_thousand_due_on_17_march_doubles_on_20_april() {
    let fine = fine(200_000, "2026-03-17");
    let sums = ["2026-03-17", "2026-03-18", "2026-04-19", "2026-04-20", "2026-12-31"].map(|until| owed(&fine, until).surcharge_fen);
    assert_eq!(sums, [0, 6_000, 198_000, 200_000, 200_000]);
    let end = owed(&fine, "2026-12-31");
    assert!(end.capped);
    assert_eq!(end.days, 34);
    assert_eq!(end.steps[1].text, "2026-03-18 第 1 日，按 2000 元 的 3% 加 60 元，累计 60 元");
    assert!(end.steps.last().unwrap().text.contains("2026-04-21 起不再增加"));
}

#[test]
fn a_review_stops_the_count_and_its_end_starts_it_again() {
    let mut fine = fine(200_000, "2026-03-17");
    fine.pauses.push(Pause { from: day("2026-03-20"), to: Some(day("2026-05-10")) });
    assert_eq!(owed(&fine, "2026-05-10").surcharge_fen, 12_000);
    let later = owed(&fine, "2026-05-12");
    assert_eq!(later.surcharge_fen, 24_000);
    assert!(later.steps.iter().any(|step| step.text.starts_with("2026-03-20 至 2026-05-10 共 52 日为行政复议")));
    fine.pauses.push(Pause { from: day("2026-05-12"), to: None });
    assert_eq!(owed(&fine, "2027-05-12").surcharge_fen, 18_000, "a suit without an end");
}

#[test]
fn only_the_part_that_is_due_and_unpaid_is_the_measure() {
    let mut fine = fine(100_000, "2026-03-17");
    fine.instalments.push(Instalment { due: day("2026-04-17"), fen: 100_000 });
    fine.payments.push(Payment { on: day("2026-03-19"), fen: 100_000 });
    assert_eq!(owed(&fine, "2026-04-17").surcharge_fen, 6_000, "two days on the first part, that of payment with it");
    assert_eq!(owed(&fine, "2026-04-18").surcharge_fen, 9_000, "then the second");
    fine.payments.push(Payment { on: day("2026-04-18"), fen: 100_000 });
    let end = owed(&fine, "2026-06-01");
    assert_eq!((end.surcharge_fen, end.unpaid_fen, end.capped), (9_000, 0, false));
}

#[test]
fn what_the_decision_did_not_state_is_not_added() {
    let fine = Fine { stated: false, ..fine(200_000, "2026-03-17") };
    let found = owed(&fine, "2026-12-31");
    assert_eq!(found.surcharge_fen, 0);
    assert!(found.steps.last().unwrap().text.contains("未告知"));
}

#[test]
fn what_cannot_be_counted_is_refused() {
    assert_eq!(count(&fine(0, "2026-03-17"), day("2026-03-18")), Err(SurchargeError::Nothing));
    assert_eq!(count(&fine(u64::MAX, "2026-03-17"), day("2026-03-18")), Err(SurchargeError::TooMuch));
    assert_eq!(count(&fine(1, "1926-03-17"), day("2026-03-18")), Err(SurchargeError::TooLong));
    let mut backwards = fine(1, "2026-03-17");
    backwards.pauses.push(Pause { from: day("2026-05-10"), to: Some(day("2026-05-09")) });
    assert_eq!(count(&backwards, day("2026-03-18")), Err(SurchargeError::Backwards));
}

proptest! {
    #[test]
    fn it_never_falls_never_passes_the_fine_and_adds_up(fen in 1u64..10_000_000, start in 0i64..60, length in 0i64..60, paid in 0u64..10_000_000, on in 0i64..90) {
        let due = day("2026-03-17");
        let at = |days: i64| due + chrono::TimeDelta::days(days);
        let fine = Fine {
            pauses: vec![Pause { from: at(start), to: Some(at(start + length)) }],
            payments: vec![Payment { on: at(on), fen: paid }],
            ..fine(fen, "2026-03-17")
        };
        let mut before = 0;
        for days in 0..130 {
            let found = count(&fine, at(days)).unwrap();
            prop_assert!(found.surcharge_fen >= before && found.surcharge_fen <= fen);
            prop_assert_eq!(found.steps.iter().map(|step| step.added_fen).sum::<u64>(), found.surcharge_fen);
            if (start..=start + length).contains(&days) {
                prop_assert_eq!(found.surcharge_fen, before, "nothing is added while a review runs");
            }
            before = found.surcharge_fen;
        }
    }
}
