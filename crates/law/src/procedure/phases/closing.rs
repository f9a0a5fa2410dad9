//! Closing and the archive.

use super::{
    super::{Action, Actor, Ask, Crime, Guard, Remedy, State, Track, Transition, guard::standing, transition::step},
    general::{HEAD_APPROVES, PENAL, is_property_settled},
    remedy::owes_withdrawal,
};

const PROPERTY_SETTLED: Guard = standing(
    "property-settled",
    "行政处罚法第五十六条；行政强制法第二十七条、第二十八条",
    "登记保存的证据或者查封、扣押的财物尚未处理",
    "解除、退还或者依法作出处理决定",
    is_property_settled,
);
const REMEDY_SETTLED: Guard = standing(
    "remedy-settled",
    "行政复议法第六十二条；行政诉讼法第八十一条",
    "行政复议或者行政诉讼尚未结束",
    "等待复议决定或者判决",
    |case| !matches!(case.remedy, Remedy::Review | Remedy::Suit),
);
const WITHDRAWN_FROM_VIEW: Guard = standing(
    "publication-withdrawn",
    "行政处罚法第四十八条第二款",
    "决定已被变更、撤销或者确认违法，公开的信息尚未撤回",
    "三个工作日内撤回并公开说明理由",
    |case| !owes_withdrawal(case),
);
const RECORDED: Guard = standing(
    "recorded",
    "行政处罚法第五十二条第三款",
    "当场处罚决定尚未报所属机关备案",
    "报所属机关备案",
    |case| !matches!(case.track, Track::Simple | Track::MinorQuick) || case.recorded,
);

const CRIME_TOLD: Guard = standing(
    "crime-transferred",
    "行政处罚法第二十七条第一款；行政执法机关移送涉嫌犯罪案件的规定第五条、第十一条",
    "作出决定后发现的涉嫌犯罪尚未移送，或者移送尚无结果",
    "按规定移送公安机关；公安机关立案、不予立案或者不批准移送以后再结案",
    |case| matches!(case.crime, Crime::Unknown | Crime::Cleared | Crime::Filed | Crime::FiledLater),
);

pub(super) const STEPS: &[Transition] = &[
    // A withdrawn decision of the simple procedure is recorded late rather than never.
    step(
        Action::Record,
        &[Track::Simple, Track::MinorQuick],
        &[State::Withdrawn, State::Terminated],
        Actor::Officers,
        "行政处罚法第五十二条第三款",
    )
    .when(|case| !case.recorded)
    .effect(|case, _| case.recorded = true)
    .within(&["D15"]),
    step(Action::Close, PENAL, &[State::Paid, State::NoPenalty, State::Withdrawn, State::Terminated], Actor::Head, "行政处罚法第四十七条")
        .to(State::Closed)
        .guards(&[&PROPERTY_SETTLED, &REMEDY_SETTLED, &WITHDRAWN_FROM_VIEW, &RECORDED, &CRIME_TOLD, &HEAD_APPROVES])
        .asks(&[Ask::Approver])
        .papers(&["F05"]),
    step(Action::Archive, Track::ALL, &[State::Closed, State::NotFiled], Actor::Clerk, "行政处罚法第四十七条")
        .to(State::Archived)
        .guards(&[&REMEDY_SETTLED, &WITHDRAWN_FROM_VIEW])
        .papers(&["F06"]),
];
