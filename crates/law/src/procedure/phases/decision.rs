//! Legal review, collective discussion, the decision, its seal and its service.

use super::{
    super::{
        Action, Actor, Ask, Guard, Hearing, Review, Reviewer, State, Transition,
        guard::{guard, standing},
        transition::step,
    },
    general::{
        DEFENCE_SETTLED, ELECTRONIC_AGREED, EVERY_PARTY, FILED, HEAD_APPROVES, HEARING_SETTLED, IN_POWER, NO_DISPUTE, NO_OPEN_CRIME,
        NO_SECOND_FINE, NOT_EXCUSED, NOTICE_SERVED, ORDER_UNHEEDED, PROVED, PUBLIC_LAST, WITHIN_RANGE, WITNESSED, YOUTH_LIGHTER,
    },
    on_spot::NOT_HEAVIER_THAN_TOLD,
};

const REVIEW_PASSED: Guard = standing(
    "review-passed",
    "行政处罚法第五十八条第一款",
    "应当法制审核的案件未经审核或者审核未通过",
    "提交法制审核并通过；未通过的补充调查或者修改后再审",
    |case| case.review == Review::Passed || !(case.review_due || case.hearing == Hearing::Held),
);
const REVIEWER_QUALIFIED: Guard = guard(
    "reviewer-qualified",
    "行政处罚法第五十八条第二款",
    "初次从事法制审核的人员没有取得法律职业资格",
    "由取得资格的法制审核人员审核",
    |_, attempt| attempt.reviewer != Reviewer::Unqualified,
);
const REVIEWER_APART: Guard = guard(
    "reviewer-apart",
    "行政处罚法第五十八条第一款",
    "承办人不得审核自己的案件",
    "由未参与办理的法制审核人员审核",
    |_, attempt| attempt.reviewer != Reviewer::Handler,
);
const DISCUSSED: Guard = standing(
    "discussed",
    "行政处罚法第五十七条第二款",
    "情节复杂或者重大违法行为，尚未经机关负责人集体讨论",
    "提交机关负责人集体讨论",
    |case| case.discussed || !case.complex,
);
const ON_RECORD: Guard = guard(
    "on-hearing-record",
    "行政处罚法第六十五条",
    "听证后作出的决定没有依据听证笔录",
    "根据听证笔录作出决定",
    |case, attempt| case.hearing != Hearing::Held || attempt.on_record,
);
const NO_RECUSAL: Guard = standing(
    "no-open-recusal",
    "行政处罚法第四十三条第三款",
    "回避申请尚未决定（不停止调查，但不得作出处罚决定）",
    "由机关负责人先决定回避申请",
    |case| !case.recusal,
);
const SEALED: Guard = standing(
    "sealed",
    "行政处罚法第五十九条第二款、第六十一条",
    "处罚决定书尚未盖章，不得送达",
    "盖具本机关印章后送达",
    |case| case.sealed,
);

const HEARD: &[&Guard] = &[&DEFENCE_SETTLED, &HEARING_SETTLED];

pub(super) const STEPS: &[Transition] = &[
    step(Action::SubmitReview, FILED, &[State::Noticed, State::HearingHeld], Actor::Clerk, "行政处罚法第五十八条第一款")
        .to(State::Reviewing)
        .guards(HEARD)
        .effect(|case, _| case.review = Review::Missing),
    step(Action::PassReview, FILED, &[State::Reviewing], Actor::Reviewer, "行政处罚法第五十八条")
        .guards(&[&REVIEWER_QUALIFIED, &REVIEWER_APART])
        .asks(&[Ask::Reviewer])
        .when(|case| case.review == Review::Missing)
        .effect(|case, _| case.review = Review::Passed)
        .papers(&["D02"]),
    step(Action::FailReview, FILED, &[State::Reviewing], Actor::Reviewer, "行政处罚法第五十八条")
        .guards(&[&REVIEWER_QUALIFIED, &REVIEWER_APART])
        .asks(&[Ask::Reviewer])
        .when(|case| case.review == Review::Missing)
        .effect(|case, _| case.review = Review::Failed)
        .papers(&["D02"]),
    step(Action::Discuss, FILED, &[State::Noticed, State::HearingHeld, State::Reviewing], Actor::Heads, "行政处罚法第五十七条第二款")
        .to(State::Discussed)
        .guards(&[&DEFENCE_SETTLED, &HEARING_SETTLED, &REVIEW_PASSED])
        .effect(|case, _| case.discussed = true)
        .papers(&["D12"]),
    step(
        Action::Decide,
        FILED,
        &[State::Ended, State::Noticed, State::HearingRequested, State::HearingHeld, State::Reviewing, State::Discussed],
        Actor::Head,
        "行政处罚法第五十七条第一款第一项、第六十条",
    )
    .to(State::Decided)
    .guards(&[
        &NOTICE_SERVED,
        &PROVED,
        &NOT_EXCUSED,
        &ORDER_UNHEEDED,
        &DEFENCE_SETTLED,
        &HEARING_SETTLED,
        &REVIEW_PASSED,
        &DISCUSSED,
        &NO_OPEN_CRIME,
        &NO_DISPUTE,
        &NO_RECUSAL,
        &IN_POWER,
        &HEAD_APPROVES,
        &NOT_HEAVIER_THAN_TOLD,
        &WITHIN_RANGE,
        &NO_SECOND_FINE,
        &YOUTH_LIGHTER,
        &ON_RECORD,
    ])
    .asks(&[Ask::Approver, Ask::Change, Ask::Range, Ask::SecondFine, Ask::Lenient, Ask::OnRecord])
    .papers(&["D13", "D15"])
    .within(&["D04", "D13"]),
    step(Action::Seal, FILED, &[State::Decided], Actor::Clerk, "行政处罚法第五十九条第二款")
        .when(|case| !case.sealed)
        .effect(|case, _| case.sealed = true)
        .papers(&["D15"]),
    step(Action::ServeDecision, FILED, &[State::Decided], Actor::Clerk, "行政处罚法第六十一条")
        .to(State::Served)
        .guards(&[&SEALED, &EVERY_PARTY, &WITNESSED, &ELECTRONIC_AGREED, &PUBLIC_LAST])
        .asks(&[Ask::Mode, Ask::Everyone])
        .papers(&["D15", "E01", "E02"])
        .within(&["D07", "D08", "D09", "D25", "D32"]),
];
