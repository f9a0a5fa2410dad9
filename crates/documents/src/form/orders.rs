//! Orders about works and buildings (停工、拆除): B17, D19.

use chrono::NaiveDate;

use super::{
    block::{CaseOf, Evidence, Party, Remedies},
    make::form,
    missing::Wanted,
    part::parts,
};
use crate::words::{self, Route};

/// Which remedies there are.
const REMEDIES: &str = "行政复议法第二十条、行政诉讼法第四十六条";

parts! {
    /// The papers of B17 (停工、复工).
    WorksPart {
        /// Works stop.
        Stop = "stop", "停工通知书", true;
        /// Works may go on.
        Resume = "resume", "复工通知书", true;
    }
}

form! {
    /// B17 停工／复工通知书 (works stop, or go on).
    Works {
        /// The case.
        case: CaseOf,
        /// To whom.
        party: Party,
        /// The project.
        project: String,
        /// Where.
        place: String,
        /// What was found.
        facts: Vec<String>,
        /// What was violated.
        violated: String,
        /// By which provision.
        basis: String,
        /// Which works.
        scope: String,
        /// What is to be done before they go on.
        measures: Vec<String>,
        /// From when.
        from_on: Option<NaiveDate>,
        /// The notice that stopped them.
        notice_number: String,
        /// Before whom it may be fought.
        remedies: Remedies,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| {
        let both = Wanted::by("行政处罚法第二十八条").named(&it.party).text(&it.project, "project", "工程名称").text(&it.scope, "scope", "停工（复工）的范围").day(it.from_on, "from", "起始日期").dated(it.dated_on);
        match it.part {
            WorksPart::Stop => both
                .texts(&it.facts, "facts", "违法行为")
                .text(&it.basis, "basis", "责令停工的依据")
                .texts(&it.measures, "measures", "复工的条件")
                .and_by(REMEDIES)
                .remedies(&it.remedies),
            WorksPart::Resume => both.text(&it.notice_number, "notice", "停工通知书的文号").texts(&it.facts, "facts", "整改复查情况"),
        }
    };
    words |it| vec![("remedies", words::remedies(Route::Free, "本通知", &it.remedies.review_body, &it.remedies.court).into_iter().take(1).collect())];
    part WorksPart
}

form! {
    /// D19 限期拆除决定书 (an illegal building is to be taken down).
    Demolition {
        /// The case.
        case: CaseOf,
        /// Who is to take it down.
        party: Party,
        /// The facts.
        facts: Vec<String>,
        /// What proves them.
        evidence: Vec<Evidence>,
        /// Notice, statement and defence.
        course: Vec<String>,
        /// What was violated.
        violated: String,
        /// By which provision.
        basis: String,
        /// The building: place, structure, storeys.
        object: String,
        /// Its area, in words.
        area: String,
        /// Until when.
        due_on: Option<NaiveDate>,
        /// Before whom it may be fought.
        remedies: Remedies,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| Wanted::by("行政处罚法第五十九条")
        .party(&it.party)
        .texts(&it.facts, "facts", "违法事实")
        .when(it.evidence.iter().any(|one| !one.name.trim().is_empty()), "evidence", "证据")
        .text(&it.violated, "violated", "违反的规定")
        .text(&it.basis, "basis", "限期拆除的依据")
        .text(&it.object, "object", "拆除的建筑物、构筑物")
        .text(&it.area, "area", "面积")
        .when(it.due_on.zip(it.dated_on).is_some_and(|(due, dated)| due > dated), "due", "自行拆除的期限")
        .remedies(&it.remedies)
        .dated(it.dated_on)
        .and_by("行政处罚法第四十四条、第四十五条")
        .texts(&it.course, "notice", "告知和陈述、申辩情况");
    words |it| vec![("remedies", words::remedies_but(Route::Free, "本决定", &it.remedies.review_body, &it.remedies.court, words::NOT_FORCED))]
}
