//! The application to the people's court (申请人民法院强制执行): E14.

use chrono::NaiveDate;

use super::{
    block::{CaseOf, Party},
    make::form,
    missing::Wanted,
    share::{self, Material},
};

/// Days between the service of the reminder and the application: ten, and they are working days (行政强制法 art. 69), so never fewer.
const AFTER_REMINDER: i64 = 10;

form! {
    /// E14 强制执行申请书 (application for execution): signed by the head of the organ, sealed and dated.
    CourtApplication {
        /// The case.
        case: CaseOf,
        /// The court that has jurisdiction.
        court: String,
        /// The head of the organ who signs.
        chief: String,
        /// What he is.
        chief_title: String,
        /// Who speaks for the organ, with telephone.
        contact: String,
        /// Against whom.
        party: Party,
        /// What is asked for: the penalty, the extra fine.
        requests: Vec<String>,
        /// The sum of it, where it is one.
        total_fen: Option<u64>,
        /// What the decision is called.
        decision_name: String,
        /// Its number.
        decision_number: String,
        /// Its day.
        decided_on: Option<NaiveDate>,
        /// When it was served.
        served_on: Option<NaiveDate>,
        /// What it decided.
        decision: Vec<String>,
        /// The facts that it stands on.
        facts: Vec<String>,
        /// Reasons.
        reasons: Vec<String>,
        /// By which provision it was decided.
        basis: String,
        /// Neither review nor suit, or how they ended.
        contested: String,
        /// The reminder's number.
        reminder_number: String,
        /// When it was served.
        reminded_on: Option<NaiveDate>,
        /// What the party said (当事人的意见).
        opinion: String,
        /// What is to be executed, and how it stands (标的情况).
        object: Vec<String>,
        /// What is handed in with it.
        materials: Vec<Material>,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| Wanted::by("行政强制法第五十五条")
        .text(&it.court, "court", "有管辖权的人民法院")
        .text(&it.chief, "chief", "行政机关负责人")
        .party(&it.party)
        .texts(&it.requests, "requests", "申请强制执行的事项")
        .text(&it.decision_number, "decision", "行政决定书及其文号")
        .day(it.served_on, "served", "行政决定书的送达日期")
        .texts(&it.facts, "facts", "作出决定的事实")
        .texts(&it.reasons, "reasons", "作出决定的理由")
        .text(&it.basis, "basis", "作出决定的依据")
        .text(&it.opinion, "opinion", "当事人的意见")
        .when(!it.reminder_number.trim().is_empty() && it.reminded_on.is_some(), "reminder", "催告情况")
        .texts(&it.object, "object", "申请强制执行标的情况")
        .when(share::listed(&it.materials), "materials", "所附材料")
        .dated(it.dated_on)
        .and_by("行政强制法第五十三条")
        .text(&it.contested, "contested", "当事人未申请行政复议、未提起行政诉讼的情况")
        .and_by("行政强制法第五十四条")
        .when(it.reminded_on.zip(it.dated_on).is_none_or(|(reminded, dated)| (dated - reminded).num_days() > AFTER_REMINDER), "ten-days", "催告书送达十日后的申请日期")
}
