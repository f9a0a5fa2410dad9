//! The proof holds for the house's table, and each law is worth its name: without a guard it breaks.

use std::collections::BTreeSet;

use law::{
    procedure::{Action, Case, Correction, Finding, State, Table, Track, Volunteer, Weight},
    prove::{ABSTRACTIONS, Check, LAWS, Law, forgotten, prove, prove_law},
};

fn laws() -> impl Iterator<Item = &'static Law> {
    LAWS.iter().copied().flatten()
}

#[test]
fn no_law_of_the_house_can_be_broken() {
    let proof = prove(&Table::house()).unwrap();
    assert_eq!(proof.broken, [], "{} cases", proof.cases);
    assert_eq!(proof.laws, laws().count());
    assert_eq!(proof.tracks, Track::ALL.iter().copied().collect::<BTreeSet<_>>());
    let unreached: Vec<&State> = State::ALL.iter().filter(|state| !proof.states.contains(state)).collect();
    assert!(unreached.is_empty(), "no case comes to {unreached:?}");
    let untaken: Vec<&Action> = Action::ALL.iter().filter(|action| !proof.actions.contains(action)).collect();
    assert!(untaken.is_empty(), "no case takes {untaken:?}");
}

#[test]
fn without_a_guard_its_law_breaks() {
    for law in laws() {
        for guard in law.guards {
            let broken = prove_law(&Table::house().without_guard(guard), law).unwrap();
            let broken = broken.unwrap_or_else(|| panic!("without {guard} the law {} still holds", law.id));
            assert!(!broken.path.is_empty() && !broken.beginning.is_empty(), "{guard} of {}", law.id);
        }
    }
}

#[test]
fn every_guard_serves_a_law_and_every_law_knows_its_guards() {
    let table = Table::house();
    let guards: BTreeSet<&str> = table.guards().iter().map(|guard| guard.id).collect();
    let named: BTreeSet<&str> = laws().flat_map(|law| law.guards.iter().copied()).collect();
    assert_eq!(guards.difference(&named).collect::<Vec<_>>(), Vec::<&&str>::new(), "guards that no law names");
    assert_eq!(named.difference(&guards).collect::<Vec<_>>(), Vec::<&&str>::new(), "laws that name no guard");
    let ids: BTreeSet<&str> = laws().map(|law| law.id).collect();
    assert_eq!(ids.len(), laws().count(), "two laws of one id");
}

#[test]
fn a_case_without_a_way_out_is_found() {
    let law = |id: &str| laws().find(|law| law.id == id).unwrap();
    let stuck = Table::house().without_action(Action::OrganAccepts);
    let broken = prove_law(&stuck, law("goes-on")).unwrap().unwrap();
    assert_eq!(broken.path.last().unwrap().state, State::TransferOrgan);
    assert_eq!(broken.path.iter().map(|step| step.action).collect::<Vec<_>>(), [Action::TransferToOrgan], "the shortest way there");
    // Somebody must be able to end a case whose party does nothing at all.
    let endless = Table::house().without_action(Action::EndExecution).without_action(Action::Enforce);
    let broken = prove_law(&endless, law("ends")).unwrap().unwrap();
    assert!(matches!(law("ends").check, Check::Ends));
    assert!(!broken.path.is_empty());
}

#[test]
fn laws_without_a_guard_hold_by_the_shape_of_the_table() {
    for law in laws().filter(|law| law.guards.is_empty()) {
        assert!(
            matches!(
                law.id,
                "goes-on"
                    | "ends"
                    | "filed-first"
                    | "court-window-waits"
                    | "nothing-while-suspended"
                    | "seizure-extended-once"
                    | "archive-is-last"
                    | "stands-unless-revoked"
                    | "fought-and-public-where-decided"
            ),
            "{}",
            law.id
        );
    }
}

