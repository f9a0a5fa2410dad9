//! Records (笔录): B01, B03, B16, D10, D12.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::{
    block::{CaseOf, Officer, Party},
    make::form,
    missing::Wanted,
};

/// The form rules for records.
const RECORDS: &str = "行政处罚法第五十五条";

form! {
    /// B01 现场检查（勘验）笔录 (record of an inspection).
    SiteRecord {
        /// The case.
        case: CaseOf,
        /// Whom it concerns.
        party: Party,
        /// Who of the party was there, and as what.
        present: String,
        /// A witness (见证人).
        witness: String,
        /// Begun.
        begun_at: Option<NaiveDateTime>,
        /// Ended.
        ended_at: Option<NaiveDateTime>,
        /// Where.
        place: String,
        /// Weather.
        weather: String,
        /// The officers.
        officers: Vec<Officer>,
        /// Who records.
        recorder: String,
        /// Whether certificates were shown and rights told.
        rights_told: bool,
        /// What was found, with measures, sketches and photos.
        findings: Vec<String>,
    }
    missing |it| Wanted::by(RECORDS)
        .officers(&it.officers)
        .when(it.rights_told, "rights", "出示执法证件并告知权利")
        .when(it.begun_at.is_some() && it.ended_at.is_some(), "time", "起止时间")
        .text(&it.place, "place", "地点")
        .texts(&it.findings, "findings", "现场情况")
}

/// A question and its answer (问答).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Exchange {
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: String,
}

form! {
    /// B03 询问（调查）笔录 (interview), of one person.
    Interview {
        /// The case.
        case: CaseOf,
        /// Who is asked.
        asked: Party,
        /// Which relation to the case.
        relation: String,
        /// Begun.
        begun_at: Option<NaiveDateTime>,
        /// Ended.
        ended_at: Option<NaiveDateTime>,
        /// Where.
        place: String,
        /// The officers.
        officers: Vec<Officer>,
        /// Who records.
        recorder: String,
        /// Questions and answers, those on certificates, rights and recusal first.
        exchanges: Vec<Exchange>,
    }
    missing |it| Wanted::by(RECORDS)
        .text(it.asked.name(), "asked", "被询问人")
        .officers(&it.officers)
        .when(it.begun_at.is_some() && it.ended_at.is_some(), "time", "起止时间")
        .text(&it.place, "place", "地点")
        .when(it.exchanges.iter().any(|one| !one.question.trim().is_empty() && !one.answer.trim().is_empty()), "exchanges", "询问内容")
        .and_by("行政处罚法第四十三条")
        .when(it.exchanges.iter().any(|one| one.question.contains("回避")), "recusal", "告知申请回避的权利")
}

form! {
    /// B16 整改复查记录 (check after an order to correct).
    Recheck {
        /// The case.
        case: CaseOf,
        /// Whom it concerns.
        party: Party,
        /// The order's number.
        order_number: String,
        /// When.
        checked_at: Option<NaiveDateTime>,
        /// Where.
        place: String,
        /// The officers.
        officers: Vec<Officer>,
        /// What was found.
        findings: Vec<String>,
        /// Whether it is corrected.
        corrected: bool,
    }
    missing |it| Wanted::by("行政处罚法第二十八条")
        .officers(&it.officers)
        .when(it.checked_at.is_some(), "time", "复查时间")
        .text(&it.place, "place", "复查地点")
        .texts(&it.findings, "findings", "复查情况")
}

/// Who said what (发言).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Speech {
    /// Who.
    pub speaker: String,
    /// What.
    pub said: String,
}

form! {
    /// D10 听证笔录 (record of a hearing), on which the decision is based.
    HearingRecord {
        /// The case.
        case: CaseOf,
        /// The party.
        party: Party,
        /// Its agent.
        agent: String,
        /// Begun.
        begun_at: Option<NaiveDateTime>,
        /// Ended.
        ended_at: Option<NaiveDateTime>,
        /// Where.
        place: String,
        /// Whether the public was admitted.
        public: bool,
        /// Who hosts; not an investigator of the case.
        host: String,
        /// Who records.
        recorder: String,
        /// Who investigated.
        officers: Vec<Officer>,
        /// What was said, in order.
        speeches: Vec<Speech>,
    }
    missing |it| Wanted::by("行政处罚法第六十四条")
        .text(&it.host, "host", "听证主持人")
        .when(it.officers.iter().all(|one| one.name.trim() != it.host.trim()), "other-host", "非本案调查人员的主持人")
        .text(&it.recorder, "recorder", "记录员")
        .text(it.party.name(), "party", "当事人")
        .when(it.begun_at.is_some() && it.ended_at.is_some(), "time", "起止时间")
        .text(&it.place, "place", "地点")
        .when(it.speeches.iter().any(|one| !one.said.trim().is_empty()), "speeches", "调查人员、当事人的意见和质证情况")
}

form! {
    /// D12 重大案件集体讨论记录 (record of the discussion of the organ's heads).
    Discussion {
        /// The case.
        case: CaseOf,
        /// The party.
        party: Party,
        /// Begun.
        begun_at: Option<NaiveDateTime>,
        /// Ended.
        ended_at: Option<NaiveDateTime>,
        /// Where.
        place: String,
        /// Who presides.
        host: String,
        /// Who records.
        recorder: String,
        /// The members of the leading body.
        members: Vec<String>,
        /// Others who are present.
        attending: Vec<String>,
        /// What is put before them.
        report: Vec<String>,
        /// Each member's view.
        views: Vec<Speech>,
        /// What was concluded.
        conclusion: String,
    }
    missing |it| Wanted::by("行政处罚法第五十七条第二款")
        .when(it.members.len() >= 2, "members", "参加讨论的负责人")
        .when(it.members.iter().all(|member| it.views.iter().any(|view| view.speaker.trim() == member.trim() && !view.said.trim().is_empty())), "views", "每一位负责人的意见")
        .text(&it.host, "host", "主持人")
        .text(&it.recorder, "recorder", "记录人")
        .when(it.begun_at.is_some(), "time", "时间")
        .text(&it.conclusion, "conclusion", "讨论结论")
}
