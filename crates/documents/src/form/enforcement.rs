//! Execution in public, by agreement, suspended, and how it went (执行): E09, E11, E12, E13, E15.

use chrono::{NaiveDate, NaiveDateTime};

use super::{
    block::{CaseOf, Officer, Opinion, Party, Payment, Remedies},
    make::form,
    missing::Wanted,
    part::parts,
    share::{self, Cost, Instalment},
};
use crate::words::{self, Route};

form! {
    /// E09 强制拆除公告／通告 (public notice before a building is taken down by force).
    DemolitionNotice {
        /// The case.
        case: CaseOf,
        /// Whom it is about.
        party_name: String,
        /// The decision to take it down.
        decision_number: String,
        /// Its day.
        decided_on: Option<NaiveDate>,
        /// The building.
        object: String,
        /// Why.
        reasons: Vec<String>,
        /// By which provision.
        basis: String,
        /// Until when the party takes it down itself.
        due_on: Option<NaiveDate>,
        /// What follows then.
        consequence: String,
        /// Whom to call.
        contact: String,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| Wanted::by("行政强制法第四十四条")
        .text(&it.party_name, "party", "当事人姓名或者名称")
        .text(&it.decision_number, "decision", "限期拆除决定书的文号")
        .text(&it.object, "object", "拆除的建筑物、构筑物、设施")
        .when(it.due_on.zip(it.dated_on).is_some_and(|(due, dated)| due > dated), "due", "自行拆除的期限")
        .dated(it.dated_on)
}

form! {
    /// E11 立即代履行事后通知 (the party was away when a road was cleared at once).
    ImmediateNotice {
        /// The case.
        case: CaseOf,
        /// To whom.
        party: Party,
        /// When it was done.
        done_at: Option<NaiveDateTime>,
        /// Where.
        place: String,
        /// What lay there, and why it could not wait.
        facts: Vec<String>,
        /// By which provision.
        basis: String,
        /// Who did it.
        performer: String,
        /// What it cost.
        costs: Vec<Cost>,
        /// The sum.
        total_fen: Option<u64>,
        /// Until when it is paid.
        due_on: Option<NaiveDate>,
        /// Where it is paid.
        payment: Option<Payment>,
        /// Where a statement goes, and things are fetched.
        contact: String,
        /// Before whom it may be fought.
        remedies: Remedies,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| Wanted::by("行政强制法第五十二条")
        .named(&it.party)
        .when(it.done_at.is_some(), "time", "代履行的时间")
        .text(&it.place, "place", "代履行的地点")
        .texts(&it.facts, "facts", "立即实施代履行的事实和理由")
        .dated(it.dated_on)
        .and_by("行政强制法第五十一条第二款")
        .when(it.costs.is_empty() || share::total(it.costs.iter().map(|one| one.amount_fen)) == it.total_fen, "costs", "按照成本确定的费用")
        .and_by("行政复议法第二十条、行政诉讼法第四十六条")
        .remedies(&it.remedies);
    words |it| vec![("remedies", words::remedies(Route::Free, "本通知", &it.remedies.review_body, &it.remedies.court).into_iter().take(1).collect())]
}

form! {
    /// E12 执行协议 (agreement on how a decision is performed).
    Agreement {
        /// The case.
        case: CaseOf,
        /// The other side.
        party: Party,
        /// The decision.
        decision_number: String,
        /// Its day.
        decided_on: Option<NaiveDate>,
        /// What is still to be done.
        duties: Vec<String>,
        /// What is paid when.
        plan: Vec<Instalment>,
        /// Other stages.
        stages: Vec<String>,
        /// What the party did to make good.
        correction: String,
        /// The fine, which is not reduced.
        fine_fen: Option<u64>,
        /// The extra fine so far.
        extra_fen: Option<u64>,
        /// How much of the extra fine is left out.
        reduced_fen: Option<u64>,
        /// What follows where it is broken.
        consequence: String,
        /// Who speaks for the organ.
        chief: String,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| {
        let owed = it.fine_fen.unwrap_or(0) + it.extra_fen.unwrap_or(0).saturating_sub(it.reduced_fen.unwrap_or(0));
        Wanted::by("行政强制法第四十二条")
            .party(&it.party)
            .text(&it.decision_number, "decision", "决定书文号")
            .texts(&it.duties, "duties", "应当履行的义务")
            .when(!it.plan.is_empty() || it.stages.iter().any(|one| !one.trim().is_empty()), "stages", "分阶段履行的约定")
            .when(it.plan.is_empty() || share::planned(&it.plan) == Some(owed), "plan", "与应缴数额相等的缴纳计划")
            .when(it.reduced_fen.unwrap_or(0) <= it.extra_fen.unwrap_or(0), "reduction", "不超过加处罚款的减免数额（罚款不得减免）")
            .when(it.reduced_fen.unwrap_or(0) == 0 || !it.correction.trim().is_empty(), "correction", "减免所依据的补救措施")
            .text(&it.consequence, "consequence", "不履行协议的后果")
            .dated(it.dated_on)
    }
}

parts! {
    /// The papers of E13 (中止、终结、恢复执行).
    HaltPart {
        /// What the party gets.
        Notice = "notice", "中止（终结、恢复）执行通知书", true;
        /// What the head of the organ approves.
        Approval = "approval", "中止（终结、恢复）执行审批表", false;
    }
}

/// What becomes of an execution (执行的中止、终结、恢复).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Halt {
    /// 中止.
    #[default]
    Suspend,
    /// 终结.
    End,
    /// 恢复.
    Resume,
}

form! {
    /// E13 中止／终结／恢复执行审批表与通知 (execution stops, ends or goes on).
    Halted {
        /// The case.
        case: CaseOf,
        /// Against whom.
        party: Party,
        /// Which.
        halt: Halt,
        /// The decision that is executed.
        decision_number: String,
        /// Its day.
        decided_on: Option<NaiveDate>,
        /// How far it was executed.
        performance: Vec<String>,
        /// Why.
        ground: String,
        /// By which provision.
        basis: String,
        /// From when.
        from_on: Option<NaiveDate>,
        /// The officers.
        officers: Vec<Officer>,
        /// What they say.
        officer_opinion: Opinion,
        /// What the head of the unit says.
        unit_opinion: Opinion,
        /// What the head of the organ says.
        head_opinion: Opinion,
        /// Whom to call.
        contact: String,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| {
        let article = if it.halt == Halt::End { "行政强制法第四十条" } else { "行政强制法第三十九条" };
        let both = Wanted::by(article)
            .named(&it.party)
            .text(&it.decision_number, "decision", "据以执行的决定书文号")
            .text(&it.ground, "ground", "中止（终结、恢复）执行的理由")
            .day(it.from_on, "from", "中止（终结、恢复）执行的日期");
        match it.part {
            HaltPart::Notice => both.dated(it.dated_on),
            HaltPart::Approval => both.texts(&it.performance, "performance", "执行情况").approved(&it.head_opinion),
        }
    };
    part HaltPart
}

form! {
    /// E15 执行笔录 (how an execution went).
    ExecutionRecord {
        /// The case.
        case: CaseOf,
        /// Against whom.
        party: Party,
        /// The decision to execute.
        decision_number: String,
        /// Begun.
        begun_at: Option<NaiveDateTime>,
        /// Ended.
        ended_at: Option<NaiveDateTime>,
        /// Where.
        place: String,
        /// What is executed.
        object: String,
        /// Who of the party was there.
        present: String,
        /// A witness.
        witness: String,
        /// Whether certificates were shown and rights told.
        rights_told: bool,
        /// How it went, and what came of it.
        findings: Vec<String>,
        /// Number of the recording.
        recording: String,
        /// The officers.
        officers: Vec<Officer>,
        /// Who records.
        recorder: String,
    }
    missing |it| Wanted::by("行政强制法第三十七条")
        .text(&it.decision_number, "decision", "强制执行决定书的文号")
        .when(it.begun_at.is_some() && it.ended_at.is_some(), "time", "起止时间")
        .text(&it.place, "place", "地点")
        .text(&it.object, "object", "执行标的")
        .texts(&it.findings, "findings", "执行经过和结果")
        .when(it.rights_told, "rights", "出示执法证件并告知权利")
        .when(!it.present.trim().is_empty() || !it.witness.trim().is_empty(), "present", "到场的当事人或者见证人")
        .and_by("行政处罚法第四十七条")
        .text(&it.recording, "recording", "全过程录像的编号")
        .and_by("行政处罚法第四十二条")
        .officers(&it.officers)
}
