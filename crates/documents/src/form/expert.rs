//! Experts (鉴定、检测): B10.

use chrono::NaiveDate;

use super::{
    block::{CaseOf, Party, Thing},
    make::form,
    missing::Wanted,
    part::parts,
};

parts! {
    /// The papers of B10 (鉴定、检测).
    ExpertPart {
        /// What is asked of the expert.
        Commission = "commission", "鉴定（检测）委托书", true;
        /// What the party is told of the result.
        Notice = "notice", "鉴定（检测）结论告知书", true;
    }
}

form! {
    /// B10 鉴定（检测）委托书、结论告知书 (an expert is asked, and the party told).
    Expert {
        /// The case.
        case: CaseOf,
        /// The party.
        party: Party,
        /// Who is asked.
        institution: String,
        /// What is examined.
        things: Vec<Thing>,
        /// What is to be found out.
        matters: Vec<String>,
        /// Until when.
        due_on: Option<NaiveDate>,
        /// The report's number.
        report_number: String,
        /// Its day.
        reported_on: Option<NaiveDate>,
        /// What it says.
        conclusion: String,
        /// Days within which another look may be asked for.
        days: u32,
        /// Whom to call.
        contact: String,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| {
        let both = Wanted::by("行政处罚法第四十六条").text(&it.institution, "institution", "鉴定、检测机构").dated(it.dated_on);
        match it.part {
            ExpertPart::Commission => both
                .things(&it.things)
                .texts(&it.matters, "matters", "委托鉴定、检测的事项")
                .and_by("行政强制法第二十五条第三款")
                .day(it.due_on, "due", "鉴定、检测的期限"),
            ExpertPart::Notice => both
                .named(&it.party)
                .text(&it.report_number, "report", "鉴定、检测报告的编号")
                .text(&it.conclusion, "conclusion", "鉴定、检测结论")
                .text(&it.contact, "contact", "提出异议的途径"),
        }
    };
    words |it| vec![("days", vec![super::notice::count(it.days)])];
    part ExpertPart
}
