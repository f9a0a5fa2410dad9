//! What must not be missing: for every paper of every kind, each field without which something is missing is on the paper that is printed, and
//! taken away it is named with its article. Nothing of any sample lies beyond the edge of its page.

use chrono::{NaiveDate, NaiveDateTime};
use documents::{
    Paper, Standing,
    form::{self, Template},
    kind,
    words::{digits, moment, numerals, plain},
};
use serde_json::{Map, Value, json};

use crate::house::printing;

/// The elements that a paper lacks.
fn lacking(template: &Template, data: &Value) -> Vec<(String, String, String)> {
    let missing = template.read(data).unwrap_or_else(|problem| panic!("{}: {}", template.code, problem.detail)).missing;
    missing.into_iter().map(|one| (one.element, one.label, one.article)).collect()
}

/// The paper without one of its fields.
fn without(data: &Value, field: &str) -> Value {
    let mut fields: Map<String, Value> = data.as_object().unwrap().clone();
    fields.remove(field);
    Value::Object(fields)
}

/// What of a field stands on the paper in words.
fn on_paper(field: &str, value: &Value, text: &str) -> Result<(), String> {
    let there = |words: &str| {
        // A full stop at the end of an item becomes a semicolon between two.
        let bare: String = words.chars().filter(|char| !char.is_whitespace()).collect();
        let bare = bare.trim_end_matches(['。', '；', ';', '.']);
        if text.contains(bare) { Ok(()) } else { Err(format!("{field}: {words}")) }
    };
    match value {
        Value::String(words) => {
            if let Ok(day) = words.parse::<NaiveDate>() {
                there(&plain(day)).or_else(|_| there(&numerals(day))).or_else(|_| there(words))
            } else if let Ok(at) = words.parse::<NaiveDateTime>() {
                there(&moment(at))
            } else {
                there(words)
            }
        }
        Value::Number(fen) if field.ends_with("_fen") => there(&digits(fen.as_u64().unwrap())),
        Value::Array(items) => items.iter().try_for_each(|item| on_paper(field, item, text)),
        Value::Object(fields) => {
            // Of a party and of an officer the name alone stands on every paper; codes and marks are said in other words.
            let named = fields.contains_key("kind") || fields.contains_key("certificate") || fields.contains_key("word");
            let quiet = |name: &str| matches!(name, "kind" | "bank_address" | "digest");
            // Of the case its cause is what the paper is about; the number stands on sheets and records.
            let named_case = fields.contains_key("cause");
            let shown = fields.iter().filter(|(name, _)| {
                if named {
                    *name == "name"
                } else if named_case {
                    *name == "cause"
                } else {
                    !quiet(name)
                }
            });
            shown.into_iter().try_for_each(|(name, value)| on_paper(name, value, text))
        }
        _ => Ok(()),
    }
}

