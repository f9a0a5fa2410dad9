//! Performance: payment, deferral, the reminder, the organ's own enforcement, the court.

use super::{
    super::{
        Action, Actor, Ask, Case, Clock, Guard, Hour, Means, Mode, Remedy, State, Transition, Urged, Window,
        guard::{guard, standing},
        transition::step,
    },
    general::{AFTER_SERVICE, EVERY_PARTY, HEAD_APPROVES, NOT_RECUSED, PENAL, TWO_CERTIFICATES},
};

const CASH_ALLOWED: Guard = guard(
    "cash-allowed",
    "行政处罚法第六十七条第二款、第六十八条、第六十九条",
    "不属于可以当场收缴罚款的情形",
    "由当事人到指定银行或者通过电子支付系统缴纳",
    |_, attempt| attempt.power,
);
const RECEIPT: Guard = guard(
    "cash-receipt",
    "行政处罚法第七十条",
    "没有出具财政部门统一制发的专用票据",
    "出具专用票据；否则当事人有权拒绝缴纳",
    |_, attempt| attempt.receipt,
);
const ASKED_FOR: Guard = guard(
    "deferral-asked-for",
    "行政处罚法第六十六条第二款",
    "当事人没有申请暂缓或者分期，或者没有经济困难的证明",
    "由当事人申请并说明困难",
    |_, attempt| attempt.consent,
);
const OVERDUE: Guard = standing(
    "overdue",
    "行政处罚法第六十七条第三款；行政强制法第三十四条、第三十五条",
    "履行期限未满",
    "等待十五日的缴款期限届满",
    |case| case.overdue,
)
.until(Clock::Payment);
const URGE_DIRECTLY: Guard = guard(
    "reminder-direct",
    "行政强制法第三十八条",
    "催告书应当直接送达，尚未直接送达即采用其他方式",
    "先直接送达；拒收或者无法直接送达的再用其他方式",
    |_, attempt| !matches!(attempt.mode, Mode::PublicFirst | Mode::LeftUnwitnessed | Mode::ElectronicUnagreed),
);
const URGED: Guard = standing(
    "reminded-long-enough",
    "行政强制法第三十五条、第三十七条、第五十四条",
    "尚未催告，或者催告书送达后未满十个工作日",
    "送达催告书并等待期满",
    |case| case.urged == Urged::Passed,
)
.until(Clock::Urged);
const OWN_POWER: Guard = guard(
    "own-enforcement-power",
    "行政强制法第十三条、第三十四条、第四十六条",
    "本机关没有法律规定的行政强制执行权",
    "申请人民法院强制执行",
    |_, attempt| attempt.power,
);
const DEMOLITION: Guard = guard(
    "demolition-announced",
    "行政强制法第四十四条",
    "强制拆除前没有公告限期自行拆除，或者复议、诉讼期限未满、尚未结束",
    "公告并等待限期和复议、诉讼期限届满；当事人复议或者起诉的，等待结果",
    |case, attempt| attempt.means != Means::Demolition || (attempt.announced && is_remedy_over(case)),
);
const THIRTY_DAYS: Guard = guard(
    "extra-fine-thirty-days",
    "行政强制法第四十五条、第四十六条第一款",
    "加处罚款没有超过三十日，不得对金钱给付义务直接强制执行",
    "依法加处罚款并告知标准，超过三十日、经催告仍不履行的再强制执行；没有加处罚款的申请人民法院强制执行",
    |_, attempt| attempt.means != Means::Money || attempt.dunned,
);
const DAYTIME: Guard = guard(
    "daytime",
    "行政强制法第四十三条第一款",
    "不得在夜间或者法定节假日实施行政强制执行",
    "改在工作日白天实施；情况紧急的写明紧急情形",
    |_, attempt| matches!(attempt.hour, Hour::Working | Hour::UrgentNight),
);
const REMEDY_OVER: Guard = standing(
    "remedy-time-over",
    "行政强制法第五十三条；行政诉讼法第九十七条",
    "复议、诉讼期限未满，或者复议、诉讼尚未结束",
    "等待期限届满且当事人未复议、未诉讼",
    is_remedy_over,
)
.until(Clock::Remedy);

/// The days for review and suit have passed, and neither runs.
const fn is_remedy_over(case: &Case) -> bool {
    !matches!(case.window, Window::NotYet) && !matches!(case.remedy, Remedy::Review | Remedy::Suit)
}

const WINDOW_OPEN: Guard = standing(
    "court-window-open",
    "行政强制法第五十三条",
    "已超过申请人民法院强制执行的三个月期限",
    "期限不得恢复；有终结执行事由的依法终结",
    |case| case.window != Window::Closed,
);
const GROUND_TO_END: Guard = guard(
    "ground-to-end-execution",
    "行政强制法第三十九条第二款、第四十条",
    "没有终结执行的事由",
    "写明死亡、终止、标的灭失、无能力履行满三年等情形后报批",
    |_, attempt| attempt.power,
);

