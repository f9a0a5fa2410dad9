//! Evidence kept by registration (先行登记保存) and goods seized (查封扣押), each with its clock.

use super::{
    super::{
        Action, Actor, Approver, Aside, Ask, Guard, Measure, Registration, Seizure, State, Track, Transition,
        guard::{guard, standing},
        transition::step,
    },
    general::{FILED, HEAD_APPROVES, NOT_RECUSED, TWO_CERTIFICATES},
};

pub(super) const SEIZURE_IN_TERM: Guard = standing(
    "seizure-in-term",
    "行政强制法第二十五条、第二十七条、第二十八条",
    "查封、扣押已经超过期限",
    "先解除查封、扣押并退还财物，再办理其他事项",
    |case| case.seizure != Seizure::Expired,
);
const REGISTER_APPROVED: Guard = guard(
    "register-approved",
    "行政处罚法第五十六条",
    "先行登记保存未经机关负责人事先批准",
    "报机关负责人批准后再实施",
    |_, attempt| attempt.approver == Approver::Head,
);
const MEASURE_LAWFUL: Guard = guard(
    "measure-lawful",
    "行政强制法第十七条、第二十二条",
    "没有法律、法规授权查封、扣押，或者财物与案件无关",
    "有授权的写明条款；没有授权的不得查封、扣押",
    |_, attempt| attempt.power,
);
const MEASURE_APPROVED: Guard = guard(
    "measure-approved",
    "行政强制法第十八条、第十九条",
    "查封、扣押没有报批",
    "实施前报机关负责人批准；情况紧急的二十四小时内报告并补办",
    |_, attempt| attempt.measure != Measure::Never,
);

/// Wherever something may still be held.
const HELD: &[State] = &[
    State::Filed,
    State::Investigating,
    State::Suspended,
    State::Ended,
    State::Volunteering,
    State::TransferOrgan,
    State::TransferPolice,
    State::PoliceFiled,
    State::NoPenalty,
    State::Withdrawn,
    State::Terminated,
    State::Noticed,
    State::HearingRequested,
    State::HearingHeld,
    State::Reviewing,
    State::Discussed,
    State::Decided,
    State::Served,
    State::Performing,
    State::Deferred,
    State::Paid,
    State::Reminded,
    State::OwnEnforcement,
    State::CourtApplied,
    State::CourtRuled,
];

const INVESTIGATING: &[State] = &[State::Investigating];
const TRACKS: &[Track] = FILED;

pub(super) const STEPS: &[Transition] = &[
    step(Action::Register, TRACKS, INVESTIGATING, Actor::Officers, "行政处罚法第五十六条")
        .guards(&[&TWO_CERTIFICATES, &NOT_RECUSED, &REGISTER_APPROVED])
        .asks(&[Ask::Crew, Ask::Approver])
        .when(|case| case.aside.has(Aside::Property) && case.registration == Registration::Free)
        .effect(|case, _| case.registration = Registration::Held)
        .papers(&["B07", "B08"])
        .within(&["D03"]),
    step(Action::RegistrationRunsOut, TRACKS, HELD, Actor::Time, "行政处罚法第五十六条、第八十五条")
        .when(|case| case.registration == Registration::Held)
        .effect(|case, _| case.registration = Registration::Expired)
        .within(&["D03"]),
    step(Action::SettleRegistration, TRACKS, HELD, Actor::Officers, "行政处罚法第五十六条")
        .guards(&[&TWO_CERTIFICATES, &NOT_RECUSED])
        .asks(&[Ask::Crew])
        .when(|case| matches!(case.registration, Registration::Held | Registration::Expired))
        .effect(|case, _| case.registration = Registration::Settled)
        .papers(&["B09"])
        .within(&["D03"]),
    step(Action::Seize, TRACKS, INVESTIGATING, Actor::Officers, "行政强制法第十八条、第二十四条")
        .guards(&[&TWO_CERTIFICATES, &NOT_RECUSED, &MEASURE_LAWFUL, &MEASURE_APPROVED])
        .asks(&[Ask::Crew, Ask::Power, Ask::Measure])
        .when(|case| case.aside.has(Aside::Property) && case.seizure == Seizure::Free)
        .effect(|case, attempt| case.seizure = if attempt.measure == Measure::Urgent { Seizure::Urgent } else { Seizure::Held })
        .papers(&["C01", "C02", "C03", "C04"])
        .within(&["D16", "D17"]),
    step(Action::ApproveSeizure, TRACKS, HELD, Actor::Head, "行政强制法第十九条")
        .guards(&[&HEAD_APPROVES])
        .asks(&[Ask::Approver])
        .when(|case| case.seizure == Seizure::Urgent)
        .effect(|case, _| case.seizure = Seizure::Held)
        .papers(&["C01"])
        .within(&["D16"]),
    step(Action::ExtendSeizure, TRACKS, HELD, Actor::Head, "行政强制法第二十五条第一、二款")
        .guards(&[&HEAD_APPROVES])
        .asks(&[Ask::Approver])
        .when(|case| case.seizure == Seizure::Held)
        .effect(|case, _| case.seizure = Seizure::Extended)
        .papers(&["C05"])
        .within(&["D17"]),
    step(Action::SeizureRunsOut, TRACKS, HELD, Actor::Time, "行政强制法第十九条、第二十五条")
        .when(|case| matches!(case.seizure, Seizure::Urgent | Seizure::Held | Seizure::Extended))
        .effect(|case, _| case.seizure = Seizure::Expired)
        .within(&["D16", "D17"]),
    step(Action::SettleSeizure, TRACKS, HELD, Actor::Officers, "行政强制法第二十七条、第二十八条")
        .guards(&[&TWO_CERTIFICATES, &NOT_RECUSED])
        .asks(&[Ask::Crew])
        .when(|case| !matches!(case.seizure, Seizure::Free | Seizure::Settled))
        .effect(|case, _| case.seizure = Seizure::Settled)
        .papers(&["C07", "C08"]),
];
