//! Statement and defence (陈述申辩): made, gone through point by point, waived, or out of time.

use super::{
    super::{Action, Actor, Ask, Defence, Guard, State, Transition, guard::guard, transition::step},
    general::{NOT_RECUSED, PENAL, TWO_CERTIFICATES},
};

const EXPRESS: Guard = guard(
    "waiver-express",
    "行政处罚法第六十二条",
    "当事人没有明确放弃陈述申辩权利",
    "取得当事人签字的放弃声明，或者等待期限届满",
    |_, attempt| attempt.consent,
);

const TOLD: &[State] = &[State::Noticed, State::HearingRequested, State::HearingHeld];

pub(super) const STEPS: &[Transition] = &[
    step(Action::Defend, PENAL, TOLD, Actor::Party, "行政处罚法第四十五条第一款")
        .when(|case| case.defence == Defence::Open)
        .effect(|case, _| (case.defence, case.defended) = (Defence::Made, true))
        .papers(&["D05"]),
    step(Action::ConsiderDefence, PENAL, TOLD, Actor::Officers, "行政处罚法第四十五条第一款")
        .guards(&[&TWO_CERTIFICATES, &NOT_RECUSED])
        .asks(&[Ask::Crew])
        .when(|case| case.defence == Defence::Made)
        .effect(|case, _| case.defence = Defence::Considered)
        .papers(&["D06"]),
    step(Action::WaiveDefence, PENAL, TOLD, Actor::Party, "行政处罚法第六十二条")
        .guards(&[&EXPRESS])
        .asks(&[Ask::Consent])
        .when(|case| case.defence == Defence::Open)
        .effect(|case, _| case.defence = Defence::Waived)
        .papers(&["D05"]),
    step(Action::DefenceRunsOut, PENAL, TOLD, Actor::Time, "行政处罚法第四十五条")
        .when(|case| case.defence == Defence::Open)
        .effect(|case, _| case.defence = Defence::Lapsed),
];
