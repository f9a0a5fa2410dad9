//! What the party says, and what the host of a hearing concludes (陈述申辩、听证报告): D05, D11.

use chrono::{NaiveDate, NaiveDateTime};

use super::{
    block::{CaseOf, Officer, Party},
    make::form,
    missing::Wanted,
    part::parts,
    record::Speech,
};

parts! {
    /// The papers of D05 (陈述申辩).
    DefencePart {
        /// What was said, written down.
        Record = "record", "陈述申辩笔录", false;
        /// What the party wrote.
        Statement = "statement", "陈述申辩书", false;
        /// That it says nothing, expressly.
        Waiver = "waiver", "放弃陈述申辩（听证）声明", false;
    }
}

form! {
    /// D05 陈述申辩笔录／书面意见／放弃声明 (the party's side).
    Defence {
        /// The case.
        case: CaseOf,
        /// The party.
        party: Party,
        /// Who spoke for it.
        agent: String,
        /// The notice that is answered.
        notice_number: String,
        /// When that was served.
        served_on: Option<NaiveDate>,
        /// Begun.
        begun_at: Option<NaiveDateTime>,
        /// Ended.
        ended_at: Option<NaiveDateTime>,
        /// Where.
        place: String,
        /// What is said.
        statements: Vec<String>,
        /// What proves it.
        proofs: Vec<String>,
        /// Statement and defence are waived.
        waives_defence: bool,
        /// A hearing is waived.
        waives_hearing: bool,
        /// The officers.
        officers: Vec<Officer>,
        /// Who records.
        recorder: String,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| {
        let all = Wanted::by("行政处罚法第四十五条").named(&it.party).text(&it.notice_number, "notice", "告知书的文号");
        match it.part {
            DefencePart::Record => all
                .texts(&it.statements, "statements", "陈述、申辩的内容")
                .when(it.begun_at.is_some() && it.ended_at.is_some(), "time", "起止时间")
                .text(&it.place, "place", "地点")
                .and_by("行政处罚法第四十二条")
                .officers(&it.officers),
            DefencePart::Statement => all.texts(&it.statements, "statements", "陈述、申辩的内容").dated(it.dated_on),
            DefencePart::Waiver => all.and_by("行政处罚法第六十二条").when(it.waives_defence || it.waives_hearing, "waiver", "明确放弃的权利").dated(it.dated_on),
        }
    };
    part DefencePart
}

form! {
    /// D11 听证报告（意见书） (what the host of a hearing tells the head of the organ).
    HearingReport {
        /// The case.
        case: CaseOf,
        /// The party.
        party: Party,
        /// Its agent.
        agent: String,
        /// When the hearing was.
        held_at: Option<NaiveDateTime>,
        /// Where.
        place: String,
        /// Who hosted it; not an investigator of the case.
        host: String,
        /// Who recorded.
        recorder: String,
        /// Who investigated.
        officers: Vec<Officer>,
        /// What each side said in the main.
        speeches: Vec<Speech>,
        /// What was found as to facts and evidence.
        findings: Vec<String>,
        /// What is proposed.
        proposal: Vec<String>,
        /// Its day.
        reported_on: Option<NaiveDate>,
    }
    missing |it| Wanted::by("行政处罚法第六十四条")
        .named(&it.party)
        .when(it.held_at.is_some(), "time", "听证时间")
        .text(&it.host, "host", "听证主持人")
        .when(it.officers.iter().all(|one| one.name.trim() != it.host.trim()), "other-host", "非本案调查人员的主持人")
        .when(it.speeches.iter().any(|one| !one.said.trim().is_empty()), "speeches", "各方的意见")
        .and_by("行政处罚法第六十五条")
        .texts(&it.findings, "findings", "听证认定的事实和证据")
        .texts(&it.proposal, "proposal", "处理意见和建议")
        .day(it.reported_on, "date", "报告日期")
}
