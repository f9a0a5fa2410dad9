//! Execution by the organ itself (强制执行): E08.

use chrono::NaiveDate;

use super::{
    block::{CaseOf, Party, Remedies},
    make::form,
    missing::Wanted,
};
use crate::words::{self, Route};

form! {
    /// E08 强制执行决定书 (decision to execute).
    Execution {
        /// The case.
        case: CaseOf,
        /// Against whom.
        party: Party,
        /// The decision that was not performed.
        decision_number: String,
        /// Its day.
        decided_on: Option<NaiveDate>,
        /// When it was served.
        served_on: Option<NaiveDate>,
        /// What is still to be done.
        duties: Vec<String>,
        /// The reminder.
        reminder_number: String,
        /// When it was served.
        reminded_on: Option<NaiveDate>,
        /// What the party said, and what became of that.
        defence: String,
        /// Signs that property is hidden or moved: it is executed at once.
        urgency: String,
        /// Why.
        reasons: Vec<String>,
        /// By which provision.
        basis: String,
        /// How it is executed.
        method: String,
        /// When, in words.
        time: String,
        /// Before whom it may be fought.
        remedies: Remedies,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| Wanted::by("行政强制法第三十七条")
        .party(&it.party)
        .text(&it.decision_number, "decision", "原决定书的文号")
        .texts(&it.reasons, "reasons", "强制执行的理由")
        .text(&it.basis, "basis", "强制执行的依据")
        .text(&it.method, "method", "强制执行的方式")
        .text(&it.time, "time", "强制执行的时间")
        .remedies(&it.remedies)
        .dated(it.dated_on)
        .and_by("行政强制法第三十五条")
        .when(!it.urgency.trim().is_empty() || (it.reminded_on.is_some() && !it.reminder_number.trim().is_empty()), "reminder", "催告书的文号和送达日期")
        .and_by("行政强制法第三十六条")
        .text(&it.defence, "defence", "陈述、申辩及复核情况");
    words |it| vec![("remedies", words::remedies(Route::Free, "本决定", &it.remedies.review_body, &it.remedies.court))]
}
