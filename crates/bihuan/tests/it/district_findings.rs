//! What the district next door may do with findings about vehicles and their rules.

use serde_json::{Value, json};

use crate::district_cases::Case::{self, Hides, Refused};

/// Every operation of findings about vehicles.
pub const FINDING_CASES: &[(Case, &str)] = &[
    (Hides, "GET /api/v1/findings"),
    (Hides, "GET /api/v1/findings/export"),
    (Refused, "GET /api/v1/findings/{id}"),
    (Refused, "GET /api/v1/findings/{id}/picture"),
    (Refused, "POST /api/v1/findings/{id}/actions/uphold"),
    (Refused, "POST /api/v1/findings/{id}/actions/dismiss"),
    // Vehicles drive everywhere: their rules are the county's.
    (Refused, "POST /api/v1/finding-replays"),
    (Refused, "GET /api/v1/finding-rules"),
    (Refused, "PUT /api/v1/finding-rules/draft"),
    (Refused, "POST /api/v1/finding-rules/actions/publish"),
    (Refused, "POST /api/v1/finding-rules/actions/try"),
];

/// A body that would be right.
pub fn body(template: &str) -> Option<Value> {
    let rest = template.strip_prefix("/api/v1/finding")?;
    Some(match rest {
        "-replays" => json!({ "vehicle": 1, "day": "2026-11-02" }),
        "-rules/draft" => {
            json!({ "rules": { "load_points": 3, "moving_kmh": 5.0, "stopped_kmh": 3.0, "night_from": 0, "night_until": 1, "rules": [] }, "note": "x" })
        }
        "-rules/actions/try" => json!({ "from": "2026-11-02", "to": "2026-11-02" }),
        "-rules/actions/publish" => json!({}),
        _ => json!({ "reason": "x" }),
    })
}
