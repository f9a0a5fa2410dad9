//! What the district next door may do with file review, guides, case analysis and the use of powers.

use serde_json::{Value, json};

use crate::district_cases::Case::{self, Hides, Own, Refused, Shared};

/// Every operation of the quality of cases.
pub const QUALITY_CASES: &[(Case, &str)] = &[
    // How files are scored is no secret within the county.
    (Shared, "GET /api/v1/review-sheets"),
    (Refused, "POST /api/v1/review-sheets"),
    (Shared, "GET /api/v1/review-sheets/{id}"),
    (Refused, "POST /api/v1/review-sheets/{id}/actions/settle"),
    (Hides, "GET /api/v1/review-rounds"),
    (Refused, "POST /api/v1/review-rounds"),
    (Refused, "GET /api/v1/review-people"),
    (Refused, "GET /api/v1/review-rounds/{id}"),
    (Refused, "POST /api/v1/review-rounds/{id}/actions/draw"),
    (Refused, "GET /api/v1/review-rounds/{id}/replay"),
    (Refused, "POST /api/v1/review-rounds/{id}/actions/close"),
    (Refused, "GET /api/v1/review-rounds/{id}/officers/{person}"),
    // What the caller himself was given.
    (Own, "GET /api/v1/review-tasks"),
    (Refused, "GET /api/v1/review-files/{id}"),
    (Refused, "PUT /api/v1/review-files/{id}/score"),
    (Refused, "POST /api/v1/review-files/{id}/actions/appoint"),
    (Hides, "GET /api/v1/review-findings"),
    (Refused, "POST /api/v1/review-findings/{id}/actions/answer"),
    (Refused, "POST /api/v1/review-findings/{id}/actions/judge"),
    // How cases are handled well is for everybody who handles them.
    (Shared, "GET /api/v1/case-guides"),
    (Shared, "GET /api/v1/case-guides/{code}"),
    (Refused, "PUT /api/v1/case-guides/{code}"),
    (Shared, "GET /api/v1/model-cases"),
    (Refused, "POST /api/v1/model-cases"),
    (Refused, "POST /api/v1/model-cases/{id}/actions/settle"),
    (Refused, "GET /api/v1/cases/{id}/guidance"),
    (Hides, "GET /api/v1/power-use"),
    (Hides, "GET /api/v1/power-use/export"),
    (Hides, "GET /api/v1/best-handlers"),
    (Refused, "PUT /api/v1/quality-settings"),
    (Hides, "GET /api/v1/case-analysis"),
    (Hides, "GET /api/v1/case-analysis/cases"),
    (Hides, "GET /api/v1/case-analysis/export"),
    // What is noted for an announcement is of the county's own law.
    (Shared, "GET /api/v1/empowerment-drafts"),
    (Refused, "POST /api/v1/empowerment-drafts"),
    (Refused, "DELETE /api/v1/empowerment-drafts/{id}"),
];

/// A body that would be right; nothing where the operation is of another room.
pub fn body(template: &str, somebody: &str) -> Option<Value> {
    let item = json!({ "code": "1", "text": "x", "points": 1, "article": "第一条", "deductions": [{ "code": "a", "text": "x", "points": 1, "severity": "slight" }] });
    let body = json!({ "pass": 1, "sections": [{ "title": "x", "items": [item] }] });
    let plan = json!({ "from": "2026-10-01", "to": "2026-10-02", "files": 1 });
    Some(match template.trim_start_matches("/api/v1/") {
        "review-sheets" => json!({ "code": "x", "title": "x", "reason": "x", "body": body }),
        "review-sheets/{id}/actions/settle" => json!({ "seen": 1, "step": "publish" }),
        "review-rounds" => {
            json!({ "name": "x", "kind": "spot", "sheet": somebody, "plan": plan, "seed_source": "x", "draw_on": "2026-11-02" })
        }
        "review-rounds/{id}/actions/draw" => json!({ "seen": 1, "seed": "landmark", "reviewers": [somebody] }),
        "review-rounds/{id}/actions/close" => json!({ "seen": 1, "note": "x" }),
        "review-files/{id}/score" => json!({ "seen": 1, "answers": [] }),
        "review-files/{id}/actions/appoint" => json!({ "seat": 1, "person": somebody }),
        "review-findings/{id}/actions/answer" => json!({ "seen": 1, "answer": "corrected", "text": "x" }),
        "review-findings/{id}/actions/judge" => json!({ "seen": 1, "verdict": "confirm", "text": "x" }),
        "case-guides/{code}" => json!({ "seen": 0, "title": "x", "text": "x", "reason": "x" }),
        "model-cases" => json!({ "case": somebody, "level": "county", "title": "x", "summary": "x", "merits": "x" }),
        "model-cases/{id}/actions/settle" => json!({ "seen": 1, "step": "show" }),
        "quality-settings" => json!({ "concluded": 1, "reviewed": 1, "failed": 1, "overturned": 1 }),
        "empowerment-drafts" => json!({ "items": [{ "matter": "M001", "township": "330482901", "reasons": "x" }] }),
        _ => return None,
    })
}
