//! From the text of a row to a matter's facts, strictly: what does not fit is named, never guessed.

use chrono::NaiveDate;

use super::{
    codes::{FineCondition, FineParty, HearingHint, MatterRank, MatterStatus, MatterTarget, MatterVerified, SimpleUse},
    columns::MatterRow,
    facts::{FinePrecondition, MatterFacts},
    fine::{FineRange, fen},
};
use crate::statute::reference;

/// What is wrong with a field of a row.
pub(crate) type Fault = (&'static str, String);

/// Places that instruments name, with the beginnings of their region codes (GB/T 2260).
const PLACES: [(&str, &str); 13] = [
    ("全国", ""),
    ("浙江", "33"),
    ("杭州", "3301"),
    ("宁波", "3302"),
    ("温州", "3303"),
    ("嘉兴", "3304"),
    ("湖州", "3305"),
    ("绍兴", "3306"),
    ("金华", "3307"),
    ("衢州", "3308"),
    ("舟山", "3309"),
    ("台州", "3310"),
    ("丽水", "3311"),
];

struct Reader {
    faults: Vec<Fault>,
}

impl Reader {
    fn fault(&mut self, field: &'static str, detail: impl Into<String>) {
        self.faults.push((field, detail.into()));
    }

    /// A text of at most so many characters.
    fn text(&mut self, field: &'static str, value: &str, most: usize) -> Option<String> {
        let value = value.trim();
        if value.chars().count() > most || value.contains('\0') {
            self.fault(field, format!("不能超过 {most} 个字"));
        }
        (!value.is_empty()).then(|| value.to_owned())
    }

    fn needed(&mut self, field: &'static str, value: &str, most: usize) -> String {
        self.text(field, value, most).unwrap_or_else(|| {
            self.fault(field, "不能为空");
            String::new()
        })
    }

    /// A value of a closed list, by its word or its code.
    fn one_of<T: Copy>(&mut self, field: &'static str, value: &str, all: &[T], names: impl Fn(T) -> [&'static str; 2]) -> Option<T> {
        let value = value.trim();
        let found = all.iter().copied().find(|it| names(*it).contains(&value));
        if found.is_none() {
            let words: Vec<&str> = all.iter().map(|it| names(*it)[0]).collect();
            self.fault(field, format!("应为{}之一", words.join("、")));
        }
        found
    }

    fn day(&mut self, field: &'static str, value: &str) -> Option<NaiveDate> {
        let value = value.trim();
        // A date that a workbook holds comes with its midnight.
        let value = value.strip_suffix(" 00:00:00").unwrap_or(value);
        if value.is_empty() {
            return None;
        }
        let day = NaiveDate::parse_from_str(value, "%Y-%m-%d").ok().filter(|_| value.len() == 10);
        if day.is_none() {
            self.fault(field, "日期应写成 2026-08-15");
        }
        day
    }

    fn range(&mut self, fields: [&'static str; 2], least: &str, most: &str) -> Option<FineRange> {
        let (least, most) = (least.trim(), most.trim());
        if least.is_empty() && most.is_empty() {
            return None;
        }
        let (Some(min_fen), Some(max_fen)) = (fen(least), fen(most)) else {
            self.fault(fields[0], "上下限应同时填写，为元，最多两位小数；没有下限写 0");
            return None;
        };
        if min_fen > max_fen || max_fen == 0 {
            self.fault(fields[1], "上限应大于 0，且不小于下限");
        }
        Some(FineRange { min_fen, max_fen })
    }

    fn article(&mut self, field: &'static str, value: &str) {
        if !value.is_empty() && reference::parse(value).is_none() {
            self.fault(field, "条款应写成 第11条、第11(1)条、第32(1)①条、第21、22条");
        }
    }
}

/// The code of a matter: letters, digits and hyphens, at most 30.
fn is_code(code: &str) -> bool {
    (1..=30).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// The precondition's kind from its words; `None` for words that say nothing known.
fn precondition(text: Option<&str>) -> Option<FinePrecondition> {
    let Some(text) = text else {
        return Some(FinePrecondition { text: None, condition: FineCondition::None, optional: false });
    };
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let not_obeyed = has(&["逾期", "拒不", "不改正", "未改正"]);
    let grave = has(&["情节严重", "严重后果", "造成损失"]);
    let condition = match (not_obeyed, grave) {
        (true, true) => FineCondition::NotObeyedOrGrave,
        (true, false) => FineCondition::NotObeyed,
        (false, true) => FineCondition::Grave,
        (false, false) if has(&["责令", "限期", "取缔", "追回"]) => FineCondition::Order,
        (false, false) if text.contains("警告") => FineCondition::Warning,
        (false, false) => return None,
    };
    Some(FinePrecondition { text: Some(text.to_owned()), condition, optional: has(&["可处", "可并处"]) })
}

/// Whether what the sheet says of the simple procedure is what article 51 says.
fn simple_fits(told: &str, computed: Option<SimpleUse>) -> bool {
    // 部分(实罚≤200元) names the limit beside it.
    let told = if told.starts_with("部分") { "部分" } else { told.trim() };
    told.is_empty() || computed.is_some_and(|it| it.label() == told)
}

fn target_fits(target: MatterTarget, individual: bool, organisation: bool, formula: bool) -> Option<&'static str> {
    match target {
        MatterTarget::Individual if !individual || organisation => Some("对象为个人时只填个人幅度"),
        MatterTarget::Organisation if individual || !organisation => Some("对象为单位时只填单位幅度"),
        MatterTarget::Both if !individual || !organisation => Some("对象为个人/单位时两者的幅度都要填"),
        MatterTarget::Formula if individual || organisation || !formula => Some("对象为见formula时只填计算公式"),
        _ => None,
    }
}

/// Reads a row.
///
/// # Errors
/// Everything that is wrong with it, field by field.
pub(crate) fn parse(row: &MatterRow) -> Result<MatterFacts, Vec<Fault>> {
    let mut reader = Reader { faults: Vec::new() };
    if !is_code(row.code.trim()) {
        reader.fault("code", "编号为 1 至 30 位字母、数字或连字符");
    }
    let rank = reader.one_of("rank", &row.rank, MatterRank::ALL, |it| [it.label(), it.code()]);
    let target = reader.one_of("target", &row.target, MatterTarget::ALL, |it| [it.label(), it.code()]);
    let status = reader.one_of("status", &row.status, MatterStatus::ALL, |it| [it.code(), it.label()]);
    let verified = reader.one_of("verified", &row.verified, MatterVerified::ALL, |it| [it.letter(), it.label()]);
    let hearing = reader.one_of("hearing_hint", &row.hearing_hint, HearingHint::ALL, |it| [it.label(), it.code()]);
    let individual = reader.range(["ind_min", "ind_max"], &row.ind_min, &row.ind_max);
    let organisation = reader.range(["unit_min", "unit_max"], &row.unit_min, &row.unit_max);
    let formula = reader.text("formula", &row.formula, 200);
    if let Some(detail) = target.and_then(|target| target_fits(target, individual.is_some(), organisation.is_some(), formula.is_some())) {
        reader.fault("target", detail);
    }
    let text = reader.text("precondition", &row.precondition, 200);
    let precondition = precondition(text.as_deref()).unwrap_or_else(|| {
        reader.fault("precondition", "前置条件应写明责令、限期、逾期、拒不、警告或者情节严重等");
        FinePrecondition { text: None, condition: FineCondition::None, optional: false }
    });
    let region = reader.needed("region", &row.region, 20);
    let region_prefix = match PLACES.iter().find(|(name, _)| *name == region) {
        Some((_, prefix)) => (*prefix).to_owned(),
        None => {
            if !matches!(region.len(), 2 | 4 | 6) || !region.bytes().all(|byte| byte.is_ascii_digit()) {
                reader.fault("region", "应为全国、浙江或其设区市，其他地方写区划代码的前 2、4 或 6 位");
            }
            region.clone()
        }
    };
    let violated_article = reader.text("violated_article", &row.violated_article, 60);
    let penalty_article = reader.needed("penalty_article", &row.penalty_article, 60);
    reader.article("violated_article", violated_article.as_deref().unwrap_or_default());
    reader.article("penalty_article", &penalty_article);
    let (effective_from, effective_to) = (reader.day("effective_from", &row.effective_from), reader.day("effective_to", &row.effective_to));
    if let (Some(from), Some(to)) = (effective_from, effective_to)
        && to < from
    {
        reader.fault("effective_to", "失效日期不能早于生效日期");
    }
    let facts = MatterFacts {
        external_code: reader.text("external_code", &row.external_code, 40),
        domain: reader.needed("domain", &row.domain, 30),
        name: reader.needed("name", &row.name, 100),
        law: reader.needed("law", &row.law, 60),
        rank: rank.unwrap_or(MatterRank::Law),
        region,
        region_prefix,
        violated_article,
        penalty_article,
        target: target.unwrap_or(MatterTarget::Formula),
        precondition,
        individual,
        organisation,
        formula,
        other_measure: reader.text("other_measure", &row.other_measure, 200),
        hearing: hearing.unwrap_or(HearingHint::ByAmount),
        enforcer: reader.needed("enforcer", &row.enforcer, 100),
        status: status.unwrap_or(MatterStatus::Local),
        effective_from,
        effective_to,
        note: reader.text("note", &row.note, 500),
        verified: verified.unwrap_or(MatterVerified::NotYet),
        source: reader.needed("source", &row.source, 300),
    };
    if facts.status == MatterStatus::Superseded && facts.effective_to.is_none() {
        reader.fault("effective_to", "已被取代的条目须写明失效日期");
    }
    for (field, told, party) in
        [("simple_individual", &row.simple_individual, FineParty::Individual), ("simple_unit", &row.simple_unit, FineParty::Organisation)]
    {
        if !simple_fits(told, facts.simple_use(party)) {
            let computed = facts.simple_use(party).map_or("空", SimpleUse::label);
            reader.fault(field, format!("与处罚法第五十一条算得的“{computed}”不符"));
        }
    }
    if reader.faults.is_empty() { Ok(facts) } else { Err(reader.faults) }
}
