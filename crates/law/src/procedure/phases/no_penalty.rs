//! No penalty (不予处罚): slight, first, without fault, not proved, not answerable; and service to the public before a decision.

use super::{
    super::{
        Action, Actor, Ask, Correction, Finding, Guard, Party, State, Transition, Volunteer,
        guard::{guard, standing},
        transition::step,
    },
    general::{FILED, HEAD_APPROVES, NO_DISPUTE, NO_OPEN_CRIME, NOT_RECUSED, SPOT, TWO_CERTIFICATES},
};

const GROUND: Guard = standing(
    "no-penalty-ground",
    "行政处罚法第三十条、第三十一条、第三十三条、第五十七条第一款",
    "没有不予处罚的法定情形",
    "依法告知并作出处罚决定",
    |case| {
        let found = matches!(case.finding, Finding::NotProved | Finding::Slight | Finding::FirstSlight | Finding::Faultless);
        found || case.party == Party::Excused || case.correction == Correction::Heeded
    },
);
const GROUND_ON_SPOT: Guard = guard(
    "no-penalty-ground-on-spot",
    "行政处罚法第三十条、第三十一条、第三十三条",
    "没有可以当场认定的不予处罚情形",
    "当场告知并依法决定，或者转为普通程序",
    |case, attempt| matches!(attempt.finding, Finding::Slight | Finding::FirstSlight) || case.party == Party::Excused,
);
const EDUCATED: Guard = guard(
    "educated",
    "行政处罚法第三十三条第三款",
    "不予处罚应当对当事人进行教育，尚无教育记录",
    "完成教育并记录",
    |_, attempt| attempt.educated,
);
const SERVICE_SLIGHT: Guard = standing(
    "service-slight",
    "行政处罚法第三十三条第一款",
    "只有初次违法、危害后果轻微并及时改正的，才可以公益服务作为不予处罚的条件",
    "依法应当不予处罚的直接不予处罚；应当处罚的依法告知",
    // After a decision the guard above speaks.
    |case| case.state != State::Ended || case.finding == Finding::FirstSlight,
);
const SERVICE_BEFORE_DECISION: Guard = standing(
    "service-before-decision",
    "行政处罚法第六十六条第一款、第六十七条、第七十四条",
    "罚款决定作出后应当按决定履行，不得以公益服务抵缴",
    "确有经济困难的可以申请暂缓或者分期缴纳",
    |case| case.state == State::Ended,
);
const SERVICE_VOLUNTARY: Guard =
    guard("service-voluntary", "行政处罚法第四条", "公益服务须由当事人自愿申请", "当事人书面申请后办理", |_, attempt| attempt.consent);
const SERVICE_ONCE: Guard = standing(
    "service-once",
    "行政处罚法第三十三条第一款；本机关公益服务规定",
    "本案已经安排过公益服务",
    "按已有结果办理：完成的不予处罚，未完成的依法告知",
    |case| case.volunteer == Volunteer::Unused,
);
/// A promise that was kept: who served is not punished all the same.
pub(super) const SERVICE_KEPT: Guard = standing(
    "service-kept",
    "行政处罚法第三十三条第一款；本机关公益服务规定",
    "当事人已经完成公益服务",
    "决定不予处罚",
    |case| case.volunteer != Volunteer::Done,
);

pub(super) const STEPS: &[Transition] = &[
    step(Action::DecideNoPenalty, FILED, &[State::Ended], Actor::Head, "行政处罚法第五十七条第一款第二、三项")
        .to(State::NoPenalty)
        .guards(&[&GROUND, &NO_OPEN_CRIME, &NO_DISPUTE, &HEAD_APPROVES, &EDUCATED])
        .asks(&[Ask::Approver, Ask::Educated])
        .papers(&["D16", "D17", "E01"]),
    step(Action::DecideNoPenalty, SPOT, &[State::OnSpot], Actor::Officers, "行政处罚法第三十三条")
        .to(State::NoPenalty)
        .guards(&[&NO_OPEN_CRIME, &TWO_CERTIFICATES, &NOT_RECUSED, &GROUND_ON_SPOT, &EDUCATED])
        .asks(&[Ask::Crew, Ask::Finding, Ask::Educated])
        .effect(|case, attempt| (case.finding, case.recorded) = (attempt.finding, true))
        .papers(&["D16", "D17"]),
    step(Action::OfferService, FILED, &[State::Ended, State::Performing], Actor::Party, "行政处罚法第三十三条第一款")
        .to(State::Volunteering)
        .guards(&[&SERVICE_BEFORE_DECISION, &SERVICE_SLIGHT, &NO_OPEN_CRIME, &SERVICE_ONCE, &SERVICE_VOLUNTARY])
        .asks(&[Ask::Consent]),
    step(Action::ServiceDone, FILED, &[State::Volunteering], Actor::Officers, "行政处罚法第三十三条第一款")
        .to(State::Ended)
        .effect(|case, _| case.volunteer = Volunteer::Done),
    step(Action::ServiceFailed, FILED, &[State::Volunteering], Actor::Time, "行政处罚法第三十三条第一款")
        .to(State::Ended)
        .effect(|case, _| case.volunteer = Volunteer::Failed),
];
