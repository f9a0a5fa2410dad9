//! A case in plain words (通俗说明): where it stands, what comes next, what each period means for whoever must keep it.

use law::procedure::{Action, Clock, Defence, Hearing, State};

/// Where the case stands, and what comes next.
pub(super) fn stands(state: State, hearing: Hearing, defence: Defence) -> (&'static str, &'static str) {
    match state {
        State::Clue | State::Captured | State::Screened | State::OnSpot => ("执法人员正在核实情况。", "核实以后决定是否立案，会告诉您。"),
        State::Persuaded => ("执法人员已经向您说明情况、要求改正。", "请按要求改正；没有改正的，会立案处理。"),
        State::NotFiled => ("经核实，没有立案。", "您不用做什么。"),
        State::Filed | State::Investigating => ("已经立案，正在调查。", "您可以提供证据、说明情况；调查结束以后，处罚前会先告知您。"),
        State::Suspended => ("调查暂时中止。", "恢复调查以后会继续办理。"),
        State::Ended | State::Reviewing | State::Discussed => {
            ("调查已经结束，正在研究怎样处理。", "要处罚的，会先把拟处罚的内容、理由和您的权利告知您。")
        }
        State::Volunteering => ("您正在参加公益服务。", "请在期限内完成，完成以后依法不予处罚。"),
        State::TransferOrgan => ("案件移送给有管辖权的机关。", "由接收的机关办理，会与您联系。"),
        State::TransferPolice | State::PoliceFiled => ("案件已按规定移送公安机关。", "请等待公安机关通知。"),
        State::NoPenalty => ("决定不予处罚。", "您不用缴款。"),
        State::Withdrawn => ("案件已经撤销，或者处罚决定已被撤销。", "您不用再做什么；已经缴的款会依法处理。"),
        State::Terminated => ("案件已经终止。", "您不用做什么。"),
        State::Merged => ("案件已并入另一个案件。", "请按另一个案件的通知办理。"),
        State::Noticed if hearing == Hearing::Open => ("处罚前的告知书已经送给您。", "您可以陈述申辩，也可以申请听证，期限见下面。"),
        State::Noticed if defence == Defence::Open => {
            ("处罚前的告知书已经送给您。", "您可以陈述、申辩，期限见下面；说了不会因此加重处罚。")
        }
        State::Noticed => ("处罚前的告知书已经送给您。", "机关正在复核您的意见，然后作出决定。"),
        State::HearingRequested => ("您已经申请听证。", "机关会提前七个工作日通知您时间、地点；请按时参加。"),
        State::HearingHeld => ("听证已经举行。", "机关根据听证笔录作出决定。"),
        State::Decided => ("已经作出处罚决定。", "决定书会送达给您，从送达之日起计算缴款期限。"),
        State::Served | State::Performing => {
            ("处罚决定书已经送达。", "请在期限内缴款或者履行；有困难的可以申请暂缓或者分期；不服的可以申请复议或者起诉。")
        }
        State::Deferred => ("已经批准您暂缓或者分期缴款。", "请按批准的期限缴款。"),
        State::Paid => ("您已经履行处罚决定。", "办理结案，您不用再做什么。"),
        State::Reminded => ("催告书已经送达。", "请在期限内履行；有意见可以陈述、申辩。期满仍不履行的，将依法强制执行。"),
        State::OwnEnforcement => ("正在依法强制执行。", "您可以随时自行履行。"),
        State::CourtApplied | State::CourtRuled => ("已经申请人民法院强制执行。", "由人民法院办理，您可以随时自行履行。"),
        State::Closed | State::Archived => ("案件已经办结。", "您不用再做什么。"),
    }
}

/// What a period is for, to whoever must keep it.
pub(super) fn period(clock: Clock) -> (&'static str, &'static str) {
    match clock {
        Clock::Defence => ("说明情况、提出不同意见", "过了期限也可以说，会注明是逾期提出的。"),
        Clock::Hearing => ("申请听证", "过了期限，机关可以不举行听证。"),
        Clock::Correction => ("按责令改正通知书改正", "期满执法人员会来复查。"),
        Clock::Payment => ("缴纳罚款", "到期不缴的，每日可以加处罚款数额百分之三的罚款，加处的总额不超过罚款本身。"),
        Clock::Urged => ("按催告书履行", "期满仍不履行的，将依法强制执行。"),
        Clock::Remedy => ("不服决定，到法院起诉（当场处罚的先申请行政复议）", "申请行政复议的一般期限是六十日，以决定书写明的为准。"),
        Clock::Deferral => ("按批准的暂缓、分期缴款", "到期没有缴清的，依法继续执行。"),
        Clock::Service => ("完成公益服务", "没有完成的，依法继续处理。"),
        Clock::Registration | Clock::UrgentSeizure | Clock::Seizure | Clock::Court => ("机关的期限", ""),
    }
}

/// A step of a party in the words of the page.
pub(super) fn may(action: Action) -> &'static str {
    match action {
        Action::Defend => "陈述申辩",
        Action::WaiveDefence => "放弃陈述申辩",
        Action::RequestHearing => "申请听证",
        Action::WaiveHearing => "撤回或者放弃听证",
        Action::AskRecusal => "申请回避",
        other => other.label(),
    }
}
