//! Review and suit (行政复议、行政诉讼), and the publication that follows or falls with the decision.

use super::{
    super::{
        Action, Actor, Ask, Case, Change, Fate, Guard, Party, Published, Remedy, State, Track, Transition, Window,
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
    |case| {
        let tried = matches!(case.remedy, Remedy::Reviewed | Remedy::ReviewRefused | Remedy::ReviewLapsed);
        !matches!(case.track, Track::Simple | Track::MinorQuick) || tried
    },
);
const NO_HEAVIER_CHANGE: Guard = guard(
    "changed-no-heavier",
    "行政复议法第六十三条第二款；行政诉讼法第七十七条第二款",
    "变更后的处罚重于原决定，又没有第三人提出相反请求",
    "不得作出对申请人更为不利的变更；第三人提出相反请求的，写明请求的情况",
    |_, attempt| attempt.change != Change::Heavier || attempt.power,
);
const LAWFUL: Guard = standing(
    "unlawful-unpublished",
    "行政处罚法第四十八条第二款",
    "处罚决定已被确认违法，不得再公开",
    "已经公开的三个工作日内撤回并公开说明理由",
    |case| case.fate != Fate::Unlawful,
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

/// A review or a judgment leaves the decision standing, in whatever shape: what is public is then of another decision. A review that was not
/// decided in time and is decided late opens the way to court anew.
fn left_standing(case: &mut Case, fate: Fate) {
    case.remedy = match case.remedy {
        Remedy::Suit => Remedy::Upheld,
        Remedy::ReviewLapsed => {
            case.window = Window::NotYet;
            Remedy::Reviewed
        }
        _ => Remedy::Reviewed,
    };
    if fate != Fate::Whole {
        case.fate = fate;
        if case.published == Published::Public {
            case.published = Published::Stale;
        }
    }
}

/// A review that runs, or may still be decided though its time is over.
const fn is_reviewed(case: &Case) -> bool {
    matches!(case.remedy, Remedy::Review | Remedy::ReviewLapsed)
}

const WINDOW_RUNS: &[State] =
    &[State::Served, State::Performing, State::Paid, State::Reminded, State::OwnEnforcement, State::CourtApplied, State::CourtRuled];

/// Where what is public is taken back: wherever a decision stands, and where it fell.
const TAKEN_BACK: &[State] = &[
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
    State::Withdrawn,
];

/// The public still reads a decision that fell, was changed or found unlawful (行政处罚法第四十八条第二款).
pub(super) const fn owes_withdrawal(case: &Case) -> bool {
    matches!(case.published, Published::Stale) || (matches!(case.remedy, Remedy::Revoked) && matches!(case.published, Published::Public))
}

pub(super) const STEPS: &[Transition] = &[
    step(Action::AskReview, PENAL, STANDS, Actor::Party, "行政复议法第二十条、第二十三条")
        .when(|case| {
            is_decided(case) && matches!(case.remedy, Remedy::Unused | Remedy::ReviewRefused) && matches!(case.window, Window::NotYet)
        })
        .effect(|case, _| case.remedy = Remedy::Review)
        .within(&["D25", "D26", "D27", "D28", "D29"]),
    step(Action::ReviewUpholds, PENAL, PENDING, Actor::Court, "行政复议法第六十二条、第六十八条")
        .when(is_reviewed)
        .effect(|case, _| left_standing(case, Fate::Whole))
        .within(&["D30", "D31", "D33"]),
    // Nothing was decided: the days to sue go on as the decision itself set them (行政诉讼法第四十五条 has them follow a decision of review).
    step(Action::ReviewEnds, PENAL, PENDING, Actor::Court, "行政复议法第四十一条、第七十四条；行政诉讼法第四十六条")
        .when(|case| matches!(case.remedy, Remedy::Review))
        .effect(|case, _| case.remedy = Remedy::ReviewEnded)
        .within(&["D32"]),
    // Not accepted, or dismissed as none that could be: who had to ask for it first may sue within fifteen days, for everybody else the days go
    // on as the decision set them.
    step(Action::ReviewRefused, PENAL, PENDING, Actor::Court, "行政复议法第三十条、第三十三条、第三十四条；行政诉讼法第四十六条")
        .when(|case| matches!(case.remedy, Remedy::Review))
        .effect(|case, _| case.remedy = Remedy::ReviewRefused)
        .within(&["D32", "D33"]),
    step(Action::ReviewLapses, PENAL, PENDING, Actor::Court, "行政复议法第三十四条、第六十二条；行政诉讼法第四十五条")
        .when(|case| matches!(case.remedy, Remedy::Review))
        .effect(|case, _| case.remedy = Remedy::ReviewLapsed)
        .within(&["D30", "D31", "D33"]),
    step(Action::Sue, PENAL, STANDS, Actor::Party, "行政诉讼法第四十四条、第四十五条、第四十六条")
        .guards(&[&REVIEW_FIRST])
        .when(|case| {
            is_decided(case)
                && matches!(
                    case.remedy,
                    Remedy::Unused | Remedy::Reviewed | Remedy::ReviewEnded | Remedy::ReviewRefused | Remedy::ReviewLapsed
                )
                && matches!(case.window, Window::NotYet)
        })
        .effect(|case, _| case.remedy = Remedy::Suit)
        .within(&["D32", "D33", "D34"]),
    step(Action::SuitUpholds, PENAL, PENDING, Actor::Court, "行政诉讼法第六十九条")
        .when(|case| matches!(case.remedy, Remedy::Suit))
        .effect(|case, _| left_standing(case, Fate::Whole)),
    step(Action::SuitEnds, PENAL, PENDING, Actor::Court, "行政诉讼法第四十六条、第六十二条")
        .when(|case| matches!(case.remedy, Remedy::Suit))
        .effect(|case, _| case.remedy = Remedy::SuitEnded)
        .within(&["D32"]),
    step(Action::Changed, PENAL, PENDING, Actor::Court, "行政复议法第六十三条；行政诉讼法第七十七条")
        .guards(&[&NO_HEAVIER_CHANGE])
        .asks(&[Ask::Change, Ask::Power])
        .when(|case| is_reviewed(case) || matches!(case.remedy, Remedy::Suit))
        .effect(|case, _| left_standing(case, Fate::Changed))
        .within(&["D14", "D33"]),
    step(Action::FoundUnlawful, PENAL, PENDING, Actor::Court, "行政复议法第六十五条；行政诉讼法第七十四条")
        .when(|case| is_reviewed(case) || matches!(case.remedy, Remedy::Suit))
        .effect(|case, _| left_standing(case, Fate::Unlawful))
        .within(&["D14", "D33"]),
    step(Action::Revoked, PENAL, PENDING, Actor::Court, "行政复议法第六十四条；行政诉讼法第七十条")
        .to(State::Withdrawn)
        .when(|case| is_reviewed(case) || matches!(case.remedy, Remedy::Suit))
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
        .guards(&[&NOT_A_YOUTH, &LAWFUL, &MASKED])
        .asks(&[Ask::Masked])
        .when(|case| is_decided(case) && matches!(case.published, Published::Not))
        .effect(|case, _| case.published = Published::Public)
        .papers(&["D22"])
        .within(&["D13", "D46"]),
    // What was changed is public again once it is written anew.
    step(Action::Unpublish, PENAL, TAKEN_BACK, Actor::Clerk, "行政处罚法第四十八条第二款")
        .when(owes_withdrawal)
        .effect(|case, _| {
            let again = case.fate == Fate::Changed && case.remedy != Remedy::Revoked;
            case.published = if again { Published::Not } else { Published::Withdrawn };
        })
        .papers(&["D22"])
        .within(&["D14"]),
];
