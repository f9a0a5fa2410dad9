//! Sheets of approval (审批表): A02, D02, D06, D13, F05.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    block::{CaseOf, Officer, Opinion, Party},
    make::form,
    missing::Wanted,
};

fn said(one: &Opinion) -> bool {
    !one.text.trim().is_empty() && !one.name.trim().is_empty() && one.on.is_some()
}

form! {
    /// A02 立案审批表 (approval to file a case).
    Filing {
        /// The case.
        case: CaseOf,
        /// Where the clue came from (案件来源).
        source: String,
        /// When it came.
        received_on: Option<NaiveDate>,
        /// The party.
        party: Party,
        /// The facts in brief.
        facts: Vec<String>,
        /// What is thought to be violated.
        violated: String,
        /// The officers who are to handle it.
        officers: Vec<Officer>,
        /// What they propose.
        officer_opinion: Opinion,
        /// What the head of the unit says.
        unit_opinion: Opinion,
        /// What the head of the organ says.
        head_opinion: Opinion,
    }
    missing |it| Wanted::by("行政处罚法第五十四条")
        .text(&it.source, "source", "案件来源")
        .text(&it.case.cause, "cause", "案由")
        .texts(&it.facts, "facts", "案情摘要")
        .text(&it.violated, "violated", "涉嫌违反的规定")
        .when(said(&it.head_opinion), "approval", "负责人审批意见和日期")
        .and_by("行政处罚法第四十二条")
        .officers(&it.officers)
}

/// One thing that a legal reviewer looks at (审核事项).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReviewPoint {
    /// What.
    pub point: String,
    /// How it stands.
    pub finding: String,
}

form! {
    /// D02 法制审核意见书 (legal review).
    LegalReview {
        /// The case.
        case: CaseOf,
        /// The party.
        party: Party,
        /// Which unit asks.
        submitted_by: String,
        /// Why a review is due (审核情形).
        trigger: String,
        /// Power, facts, evidence, law, discretion, procedure, transfer.
        points: Vec<ReviewPoint>,
        /// Agree, correct, refuse; in words.
        conclusion: String,
        /// Who reviewed, and when.
        reviewer: Opinion,
        /// Number of the reviewer's qualification (法律职业资格).
        qualification: String,
    }
    missing |it| Wanted::by("行政处罚法第五十八条")
        .text(&it.trigger, "trigger", "应当审核的情形")
        .when(it.points.len() >= 5, "points", "对权限、事实、证据、依据、裁量、程序的审核")
        .text(&it.conclusion, "conclusion", "审核结论")
        .when(!it.reviewer.name.trim().is_empty() && it.reviewer.on.is_some(), "reviewer", "审核人员和日期")
}

/// One point of a defence, and what became of it (复核).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DefencePoint {
    /// What the party said.
    pub said: String,
    /// What was found.
    pub finding: String,
    /// Whether it is accepted.
    pub accepted: bool,
}

form! {
    /// D06 陈述申辩复核意见书 (review of statement and defence).
    DefenceReview {
        /// The case.
        case: CaseOf,
        /// The party.
        party: Party,
        /// The notice that was answered.
        notice_number: String,
        /// When the party spoke.
        received_on: Option<NaiveDate>,
        /// Each point.
        points: Vec<DefencePoint>,
        /// What is proposed now; never heavier.
        conclusion: String,
        /// Who reviewed.
        officers: Vec<Officer>,
        /// What the head of the unit says.
        unit_opinion: Opinion,
    }
    missing |it| Wanted::by("行政处罚法第四十五条")
        .when(!it.points.is_empty() && it.points.iter().all(|one| !one.said.trim().is_empty() && !one.finding.trim().is_empty()), "points", "逐项复核意见")
        .text(&it.conclusion, "conclusion", "复核结论")
        .and_by("行政处罚法第四十二条")
        .officers(&it.officers)
}

form! {
    /// D13 案件处理（处罚决定）审批表 (approval of a decision).
    DecisionSheet {
        /// The case.
        case: CaseOf,
        /// The party.
        party: Party,
        /// Filed.
        filed_on: Option<NaiveDate>,
        /// Facts and evidence in brief.
        facts: Vec<String>,
        /// By which provision.
        basis: String,
        /// What was said against it, and what became of that.
        defence: String,
        /// What is proposed.
        proposal: Vec<String>,
        /// The officers.
        officers: Vec<Officer>,
        /// What they say.
        officer_opinion: Opinion,
        /// What the head of the unit says.
        unit_opinion: Opinion,
        /// What the legal reviewer says.
        legal_opinion: Opinion,
        /// What the head of the organ says.
        head_opinion: Opinion,
    }
    missing |it| Wanted::by("行政处罚法第五十七条")
        .text(it.party.name(), "party", "当事人")
        .texts(&it.facts, "facts", "违法事实和证据")
        .text(&it.basis, "basis", "处罚依据")
        .texts(&it.proposal, "proposal", "处理意见")
        .when(said(&it.head_opinion), "approval", "负责人审批意见和日期")
        .and_by("行政处罚法第四十五条")
        .text(&it.defence, "defence", "陈述、申辩及复核情况")
        .and_by("行政处罚法第四十二条")
        .officers(&it.officers)
}

form! {
    /// F05 结案审批表 (approval to close).
    ClosingSheet {
        /// The case.
        case: CaseOf,
        /// The party.
        party: Party,
        /// Filed.
        filed_on: Option<NaiveDate>,
        /// The decision's number.
        decision_number: String,
        /// What was decided.
        decision: Vec<String>,
        /// How it was performed (执行情况).
        performance: Vec<String>,
        /// Why it can be closed.
        ground: String,
        /// The officers.
        officers: Vec<Officer>,
        /// What they say.
        officer_opinion: Opinion,
        /// What the head of the unit says.
        unit_opinion: Opinion,
        /// What the head of the organ says.
        head_opinion: Opinion,
    }
    missing |it| Wanted::by("文书填写规则")
        .texts(&it.decision, "decision", "处理结果")
        .texts(&it.performance, "performance", "执行情况")
        .text(&it.ground, "ground", "结案理由")
        .when(said(&it.head_opinion), "approval", "负责人审批意见和日期")
        .officers(&it.officers)
}
