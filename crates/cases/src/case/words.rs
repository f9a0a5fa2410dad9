//! The facts of a case in words, and who it waits for.

use law::procedure::{
    Actor, Case, Correction, Crime, Defence, Fate, Hearing, Notice, Published, Registration, Remedy, Review, Seizure, State, Urged, Window,
};
use serde::Serialize;
use utoipa::ToSchema;

/// A fact that guards read, in words.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseFact {
    /// What it is about.
    label: &'static str,
    /// How it stands.
    value: &'static str,
}

/// Whom a case waits for: the first thing that must be done, not all that may be.
pub(super) fn waits_for(case: &Case) -> Actor {
    match case.state {
        State::Clue | State::Screened if case.track.code() != "soft" && !matches!(case.track.code(), "simple" | "minor-quick") => {
            Actor::Head
        }
        State::Ended if case.notice == Notice::Missing => Actor::Head,
        State::Discussed | State::Suspended | State::Paid | State::NoPenalty | State::Withdrawn | State::Terminated => Actor::Head,
        State::TransferPolice if case.crime == Crime::Reported => Actor::Head,
        State::Reviewing if case.review == Review::Missing => Actor::Reviewer,
        State::Reviewing if case.review == Review::Passed => Actor::Head,
        State::HearingRequested if case.hearing == Hearing::Called => Actor::Host,
        State::Noticed | State::HearingHeld
            if !case.review_due
                && case.hearing != Hearing::Held
                && !matches!(case.track.code(), "simple" | "minor-quick")
                && !matches!(case.defence, Defence::Open | Defence::Made)
                && !matches!(case.hearing, Hearing::Open) =>
        {
            Actor::Head
        }
        State::Archived | State::Merged => Actor::Time,
        _ => Actor::Officers,
    }
}

/// Facts that say something: what is as it begins is left out.
pub(super) fn facts(case: &Case) -> Vec<CaseFact> {
    let begun = Case::opened(case.track);
    let mut found = Vec::new();
    let mut say = |differs: bool, label: &'static str, value: &'static str| {
        if differs {
            found.push(CaseFact { label, value });
        }
    };
    say(case.party != begun.party, "当事人", if case.party == law::procedure::Party::Youth { "未成年人" } else { "无责任能力" });
    say(!case.power, "管辖", "不在本机关管辖或者执法目录内");
    say(!case.timely, "追责时效", "已超过");
    say(case.complex, "情节", "复杂或者重大，须集体讨论");
    say(case.review_due, "法制审核", "应当审核");
    say(case.dispute, "管辖争议", "尚未解决");
    say(case.gathered, "调查取证", "已制作笔录");
    say(case.facts_told, "监控事实", "已告知当事人");
    say(case.finding != begun.finding, "调查结论", case.finding.label());
    say(case.weight != begun.weight, "拟处罚轻重", case.weight.label());
    let correction = match case.correction {
        Correction::NotFirst => "",
        Correction::Due => "应先责令改正",
        Correction::Ordered => "已责令，期限未满",
        Correction::Passed => "期限已满，待复查",
        Correction::Heeded => "已按期改正",
        Correction::Unheeded => "逾期未改正",
    };
    say(!correction.is_empty(), "责令改正", correction);
    let notice = match case.notice {
        Notice::Missing => "",
        Notice::Approved => "已批准，待送达",
        Notice::Served => "已送达",
    };
    say(!notice.is_empty(), "事先告知", notice);
    let defence = match case.defence {
        Defence::Closed => "",
        Defence::Open => "期限未满",
        Defence::Made => "已提出，待复核",
        Defence::Considered => "已复核",
        Defence::Lapsed => "期限届满，未提出",
        Defence::Waived => "明确放弃",
    };
    say(!defence.is_empty(), "陈述申辩", defence);
    let hearing = match case.hearing {
        Hearing::Untold => "",
        Hearing::Open => "可以申请",
        Hearing::Requested => "已申请，待通知",
        Hearing::Called => "已通知，待举行",
        Hearing::Held => "已举行",
        Hearing::Lapsed => "期限届满，未申请",
        Hearing::Waived => "放弃",
    };
    say(!hearing.is_empty(), "听证", hearing);
    let review = match case.review {
        Review::Missing => "",
        Review::Passed => "通过",
        Review::Failed => "未通过",
    };
    say(!review.is_empty(), "审核意见", review);
    say(case.discussed, "集体讨论", "已讨论");
    say(case.sealed, "盖章", "决定书已盖章");
    say(case.recusal, "回避申请", "尚未决定");
    let registration = match case.registration {
        Registration::Free => "",
        Registration::Held => "保存中",
        Registration::Expired => "已超过期限",
        Registration::Settled => "已处理",
    };
    say(!registration.is_empty(), "先行登记保存", registration);
    let seizure = match case.seizure {
        Seizure::Free => "",
        Seizure::Urgent => "紧急实施，待补办批准",
        Seizure::Held => "已查封、扣押",
        Seizure::Extended => "已延长",
        Seizure::Expired => "已超过期限",
        Seizure::Settled => "已解除或者处理",
    };
    say(!seizure.is_empty(), "查封扣押", seizure);
    say(super::is_with_police(case.crime), "涉嫌犯罪", "移送环节办理中");
    say(case.overdue, "履行", "逾期未履行");
    let urged = match case.urged {
        Urged::Not => "",
        Urged::Served => "已送达，期限未满",
        Urged::Passed => "期限已满",
    };
    say(!urged.is_empty(), "催告", urged);
    let remedy = match case.remedy {
        Remedy::Unused => "",
        Remedy::Review => "行政复议中",
        Remedy::Reviewed => "复议已决定，决定未被撤销",
        Remedy::ReviewEnded => "复议已撤回、终止",
        Remedy::ReviewRefused => "复议不予受理、驳回申请",
        Remedy::ReviewLapsed => "复议逾期未作决定",
        Remedy::SuitEnded => "已撤诉",
        Remedy::Suit => "行政诉讼中",
        Remedy::Upheld => "判决未撤销决定",
        Remedy::Revoked => "决定已被撤销",
    };
    say(!remedy.is_empty(), "复议诉讼", remedy);
    let fate = match case.fate {
        Fate::Whole => "",
        Fate::Changed => "已变更",
        Fate::Unlawful => "已确认违法，未撤销",
    };
    say(!fate.is_empty(), "决定的效力", fate);
    let window = match case.window {
        Window::NotYet => "",
        Window::Open => "可以申请",
        Window::Closed => "已过期限",
    };
    say(!window.is_empty(), "申请法院执行", window);
    let published = match case.published {
        Published::Not => "",
        Published::Public => "已公开",
        Published::Stale => "应当撤回（决定已变更或者确认违法）",
        Published::Withdrawn => "已撤回",
    };
    say(!published.is_empty(), "处罚信息公开", published);
    say(case.recorded, "备案", "已备案");
    found
}