#[test]
fn every_statutory_element_is_on_the_paper_and_is_missed_by_name() {
    let printing = printing();
    let mut wrong = Vec::new();
    let (mut papers, mut elements) = (0, 0);
    for template in form::templates() {
        let parts = template.parts();
        let samples = template.samples();
        let told: Vec<_> = samples.iter().filter_map(|sample| sample["part"].as_str()).collect();
        assert_eq!(
            told,
            parts.iter().map(|part| part.code).collect::<Vec<_>>(),
            "{}: a sample for each paper, in their order",
            template.code
        );
        for sample in samples {
            let name = format!("{} {}", template.code, sample["part"].as_str().unwrap_or_default());
            let read = template.read(&sample).unwrap_or_else(|problem| panic!("{name}: {}", problem.detail));
            let standing =
                Standing {
                    number: Some("模综执字〔2026〕第1号".into()), simulated: true, key: "sample".into(), ..Standing::default()
                };
            let pdf = match printing.print(template, &read, Paper::Sheet, &standing) {
                Ok(pdf) => pdf,
                Err(problem) => {
                    wrong.push(format!("{name}: {}", problem.detail));
                    continue;
                }
            };
            papers += 1;
            if !pdf.laid.beyond.is_empty() {
                wrong.push(format!("{name}: beyond the edge {:?}", pdf.laid.beyond));
            }
            let title = read.part.map_or_else(|| kind(template.code).unwrap().name.clone(), |part| part.name.to_owned());
            // 查封（扣押） becomes one of the two on the paper: a run of the title is there, not all of it.
            let title: Vec<char> = title.chars().collect();
            if !title.windows(3).any(|run| pdf.laid.text.contains(&run.iter().collect::<String>())) {
                wrong.push(format!("{name}: no title"));
            }
            for (field, value) in sample.as_object().unwrap() {
                if matches!(field.as_str(), "part" | "measure" | "halt") {
                    continue;
                }
                let missed = lacking(template, &without(&sample, field));
                if missed.is_empty() {
                    continue;
                }
                elements += missed.len();
                for (element, label, article) in &missed {
                    let lawful = ["法", "规定", "条例", "办法", "规则"].iter().any(|word| article.contains(word));
                    assert!(!element.is_empty() && !label.is_empty() && lawful, "{name} without {field}: {element} {label} {article}");
                }
                if let Err(lost) = on_paper(field, value, &pdf.laid.text) {
                    wrong.push(format!("{name}: not on the paper: {lost}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(papers >= 100 && elements >= 500, "{papers} papers, {elements} elements");
}

/// A paper with some of its fields changed, and the elements that it then lacks.
#[track_caller]
fn changed(code: &str, part: Option<&str>, change: Value) -> Vec<String> {
    let template = form::of(code).unwrap();
    let mut data = template.sample_of(part).unwrap();
    for (field, value) in change.as_object().unwrap() {
        data[field] = value.clone();
    }
    lacking(template, &data).into_iter().map(|(element, _, _)| element).collect()
}

/// Periods and sums that the law sets: one step over each is missed.
#[test]
fn what_the_law_counts_is_counted() {
    // Evidence is kept after the head approved; a measure lasts thirty days, and thirty more at most.
    assert_eq!(changed("B08", None, json!({ "approved_on": "2026-10-13" })), ["approved-before"]);
    assert_eq!(changed("C05", Some("decision"), json!({ "days": 31, "extended_on": "2026-12-19" })), ["thirty-days"]);
    assert_eq!(changed("C05", Some("decision"), json!({ "extended_on": "2026-11-18" })), ["new-end"]);
    assert_eq!(changed("C05", Some("decision"), json!({ "extended_on": "2026-12-04" })), ["new-end"], "sixteen days, not fifteen");
    // Days and dates agree, and what has run out is not extended.
    assert_eq!(changed("C02", None, json!({ "to_on": "2026-11-12" })), ["days-agree"]);
    assert_eq!(changed("C02", None, json!({ "to_on": "2026-11-10" })), Vec::<String>::new());
    assert_eq!(changed("C05", Some("decision"), json!({ "dated_on": "2026-11-19" })), ["before-end"]);
    assert_eq!(
        changed("C05", Some("approval"), json!({ "head_opinion": { "text": "同意", "name": "负责人01", "on": "2026-11-19" } })),
        ["before-end"]
    );
    // Kept things are decided on within days, not months.
    assert_eq!(changed("B08", None, json!({ "to_on": "2026-11-12" })), ["seven-days"]);
    assert_eq!(changed("B09", None, json!({ "dated_on": "2026-11-12" })), ["seven-days"]);
    assert_eq!(changed("C01", None, json!({ "days": 31 })), ["thirty-days"]);
    assert_eq!(changed("C01", None, json!({ "reported_at": "2026-10-21T18:30:00" })), ["within-24-hours"]);
    // Nobody came: a witness must have.
    assert_eq!(changed("C04", None, json!({ "present": "", "absent": "电话通知后未到场", "witness": "" })), ["witness"]);
    // Two reviewers, not one twice.
    assert_eq!(
        changed("B12", None, json!({ "technical_opinion": { "text": "清晰", "name": "法制审核员01", "on": "2026-10-12" } })),
        ["two-reviewers"]
    );
    // Instalments make up the fine; the extra fine is never more than the fine, and no more days count than there were.
    assert_eq!(changed("E05", Some("notice"), json!({ "plan": [{ "due_on": "2026-12-31", "amount_fen": 1 }] })), ["plan"]);
    assert_eq!(changed("E05", Some("notice"), json!({ "granted": false })), ["ground"]);
    // What is left of an extra fine after a payment is any sum up to the fine, and a review takes days out.
    assert_eq!(changed("E07", None, json!({ "extra_fen": 34_500, "days": 11 })), Vec::<String>::new());
    assert_eq!(changed("E07", None, json!({ "extra_fen": 200_001 })), ["amount"]);
    assert_eq!(changed("E07", None, json!({ "days": 21 })), ["period"]);
    assert_eq!(changed("E07", None, json!({ "days": u32::MAX, "fine_fen": u64::MAX })), ["period"]);
    // Sums that no number holds are no sums.
    let costs = json!([{ "name": "甲", "amount_fen": u64::MAX }, { "name": "乙", "amount_fen": 1 }]);
    assert_eq!(changed("E10", Some("bill"), json!({ "costs": costs })), ["costs"]);
    assert_eq!(changed("D19", None, json!({ "violated": " " })), ["violated"]);
    // An agreement leaves out some of the extra fine, never of the fine.
    assert_eq!(changed("E12", None, json!({ "reduced_fen": 12_000_001u64 })), ["plan", "reduction"]);
    // The last reminder before others act; the court after ten days.
    assert_eq!(changed("E10", Some("reminder"), json!({ "dated_on": "2026-10-26" })), ["three-days"]);
    assert_eq!(changed("E10", Some("bill"), json!({ "total_fen": 1 })), ["costs"]);
    assert_eq!(changed("E14", None, json!({ "dated_on": "2026-09-24" })), ["ten-days"]);
    assert_eq!(changed("E08", None, json!({ "reminder_number": "" })), ["reminder"]);
    assert_eq!(changed("E08", None, json!({ "reminder_number": "", "urgency": "有证据证明当事人正在转移财物" })), Vec::<String>::new());
    // Three days to decide, a day to send, three days to object and to hand over.
    assert_eq!(changed("F01", None, json!({ "reported_on": "2026-10-23" })), ["three-days"]);
    assert_eq!(changed("F01", None, json!({ "granted": false })), ["ground"]);
    assert_eq!(changed("F02", Some("letter"), json!({ "approved_on": "2026-10-25" })), ["within-24-hours"]);
    assert_eq!(changed("F03", Some("review"), json!({ "received_on": "2026-10-31" })), ["three-days"]);
    assert_eq!(changed("F04", None, json!({ "received_on": "2026-10-29" })), ["three-days"]);
    // Who is to keep away does not decide that he stays.
    assert_eq!(changed("A08", Some("decision"), json!({ "subject": "负责人01" })), ["other-head"]);
}

/// Sheets, records and what a party writes leave no trace in the register of numbers.
#[test]
fn of_several_papers_only_those_that_go_out_are_numbered() {
    let outward = |code: &str, part: &str| {
        let template = form::of(code).unwrap();
        template.read(&template.sample_of(Some(part)).unwrap()).unwrap().is_outward()
    };
    assert!(outward("C05", "decision") && outward("E10", "bill") && outward("A08", "decision"));
    assert!(!outward("C05", "approval") && !outward("E10", "record") && !outward("A08", "application") && !outward("D05", "waiver"));
}
