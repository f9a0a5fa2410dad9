//! Fines that are paid later, or cost more (缴纳罚款): E05, E07.

use chrono::NaiveDate;

use super::{
    block::{CaseOf, Officer, Opinion, Party, Payment, Remedies},
    make::form,
    missing::Wanted,
    part::parts,
    share::{self, Instalment},
};
use crate::words::{self, Route};

parts! {
    /// The papers of E05 (延期或者分期缴纳罚款).
    DeferralPart {
        /// What the party gets.
        Notice = "notice", "延期（分期）缴纳罚款通知书", true;
        /// What the party asks for.
        Application = "application", "延期（分期）缴纳罚款申请书", false;
        /// What the head of the organ approves.
        Approval = "approval", "延期（分期）缴纳罚款审批表", false;
    }
}

form! {
    /// E05 延期（分期）缴纳申请书、审批表、通知书 (a fine is paid later or in parts).
    Deferral {
        /// The case.
        case: CaseOf,
        /// Who asks.
        party: Party,
        /// The decision.
        decision_number: String,
        /// Its day.
        decided_on: Option<NaiveDate>,
        /// The fine that is open.
        fine_fen: Option<u64>,
        /// The hardship, and what proves it.
        hardship: Vec<String>,
        /// What is due when: one line is a deferral, several are instalments.
        plan: Vec<Instalment>,
        /// When it was asked for.
        requested_on: Option<NaiveDate>,
        /// Whether it is granted.
        granted: bool,
        /// Why not, or on which condition.
        ground: String,
        /// Where it is paid.
        payment: Option<Payment>,
        /// The officers.
        officers: Vec<Officer>,
        /// What they say.
        officer_opinion: Opinion,
        /// What the head of the unit says.
        unit_opinion: Opinion,
        /// What the head of the organ says.
        head_opinion: Opinion,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| {
        let both = Wanted::by("行政处罚法第六十六条第二款")
            .named(&it.party)
            .text(&it.decision_number, "decision", "处罚决定书文号")
            .when(it.fine_fen.is_some_and(|fen| fen > 0), "amount", "罚款数额");
        let whole = !it.plan.is_empty() && share::planned(&it.plan) == it.fine_fen;
        match it.part {
            DeferralPart::Application => both.texts(&it.hardship, "hardship", "经济困难的情况").when(whole, "plan", "与罚款数额相等的缴纳计划").dated(it.dated_on),
            DeferralPart::Approval => both.texts(&it.hardship, "hardship", "经济困难的情况").when(whole, "plan", "与罚款数额相等的缴纳计划").approved(&it.head_opinion),
            DeferralPart::Notice => both
                .when(!it.granted || whole, "plan", "与罚款数额相等的缴纳计划")
                .when(it.granted || !it.ground.trim().is_empty(), "ground", "不予批准的理由")
                .dated(it.dated_on),
        }
    };
    part DeferralPart
}

form! {
    /// E07 加处罚款决定书 (extra fine for lateness).
    ExtraFine {
        /// The case.
        case: CaseOf,
        /// Against whom.
        party: Party,
        /// The penalty decision.
        decision_number: String,
        /// Its day.
        decided_on: Option<NaiveDate>,
        /// When it was served.
        served_on: Option<NaiveDate>,
        /// Until when the fine was due.
        due_on: Option<NaiveDate>,
        /// The fine that was imposed. What is filled in at first is what of it is open; after a payment of a part that is corrected by hand.
        fine_fen: Option<u64>,
        /// The first day that counts.
        from_on: Option<NaiveDate>,
        /// The last day that counts.
        to_on: Option<NaiveDate>,
        /// Days that count: as many as lie between the two, or fewer where a review or a suit was pending.
        days: u32,
        /// The extra fine that is open: three in a hundred of the fine a day, no more than the fine, less what was paid. The ledger of payments
        /// counts it day by day; a paper of one period cannot count it again.
        extra_fen: Option<u64>,
        /// Where it is paid.
        payment: Option<Payment>,
        /// Before whom it may be fought.
        remedies: Remedies,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| Wanted::by("行政处罚法第七十二条第一款第一项")
        .party(&it.party)
        .text(&it.decision_number, "decision", "处罚决定书文号")
        .day(it.due_on, "due", "缴纳罚款的期限")
        .when(it.fine_fen.is_some_and(|fen| fen > 0), "fine", "罚款数额")
        .when(it.from_on.zip(it.to_on).is_some_and(|(from, to)| (1..=(to - from).num_days() + 1).contains(&i64::from(it.days))), "period", "逾期的起止日期和不超过该期间的天数")
        .when(it.extra_fen.zip(it.fine_fen).is_some_and(|(extra, fine)| (1..=fine).contains(&extra)), "amount", "不超出罚款数额的加处罚款")
        .and_by("行政处罚法第六十七条")
        .when(it.payment.as_ref().is_some_and(|one| !one.bank.trim().is_empty() && !one.account.trim().is_empty()), "payment", "缴纳方式")
        .dated(it.dated_on)
        .and_by("行政复议法第二十条、行政诉讼法第四十六条")
        .remedies(&it.remedies);
    words |it| vec![("remedies", words::remedies_but(Route::Free, "本决定", &it.remedies.review_body, &it.remedies.court, words::NOT_COUNTED))]
}
