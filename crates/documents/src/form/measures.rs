//! Compulsory measures after the first decision (强制措施): C05, C06, C07, C08.

use chrono::NaiveDate;

use super::{
    block::{CaseOf, Officer, Opinion, Party, Remedies, Thing},
    make::form,
    missing::Wanted,
    part::parts,
    seizure::Measure,
    share::{self, Settled},
};
use crate::words::{self, Route};

/// Which remedies a party has against a decision on its things.
const REMEDIES: &str = "行政复议法第二十条、行政诉讼法第四十六条";

parts! {
    /// The papers of C05 (延长查封（扣押）期限).
    ExtensionPart {
        /// What the party gets.
        Decision = "decision", "延长查封（扣押）期限决定书", true;
        /// What the head of the organ approves.
        Approval = "approval", "延长查封（扣押）期限审批表", false;
    }
}

form! {
    /// C05 延长查封（扣押）期限审批表及决定书 (a measure goes on for thirty days more at most).
    Extension {
        /// The case.
        case: CaseOf,
        /// Against whom.
        party: Party,
        /// Which measure.
        measure: Measure,
        /// The decision that goes on.
        decision_number: String,
        /// Its day.
        decided_on: Option<NaiveDate>,
        /// From when it stood.
        from_on: Option<NaiveDate>,
        /// Until when it stood.
        to_on: Option<NaiveDate>,
        /// Why it is complicated.
        reasons: Vec<String>,
        /// By which provision.
        basis: String,
        /// Days more.
        days: u32,
        /// Until when it stands now.
        extended_on: Option<NaiveDate>,
        /// The officers.
        officers: Vec<Officer>,
        /// What they say.
        officer_opinion: Opinion,
        /// What the head of the unit says.
        unit_opinion: Opinion,
        /// What the head of the organ says.
        head_opinion: Opinion,
        /// Before whom it may be fought.
        remedies: Remedies,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| {
        let both = Wanted::by("行政强制法第二十五条")
            .named(&it.party)
            .text(&it.decision_number, "decision", "原决定书的文号")
            .texts(&it.reasons, "reasons", "情况复杂、需要延长的理由")
            .day(it.to_on, "period", "原期限的截止日期")
            .when((1..=30).contains(&it.days), "thirty-days", "不超过三十日的延长期限")
            .when(it.extended_on.zip(it.to_on).is_some_and(|(new, old)| new > old && (new - old).num_days() == i64::from(it.days)), "new-end", "与延长天数一致的截止日期");
        // What has run out is not extended.
        let before = |day: Option<NaiveDate>| day.zip(it.to_on).is_none_or(|(day, end)| day <= end);
        match it.part {
            ExtensionPart::Approval => both.when(before(it.head_opinion.on), "before-end", "原期限届满前的批准").approved(&it.head_opinion).and_by("行政处罚法第四十二条").officers(&it.officers),
            ExtensionPart::Decision => both.when(before(it.dated_on), "before-end", "原期限届满前的延长决定").dated(it.dated_on).and_by(REMEDIES).remedies(&it.remedies),
        }
    };
    words |it| vec![("remedies", words::remedies(Route::Free, "本决定", &it.remedies.review_body, &it.remedies.court))];
    part ExtensionPart
}

form! {
    /// C06 检测期间告知书 (the time of a test does not count).
    TestPeriod {
        /// The case.
        case: CaseOf,
        /// To whom.
        party: Party,
        /// Which measure.
        measure: Measure,
        /// The decision.
        decision_number: String,
        /// Its day.
        decided_on: Option<NaiveDate>,
        /// What is tested.
        things: Vec<Thing>,
        /// For what (检测、检验、检疫、技术鉴定事项).
        matter: String,
        /// Who tests.
        institution: String,
        /// From.
        from_on: Option<NaiveDate>,
        /// To.
        to_on: Option<NaiveDate>,
        /// The end of the measure with this time left out.
        extended_on: Option<NaiveDate>,
        /// Whom to call.
        contact: String,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| Wanted::by("行政强制法第二十五条第三款")
        .named(&it.party)
        .text(&it.decision_number, "decision", "查封、扣押决定书的文号")
        .things(&it.things)
        .text(&it.matter, "matter", "检测、检验、检疫或者技术鉴定的事项")
        .text(&it.institution, "institution", "检测、检验、检疫或者技术鉴定机构")
        .when(it.from_on.is_some() && it.to_on >= it.from_on, "period", "检测、检验、检疫或者技术鉴定的起止日期")
        .dated(it.dated_on)
}

form! {
    /// C07 解除查封（扣押）决定书 (a measure is lifted and things go back).
    Release {
        /// The case.
        case: CaseOf,
        /// To whom.
        party: Party,
        /// Which measure.
        measure: Measure,
        /// The decision that is lifted.
        decision_number: String,
        /// Its day.
        decided_on: Option<NaiveDate>,
        /// Why (第二十八条 names five grounds).
        ground: String,
        /// By which provision.
        basis: String,
        /// What goes back.
        things: Vec<Thing>,
        /// What was got for things that were sold, where that was so.
        proceeds_fen: Option<u64>,
        /// Where and when things are fetched.
        contact: String,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| Wanted::by("行政强制法第二十八条")
        .named(&it.party)
        .text(&it.decision_number, "decision", "原决定书的文号")
        .text(&it.ground, "ground", "解除的理由")
        .text(&it.basis, "basis", "解除的依据")
        .when(it.proceeds_fen.is_some() || (!it.things.is_empty() && it.things.iter().all(|one| !one.name.trim().is_empty() && !one.quantity.trim().is_empty())), "things", "退还的物品或者款项")
        .text(&it.contact, "contact", "退还的地点和联系方式")
        .dated(it.dated_on)
}

parts! {
    /// The papers of C08 (查封扣押物品处理).
    DisposalPart {
        /// What is decided.
        Decision = "decision", "查封（扣押）物品处理决定书", true;
        /// What is told before.
        Notice = "notice", "查封（扣押）物品处理告知书", true;
    }
}

form! {
    /// C08 查封扣押物品处理告知书／处理决定书 (what becomes of things that were taken).
    Disposal {
        /// The case.
        case: CaseOf,
        /// Whose things.
        party: Party,
        /// Which measure.
        measure: Measure,
        /// The decision that took them.
        decision_number: String,
        /// Its day.
        decided_on: Option<NaiveDate>,
        /// Things, and what becomes of each.
        settled: Vec<Settled>,
        /// Why.
        reasons: Vec<String>,
        /// By which provision.
        basis: String,
        /// What the party said before, and what became of that.
        defence: String,
        /// Working days within which the party may speak.
        defence_days: u32,
        /// Where it speaks, or fetches.
        contact: String,
        /// Before whom it may be fought.
        remedies: Remedies,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| {
        let both = Wanted::by("行政强制法第二十七条")
            .named(&it.party)
            .text(&it.decision_number, "decision", "查封、扣押决定书的文号")
            .when(share::settled(&it.settled), "settled", "每件物品的名称、数量和处理结果")
            .texts(&it.reasons, "reasons", "处理的理由")
            .text(&it.basis, "basis", "处理的依据")
            .dated(it.dated_on);
        match it.part {
            DisposalPart::Notice => both.and_by("行政强制法第八条").when(it.defence_days > 0, "defence", "陈述、申辩的期限").text(&it.contact, "contact", "陈述、申辩的途径"),
            DisposalPart::Decision => both.text(it.party.address(), "party-address", "当事人地址").and_by("行政强制法第八条").text(&it.defence, "defence", "陈述、申辩及采纳情况").and_by(REMEDIES).remedies(&it.remedies),
        }
    };
    words |it| vec![
        ("remedies", words::remedies(Route::Free, "本决定", &it.remedies.review_body, &it.remedies.court)),
        ("defence", vec![super::notice::count(it.defence_days)]),
    ];
    part DisposalPart
}
