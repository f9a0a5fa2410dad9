//! Money that came in, on paper (票据): E03, E04.

use chrono::NaiveDate;

use super::{
    block::{CaseOf, Officer, Party, Payment},
    make::form,
    missing::Wanted,
};

form! {
    /// E03 当场收缴罚款票据 (a fine was collected on the spot): the slip of the file beside the receipt that the treasury issues.
    OnSpotReceipt {
        /// The case.
        case: CaseOf,
        /// Who paid.
        party: Party,
        /// The decision.
        decision_number: String,
        /// Its day.
        decided_on: Option<NaiveDate>,
        /// What was paid.
        amount_fen: Option<u64>,
        /// When.
        paid_on: Option<NaiveDate>,
        /// Where.
        place: String,
        /// Why on the spot (第六十八条、第六十九条).
        ground: String,
        /// By which provision.
        basis: String,
        /// Who prints the receipt: the ministry or the province's department of finance.
        issuer: String,
        /// Number of the receipt.
        receipt_number: String,
        /// When it went to the organ, and to the bank.
        handed_on: Option<NaiveDate>,
        /// Who collected.
        officers: Vec<Officer>,
    }
    missing |it| Wanted::by("行政处罚法第七十条")
        .named(&it.party)
        .when(it.amount_fen.is_some_and(|fen| fen > 0), "amount", "收缴的罚款数额")
        .text(&it.issuer, "issuer", "财政部门统一制发的票据名称")
        .text(&it.receipt_number, "receipt", "票据号码")
        .day(it.paid_on, "date", "收缴日期")
        .and_by("行政处罚法第六十八条、第六十九条")
        .text(&it.ground, "ground", "当场收缴的理由")
        .and_by("行政处罚法第四十二条")
        .officers(&it.officers)
}

form! {
    /// E04 罚款缴款书／票据回执 (a fine was, or is to be, paid at the bank).
    PaymentSlip {
        /// The case.
        case: CaseOf,
        /// Who pays.
        party: Party,
        /// The decision.
        decision_number: String,
        /// Its day.
        decided_on: Option<NaiveDate>,
        /// The fine.
        fine_fen: Option<u64>,
        /// The extra fine.
        extra_fen: Option<u64>,
        /// Both.
        total_fen: Option<u64>,
        /// Until when.
        due_on: Option<NaiveDate>,
        /// Number to pay by (缴款码).
        pay_code: String,
        /// Where.
        payment: Option<Payment>,
        /// When it was paid.
        paid_on: Option<NaiveDate>,
        /// Number of the receipt.
        receipt_number: String,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| Wanted::by("罚款决定与罚款收缴分离实施办法第七条")
        .named(&it.party)
        .text(&it.decision_number, "decision", "处罚决定书文号")
        .when(it.total_fen.is_some_and(|fen| fen > 0 && fen == it.fine_fen.unwrap_or(0) + it.extra_fen.unwrap_or(0)), "amount", "缴款数额")
        .when(it.payment.as_ref().is_some_and(|one| !one.bank.trim().is_empty() && !one.account.trim().is_empty()), "payment", "代收机构名称和账号")
        .day(it.due_on, "due", "缴款期限")
        .dated(it.dated_on)
}
