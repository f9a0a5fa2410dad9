//! Laws of the decision and of no penalty.

use super::{Law, law};
use crate::procedure::{Action, Correction, Finding, Hearing, Notice, Party, Range, Review, State, Volunteer, Weight};

pub(super) const LAWS: &[Law] = &[
    law(
        "legal-review",
        "行政处罚法第五十八条第一款",
        "应当法制审核的，审核通过才决定",
        &["review-passed"],
        |taken| {
            let due = taken.before.review_due || taken.before.hearing == Hearing::Held;
            !taken.penalises() || !due || taken.before.review == Review::Passed
        },
    ),
    law(
        "collective-discussion",
        "行政处罚法第五十七条第二款",
        "情节复杂或者重大的，集体讨论后才决定",
        &["discussed"],
        |taken| !taken.penalises() || !taken.before.complex || taken.before.discussed,
    ),
    law("by-the-record", "行政处罚法第六十五条", "听证后依据听证笔录决定", &["on-hearing-record"], |taken| {
        !taken.penalises() || taken.before.hearing != Hearing::Held || taken.attempt.on_record
    }),
    law(
        "recusal-decided",
        "行政处罚法第四十三条第三款",
        "回避申请未决定，不作处罚决定",
        &["no-open-recusal"],
        |taken| !taken.penalises() || !taken.before.recusal,
    ),
    law(
        "within-range",
        "行政处罚法第五条、第三十二条",
        "处罚在幅度以内，或者有减轻事由和理由",
        &["within-range"],
        |taken| !taken.penalises() || taken.attempt.range != Range::Outside,
    ),
    law("one-fine", "行政处罚法第二十九条", "同一违法行为不两次罚款", &["no-second-fine"], |taken| {
        !taken.penalises() || !taken.attempt.second_fine
    }),
    law("youth-lighter", "行政处罚法第三十条", "未成年人从轻或者减轻", &["youth-lighter"], |taken| {
        !taken.penalises() || taken.before.party != Party::Youth || taken.attempt.lenient
    }),
    law(
        "simple-bounds",
        "行政处罚法第五十一条",
        "当场处罚在额度以内、事实确凿",
        &["simple-threshold", "plain-facts"],
        |taken| !taken.is(&[Action::DecideOnSpot]) || (taken.before.weight == Weight::Light && taken.attempt.clear),
    ),
    law(
        "nothing-served-before-approval",
        "行政处罚法第四十四条、第五十九条",
        "告知书批准后、决定书批准并盖章后才送达",
        &["notice-approved", "sealed"],
        |taken| {
            (!taken.is(&[Action::ServeNotice]) || taken.before.notice == Notice::Approved)
                && (!taken.is(&[Action::ServeDecision]) || (taken.before.sealed && taken.before.state == State::Decided))
        },
    ),
    law(
        "no-penalty-ground",
        "行政处罚法第三十三条、第五十七条第一款",
        "有法定情形才不予处罚，并且教育当事人",
        &["no-penalty-ground", "no-penalty-ground-on-spot", "educated"],
        |taken| {
            let after = taken.after;
            let found = !matches!(after.finding, Finding::Punishable | Finding::Open);
            let ground = found || after.party == Party::Excused || after.correction == Correction::Heeded;
            !taken.is(&[Action::DecideNoPenalty]) || (ground && taken.attempt.educated)
        },
    ),
    law(
        "service-instead-of-fine",
        "行政处罚法第三十三条、第六十六条、第六十七条",
        "公益服务自愿、一次、只在决定以前代替可以不予的处罚，完成即不予处罚",
        &["service-before-decision", "service-slight", "service-voluntary", "service-once", "service-kept"],
        |taken| {
            let case = taken.before;
            let offered = taken.is(&[Action::OfferService]);
            let fit = case.state == State::Ended && case.finding == Finding::FirstSlight && case.volunteer == Volunteer::Unused;
            (!offered || (fit && taken.attempt.consent)) && (!taken.is(&[Action::ApproveNotice]) || case.volunteer != Volunteer::Done)
        },
    ),
    law(
        "soft-ladder",
        "行政处罚法第六条、第三十三条",
        "柔性措施只用于轻微的，对再犯者逐级加重，用尽即立案",
        &["soft-slight", "ladder-educate", "ladder-dissuade", "ladder-interview"],
        |taken| {
            let soft = taken.is(&[Action::Educate, Action::Dissuade, Action::Interview]);
            !soft || (taken.attempt.slight && taken.after.rung > taken.before.rung)
        },
    ),
];
