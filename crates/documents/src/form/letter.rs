//! Orders and reminders to a party: B15, E06.

use chrono::NaiveDate;

use super::{
    block::{CaseOf, Party, Payment, Remedies},
    make::form,
    missing::Wanted,
};
use crate::words::{self, Route};

form! {
    /// B15 责令（限期）改正通知书 (order to correct).
    OrderToCorrect {
        /// The case.
        case: CaseOf,
        /// To whom.
        party: Party,
        /// The act.
        facts: Vec<String>,
        /// What was violated.
        violated: String,
        /// By which provision it is ordered.
        basis: String,
        /// What is to be done.
        measures: Vec<String>,
        /// Until when; at once where nothing stands here.
        due_on: Option<NaiveDate>,
        /// What follows where it is not done.
        consequence: String,
        /// Before whom it may be fought.
        remedies: Remedies,
        /// Its day.
        ordered_on: Option<NaiveDate>,
    }
    missing |it| Wanted::by("行政处罚法第二十八条")
        .text(it.party.name(), "party", "当事人姓名或者名称")
        .texts(&it.facts, "facts", "违法行为")
        .text(&it.basis, "basis", "责令改正的依据")
        .texts(&it.measures, "measures", "改正的内容和要求")
        .when(it.ordered_on.is_some(), "date", "责令改正的日期")
        .and_by("行政复议法第二十条、行政诉讼法第四十六条")
        .remedies(&it.remedies);
    words |it| vec![("remedies", words::remedies(Route::Free, "本通知", &it.remedies.review(), &it.remedies.court).into_iter().take(1).collect())]
}

form! {
    /// E06 履行（缴款）催告书 (reminder before execution).
    Reminder {
        /// The case.
        case: CaseOf,
        /// To whom.
        party: Party,
        /// The decision's number.
        decision_number: String,
        /// Its day.
        decided_on: Option<NaiveDate>,
        /// When it was served.
        served_on: Option<NaiveDate>,
        /// What was imposed and not done.
        duties: Vec<String>,
        /// The fine that is open.
        fine_fen: Option<u64>,
        /// The extra fine so far.
        extra_fen: Option<u64>,
        /// Both.
        total_fen: Option<u64>,
        /// Days within which it is to be done.
        days: u32,
        /// Where it is paid.
        payment: Option<Payment>,
        /// Where a statement goes.
        contact: String,
        /// Its day.
        reminded_on: Option<NaiveDate>,
    }
    missing |it| Wanted::by("行政强制法第三十五条")
        .text(it.party.name(), "party", "当事人姓名或者名称")
        .text(&it.decision_number, "decision", "原决定的文号")
        .when(it.days > 0, "due", "履行义务的期限")
        .texts(&it.duties, "duties", "履行义务的方式")
        .when(it.fine_fen.is_none() || (it.total_fen.is_some() && it.payment.as_ref().is_some_and(|one| !one.account.trim().is_empty())), "amount", "明确的金额和给付方式")
        .text(&it.contact, "defence", "陈述、申辩的途径")
        .when(it.reminded_on.is_some(), "date", "催告日期");
    words |it| vec![("days", vec![super::notice::count(it.days)])]
}
