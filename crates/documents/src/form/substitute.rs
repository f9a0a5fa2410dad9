//! What others do in the party's place (代履行): E10.

use chrono::{NaiveDate, NaiveDateTime};

use super::{
    block::{CaseOf, Officer, Party, Payment, Remedies},
    make::form,
    missing::Wanted,
    part::parts,
    share::{self, Cost},
};
use crate::words::{self, Route};

parts! {
    /// The papers of E10 (代履行).
    SubstitutePart {
        /// What is decided.
        Decision = "decision", "代履行决定书", true;
        /// The last reminder, three days before.
        Reminder = "reminder", "代履行催告书", true;
        /// What it cost.
        Bill = "bill", "代履行费用通知书", true;
        /// How it went.
        Record = "record", "代履行执行记录", false;
    }
}

form! {
    /// E10 代履行决定书、催告书、费用通知书、执行记录.
    Substitute {
        /// The case.
        case: CaseOf,
        /// In whose place.
        party: Party,
        /// The decision that was not performed; on the later papers the decision to act in the party's place.
        decision_number: String,
        /// Its day.
        decided_on: Option<NaiveDate>,
        /// What is still to be done.
        duties: Vec<String>,
        /// Why, and which harm there is.
        reasons: Vec<String>,
        /// By which provision.
        basis: String,
        /// What is acted on (标的).
        object: String,
        /// How.
        method: String,
        /// When it begins.
        begun_at: Option<NaiveDateTime>,
        /// When it ended.
        ended_at: Option<NaiveDateTime>,
        /// Where.
        place: String,
        /// Who does it (代履行人), without interest in the case.
        performer: String,
        /// The estimate, or the bill.
        costs: Vec<Cost>,
        /// Its sum.
        total_fen: Option<u64>,
        /// Until when the party may still do it itself, or pay.
        due_on: Option<NaiveDate>,
        /// Where it is paid.
        payment: Option<Payment>,
        /// Where a statement goes.
        contact: String,
        /// How it went.
        findings: Vec<String>,
        /// Who of the party was there.
        present: String,
        /// A witness.
        witness: String,
        /// Who was sent to supervise.
        officers: Vec<Officer>,
        /// Before whom it may be fought.
        remedies: Remedies,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| {
        let summed = it.total_fen.is_some() && !it.costs.is_empty() && share::total(it.costs.iter().map(|one| one.amount_fen)) == it.total_fen;
        let all = Wanted::by("行政强制法第五十一条").named(&it.party).text(&it.decision_number, "decision", "决定书文号").text(&it.object, "object", "代履行的标的");
        match it.part {
            SubstitutePart::Decision => all
                .text(it.party.address(), "party-address", "当事人地址")
                .texts(&it.reasons, "reasons", "代履行的理由")
                .text(&it.basis, "basis", "代履行的依据")
                .text(&it.method, "method", "代履行的方式")
                .when(it.begun_at.is_some(), "time", "代履行的时间")
                .when(summed, "costs", "代履行的费用预算")
                .text(&it.performer, "performer", "代履行人")
                .dated(it.dated_on)
                .and_by("行政复议法第二十条、行政诉讼法第四十六条")
                .remedies(&it.remedies),
            SubstitutePart::Reminder => all
                .texts(&it.duties, "duties", "应当履行的义务")
                .when(it.begun_at.is_some(), "time", "代履行的时间")
                .dated(it.dated_on)
                // Three working days are three days at the least.
                .when(it.begun_at.zip(it.dated_on).is_none_or(|(begin, dated)| (begin.date() - dated).num_days() >= 3), "three-days", "代履行三日前的催告")
                .and_by("行政强制法第三十五条")
                .day(it.due_on, "due", "履行义务的期限")
                .text(&it.contact, "contact", "陈述、申辩的途径"),
            SubstitutePart::Bill => all
                .when(summed, "costs", "按照成本确定的费用")
                .day(it.due_on, "due", "支付期限")
                .when(it.payment.as_ref().is_some_and(|one| !one.bank.trim().is_empty() && !one.account.trim().is_empty()), "payment", "支付方式")
                .dated(it.dated_on)
                .and_by("行政复议法第二十条、行政诉讼法第四十六条")
                .remedies(&it.remedies),
            SubstitutePart::Record => all
                .when(it.begun_at.is_some() && it.ended_at.is_some(), "time", "起止时间")
                .text(&it.place, "place", "地点")
                .text(&it.performer, "performer", "代履行人")
                .texts(&it.findings, "findings", "代履行的经过和结果")
                .when(!it.present.trim().is_empty() || !it.witness.trim().is_empty(), "present", "到场的当事人或者见证人")
                .when(it.officers.iter().any(|one| !one.name.trim().is_empty()), "officers", "到场监督的工作人员"),
        }
    };
    words |it| {
        let of = if it.part == SubstitutePart::Bill { "本通知" } else { "本决定" };
        vec![("remedies", words::remedies(Route::Free, of, &it.remedies.review_body, &it.remedies.court))]
    };
    part SubstitutePart
}
