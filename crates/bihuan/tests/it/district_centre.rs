//! What the district next door may do with the case-handling centre.

use serde_json::{Value, json};

use crate::district_cases::Case::{self, Hides, Own, Refused};

/// Every operation of the centre.
pub const CENTRE_CASES: &[(Case, &str)] = &[
    // Who speaks for the county alone sees and makes what is public in advance.
    (Refused, "GET /api/v1/disclosures"),
    (Refused, "POST /api/v1/disclosures"),
    (Refused, "POST /api/v1/disclosures/{id}/actions/{action}"),
    (Refused, "POST /api/v1/certificate-codes"),
    (Own, "GET /api/v1/public/disclosures"),
    (Own, "GET /api/v1/public/disclosures/{id}"),
    (Own, "GET /api/v1/public/certificates/{code}"),
    (Hides, "GET /api/v1/centre/board"),
    (Hides, "GET /api/v1/centre/rooms"),
    (Refused, "POST /api/v1/centre/rooms"),
    (Refused, "PUT /api/v1/centre/rooms/{id}"),
    (Hides, "GET /api/v1/centre/sessions"),
    (Refused, "POST /api/v1/centre/sessions"),
    (Refused, "GET /api/v1/centre/sessions/{id}"),
    (Refused, "POST /api/v1/centre/sessions/{id}/actions/{action}"),
    (Refused, "POST /api/v1/centre/sessions/{id}/reveal"),
    (Refused, "POST /api/v1/centre/sessions/{id}/recordings"),
    (Refused, "GET /api/v1/cases/{id}/centre"),
    (Hides, "GET /api/v1/centre/recordings"),
    (Refused, "POST /api/v1/centre/dock"),
    (Refused, "POST /api/v1/centre/recordings/{id}/actions/settle"),
    (Hides, "GET /api/v1/centre/volumes"),
    (Refused, "POST /api/v1/centre/volumes"),
    (Refused, "PUT /api/v1/centre/volumes/{id}"),
    (Refused, "POST /api/v1/centre/volumes/{id}/loans"),
    (Hides, "GET /api/v1/centre/loans"),
    (Refused, "POST /api/v1/centre/loans/{id}/actions/{action}"),
    (Hides, "GET /api/v1/centre/destructions"),
    (Refused, "POST /api/v1/centre/destructions"),
    (Refused, "POST /api/v1/centre/destructions/{id}/actions/{action}"),
    (Hides, "GET /api/v1/centre/devices"),
    (Refused, "POST /api/v1/centre/devices"),
    (Refused, "GET /api/v1/centre/devices/{id}"),
    (Refused, "POST /api/v1/centre/devices/{id}/actions/{action}"),
    (Hides, "GET /api/v1/centre/stocktakes"),
    (Refused, "POST /api/v1/centre/stocktakes"),
    (Refused, "GET /api/v1/centre/stocktakes/{id}"),
    (Refused, "POST /api/v1/centre/stocktakes/{id}/scans"),
    (Refused, "POST /api/v1/centre/stocktakes/{id}/actions/finish"),
    (Refused, "POST /api/v1/centre/stocktakes/{id}/lines/{code}/actions/settle"),
];

/// A body that would be right, by what comes behind `centre/` in the address.
pub fn body(template: &str, case: &str) -> Value {
    let nobody = "019a0000-0000-7000-8000-000000000000";
    let settings = json!({ "seats": 1, "weekdays": [1], "opens": "09:00", "closes": "10:00" });
    match template.split_once("centre/").map_or("", |(_, rest)| rest) {
        "rooms" => json!({ "jurisdiction": "330482901", "name": "x", "kind": "inquiry", "settings": settings }),
        "rooms/{id}" => json!({ "version": 1, "settings": settings }),
        "sessions" => json!({ "room": nobody, "case": case, "starts_at": "2099-01-01T01:00:00Z", "ends_at": "2099-01-01T02:00:00Z",
            "purpose": "inquiry", "role": "party", "officers": [] }),
        "sessions/{id}/actions/{action}" => json!({ "seen": 1 }),
        "sessions/{id}/reveal" => json!({ "reason": "x" }),
        "sessions/{id}/recordings" => json!({ "item": nobody }),
        "dock" => json!({ "files": [{ "serial": "x", "name": "x", "digest": "0".repeat(64), "starts_at": "2026-01-01T01:00:00Z",
            "ends_at": "2026-01-01T02:00:00Z" }] }),
        "volumes" => json!({ "case": case, "place": { "store": "x", "rack": "x", "box": "x" }, "volumes": 1 }),
        "volumes/{id}" => json!({ "store": "x", "rack": "x", "box": "x" }),
        "volumes/{id}/loans" => json!({ "form": "paper", "reason": "x", "days": 1 }),
        "destructions" => json!({ "volumes": [nobody], "reason": "x" }),
        "devices" => json!({ "jurisdiction": "330482901", "kind": "radio", "name": "x" }),
        "devices/{id}/actions/{action}" => json!({ "seen": 0 }),
        "stocktakes" => json!({ "subject": "devices" }),
        "stocktakes/{id}/scans" => json!({ "code": "ZB2611020000017" }),
        "stocktakes/{id}/lines/{code}/actions/settle" => json!({ "reason": "x" }),
        _ => json!({}),
    }
}
