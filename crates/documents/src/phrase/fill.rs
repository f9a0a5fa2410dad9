//! Filling a phrase (用语占位符): what stands in braces is taken from the document, else from the case; what neither knows stays open and visible.

use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::{
    form::OPEN,
    words::{capitals, digits, plain},
};

/// What may stand in braces (占位符).
pub(crate) const PLACEHOLDERS: &[(&str, &str)] = &[
    ("当事人", "当事人的姓名或者名称"),
    ("当事人称呼", "你，或者你单位"),
    ("案由", "案由"),
    ("案号", "案件编号"),
    ("违法事实", "违法事实的第一段"),
    ("地点", "违法地点"),
    ("发生日期", "违法行为发生的日期"),
    ("违反规定", "违反的规定"),
    ("处罚依据", "处罚依据"),
    ("处罚内容", "处罚种类和数额"),
    ("罚款金额", "罚款的大写和小写"),
    ("决定日期", "作出决定的日期"),
    ("决定文号", "处罚决定书文号"),
    ("改正期限", "改正期限"),
    ("机关", "本机关全称"),
    ("复议机关", "行政复议机关"),
    ("法院", "有管辖权的人民法院"),
];

/// A placeholder.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PhrasePlaceholder {
    /// What stands in the braces.
    name: &'static str,
    /// What comes in its place.
    means: &'static str,
}

/// All of them.
pub(crate) fn placeholders() -> Vec<PhrasePlaceholder> {
    PLACEHOLDERS.iter().map(|&(name, means)| PhrasePlaceholder { name, means }).collect()
}

/// Texts and the names in braces between them.
fn parts(text: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    text.split('}').map(|part| part.split_once('{').map_or((part, None), |(before, name)| (before, Some(name.trim()))))
}

/// A name in braces that is no placeholder, or a brace that stands alone.
pub(crate) fn unknown(text: &str) -> Option<&str> {
    if text.matches('{').count() != text.matches('}').count() {
        return Some("…");
    }
    parts(text).filter_map(|(_, name)| name).find(|name| !PLACEHOLDERS.iter().any(|(known, _)| known == name))
}

/// A phrase filled, and what is still open in it.
pub(crate) fn filled(text: &str, data: &Value, facts: &Map<String, Value>) -> (String, Vec<String>) {
    let (mut said, mut open) = (String::new(), Vec::new());
    for (before, name) in parts(text) {
        said.push_str(before);
        let Some(name) = name else { continue };
        if let Some(words) = value(name, data, facts) {
            said.push_str(&words);
        } else {
            said.push_str(&format!("{OPEN}{name}〕"));
            open.push(name.to_owned());
        }
    }
    (said, open)
}

/// What comes in the place of a name.
fn value(name: &str, data: &Value, facts: &Map<String, Value>) -> Option<String> {
    let facts = Value::Object(facts.clone());
    let said = |value: &Value| value.as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let text = |pointer: &str| [data, &facts].into_iter().find_map(|from| from.pointer(pointer).and_then(said));
    let day = |pointer: &str| text(pointer).and_then(|day| day.parse().ok()).map(plain);
    let sentence = |text: String| text.trim_end_matches('。').to_owned();
    match name {
        "当事人" => text("/party/name"),
        "当事人称呼" => Some(if text("/party/kind").as_deref() == Some("organisation") { "你单位" } else { "你" }.to_owned()),
        "案由" => text("/case/cause"),
        "案号" => text("/case/number"),
        "违法事实" => text("/facts/0").or_else(|| text("/fact")).map(sentence),
        "地点" => text("/place"),
        "发生日期" => day("/acted_on"),
        "违反规定" => text("/violated"),
        "处罚依据" => text("/basis"),
        "处罚内容" => penalties(data).or_else(|| penalties(&facts)),
        "罚款金额" => fine(data).or_else(|| fine(&facts)),
        "决定日期" => day("/decided_on"),
        "决定文号" => text("/decision_number"),
        "改正期限" => day("/due_on"),
        "机关" => text("/organ/name"),
        "复议机关" => text("/remedies/review_body"),
        "法院" => text("/remedies/court"),
        _ => None,
    }
}

fn sum(fen: u64) -> String {
    format!("人民币{}（¥{}）", capitals(fen), digits(fen))
}

fn penalties(of: &Value) -> Option<String> {
    let lines = of["penalties"].as_array()?.iter().map(|one| {
        let text = one["text"].as_str().unwrap_or_default();
        one["amount_fen"].as_u64().map_or_else(|| text.to_owned(), |fen| format!("{text}{}", sum(fen)))
    });
    Some(lines.collect::<Vec<_>>().join("、")).filter(|text| !text.is_empty())
}

fn fine(of: &Value) -> Option<String> {
    let fines = of["penalties"].as_array()?.iter().filter(|one| one["text"].as_str().is_some_and(|text| text.contains("罚款")));
    Some(fines.filter_map(|one| one["amount_fen"].as_u64()).sum()).filter(|fen| *fen > 0).map(sum)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_placeholder_is_filled_from_the_document_first_and_what_nobody_knows_stays_open() {
        let data = json!({
            "party": { "kind": "organisation", "name": "模拟公司" }, "case": { "number": "1号", "cause": "占道经营" }, "facts": ["甲。"],
            "violated": "违反甲条", "basis": "乙条", "decided_on": "2026-11-16", "decision_number": "罚决1号", "due_on": "2026-11-20",
            "penalties": [{ "text": "给予警告" }, { "text": "处以罚款", "amount_fen": 200_000 }], "organ": { "name": "模拟局" },
            "remedies": { "review_body": "模拟县人民政府", "court": "模拟法院" },
        });
        let facts = json!({ "place": "模拟路8号", "acted_on": "2026-11-02", "case": { "cause": "别的案由" } });
        let all: String = PLACEHOLDERS.iter().map(|(name, _)| format!("{{{name}}}|")).collect();
        let (said, open) = filled(&all, &data, facts.as_object().unwrap());
        assert_eq!(open, Vec::<String>::new());
        assert_eq!(
            said,
            "模拟公司|你单位|占道经营|1号|甲|模拟路8号|2026年11月2日|违反甲条|乙条|给予警告、处以罚款人民币贰仟元整（¥2,000.00）|\
             人民币贰仟元整（¥2,000.00）|2026年11月16日|罚决1号|2026年11月20日|模拟局|模拟县人民政府|模拟法院|"
        );
        let (said, open) = filled("在{地点}，{ 案由 }。", &json!({}), &Map::new());
        assert_eq!((said.as_str(), open.len()), ("在〔待填：地点〕，〔待填：案由〕。", 2));
        assert_eq!((unknown("在{地点}"), unknown("在{天上}"), unknown("没有")), (None, Some("天上"), None));
        assert_eq!((unknown("半个}括号"), unknown("半个{括号")), (Some("…"), Some("…")));
    }
}
