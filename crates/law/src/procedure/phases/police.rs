//! Suspected crimes (行刑衔接): to the police and back. A transfer does not wait for the end of the investigation.

use super::{
    super::{
        Action, Actor, Aside, Ask, Case, Crime, Guard, Registration, Seizure, State, Track, Transition, guard::standing, transition::step,
    },
    general::{HEAD_APPROVES, NOT_RECUSED, PENAL, TWO_CERTIFICATES},
};

/// 第五条第一款: at least two officers form a team.
const TEAM: &[&Guard] = &[&TWO_CERTIFICATES, &NOT_RECUSED];
const REPORTED: Guard = standing(
    "transfer-approved",
    "行政执法机关移送涉嫌犯罪案件的规定第五条第二款",
    "移送尚未经机关正职负责人或者主持工作的负责人批准",
    "三日内由负责人决定；批准后二十四小时内移送",
    |case| case.crime == Crime::Approved,
);
const FOUND_IN: &[State] =
    &[State::OnSpot, State::Investigating, State::Ended, State::Noticed, State::HearingHeld, State::Reviewing, State::Discussed];
const AT_TRANSFER: &[State] = &[State::TransferPolice];
const REGULATION: &str = "行政执法机关移送涉嫌犯罪案件的规定第五条";

/// Where a decision has been made: it stands, and is carried out while the crime goes to the police.
const AFTER: &[State] = &[
    State::NoPenalty,
    State::Withdrawn,
    State::Terminated,
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
/// What is the same on the way to the police and beside a decision.
const UNDER_WAY: &[State] = &joined::<{ AT_TRANSFER.len() + AFTER.len() }>(AT_TRANSFER, AFTER);
const FOUND_ANYWHERE: &[State] = &joined::<{ FOUND_IN.len() + AFTER.len() }>(FOUND_IN, AFTER);

/// Two lists as one; `N` is the length of both.
const fn joined<const N: usize>(one: &[State], other: &[State]) -> [State; N] {
    let mut all = [State::TransferPolice; N];
    let mut at = 0;
    while at < N {
        all[at] = if at < one.len() { one[at] } else { other[at - one.len()] };
        at += 1;
    }
    all
}

const REGULATION_AFTER: &str = "行政执法机关移送涉嫌犯罪案件的规定第五条、第十一条";

/// The case goes on as one for a penalty: nothing that was told before stands. What was never filed is filed first; what a device took
/// stays evidence of a device.
fn back(case: &mut Case) {
    if !case.filed {
        case.state = State::Clue;
    }
    if case.track != Track::OffSite {
        case.track = Track::Ordinary;
    }
    case.crime = Crime::Cleared;
    case.reopen();
}

pub(super) const STEPS: &[Transition] = &[
    step(Action::FindCrime, PENAL, FOUND_ANYWHERE, Actor::Officers, "行政处罚法第二十七条第一款")
        .when(|case| case.aside.has(Aside::Police) && case.crime == Crime::Unknown)
        .effect(|case, _| case.crime = Crime::Suspected),
    step(Action::ReportCrime, PENAL, FOUND_IN, Actor::Officers, REGULATION)
        .to(State::TransferPolice)
        .guards(TEAM)
        .asks(&[Ask::Crew])
        .when(|case| case.crime == Crime::Suspected)
        .effect(|case, _| case.crime = Crime::Reported)
        .papers(&["F01"])
        .within(&["D35"]),
    step(Action::ApproveTransfer, PENAL, UNDER_WAY, Actor::Head, REGULATION)
        .guards(&[&HEAD_APPROVES])
        .asks(&[Ask::Approver])
        .when(|case| case.crime == Crime::Reported)
        .effect(|case, _| case.crime = Crime::Approved)
        .papers(&["F01"])
        .within(&["D35", "D36"]),
    step(Action::RefuseTransfer, PENAL, AT_TRANSFER, Actor::Head, REGULATION)
        .to(State::Investigating)
        .guards(&[&HEAD_APPROVES])
        .asks(&[Ask::Approver])
        .when(|case| case.crime == Crime::Reported)
        .effect(|case, _| back(case))
        .papers(&["F01"])
        .within(&["D35"]),
    step(Action::SendToPolice, PENAL, UNDER_WAY, Actor::Clerk, REGULATION)
        .guards(&[&REPORTED])
        .when(|case| matches!(case.crime, Crime::Reported | Crime::Approved))
        .effect(|case, _| case.crime = Crime::Sent)
        .papers(&["F02"])
        .within(&["D36"]),
    step(Action::PoliceFile, PENAL, AT_TRANSFER, Actor::Police, "行政执法机关移送涉嫌犯罪案件的规定第八条")
        .to(State::PoliceFiled)
        .when(|case| matches!(case.crime, Crime::Sent | Crime::UnderReview))
        .effect(|case, _| case.crime = Crime::Filed)
        .within(&["D37"]),
    step(Action::PoliceRefuse, PENAL, UNDER_WAY, Actor::Police, "行政执法机关移送涉嫌犯罪案件的规定第八条、第九条")
        .when(|case| matches!(case.crime, Crime::Sent | Crime::UnderReview))
        .effect(|case, _| case.crime = Crime::Refused)
        .within(&["D37"]),
    step(Action::AskPoliceReview, PENAL, UNDER_WAY, Actor::Clerk, "行政执法机关移送涉嫌犯罪案件的规定第九条")
        .when(|case| case.crime == Crime::Refused)
        .effect(|case, _| case.crime = Crime::UnderReview)
        .papers(&["F03"])
        .within(&["D38"]),
    step(Action::TakeBack, PENAL, AT_TRANSFER, Actor::Officers, "行政执法机关移送涉嫌犯罪案件的规定第十条")
        .to(State::Investigating)
        .when(|case| case.crime == Crime::Refused)
        .effect(|case, _| back(case)),
    step(
        Action::HandOver,
        PENAL,
        &[State::PoliceFiled],
        Actor::Officers,
        "行政执法机关移送涉嫌犯罪案件的规定第十二条；行政强制法第二十一条",
    )
    .to(State::Closed)
    .guards(TEAM)
    .asks(&[Ask::Crew])
    .effect(|case, _| (case.registration, case.seizure) = (Registration::Settled, Seizure::Settled))
    .papers(&["F04"])
    .within(&["D39"]),
    step(
        Action::SentBack,
        PENAL,
        &[State::PoliceFiled, State::Closed],
        Actor::Police,
        "行政处罚法第二十七条第一款；行政执法机关移送涉嫌犯罪案件的规定第十三条",
    )
    .to(State::Investigating)
    .when(|case| case.crime == Crime::Filed)
    .effect(|case, _| back(case)),
    step(Action::ReportCrime, PENAL, AFTER, Actor::Officers, REGULATION_AFTER)
        .guards(TEAM)
        .asks(&[Ask::Crew])
        .when(|case| case.crime == Crime::Suspected)
        .effect(|case, _| case.crime = Crime::Reported)
        .papers(&["F01"])
        .within(&["D35"]),
    step(Action::RefuseTransfer, PENAL, AFTER, Actor::Head, REGULATION_AFTER)
        .guards(&[&HEAD_APPROVES])
        .asks(&[Ask::Approver])
        .when(|case| case.crime == Crime::Reported)
        .effect(|case, _| case.crime = Crime::Cleared)
        .papers(&["F01"])
        .within(&["D35"]),
    step(Action::PoliceFile, PENAL, AFTER, Actor::Police, "行政执法机关移送涉嫌犯罪案件的规定第八条、第十一条")
        .when(|case| matches!(case.crime, Crime::Sent | Crime::UnderReview))
        .effect(|case, _| case.crime = Crime::FiledLater)
        .within(&["D37"]),
    step(Action::TakeBack, PENAL, AFTER, Actor::Officers, "行政执法机关移送涉嫌犯罪案件的规定第十条")
        .when(|case| case.crime == Crime::Refused)
        .effect(|case, _| case.crime = Crime::Cleared),
];
