//! Letters of the inquiry (调查): B02, B06, B14.

use chrono::{NaiveDate, NaiveDateTime};

use super::{
    block::{CaseOf, Officer, Party, Remedies},
    make::form,
    missing::Wanted,
    share::Sample,
};
use crate::words::{self, Route};

form! {
    /// B02 调查询问通知书 (summons to an interview).
    Summons {
        /// The case.
        case: CaseOf,
        /// Who is to come.
        party: Party,
        /// About what.
        matter: String,
        /// When.
        come_at: Option<NaiveDateTime>,
        /// Where.
        place: String,
        /// What is to be brought.
        papers: Vec<String>,
        /// Who asks.
        officers: Vec<Officer>,
        /// Whom to call.
        contact: String,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| Wanted::by("行政处罚法第五十五条")
        .named(&it.party)
        .text(&it.matter, "matter", "询问事项")
        .when(it.come_at.is_some(), "time", "到场时间")
        .text(&it.place, "place", "到场地点")
        .text(&it.contact, "contact", "联系方式")
        .dated(it.dated_on)
        .and_by("行政处罚法第四十二条")
        .officers(&it.officers)
}

form! {
    /// B06 抽样取证通知书及物品清单 (notice that samples are taken, with their list).
    Sampling {
        /// The case.
        case: CaseOf,
        /// Whose things.
        party: Party,
        /// Why.
        ground: String,
        /// When.
        taken_at: Option<NaiveDateTime>,
        /// Where.
        place: String,
        /// What was taken.
        samples: Vec<Sample>,
        /// Where the samples are kept or sent.
        kept_at: String,
        /// Who took them.
        officers: Vec<Officer>,
        /// Whom to call.
        contact: String,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| Wanted::by("行政处罚法第五十六条")
        .named(&it.party)
        .text(&it.ground, "ground", "抽样取证的理由")
        .when(it.taken_at.is_some(), "time", "抽样时间")
        .text(&it.place, "place", "抽样地点")
        .when(!it.samples.is_empty() && it.samples.iter().all(|one| !one.name.trim().is_empty() && !one.quantity.trim().is_empty()), "samples", "样品的名称、数量")
        .when(it.samples.iter().all(|one| !one.sealing.trim().is_empty()), "sealing", "封样情况")
        .dated(it.dated_on)
        .and_by("行政处罚法第四十二条")
        .officers(&it.officers)
}

form! {
    /// B14 责令停止违法行为通知书 (order to stop).
    OrderToStop {
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
        /// What is to be stopped, and how.
        measures: Vec<String>,
        /// What follows where it goes on.
        consequence: String,
        /// Before whom it may be fought.
        remedies: Remedies,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| Wanted::by("行政处罚法第二十八条")
        .named(&it.party)
        .texts(&it.facts, "facts", "违法行为")
        .text(&it.basis, "basis", "责令停止的依据")
        .texts(&it.measures, "measures", "责令停止的内容")
        .dated(it.dated_on)
        .and_by("行政复议法第二十条、行政诉讼法第四十六条")
        .remedies(&it.remedies);
    words |it| vec![("remedies", words::remedies(Route::Free, "本通知", &it.remedies.review_body, &it.remedies.court).into_iter().take(1).collect())]
}
