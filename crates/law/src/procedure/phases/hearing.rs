//! The hearing (听证): asked for within five working days, called seven before, hosted by who did not investigate.

use super::{
    super::{
        Action, Actor, Ask, Defence, Guard, Hearing, Host, State, Transition,
        guard::{guard, standing},
        transition::step,
    },
    general::FILED,
};

const SEVEN_DAYS: Guard = guard(
    "seven-days-before-hearing",
    "行政处罚法第六十四条第二项、第八十五条",
    "通知送达至举行听证之间不足七个工作日",
    "改期：听证日应当在通知送达后第七个工作日之后",
    |_, attempt| attempt.in_time,
);
const CALLED: Guard = standing(
    "hearing-called",
    "行政处罚法第六十四条第二项",
    "尚未通知听证的时间、地点",
    "先送达听证通知书",
    |case| case.hearing == Hearing::Called,
);
const HOST_APART: Guard = guard(
    "host-apart",
    "行政处罚法第六十四条第四项",
    "听证主持人是本案调查人员",
    "指定非本案调查人员主持",
    |_, attempt| attempt.host != Host::Investigator,
);
const HOST_UNRELATED: Guard = guard(
    "host-unrelated",
    "行政处罚法第六十四条第四项、第四十三条",
    "听证主持人与本案有直接利害关系",
    "更换主持人",
    |_, attempt| attempt.host != Host::Related,
);

const REQUESTED: &[State] = &[State::HearingRequested];

pub(super) const STEPS: &[Transition] = &[
    step(Action::RequestHearing, FILED, &[State::Noticed], Actor::Party, "行政处罚法第六十四条第一项")
        .to(State::HearingRequested)
        .when(|case| case.hearing == Hearing::Open)
        .effect(|case, _| case.hearing = Hearing::Requested)
        .papers(&["D07"])
        .within(&["D05"]),
    step(Action::WaiveHearing, FILED, &[State::Noticed, State::HearingRequested], Actor::Party, "行政处罚法第六十三条")
        .to(State::Noticed)
        .when(|case| matches!(case.hearing, Hearing::Open | Hearing::Requested | Hearing::Called))
        .effect(|case, _| case.hearing = Hearing::Waived)
        .papers(&["D05"]),
    step(Action::HearingRunsOut, FILED, &[State::Noticed], Actor::Time, "行政处罚法第六十四条第一项、第八十五条")
        .when(|case| case.hearing == Hearing::Open)
        .effect(|case, _| case.hearing = Hearing::Lapsed)
        .within(&["D05"]),
    step(Action::CallHearing, FILED, REQUESTED, Actor::Clerk, "行政处罚法第六十四条第二项")
        .guards(&[&SEVEN_DAYS])
        .asks(&[Ask::InTime])
        .when(|case| case.hearing == Hearing::Requested)
        .effect(|case, _| case.hearing = Hearing::Called)
        .papers(&["D08", "D09", "E01"])
        .within(&["D06"]),
    step(Action::HoldHearing, FILED, REQUESTED, Actor::Host, "行政处罚法第六十四条")
        .to(State::HearingHeld)
        .guards(&[&CALLED, &HOST_APART, &HOST_UNRELATED])
        .asks(&[Ask::Host])
        .effect(|case, _| {
            case.hearing = Hearing::Held;
            // What was said there is a defence like any other, and is gone through.
            (case.defence, case.defended) = (Defence::Made, true);
        })
        .papers(&["D10", "D11"]),
    step(Action::MissHearing, FILED, REQUESTED, Actor::Party, "行政处罚法第六十四条第六项")
        .to(State::Noticed)
        .when(|case| case.hearing == Hearing::Called)
        .effect(|case, _| case.hearing = Hearing::Waived),
];