#[test]
fn what_is_forgotten_after_service_is_read_by_no_guard() {
    let table = Table::house();
    let states = State::ALL.iter().filter(|state| {
        forgotten(&Case { state: **state, complex: true, ..Case::default() }) != Case { state: **state, complex: true, ..Case::default() }
    });
    let mut compared = 0;
    for state in states {
        for track in Track::ALL {
            for spoiled in spoiled(Case { state: *state, ..Case::opened(*track) }, *state) {
                let kept = forgotten(&spoiled);
                for transition in table.transitions() {
                    for attempt in law::procedure::variants(transition.asks) {
                        let (one, other) = (table.allows(transition, &spoiled, &attempt), table.allows(transition, &kept, &attempt));
                        assert_eq!(one, other, "{:?} in {spoiled:?}", transition.action);
                        if one {
                            let after = |case: &Case| forgotten(&transition.after(case, &attempt));
                            assert_eq!(after(&spoiled), after(&kept), "{:?} in {spoiled:?}", transition.action);
                        }
                        compared += 1;
                    }
                }
            }
        }
    }
    assert!(compared > 100_000, "{compared}");
}

/// The case with each forgotten fact changed, one at a time.
fn spoiled(case: Case, state: State) -> Vec<Case> {
    let case = Case { state, ..case };
    vec![
        Case { power: false, ..case },
        Case { timely: false, ..case },
        Case { complex: true, ..case },
        Case { review_due: true, ..case },
        Case { rung: 3, ..case },
        Case { gathered: true, facts_told: true, ..case },
        Case { correction: Correction::Due, ..case },
        Case { finding: Finding::FirstSlight, ..case },
        Case { finding: Finding::Punishable, weight: Weight::Heavy, told: Weight::Light, defended: true, ..case },
        Case { hearing: law::procedure::Hearing::Held, defence: law::procedure::Defence::Considered, ..case },
        Case { review: law::procedure::Review::Failed, discussed: true, new_facts: true, ..case },
        Case { volunteer: Volunteer::Done, screening: law::procedure::Screening::Both, ..case },
    ]
}

#[test]
fn ends_that_are_made_one_are_taken_alike() {
    use law::procedure::{Attempt, Defence, Hearing, Review};
    let table = Table::house();
    let alike = |one: Case, other: Case| {
        for transition in table.transitions() {
            for attempt in law::procedure::variants(transition.asks) {
                let open = table.allows(transition, &one, &attempt);
                assert_eq!(open, table.allows(transition, &other, &attempt), "{:?} in {one:?}", transition.action);
                let after = |case: &Case, attempt: &Attempt| forgotten(&transition.after(case, attempt));
                assert!(!open || after(&one, &attempt) == after(&other, &attempt), "{:?} in {one:?}", transition.action);
            }
        }
    };
    for state in State::ALL.iter().copied() {
        for (track, weight) in [(Track::Ordinary, Weight::Heavy), (Track::OffSite, Weight::Plain), (Track::Simple, Weight::Light)] {
            for review in [Review::Missing, Review::Passed] {
                let case =
                    Case { state, weight, told: weight, review, finding: Finding::Punishable, gathered: true, ..Case::opened(track) };
                let case =
                    Case { state, notice: law::procedure::Notice::Served, hearing: Hearing::Lapsed, defence: Defence::Lapsed, ..case };
                alike(case, Case { defence: Defence::Considered, ..case });
                alike(case, Case { defence: Defence::Waived, ..case });
                alike(case, Case { hearing: Hearing::Waived, ..case });
            }
        }
    }
}

#[test]
fn every_abstraction_has_its_reason() {
    assert!(ABSTRACTIONS.len() >= 10);
    assert!(ABSTRACTIONS.iter().all(|it| !it.fact.is_empty() && !it.becomes.is_empty() && !it.reason.is_empty()));
}

#[test]
fn every_guard_and_row_says_its_article_why_and_the_way_out() {
    let table = Table::house();
    for guard in table.guards() {
        assert!(guard.article.contains('第') && !guard.why.is_empty() && !guard.cure.is_empty(), "{}", guard.id);
    }
    for transition in table.transitions() {
        assert!(!transition.article.is_empty(), "{:?}", transition.action);
        for rule in transition.deadlines {
            assert!(kernel::deadline::statutory::rule(rule).is_some(), "{rule} of {:?}", transition.action);
        }
        for paper in transition.documents {
            let (kind, number) = paper.split_at(1);
            let most = match kind {
                "A" => 10,
                "B" => 18,
                "C" => 10,
                "D" => 23,
                "E" => 15,
                "F" => 7,
                _ => 0,
            };
            assert!((1..=most).contains(&number.parse::<u32>().unwrap()), "{paper} of {:?}", transition.action);
        }
    }
}
