//! How a compulsory measure is approved and carried out (强制措施的审批与现场): C01, C04.

use chrono::NaiveDateTime;

use super::{
    block::{CaseOf, Officer, Opinion, Party, Thing},
    make::form,
    missing::Wanted,
    seizure::Measure,
};

form! {
    /// C01 采取强制措施审批表 (approval of a measure: before, or within twenty-four hours after an urgent one).
    MeasureSheet {
        /// The case.
        case: CaseOf,
        /// Against whom.
        party: Party,
        /// Which.
        measure: Measure,
        /// The facts in brief.
        facts: Vec<String>,
        /// Why it is needed.
        reasons: Vec<String>,
        /// By which provision.
        basis: String,
        /// What is taken.
        things: Vec<Thing>,
        /// Days.
        days: u32,
        /// It was urgent and was done at once.
        urgent: bool,
        /// When it was done, where it was urgent.
        done_at: Option<NaiveDateTime>,
        /// When it was reported, where it was urgent.
        reported_at: Option<NaiveDateTime>,
        /// The officers.
        officers: Vec<Officer>,
        /// What they say.
        officer_opinion: Opinion,
        /// What the head of the unit says.
        unit_opinion: Opinion,
        /// What the head of the organ says.
        head_opinion: Opinion,
    }
    missing |it| Wanted::by("行政强制法第十八条")
        .named(&it.party)
        .texts(&it.reasons, "reasons", "采取强制措施的理由")
        .text(&it.basis, "basis", "采取强制措施的依据")
        .things(&it.things)
        .approved(&it.head_opinion)
        .officers(&it.officers)
        .and_by("行政强制法第十九条")
        .when(!it.urgent || (it.done_at.is_some() && it.reported_at.is_some()), "urgent", "紧急情况下实施和报告的时间")
        .when(!it.urgent || it.done_at.zip(it.reported_at).is_none_or(|(done, told)| (told - done).num_hours() <= 24), "within-24-hours", "二十四小时内的报告")
        .and_by("行政强制法第二十五条")
        .when((1..=30).contains(&it.days), "thirty-days", "不超过三十日的期限")
}

form! {
    /// C04 强制措施现场笔录 (how a measure went on the spot).
    MeasureRecord {
        /// The case.
        case: CaseOf,
        /// Against whom.
        party: Party,
        /// Which.
        measure: Measure,
        /// Begun.
        begun_at: Option<NaiveDateTime>,
        /// Ended.
        ended_at: Option<NaiveDateTime>,
        /// Where.
        place: String,
        /// Whether certificates were shown.
        card_shown: bool,
        /// Whether reasons, basis, rights and remedies were told on the spot.
        rights_told: bool,
        /// Who of the party was there; empty where nobody came.
        present: String,
        /// Why nobody came, and how the party was called.
        absent: String,
        /// A witness, who must be there where nobody came.
        witness: String,
        /// What the party said, and what became of that.
        defence: String,
        /// How it went.
        findings: Vec<String>,
        /// Refusal to sign.
        refusal: String,
        /// The officers.
        officers: Vec<Officer>,
        /// Who records.
        recorder: String,
    }
    missing |it| Wanted::by("行政强制法第十八条")
        .officers(&it.officers)
        .when(it.card_shown, "card", "出示执法身份证件")
        .when(it.rights_told, "rights", "当场告知理由、依据、权利和救济途径")
        .text(&it.defence, "defence", "听取陈述、申辩的情况")
        .when(!it.present.trim().is_empty() || !it.absent.trim().is_empty(), "present", "当事人到场或者未到场的情况")
        .when(!it.present.trim().is_empty() || !it.witness.trim().is_empty(), "witness", "当事人不到场时的见证人")
        .when(it.begun_at.is_some() && it.ended_at.is_some(), "time", "起止时间")
        .text(&it.place, "place", "地点")
        .texts(&it.findings, "findings", "现场经过")
}
