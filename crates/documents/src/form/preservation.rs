//! Evidence registered and kept in advance (先行登记保存): B07, B08, B09.

use chrono::NaiveDate;

use super::{
    block::{CaseOf, Officer, Opinion, Party, Thing},
    make::form,
    missing::Wanted,
    share::{self, Settled},
};

/// What the head of the organ approves, and the seven days.
const ARTICLE: &str = "行政处罚法第五十六条";
/// Seven working days are no more days than these, whatever holiday lies between; whoever holds the docket counts them by the calendar.
const SEVEN: i64 = 20;

/// Whether seven working days may lie between.
fn within(begin: Option<NaiveDate>, end: Option<NaiveDate>) -> bool {
    begin.zip(end).is_none_or(|(begin, end)| (0..=SEVEN).contains(&(end - begin).num_days()))
}

form! {
    /// B07 先行登记保存证据审批表 (approval before evidence is kept).
    KeepingSheet {
        /// The case.
        case: CaseOf,
        /// Whose things.
        party: Party,
        /// The facts in brief.
        facts: Vec<String>,
        /// Why it may be lost or hard to get later.
        ground: String,
        /// By which provision.
        basis: String,
        /// What is to be kept.
        things: Vec<Thing>,
        /// Where and how.
        kept_at: String,
        /// The officers.
        officers: Vec<Officer>,
        /// What they say.
        officer_opinion: Opinion,
        /// What the head of the unit says.
        unit_opinion: Opinion,
        /// What the head of the organ says.
        head_opinion: Opinion,
    }
    missing |it| Wanted::by(ARTICLE)
        .text(&it.ground, "ground", "证据可能灭失或者以后难以取得的理由")
        .text(&it.basis, "basis", "依据")
        .things(&it.things)
        .approved(&it.head_opinion)
        .and_by("行政处罚法第四十二条")
        .officers(&it.officers)
}

form! {
    /// B08 先行登记保存证据通知书及清单 (notice that evidence is kept, with its list).
    KeepingNotice {
        /// The case.
        case: CaseOf,
        /// Whose things.
        party: Party,
        /// Why.
        ground: String,
        /// What is kept.
        things: Vec<Thing>,
        /// How (就地保存、异地保存).
        method: String,
        /// Where.
        kept_at: String,
        /// When the head of the organ approved.
        approved_on: Option<NaiveDate>,
        /// The last day of the seven working days.
        to_on: Option<NaiveDate>,
        /// Who keeps it.
        officers: Vec<Officer>,
        /// Whom to call.
        contact: String,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| Wanted::by(ARTICLE)
        .named(&it.party)
        .text(&it.ground, "ground", "先行登记保存的理由")
        .things(&it.things)
        .text(&it.kept_at, "kept-at", "保存地点")
        .day(it.approved_on, "approval", "行政机关负责人批准的日期")
        .when(it.approved_on.zip(it.dated_on).is_none_or(|(approved, dated)| approved <= dated), "approved-before", "先行登记保存前的批准")
        .when(it.to_on.is_some() && it.to_on > it.dated_on && within(it.dated_on, it.to_on), "seven-days", "七日内作出处理决定的期限")
        .dated(it.dated_on)
        .and_by("行政处罚法第四十二条")
        .officers(&it.officers)
}

form! {
    /// B09 先行登记保存物品处理通知书 (what becomes of the kept things, within seven working days).
    KeepingOutcome {
        /// The case.
        case: CaseOf,
        /// Whose things.
        party: Party,
        /// The number of the notice that kept them.
        notice_number: String,
        /// When they were registered.
        registered_on: Option<NaiveDate>,
        /// Things, and what becomes of each.
        settled: Vec<Settled>,
        /// Why.
        ground: String,
        /// By which provision.
        basis: String,
        /// Where and when things are fetched.
        contact: String,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| Wanted::by(ARTICLE)
        .named(&it.party)
        .text(&it.notice_number, "notice", "先行登记保存证据通知书的文号")
        .day(it.registered_on, "registered", "登记保存的日期")
        .when(within(it.registered_on, it.dated_on), "seven-days", "登记保存之日起七日内的处理决定")
        .when(share::settled(&it.settled), "settled", "每件物品的名称、数量和处理结果")
        .text(&it.ground, "ground", "处理的理由")
        .text(&it.basis, "basis", "处理的依据")
        .dated(it.dated_on)
}
