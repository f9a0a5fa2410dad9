//! The decision with what goes with it (三书同达), before it is served: drafted, filled where the case knows nothing, issued together.

use anyhow::Result;
use reqwest::Method;
use serde_json::{Value, json};

use super::super::Stage;
use crate::client::Seat;

impl Stage<'_> {
    /// Drafts and issues the three documents of a case. Without fonts on the server nothing is issued; the case goes on all the same.
    pub(super) async fn issue_papers(&self, seat: &Seat, case: &str, decision: &str, acted_on: &str) -> Result<()> {
        let path = format!("/api/v1/dockets/{case}/documents/actions");
        let of = json!({ "decision": decision });
        let drafted = self.server.call(seat, Method::POST, &format!("{path}/draft-together"), None, Some(&of)).await?;
        for document in drafted["items"].as_array().into_iter().flatten() {
            if document["state"] != "draft" {
                continue;
            }
            let one = format!("/api/v1/documents/{}", document["id"].as_str().unwrap_or_default());
            let shown = self.server.call(seat, Method::GET, &one, None, None).await?;
            let data = filled(shown["data"].clone(), acted_on);
            self.server.call(seat, Method::PUT, &one, document["version"].as_i64(), Some(&json!({ "data": data }))).await?;
        }
        self.server.call(seat, Method::POST, &format!("{path}/issue-together"), None, Some(&of)).await?;
        Ok(())
    }
}

/// What an officer writes by hand: where the party lives, what proves the fact, how it was told.
fn filled(mut data: Value, acted_on: &str) -> Value {
    let mut blank = |name: &str, value: Value| {
        if let Some(field) = data.get_mut(name).filter(|field| **field == json!([]) || **field == json!("") || field.is_null()) {
            *field = value;
        }
    };
    blank("evidence", json!([{ "name": "现场检查（勘验）笔录、现场照片", "proves": "违法行为的时间、地点和状况" }]));
    blank("course", json!(["本机关依法告知当事人拟作出行政处罚的内容、事实、理由、依据以及陈述、申辩的权利，当事人没有提出陈述、申辩。"]));
    blank("defence", json!("当事人表示没有异议。"));
    blank("collected", json!("一百元以下罚款当场收缴"));
    blank("done_at", json!(format!("{acted_on}T09:00:00")));
    if let Some(address) = data.get_mut("party").and_then(|party| party.get_mut("address")).filter(|it| **it == json!("")) {
        *address = json!("模拟路8号");
    }
    data
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_blank_is_written() {
        let data = filled(json!({ "party": { "address": "" }, "evidence": [], "course": ["已告知"] }), "2026-11-02");
        assert_eq!((&data["party"]["address"], &data["course"][0]), (&json!("模拟路8号"), &json!("已告知")));
        assert_eq!(data["evidence"].as_array().map(Vec::len), Some(1));
    }
}
