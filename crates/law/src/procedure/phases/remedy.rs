//! Review and suit (行政复议、行政诉讼), and the publication that follows or falls with the decision.

use super::{
    super::{
        Action, Actor, Ask, Case, Guard, Party, Published, Remedy, State, Track, Transition, Window,
        guard::{guard, standing},
        transition::step,
    },
    general::{AFTER_SERVICE, PENAL},
};

const REVIEW_FIRST: Guard = standing(
    "review-first",
    "行政复议法第二十三条第一款第一项",
    "对当场作出的处罚决定不服，应当先申请行政复议",
    "先申请行政复议，对复议决定不服再起诉",
    |case| !matches!(case.track, Track::Simple | Track::MinorQuick) || case.remedy == Remedy::Reviewed,
);
const MASKED: Guard = guard(
    "masked",
    "行政处罚法第五十条；个人信息保护法第三十四条；政府信息公开条例第十五条",
    "公开内容没有脱敏：含有个人信息、商业秘密或者第三人姓名",
    "完成脱敏并由两人核对",
    |_, attempt| attempt.masked,
);
const NOT_A_YOUTH: Guard = standing(
    "youth-unpublished",
    "行政处罚法第五十条；浙江省行政处罚结果信息网上公开办法第五条",
    "当事人是未成年人，处罚决定不予公开",
    "不公开",
    |case| case.party != Party::Youth,
);

/// Where a review or a suit may end: one does not end because the execution did.
const PENDING: &[State] = &[
    State::Served,
    State::Performing,
    State::Deferred,
    State::Paid,
    State::Reminded,
    State::OwnEnforcement,
    State::CourtApplied,
    State::CourtRuled,
    State::Terminated,
    State::Closed,
    State::Archived,
];

/// Where a decision that stands may be fought and is public, also when its case is closed and in the archive: neither ends the days that the
/// law gives the party, nor what the organ owes the public.
const STANDS: &[State] = &[
    State::Served,
    State::Performing,
    State::Deferred,
    State::Paid,
    State::Reminded,
    State::OwnEnforcement,
    State::CourtApplied,
    State::CourtRuled,
    State::Terminated,
    State::Closed,
    State::Archived,
];

/// There is a penalty decision, which bears the seal (行政处罚法第五十二条、第五十九条), and nobody took it away.
const fn is_decided(case: &Case) -> bool {
    (case.state.is_after_service() || case.sealed) && !matches!(case.remedy, Remedy::Revoked)
}

const WINDOW_RUNS: &[State] =
    &[State::Served, State::Performing, State::Paid, State::Reminded, State::OwnEnforcement, State::CourtApplied, State::CourtRuled];

pub(super) const STEPS: &[Transition] = &[
    step(Action::AskReview, PENAL, STANDS, Actor::Party, "行政复议法第二十条、第二十三条")
        .when(|case| is_decided(case) && matches!(case.remedy, Remedy::Unused) && matches!(case.window, Window::NotYet))
        .effect(|case, _| case.remedy = Remedy::Review)
        .within(&["D25", "D26", "D27", "D28", "D29"]),
    step(Action::ReviewUpholds, PENAL, PENDING, Actor::Court, "行政复议法第六十二条、第六十八条")
        .when(|case| matches!(case.remedy, Remedy::Review))
        .effect(|case, _| case.remedy = Remedy::Reviewed)
        .within(&["D30", "D31", "D33"]),
    // Nothing was decided: the days to sue go on as the decision itself set them (行政诉讼法第四十五条 has them follow a decision of review).
    step(Action::ReviewEnds, PENAL, PENDING, Actor::Court, "行政复议法第四十一条、第七十四条；行政诉讼法第四十六条")
        .when(|case| matches!(case.remedy, Remedy::Review))
        .effect(|case, _| case.remedy = Remedy::ReviewEnded)
        .within(&["D32"]),
    step(Action::Sue, PENAL, STANDS, Actor::Party, "行政诉讼法第四十四条、第四十五条、第四十六条")
        .guards(&[&REVIEW_FIRST])
        .when(|case| {
            is_decided(case)
                && matches!(case.remedy, Remedy::Unused | Remedy::Reviewed | Remedy::ReviewEnded)
                && matches!(case.window, Window::NotYet)
        })
        .effect(|case, _| case.remedy = Remedy::Suit)
        .within(&["D32", "D33", "D34"]),
    step(Action::SuitUpholds, PENAL, PENDING, Actor::Court, "行政诉讼法第六十九条")
        .when(|case| matches!(case.remedy, Remedy::Suit))
        .effect(|case, _| case.remedy = Remedy::Upheld),
    step(Action::SuitEnds, PENAL, PENDING, Actor::Court, "行政诉讼法第四十六条、第六十二条")
        .when(|case| matches!(case.remedy, Remedy::Suit))
        .effect(|case, _| case.remedy = Remedy::SuitEnded)
        .within(&["D32"]),
    step(Action::Revoked, PENAL, PENDING, Actor::Court, "行政复议法第六十四条；行政诉讼法第七十条")
        .to(State::Withdrawn)
        .when(|case| matches!(case.remedy, Remedy::Review | Remedy::Suit))
        .effect(|case, _| case.remedy = Remedy::Revoked)
        .within(&["D14"]),
    step(Action::RemedyRunsOut, PENAL, AFTER_SERVICE, Actor::Time, "行政强制法第五十三条；行政诉讼法第四十五条、第四十六条")
        .when(|case| !matches!(case.remedy, Remedy::Review | Remedy::Suit | Remedy::Revoked) && matches!(case.window, Window::NotYet))
        .effect(|case, _| case.window = Window::Open)
        .within(&["D20", "D32", "D33"]),
    // While payment is put off the three months do not run: they begin with its end (行政处罚法第七十二条第二款).
    step(Action::CourtWindowCloses, PENAL, WINDOW_RUNS, Actor::Time, "行政强制法第五十三条；行政处罚法第七十二条第二款")
        .when(|case| matches!(case.window, Window::Open))
        .effect(|case, _| case.window = Window::Closed)
        .within(&["D20"]),
    step(Action::Publish, PENAL, STANDS, Actor::Clerk, "行政处罚法第四十八条第一款")
        .guards(&[&NOT_A_YOUTH, &MASKED])
        .asks(&[Ask::Masked])
        .when(|case| is_decided(case) && matches!(case.published, Published::Not))
        .effect(|case, _| case.published = Published::Public)
        .papers(&["D22"])
        .within(&["D13", "D46"]),
    step(Action::Unpublish, PENAL, &[State::Withdrawn], Actor::Clerk, "行政处罚法第四十八条第二款")
        .when(|case| matches!(case.published, Published::Public))
        .effect(|case, _| case.published = Published::Withdrawn)
        .papers(&["D22"])
        .within(&["D14"]),
];
