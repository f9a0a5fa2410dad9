//! Around a hearing (听证): D04, D07, D09.

use chrono::{NaiveDate, NaiveDateTime};

use super::{
    block::{CaseOf, Evidence, Party, Penalty},
    make::form,
    missing::Wanted,
    part::parts,
};

/// How a hearing goes.
const HEARING: &str = "行政处罚法第六十四条";

form! {
    /// D04 听证告知书 (the right to a hearing): beside D03, which tells reasons and the right to state and defend.
    HearingRight {
        /// The case.
        case: CaseOf,
        /// To whom.
        party: Party,
        /// The facts.
        facts: Vec<String>,
        /// What proves them.
        evidence: Vec<Evidence>,
        /// What was violated.
        violated: String,
        /// By which provision a penalty is meant.
        basis: String,
        /// The penalties that are meant.
        penalties: Vec<Penalty>,
        /// Where a hearing is asked for.
        contact: String,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| Wanted::by("行政处罚法第六十三条")
        .named(&it.party)
        .texts(&it.facts, "facts", "违法事实")
        .text(&it.basis, "basis", "处罚依据")
        .penalties(&it.penalties)
        .and_by(HEARING)
        .text(&it.contact, "contact", "提出听证要求的地点和联系方式")
        .dated(it.dated_on)
}

parts! {
    /// The papers of D07 (听证的申请与不予听证).
    HearingAnswerPart {
        /// No hearing, and why.
        Refusal = "refusal", "不予听证通知书", true;
        /// What the party asks for.
        Application = "application", "听证申请书", false;
    }
}

form! {
    /// D07 听证申请书／不予听证通知书 (a hearing is asked for, or there is none).
    HearingAnswer {
        /// The case.
        case: CaseOf,
        /// Who asks.
        party: Party,
        /// Its agent.
        agent: String,
        /// The notice of the right to a hearing.
        notice_number: String,
        /// When that was served.
        served_on: Option<NaiveDate>,
        /// When a hearing was asked for.
        requested_on: Option<NaiveDate>,
        /// What is asked for, and why.
        requests: Vec<String>,
        /// Why there is none.
        ground: String,
        /// By which provision.
        basis: String,
        /// Whom to call.
        contact: String,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| match it.part {
        HearingAnswerPart::Refusal => Wanted::by(HEARING)
            .named(&it.party)
            .day(it.requested_on, "requested", "提出听证要求的日期")
            .text(&it.ground, "ground", "不予听证的理由")
            .text(&it.basis, "basis", "不予听证的依据")
            .dated(it.dated_on),
        HearingAnswerPart::Application => Wanted::by(HEARING)
            .named(&it.party)
            .text(&it.notice_number, "notice", "听证告知书的文号")
            .texts(&it.requests, "requests", "听证请求和理由")
            .dated(it.dated_on),
    };
    part HearingAnswerPart
}

form! {
    /// D09 听证公告 (public notice of a hearing).
    HearingAnnouncement {
        /// The case.
        case: CaseOf,
        /// Whom it is about.
        party_name: String,
        /// When it is.
        held_at: Option<NaiveDateTime>,
        /// Where.
        place: String,
        /// Who hosts it.
        host: String,
        /// Who records.
        recorder: String,
        /// How many may listen (旁听名额).
        seats: u32,
        /// How one registers to listen.
        contact: String,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| Wanted::by(HEARING)
        .text(&it.case.cause, "cause", "案由")
        .text(&it.party_name, "party", "当事人姓名或者名称")
        .when(it.held_at.is_some(), "time", "听证时间")
        .text(&it.place, "place", "听证地点")
        .text(&it.host, "host", "听证主持人")
        .dated(it.dated_on)
}
