//! Notices before a decision (告知): D03 with D04, D08.

use chrono::{NaiveDate, NaiveDateTime};

use super::{
    block::{CaseOf, Evidence, Party, Penalty},
    make::form,
    missing::Wanted,
};

form! {
    /// D03 行政处罚事先告知书, with the notice of the right to a hearing (D04 听证告知书) where that is due.
    PriorNotice {
        /// The case.
        case: CaseOf,
        /// To whom.
        party: Party,
        /// The facts.
        facts: Vec<String>,
        /// What proves them.
        evidence: Vec<Evidence>,
        /// What was violated.
        violated: String,
        /// By which provision a penalty is meant.
        basis: String,
        /// Reasons and discretion.
        reasons: Vec<String>,
        /// The penalties that are meant.
        penalties: Vec<Penalty>,
        /// Working days within which the party may state and defend.
        defence_days: u32,
        /// Whether a hearing may be asked for.
        hearing: bool,
        /// Where statements go: place and telephone.
        contact: String,
        /// Its day.
        noticed_on: Option<NaiveDate>,
    }
    missing |it| Wanted::by("行政处罚法第四十四条")
        .party(&it.party)
        .penalties(&it.penalties)
        .texts(&it.facts, "facts", "违法事实")
        .texts(&it.reasons, "reasons", "处罚理由")
        .text(&it.basis, "basis", "处罚依据")
        .and_by("行政处罚法第四十五条")
        .when(it.defence_days > 0, "defence", "陈述、申辩的期限")
        .text(&it.contact, "contact", "提出陈述、申辩的地点和联系方式")
        .when(it.noticed_on.is_some(), "date", "告知日期");
    words |it| {
        let you = it.party.you();
        let mut said = vec![format!(
            "依据《中华人民共和国行政处罚法》第四十四条、第四十五条的规定，{you}有权进行陈述和申辩。请自收到本告知书之日起{}个工作日内提出；逾期未提出的，视为放弃陈述、申辩的权利。本机关不因陈述、申辩而给予更重的处罚。",
            crate::form::notice::count(it.defence_days)
        )];
        if it.hearing {
            said.push(format!(
                "依据《中华人民共和国行政处罚法》第六十三条、第六十四条的规定，{you}有权要求举行听证。要求听证的，应当自收到本告知书之日起五个工作日内向本机关提出；逾期未提出的，视为放弃听证的权利。组织听证的费用由本机关承担。"
            ));
        }
        vec![("rights", said)]
    }
}

/// A small number in Chinese.
pub(crate) fn count(number: u32) -> String {
    const DIGITS: [&str; 11] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    DIGITS.get(number as usize).map_or_else(|| number.to_string(), |&word| word.to_owned())
}

form! {
    /// D08 听证通知书 (notice of a hearing): at least seven working days before.
    HearingNotice {
        /// The case.
        case: CaseOf,
        /// To whom.
        party: Party,
        /// When the hearing is.
        held_at: Option<NaiveDateTime>,
        /// Where.
        place: String,
        /// Whether it is public, and if not, why.
        closed_because: String,
        /// Who hosts it.
        host: String,
        /// Who records.
        recorder: String,
        /// Whom to call.
        contact: String,
        /// Its day.
        noticed_on: Option<NaiveDate>,
    }
    missing |it| Wanted::by("行政处罚法第六十四条")
        .text(it.party.name(), "party", "当事人姓名或者名称")
        .when(it.held_at.is_some(), "time", "听证时间")
        .text(&it.place, "place", "听证地点")
        .text(&it.host, "host", "听证主持人")
        .when(it.noticed_on.is_some(), "date", "通知日期")
}
