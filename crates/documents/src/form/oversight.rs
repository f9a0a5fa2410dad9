//! What supervision sends to the organ, registered (执法监督文书): F07.

use chrono::NaiveDate;

use super::{
    block::{CaseOf, Opinion},
    make::form,
    missing::Wanted,
};

form! {
    /// F07 行政执法监督通知书／意见书／决定书 (a paper of supervision that was received, and what was answered).
    Oversight {
        /// The case that it is about, if one.
        case: CaseOf,
        /// Who supervises.
        supervisor: String,
        /// Which paper: 通知书, 意见书, 决定书.
        paper: String,
        /// Its number.
        number: String,
        /// When it was received.
        received_on: Option<NaiveDate>,
        /// What it asks for.
        requests: Vec<String>,
        /// Until when it is to be answered.
        due_on: Option<NaiveDate>,
        /// Who handles it.
        handler: String,
        /// What was done.
        measures: Vec<String>,
        /// When it was answered.
        replied_on: Option<NaiveDate>,
        /// Number of the answer.
        reply_number: String,
        /// What the head of the unit says.
        unit_opinion: Opinion,
        /// What the head of the organ says.
        head_opinion: Opinion,
    }
    missing |it| Wanted::by("行政执法监督条例")
        .text(&it.supervisor, "supervisor", "监督机关")
        .text(&it.paper, "paper", "监督文书的种类")
        .text(&it.number, "number", "监督文书的文号")
        .day(it.received_on, "received", "收到日期")
        .texts(&it.requests, "requests", "监督事项和要求")
        .day(it.due_on, "due", "答复期限")
        .text(&it.handler, "handler", "承办人")
}
