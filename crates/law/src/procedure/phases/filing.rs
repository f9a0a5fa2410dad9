//! From a clue to filing: power, limitation, jurisdiction, transfer to another organ.

use super::{
    super::{Action, Actor, Aside, Ask, Guard, Screening, State, Track, Transition, guard::standing, transition::step},
    general::{FILED, HEAD_APPROVES, IN_POWER, NO_DISPUTE, NO_OPEN_CRIME, NOT_TOO_LATE},
};
use crate::procedure::{Registration, Seizure};

const RECORD_REVIEWED: Guard = standing(
    "record-reviewed",
    "行政处罚法第四十一条第一、二款",
    "电子技术监控记录未经技术和法制两次审核，不得作为证据",
    "由两人分别完成技术审核和法制审核；不符合要求的不予采用",
    |case| case.track != Track::OffSite || case.screening == Screening::Both,
);
const NOT_OURS: Guard = standing(
    "not-ours",
    "行政处罚法第二十二条、第二十五条",
    "本机关有管辖权，不得移送",
    "依法立案办理；认为不属本机关管辖的，先协商或者报请指定管辖",
    |case| !case.power,
);

const BEFORE_END: &[State] = &[State::Clue, State::Captured, State::Screened, State::Filed, State::Investigating, State::Ended];
const DISPUTABLE: &[State] = &[State::Clue, State::Filed, State::Investigating];

pub(super) const STEPS: &[Transition] = &[
    step(Action::File, FILED, &[State::Clue, State::Captured, State::Screened], Actor::Head, "行政处罚法第五十四条第二款")
        .to(State::Filed)
        .guards(&[&IN_POWER, &NOT_TOO_LATE, &NO_DISPUTE, &RECORD_REVIEWED, &HEAD_APPROVES])
        .asks(&[Ask::Approver])
        .effect(|case, _| case.filed = true)
        .papers(&["A01", "A02"])
        .within(&["D01", "D04"]),
    step(Action::NotFile, Track::ALL, &[State::Clue, State::Captured, State::Screened], Actor::Head, "行政处罚法第五十四条第二款")
        .to(State::NotFiled)
        .guards(&[&NO_OPEN_CRIME, &HEAD_APPROVES])
        .asks(&[Ask::Approver])
        .papers(&["A03"])
        .within(&["D01"]),
    step(Action::TransferToOrgan, FILED, BEFORE_END, Actor::Head, "行政处罚法第二十二条；住房和城乡建设行政处罚程序规定第六条")
        .to(State::TransferOrgan)
        .guards(&[&NOT_OURS, &NO_OPEN_CRIME, &HEAD_APPROVES])
        .asks(&[Ask::Approver])
        .papers(&["A05"]),
    step(Action::OrganAccepts, FILED, &[State::TransferOrgan], Actor::Other, "行政处罚法第二十五条、第二十六条").to(State::Closed).effect(
        |case, _| {
            // What is held goes along with the case.
            (case.registration, case.seizure) = (Registration::Settled, Seizure::Settled);
        },
    ),
    step(Action::RaiseDispute, FILED, DISPUTABLE, Actor::Other, "行政处罚法第二十五条第二款")
        .when(|case| case.aside.has(Aside::Dispute) && !case.dispute)
        .effect(|case, _| case.dispute = true)
        .papers(&["A06"])
        .within(&["D02"]),
    step(Action::DisputeOurs, FILED, DISPUTABLE, Actor::Other, "行政处罚法第二十五条第二款")
        .when(|case| case.dispute)
        .effect(|case, _| (case.dispute, case.power) = (false, true))
        .papers(&["A06"]),
    step(Action::DisputeTheirs, FILED, DISPUTABLE, Actor::Other, "行政处罚法第二十五条第二款")
        .to(State::TransferOrgan)
        .when(|case| case.dispute)
        .guards(&[&NO_OPEN_CRIME])
        .effect(|case, _| (case.dispute, case.power) = (false, false))
        .papers(&["A05", "A06"]),
];
