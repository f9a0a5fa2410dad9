//! Investigation: evidence, correction, suspension, withdrawal, joining and splitting, recusal, and its end.

use super::{
    super::{
        Action, Actor, Aside, Ask, Clock, Correction, Defence, Finding, Guard, Party, Registration, Seizure, State, Track, Transition,
        Weight,
        guard::{guard, standing},
        transition::step,
    },
    general::{ELECTRONIC_AGREED, EVERY_PARTY, FILED, HEAD_APPROVES, NO_OPEN_CRIME, NOT_RECUSED, PUBLIC_LAST, TWO_CERTIFICATES, WITNESSED},
};

const GATHERED: Guard = standing(
    "gathered",
    "行政处罚法第五十四条第一款、第五十五条",
    "尚未调查取证",
    "完成询问、检查并制作笔录后再终结调查",
    |case| case.gathered,
);
const FACTS_TOLD: Guard = standing(
    "facts-told",
    "行政处罚法第四十一条第三款",
    "尚未把监控记录的违法事实告知当事人",
    "告知违法事实并提供查询、陈述、申辩的便利",
    |case| case.track != Track::OffSite || case.facts_told,
);
const REGISTRATION_SETTLED: Guard = standing(
    "registration-settled",
    "行政处罚法第五十六条",
    "先行登记保存的证据尚未作出处理决定",
    "在七个工作日内作出处理决定；已经超过的立即解除",
    |case| matches!(case.registration, Registration::Free | Registration::Settled),
);
const FACTS_CLEAR: Guard = guard(
    "facts-clear",
    "行政处罚法第四十条",
    "违法事实不清、证据不足，不得认定违法",
    "继续收集证据；不能查明的按事实不能成立终结",
    |_, attempt| attempt.finding == Finding::NotProved || attempt.clear,
);
const GROUND_TO_TERMINATE: Guard = guard(
    "ground-to-terminate",
    "行政处罚法第五十四条第一款",
    "没有终止调查的事由",
    "自然人死亡、组织终止且无权利义务承受人等情形，写明事由后报批",
    |_, attempt| attempt.power,
);
const NOT_PUNISHABLE: Guard = standing(
    "withdraw-ground",
    "行政处罚法第五十七条第一款第一项",
    "已查明应受处罚的违法行为，不得以撤案代替处罚",
    "依法告知并作出处罚决定；事实有变化的补充调查",
    |case| case.finding != Finding::Punishable || case.party == Party::Excused,
);
const CONSENT_TO_FAST: Guard = guard(
    "fast-consent",
    "行政处罚法第四十五条；本机关简案快办规定",
    "当事人未认可违法事实或者不同意简案快办",
    "按普通程序办理",
    |_, attempt| attempt.consent,
);
pub(super) const FAST_PLAIN: Guard = guard(
    "fast-plain",
    "行政处罚法第五十七条第二款、第五十八条、第六十三条",
    "情节复杂、应当法制审核或者应当告知听证的案件不适用简案快办",
    "转为普通程序办理",
    |case, attempt| {
        let heavy = case.state == State::Ended && attempt.weight == Weight::Heavy;
        let chosen = case.track == Track::Fast || case.state == State::Investigating;
        !chosen || !(case.complex || case.review_due || heavy)
    },
);
const DEFENCE_FIRST: Guard = standing(
    "defence-considered-first",
    "行政处罚法第四十五条第一款",
    "当事人提出的陈述申辩尚未复核",
    "先复核陈述申辩",
    |case| case.defence != Defence::Made,
);

const CORRECTION_OVER: Guard = guard(
    "correction-period-over",
    "行政处罚法第二十八条第一款；以“逾期不改正”为要件的各该条款",
    "责令改正的期限未满，不得认定逾期不改正",
    "等待责令改正通知书载明的期限届满后复查；当事人提前改正的可以随时复查",
    |case, attempt| attempt.heeded || case.correction == Correction::Passed,
)
.until(Clock::Correction);

const CREW: &[&Guard] = &[&TWO_CERTIFICATES, &NOT_RECUSED];
const ONGOING: &[State] = &[
    State::Filed,
    State::Investigating,
    State::Ended,
    State::Noticed,
    State::HearingRequested,
    State::HearingHeld,
    State::Reviewing,
    State::Discussed,
];

/// Where the days of an order to correct may run.
const CORRECTING: &[State] = &[State::Investigating, State::Suspended, State::Ended, State::TransferPolice];