pub(super) const STEPS: &[Transition] = &[
    step(Action::StartPerforming, PENAL, &[State::Served], Actor::Clerk, "行政处罚法第六十六条第一款")
        .to(State::Performing)
        .papers(&["E04"])
        .within(&["D09"]),
    step(Action::Pay, PENAL, AFTER_SERVICE, Actor::Party, "行政处罚法第六十七条第三款")
        .to(State::Paid)
        .when(|case| !matches!(case.state, State::Paid))
        .papers(&["E04"]),
    step(Action::TakeCash, PENAL, &[State::Served, State::Performing], Actor::Officers, "行政处罚法第六十八条、第六十九条、第七十条")
        .to(State::Paid)
        .guards(&[&CASH_ALLOWED, &RECEIPT, &TWO_CERTIFICATES, &NOT_RECUSED])
        .asks(&[Ask::Power, Ask::Receipt, Ask::Crew])
        .papers(&["E03"])
        .within(&["D11", "D12"]),
    step(Action::Defer, PENAL, &[State::Performing], Actor::Head, "行政处罚法第六十六条第二款")
        .to(State::Deferred)
        .guards(&[&ASKED_FOR, &HEAD_APPROVES])
        .asks(&[Ask::Consent, Ask::Approver])
        .papers(&["E05"]),
    step(Action::DeferralRunsOut, PENAL, &[State::Deferred], Actor::Time, "行政处罚法第七十二条第二款")
        .to(State::Performing)
        .effect(|case, _| case.overdue = true)
        .within(&["D20"]),
    step(Action::PaymentRunsOut, PENAL, &[State::Performing], Actor::Time, "行政处罚法第六十七条第三款、第七十二条第一款第一项")
        .when(|case| !case.overdue)
        .effect(|case, _| case.overdue = true)
        .papers(&["E07"])
        .within(&["D09", "D10"]),
    step(Action::Remind, PENAL, &[State::Performing], Actor::Clerk, "行政强制法第三十五条、第三十八条、第五十四条")
        .to(State::Reminded)
        .guards(&[&OVERDUE, &URGE_DIRECTLY, &EVERY_PARTY])
        .asks(&[Ask::Mode, Ask::Everyone])
        .effect(|case, _| case.urged = Urged::Served)
        .papers(&["E06", "E01"])
        .within(&["D19"]),
    step(Action::ReminderRunsOut, PENAL, &[State::Reminded], Actor::Time, "行政强制法第五十四条、第六十九条")
        .when(|case| case.urged == Urged::Served)
        .effect(|case, _| case.urged = Urged::Passed)
        .within(&["D19"]),
    step(Action::OrderEnforcement, PENAL, &[State::Performing, State::Reminded], Actor::Head, "行政强制法第三十七条")
        .to(State::OwnEnforcement)
        .guards(&[&URGED, &OWN_POWER, &DEMOLITION, &THIRTY_DAYS, &HEAD_APPROVES])
        .asks(&[Ask::Power, Ask::Means, Ask::Announced, Ask::Dunned, Ask::Approver])
        .papers(&["E08", "E01"])
        .within(&["D18", "D21"]),
    step(Action::Enforce, PENAL, &[State::OwnEnforcement], Actor::Officers, "行政强制法第四十三条")
        .to(State::Paid)
        .guards(&[&DAYTIME, &TWO_CERTIFICATES, &NOT_RECUSED])
        .asks(&[Ask::Hour, Ask::Crew])
        .papers(&["E15"]),
    step(Action::ApplyToCourt, PENAL, &[State::Performing, State::Reminded], Actor::Head, "行政强制法第五十三条、第五十四条、第五十五条")
        .to(State::CourtApplied)
        .guards(&[&URGED, &REMEDY_OVER, &WINDOW_OPEN, &HEAD_APPROVES])
        .asks(&[Ask::Approver])
        .papers(&["E14"])
        .within(&["D19", "D20"]),
    step(Action::CourtRules, PENAL, &[State::CourtApplied], Actor::Court, "行政强制法第五十七条、第五十八条")
        .to(State::CourtRuled)
        .within(&["D22", "D23", "D24"]),
    step(
        Action::EndExecution,
        PENAL,
        &[State::Performing, State::Reminded, State::OwnEnforcement, State::CourtRuled],
        Actor::Head,
        "行政强制法第三十九条、第四十条",
    )
    .to(State::Terminated)
    .guards(&[&GROUND_TO_END, &HEAD_APPROVES])
    .asks(&[Ask::Power, Ask::Approver])
    .papers(&["E13"])
    .within(&["D47"]),
];
