//! The state machine of the penalty procedure's sheet: all its states, side tracks and hard blocks are here.

use law::procedure::{Action, Guard, State, Table};

#[test]
fn every_state_of_the_sheet_is_here() {
    let sheet = "clue not_filed filed investigating suspended ended transfer_organ transfer_police no_penalty withdrawn noticed \
                 hearing_requested hearing_held reviewing discussed decided served performing deferred paid reminded own_enforcement \
                 court_applied court_ruled closed archived";
    for state in sheet.split_whitespace() {
        assert!(State::ALL.iter().any(|known| known.code() == state), "{state} is missing");
    }
}

#[test]
fn every_arrow_of_the_sheet_is_a_row() {
    use State::{
        Archived, Closed, Clue, CourtApplied, CourtRuled, Decided, Deferred, Discussed, Ended, Filed, HearingHeld, HearingRequested,
        Investigating, NoPenalty, NotFiled, Noticed, OwnEnforcement, Paid, Performing, Reminded, Reviewing, Served, Suspended,
        TransferOrgan, TransferPolice, Withdrawn,
    };
    let arrows = [
        (Clue, NotFiled),
        (Clue, Filed),
        (Filed, Investigating),
        (Investigating, Suspended),
        (Suspended, Investigating),
        (Investigating, Ended),
        (Ended, TransferOrgan),
        (Ended, TransferPolice),
        (Ended, NoPenalty),
        (Ended, Withdrawn),
        (Ended, Noticed),
        (Noticed, HearingRequested),
        (HearingRequested, HearingHeld),
        (HearingHeld, Reviewing),
        (Noticed, Reviewing),
        (Reviewing, Discussed),
        (Discussed, Decided),
        (Decided, Served),
        (Served, Performing),
        (Performing, Deferred),
        (Deferred, Performing),
        (Performing, Paid),
        (Performing, Reminded),
        (Reminded, OwnEnforcement),
        (Reminded, CourtApplied),
        (CourtApplied, CourtRuled),
        (Paid, Closed),
        (Closed, Archived),
    ];
    let table = Table::house();
    for (from, to) in arrows {
        let row = table.transitions().iter().find(|row| row.from.contains(&from) && row.to == Some(to));
        assert!(row.is_some(), "no row from {from:?} to {to:?}");
    }
}

#[test]
fn the_side_tracks_of_the_sheet_run_beside_every_state_after_filing() {
    let table = Table::house();
    let runs = |action: Action| table.transitions().iter().filter(move |row| row.action == action).flat_map(|row| row.from.iter().copied());
    for action in [Action::SettleRegistration, Action::RegistrationRunsOut, Action::SettleSeizure, Action::SeizureRunsOut] {
        for state in [State::Filed, State::Ended, State::Noticed, State::Decided, State::Performing, State::CourtApplied, State::Withdrawn]
        {
            assert!(runs(action).any(|from| from == state), "{action:?} does not run beside {state:?}");
        }
    }
    for action in [Action::AskReview, Action::Sue] {
        for state in [State::Served, State::Performing, State::Paid, State::Reminded, State::CourtApplied] {
            assert!(runs(action).any(|from| from == state), "{action:?} does not run beside {state:?}");
        }
    }
}

#[test]
fn every_hard_block_of_the_sheet_is_a_guard() {
    let guards: Vec<&Guard> = Table::house().guards();
    for (block, ids) in [
        ("fewer than two valid certificates", &["two-certificates"][..]),
        ("a recused officer acts", &["not-recused"]),
        ("act outside the local catalogue", &["in-power"]),
        ("limitation passed", &["not-too-late"]),
        ("penalty outside the range", &["within-range"]),
        ("simple procedure over its threshold", &["simple-threshold"]),
        ("decide without a served notice", &["notice-served"]),
        ("decide inside a running window", &["defence-settled", "hearing-settled"]),
        ("decide without triggered review or discussion", &["review-passed", "discussed"]),
        ("penalty raised after a defence", &["no-heavier-for-defence", "not-heavier-than-told"]),
        ("second fine for the same act", &["no-second-fine"]),
        ("court application too early or too late", &["reminded-long-enough", "remedy-time-over", "court-window-open"]),
        ("enforcement at night or on a holiday", &["daytime"]),
        ("seizure past its term", &["seizure-in-term"]),
        ("publish unmasked", &["masked"]),
    ] {
        for id in ids {
            assert!(guards.iter().any(|guard| guard.id == *id), "{block}: {id} is missing");
        }
    }
}

#[test]
fn the_page_of_the_guide_lists_the_guards_as_they_are() {
    let page = include_str!("../../../../docs/cases.md");
    let listed = law::procedure::guards_as_markdown(&Table::house());
    assert!(page.contains(&listed), "docs/cases.md is to end with the output of `bihuan prove --guards`");
}