pub(super) const STEPS: &[Transition] = &[
    step(Action::Investigate, FILED, &[State::Filed], Actor::Officers, "行政处罚法第五十四条第一款")
        .to(State::Investigating)
        .guards(CREW)
        .asks(&[Ask::Crew]),
    step(Action::Inquire, FILED, &[State::Investigating], Actor::Officers, "行政处罚法第五十五条、第五十六条")
        .guards(CREW)
        .asks(&[Ask::Crew])
        .effect(|case, _| case.gathered = true)
        .papers(&["B01", "B03", "B04"]),
    step(Action::OrderCorrection, FILED, &[State::Investigating], Actor::Officers, "行政处罚法第二十八条第一款")
        .guards(&[&TWO_CERTIFICATES, &NOT_RECUSED, &EVERY_PARTY, &WITNESSED, &ELECTRONIC_AGREED, &PUBLIC_LAST])
        .asks(&[Ask::Crew, Ask::Mode, Ask::Everyone])
        .when(|case| case.correction == Correction::Due)
        .effect(|case, _| case.correction = Correction::Ordered)
        .papers(&["B15", "E01"]),
    step(Action::CheckCorrection, FILED, &[State::Investigating], Actor::Officers, "行政处罚法第二十八条第一款")
        .guards(&[&TWO_CERTIFICATES, &NOT_RECUSED, &CORRECTION_OVER])
        .asks(&[Ask::Crew, Ask::Heeded])
        .when(|case| matches!(case.correction, Correction::Ordered | Correction::Passed))
        .effect(|case, attempt| case.correction = if attempt.heeded { Correction::Heeded } else { Correction::Unheeded })
        .papers(&["B16"]),
    step(Action::CorrectionRunsOut, FILED, CORRECTING, Actor::Time, "行政处罚法第二十八条第一款")
        .when(|case| case.correction == Correction::Ordered)
        .effect(|case, _| case.correction = Correction::Passed),
    step(Action::ChooseFast, &[Track::Ordinary], &[State::Investigating], Actor::Head, "行政处罚法第五十七条；本机关简案快办规定")
        .guards(&[&FAST_PLAIN, &CONSENT_TO_FAST, &HEAD_APPROVES])
        .asks(&[Ask::Consent, Ask::Approver])
        .effect(|case, _| case.track = Track::Fast),
    step(
        Action::TurnOrdinary,
        &[Track::Fast, Track::OffSite],
        &[State::Investigating, State::Ended],
        Actor::Officers,
        "行政处罚法第五十四条第一款",
    )
    .effect(|case, _| {
        if case.track == Track::OffSite {
            // Evidence must be taken anew, by people.
            case.gathered = false;
            case.reopen();
            case.state = State::Investigating;
        }
        case.track = Track::Ordinary;
    }),
    step(Action::Suspend, FILED, &[State::Investigating], Actor::Head, "行政处罚法第五十四条第一款；住房和城乡建设行政处罚程序规定")
        .to(State::Suspended)
        .guards(&[&NO_OPEN_CRIME, &HEAD_APPROVES])
        .asks(&[Ask::Approver])
        .papers(&["D21"]),
    step(Action::Resume, FILED, &[State::Suspended], Actor::Head, "行政处罚法第五十四条第一款")
        .to(State::Investigating)
        .guards(&[&HEAD_APPROVES])
        .asks(&[Ask::Approver])
        .papers(&["D21"]),
    step(Action::Terminate, FILED, &[State::Investigating, State::Suspended], Actor::Head, "行政处罚法第五十四条第一款")
        .to(State::Terminated)
        .guards(&[&NO_OPEN_CRIME, &GROUND_TO_TERMINATE, &HEAD_APPROVES])
        .asks(&[Ask::Power, Ask::Approver])
        .papers(&["D21"]),
    step(
        Action::Withdraw,
        FILED,
        &[State::Filed, State::Investigating, State::Ended, State::Reviewing],
        Actor::Head,
        "行政处罚法第五十七条第一款",
    )
    .to(State::Withdrawn)
    .guards(&[&NOT_PUNISHABLE, &NO_OPEN_CRIME, &HEAD_APPROVES])
    .asks(&[Ask::Approver])
    .papers(&["A04"]),
    step(Action::Merge, FILED, &[State::Filed, State::Investigating], Actor::Head, "行政处罚法第二十五条第一款、第二十九条")
        .to(State::Merged)
        .guards(&[&NO_OPEN_CRIME, &HEAD_APPROVES])
        .asks(&[Ask::Approver])
        .effect(|case, _| {
            // What is held goes on in the leading case, with its clocks.
            (case.registration, case.seizure) = (Registration::Settled, Seizure::Settled);
        }),
    step(Action::Split, FILED, &[State::Investigating], Actor::Head, "行政处罚法第五条第二款")
        .guards(&[&HEAD_APPROVES])
        .asks(&[Ask::Approver]),
    step(Action::AskRecusal, FILED, ONGOING, Actor::Party, "行政处罚法第四十三条第二款")
        .when(|case| case.aside.has(Aside::Recusal) && !case.recusal)
        .effect(|case, _| case.recusal = true)
        .papers(&["A08"]),
    step(Action::DecideRecusal, FILED, ONGOING, Actor::Head, "行政处罚法第四十三条第三款")
        .guards(&[&HEAD_APPROVES])
        .asks(&[Ask::Approver])
        .when(|case| case.recusal)
        .effect(|case, _| case.recusal = false)
        .papers(&["A08"]),
    step(Action::End, FILED, &[State::Investigating], Actor::Officers, "行政处罚法第五十七条第一款")
        .to(State::Ended)
        .guards(&[&GATHERED, &FACTS_TOLD, &REGISTRATION_SETTLED, &TWO_CERTIFICATES, &NOT_RECUSED, &FACTS_CLEAR])
        .asks(&[Ask::Crew, Ask::Finding, Ask::Clear])
        .effect(|case, attempt| case.finding = attempt.finding)
        .papers(&["D01"]),
    step(
        Action::Reinvestigate,
        FILED,
        &[State::Ended, State::Noticed, State::HearingHeld, State::Reviewing, State::Discussed],
        Actor::Officers,
        "行政处罚法第四十条、第四十五条第一款",
    )
    .to(State::Investigating)
    .guards(&[&DEFENCE_FIRST, &TWO_CERTIFICATES, &NOT_RECUSED])
    .asks(&[Ask::Crew, Ask::NewFacts])
    .effect(|case, attempt| {
        case.new_facts = attempt.new_facts && case.told != Weight::Unset;
        case.reopen();
    }),
];
