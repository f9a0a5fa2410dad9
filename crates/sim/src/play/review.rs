//! One round of file review over the simulated cases (模拟评查): gathered, drawn by a seed, scored, answered, confirmed and closed through the API
//! alone, by people who had no part in the cases. What the server refuses is told, and the city goes on without.

use anyhow::{Context, Result};
use chrono::{DateTime, Duration, Utc};
use kernel::clock::shanghai;
use reqwest::Method;
use serde_json::{Value, json};

use super::Stage;

/// Who reviews: neither handles, reviews nor approves a case of the city.
const REVIEWERS: [&str; 2] = ["evaluator01", "leader01"];
/// Files that are drawn.
const FILES: u32 = 4;

/// Answers to every item of a sheet: agreeing with what the program found, with the first deduction where it found a fault.
fn answers(file: &Value) -> Vec<Value> {
    let found = file["found"].as_array().cloned().unwrap_or_default();
    let sections = file["sheet"]["sections"].as_array().cloned().unwrap_or_default();
    let items = sections.iter().flat_map(|section| section["items"].as_array().cloned().unwrap_or_default());
    let answer = |item: Value| {
        let finding = found.iter().find(|it| it["check"] == item["auto"]).and_then(|it| it["finding"].as_str()).unwrap_or("not").to_owned();
        let mut one = json!({ "item": item["code"], "note": "" });
        if finding == "fails" || (finding == "unknown" && item["code"] == "2.2") {
            one["deductions"] = json!([{ "code": item["deductions"][0]["code"], "note": "模拟评查意见" }]);
        }
        if matches!(finding.as_str(), "holds" | "fails") {
            one["agrees"] = json!(true);
        }
        one
    };
    items.map(answer).collect()
}

impl Stage<'_> {
    /// A round over the cases that were concluded up to now.
    pub(super) async fn review_files(&self, now: DateTime<Utc>) -> Result<()> {
        let manager = self.seat(REVIEWERS[0])?;
        let call = |seat, method, path: String, body: Option<Value>| async move {
            self.server.call(seat, method, &path, None, body.as_ref()).await
        };
        let sheets = call(manager, Method::GET, "/api/v1/review-sheets".to_owned(), None).await?;
        let sheet = sheets["items"].as_array().and_then(|items| items.iter().find(|it| it["state"] == "published")).context("no sheet")?;
        let today = now.with_timezone(&shanghai()).date_naive();
        let plan = json!({ "from": today - Duration::days(90), "to": today, "files": FILES, "double": true, "answer_days": 5 });
        let new = json!({ "name": "模拟季度抽查", "kind": "spot", "sheet": sheet["id"], "plan": plan, "seed_source": "模拟公开摇号", "draw_on": today });
        let round = call(manager, Method::POST, "/api/v1/review-rounds".to_owned(), Some(new)).await?;
        let path = format!("/api/v1/review-rounds/{}", round["id"].as_str().context("a round without an id")?);
        let reviewers: Vec<&String> = REVIEWERS.iter().filter_map(|account| self.person(account)).collect();
        let draw = json!({ "seen": round["version"], "seed": format!("模拟种子 {today}"), "reviewers": reviewers });
        let drawn = call(manager, Method::POST, format!("{path}/actions/draw"), Some(draw)).await?;
        for file in drawn["files"].as_array().cloned().unwrap_or_default() {
            let address = format!("/api/v1/review-files/{}", file["id"].as_str().unwrap_or_default());
            for account in REVIEWERS {
                let seat = self.seat(account)?;
                let shown = call(seat, Method::GET, address.clone(), None).await?;
                let Some(own) = shown["seats"].as_array().and_then(|seats| seats.iter().find(|it| it["mine"] == true)).cloned() else {
                    continue;
                };
                let score = json!({ "seen": own["version"], "answers": answers(&shown), "finish": true });
                call(seat, Method::PUT, format!("{address}/score"), Some(score)).await?;
            }
        }
        // The first finding stays open for whoever tries the city; the rest is corrected and confirmed.
        let officer = self.seat("case_officer01")?;
        let inbox = call(officer, Method::GET, "/api/v1/review-findings?mine=true&state=told".to_owned(), None).await?;
        for finding in inbox["items"].as_array().cloned().unwrap_or_default().iter().skip(1) {
            let address = format!("/api/v1/review-findings/{}/actions", finding["id"].as_str().unwrap_or_default());
            let answer = json!({ "seen": finding["version"], "answer": "corrected", "text": "已补充材料（模拟）" });
            let answered = call(officer, Method::POST, format!("{address}/answer"), Some(answer)).await?;
            let judge = json!({ "seen": answered["version"], "verdict": "confirm", "text": "属实（模拟）" });
            call(manager, Method::POST, format!("{address}/judge"), Some(judge)).await?;
        }
        let seen = call(manager, Method::GET, path.clone(), None).await?;
        let close = json!({ "seen": seen["version"], "note": "模拟评查办结" });
        // With a finding open the round goes on, as it would.
        if seen["total"]["open"] == 0 {
            call(manager, Method::POST, format!("{path}/actions/close"), Some(close)).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_that_the_program_found_is_deducted_and_what_holds_is_agreed_to() {
        let item = |code: &str, auto: &str| json!({ "code": code, "auto": auto, "deductions": [{ "code": "a" }] });
        let file = json!({
            "sheet": { "sections": [{ "items": [item("1", "recorded"), item("2", "two-officers"), item("3", "none")] }] },
            "found": [{ "check": "recorded", "finding": "fails" }, { "check": "two-officers", "finding": "holds" }],
        });
        let made = answers(&file);
        assert_eq!((&made[0]["deductions"][0]["code"], &made[0]["agrees"]), (&json!("a"), &json!(true)));
        assert_eq!((made[1].get("deductions"), &made[1]["agrees"]), (None, &json!(true)));
        assert_eq!((made[2].get("deductions"), made[2].get("agrees")), (None, None));
    }
}
