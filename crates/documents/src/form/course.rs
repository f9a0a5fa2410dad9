//! Around the way of a case (期限、中止、公示、更正): D20, D21, D22, D23.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    block::{CaseOf, Officer, Opinion, Party},
    make::form,
    missing::Wanted,
    part::parts,
};

form! {
    /// D20 延长办案期限审批表 (more than ninety days, where a law, regulation or rule allows it).
    MoreTime {
        /// The case.
        case: CaseOf,
        /// The party.
        party: Party,
        /// Filed.
        filed_on: Option<NaiveDate>,
        /// When the time ends.
        to_on: Option<NaiveDate>,
        /// What was done so far.
        course: Vec<String>,
        /// Why it is not enough.
        reasons: Vec<String>,
        /// Which law, regulation or rule allows more.
        basis: String,
        /// Days more.
        days: u32,
        /// When it ends then.
        extended_on: Option<NaiveDate>,
        /// The officers.
        officers: Vec<Officer>,
        /// What they say.
        officer_opinion: Opinion,
        /// What the head of the unit says.
        unit_opinion: Opinion,
        /// What the head of the organ says.
        head_opinion: Opinion,
    }
    missing |it| Wanted::by("行政处罚法第六十条")
        .day(it.filed_on, "filed", "立案日期")
        .day(it.to_on, "period", "原办案期限")
        .texts(&it.reasons, "reasons", "延长的理由")
        .text(&it.basis, "basis", "允许延长的法律、法规或者规章")
        .when(it.days > 0 && it.extended_on > it.to_on, "new-end", "延长的天数和延长后的期限")
        .approved(&it.head_opinion)
}

parts! {
    /// The papers of D21 (中止、恢复调查).
    PausePart {
        /// The inquiry stops for a time.
        Suspend = "suspend", "中止调查审批表", false;
        /// It goes on.
        Resume = "resume", "恢复调查审批表", false;
    }
}

form! {
    /// D21 中止调查／恢复调查审批表 (the inquiry stops for a time, or goes on).
    Pause {
        /// The case.
        case: CaseOf,
        /// The party.
        party: Party,
        /// Filed.
        filed_on: Option<NaiveDate>,
        /// How the inquiry went so far.
        course: Vec<String>,
        /// Why it stops or goes on.
        ground: String,
        /// By which provision.
        basis: String,
        /// From when.
        from_on: Option<NaiveDate>,
        /// The officers.
        officers: Vec<Officer>,
        /// What they say.
        officer_opinion: Opinion,
        /// What the head of the unit says.
        unit_opinion: Opinion,
        /// What the head of the organ says.
        head_opinion: Opinion,
    }
    missing |it| Wanted::by("行政处罚法第六十条")
        .day(it.filed_on, "filed", "立案日期")
        .text(&it.ground, "ground", "中止（恢复）的理由")
        .text(&it.basis, "basis", "依据")
        .day(it.from_on, "from", "中止（恢复）的日期")
        .approved(&it.head_opinion);
    part PausePart
}

parts! {
    /// The papers of D22 (处罚信息公示).
    PublicityPart {
        /// The party is told that the decision is made public.
        Notice = "notice", "行政处罚信息公示告知书", true;
        /// The public is told why it was withdrawn.
        Withdrawal = "withdrawal", "行政处罚决定信息撤回说明", true;
    }
}

form! {
    /// D22 行政处罚信息公示告知／撤回说明 (a decision becomes public, or does not stay so).
    Publicity {
        /// The case.
        case: CaseOf,
        /// The party.
        party: Party,
        /// The decision.
        decision_number: String,
        /// Its day.
        decided_on: Option<NaiveDate>,
        /// Where it is published.
        media: Vec<String>,
        /// When.
        published_on: Option<NaiveDate>,
        /// For how long, in words.
        period: String,
        /// How credit is repaired, and where.
        repair: String,
        /// What changed it: 变更, 撤销, 确认违法, 确认无效.
        change: String,
        /// The document that changed it.
        changed_by: String,
        /// Its day.
        changed_on: Option<NaiveDate>,
        /// Why.
        reasons: Vec<String>,
        /// Whom to call.
        contact: String,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| {
        let both = Wanted::by("行政处罚法第四十八条").text(&it.decision_number, "decision", "处罚决定书文号").texts(&it.media, "media", "公示的网站或者平台").dated(it.dated_on);
        match it.part {
            PublicityPart::Notice => both.named(&it.party).text(&it.period, "period", "公示期限"),
            PublicityPart::Withdrawal => both
                .text(&it.change, "change", "被变更、撤销、确认违法或者确认无效的情况")
                .day(it.changed_on, "changed", "变更、撤销、确认的日期")
                .texts(&it.reasons, "reasons", "撤回的理由")
                // Three working days: with rest days between them no more than a fortnight.
                .when(it.changed_on.zip(it.dated_on).is_none_or(|(changed, dated)| (dated - changed).num_days() <= 14), "three-days", "三日内的撤回"),
        }
    };
    part PublicityPart
}

/// A slip and what stands there now (更正).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Erratum {
    /// Where it stands.
    pub place: String,
    /// What stood there.
    pub before: String,
    /// What stands there now.
    pub after: String,
}

form! {
    /// D23 补正（更正）决定书 (a clerical error is corrected).
    Correction {
        /// The case.
        case: CaseOf,
        /// To whom.
        party: Party,
        /// The document that is corrected.
        corrected_name: String,
        /// Its number.
        corrected_number: String,
        /// Its day.
        decided_on: Option<NaiveDate>,
        /// Each error.
        errata: Vec<Erratum>,
        /// How it came about.
        ground: String,
        /// The officers.
        officers: Vec<Officer>,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| Wanted::by("行政处罚法第五十九条")
        .named(&it.party)
        .text(&it.corrected_name, "name", "被更正的文书名称")
        .text(&it.corrected_number, "number", "被更正的文书文号")
        .when(!it.errata.is_empty() && it.errata.iter().all(|one| !one.before.trim().is_empty() && !one.after.trim().is_empty()), "errata", "更正前后的内容")
        .dated(it.dated_on)
}
