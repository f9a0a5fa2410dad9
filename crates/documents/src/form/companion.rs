//! What goes with a penalty decision (三书同达): advice on compliance (D24) and the notice of how credit is repaired (D25).

use chrono::NaiveDate;

use super::{block::CaseOf, block::Party, make::form, missing::Wanted};

form! {
    /// D24 合规建议书 (advice on compliance): penalty goes with education (行政处罚法 art. 6). It binds to nothing.
    ComplianceAdvice {
        /// The case.
        case: CaseOf,
        /// To whom.
        party: Party,
        /// The decision that it goes with.
        decision_number: String,
        /// That decision's day.
        decided_on: Option<NaiveDate>,
        /// What was violated, in words.
        violated: String,
        /// Where the risk lies (违法风险).
        risks: Vec<String>,
        /// What is advised (合规建议).
        advice: Vec<String>,
        /// Who helps: place and telephone.
        contact: String,
        /// Its day.
        advised_on: Option<NaiveDate>,
    }
    missing |it| Wanted::by("行政处罚法第六条")
        .text(it.party.name(), "party", "当事人姓名或者名称")
        .text(&it.decision_number, "decision", "处罚决定书文号")
        .texts(&it.advice, "advice", "合规建议")
        .text(&it.contact, "contact", "指导联系方式")
        .when(it.advised_on.is_some(), "date", "建议日期")
}

form! {
    /// D25 信用修复告知书 (notice of the repair of credit): what is shown for how long, and with what it ends early.
    RepairNotice {
        /// The case.
        case: CaseOf,
        /// To whom.
        party: Party,
        /// The decision that it goes with.
        decision_number: String,
        /// That decision's day.
        decided_on: Option<NaiveDate>,
        /// How heavy the decision is for showing (失信程度).
        severity: String,
        /// The shortest period of showing ends on this day.
        earliest_on: Option<NaiveDate>,
        /// Without a repair showing ends after this day.
        ends_on: Option<NaiveDate>,
        /// Where the periods come from, and how sure that is.
        source: String,
        /// What must be there (修复条件).
        conditions: Vec<String>,
        /// What is handed in (申请材料).
        materials: Vec<String>,
        /// Where it is asked for (申请途径).
        ways: Vec<String>,
        /// Who answers questions.
        contact: String,
        /// Its day.
        noticed_on: Option<NaiveDate>,
    }
    missing |it| Wanted::by("浙江省公共信用信息管理条例第三十二条")
        .text(it.party.name(), "party", "当事人姓名或者名称")
        .text(&it.decision_number, "decision", "处罚决定书文号")
        .when(it.earliest_on.is_some() && it.ends_on.is_some(), "shown", "最短和最长公示期的届满日期")
        .texts(&it.conditions, "conditions", "信用修复的条件")
        .texts(&it.materials, "materials", "申请材料")
        .texts(&it.ways, "ways", "申请途径")
        .text(&it.contact, "contact", "咨询联系方式")
        .when(it.noticed_on.is_some(), "date", "告知日期")
}
