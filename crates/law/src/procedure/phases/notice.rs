//! The prior notice (处罚事先告知): approved, then served on every party.

use super::{
    super::{
        Action, Actor, Ask, Change, Defence, Guard, Hearing, Notice, State, Transition, Weight,
        guard::{guard, standing},
        transition::step,
    },
    general::{
        ELECTRONIC_AGREED, EVERY_PARTY, FILED, HEAD_APPROVES, NO_DISPUTE, NO_OPEN_CRIME, NOT_EXCUSED, ORDER_UNHEEDED, PROVED, PUBLIC_LAST,
        WITHIN_RANGE, WITNESSED,
    },
    investigation::FAST_PLAIN,
    no_penalty::SERVICE_KEPT,
};

const NOTICE_APPROVED: Guard = standing(
    "notice-approved",
    "行政处罚法第四十四条、第五十七条第一款",
    "事先告知书尚未批准",
    "报机关负责人批准后送达",
    |case| case.notice == Notice::Approved,
);
const NO_HEAVIER_FOR_DEFENCE: Guard = guard(
    "no-heavier-for-defence",
    "行政处罚法第四十五条第二款",
    "当事人陈述申辩后拟加重处罚，且没有新的事实",
    "不得因陈述申辩加重；查明新的违法事实的，补充调查后重新告知",
    |case, attempt| !case.defended || case.new_facts || (attempt.weight <= case.told && attempt.change != Change::Heavier),
);
const TELLS_HEARING: Guard = guard(
    "tells-hearing",
    "行政处罚法第六十三条第一款",
    "拟作出较重的处罚，告知书没有告知听证权利",
    "在告知书中写明要求听证的权利和五个工作日的期限",
    |case, attempt| case.weight != Weight::Heavy || attempt.tells_hearing,
);

pub(super) const STEPS: &[Transition] = &[
    step(Action::ApproveNotice, FILED, &[State::Ended], Actor::Head, "行政处罚法第四十四条")
        .guards(&[
            &PROVED,
            &NOT_EXCUSED,
            &ORDER_UNHEEDED,
            &NO_OPEN_CRIME,
            &NO_DISPUTE,
            &SERVICE_KEPT,
            &HEAD_APPROVES,
            &WITHIN_RANGE,
            &FAST_PLAIN,
            &NO_HEAVIER_FOR_DEFENCE,
        ])
        .asks(&[Ask::Approver, Ask::Weight, Ask::Change, Ask::Range])
        .effect(|case, attempt| (case.notice, case.weight) = (Notice::Approved, attempt.weight))
        .papers(&["D03", "D04"]),
    step(Action::ServeNotice, FILED, &[State::Ended], Actor::Clerk, "行政处罚法第四十四条、第六十三条")
        .to(State::Noticed)
        .guards(&[&NOTICE_APPROVED, &EVERY_PARTY, &TELLS_HEARING, &WITNESSED, &ELECTRONIC_AGREED, &PUBLIC_LAST])
        .asks(&[Ask::Mode, Ask::Everyone, Ask::TellsHearing])
        .effect(|case, attempt| {
            (case.notice, case.defence) = (Notice::Served, Defence::Open);
            let heavy = case.weight == Weight::Heavy && attempt.tells_hearing;
            case.hearing = if heavy { Hearing::Open } else { Hearing::Untold };
            case.told = case.weight;
            case.new_facts = false;
        })
        .papers(&["D03", "D04", "E01"])
        .within(&["D05", "D08"]),
];
