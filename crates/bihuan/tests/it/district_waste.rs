//! What the district next door may do with construction waste.

use serde_json::{Value, json};

use crate::district_cases::Case::{self, Hides, Refused};

/// Every operation of construction waste.
pub const WASTE_CASES: &[(Case, &str)] = &[
    (Hides, "GET /api/v1/waste/map"),
    // The address of the walk names no table.
    (Refused, "GET /api/v1/waste/exports/{what}"),
    (Hides, "GET /api/v1/waste/places"),
    (Refused, "POST /api/v1/waste/places"),
    (Refused, "GET /api/v1/waste/places/{id}"),
    (Refused, "PUT /api/v1/waste/places/{id}"),
    (Hides, "GET /api/v1/waste/carriers"),
    (Refused, "POST /api/v1/waste/carriers"),
    (Refused, "GET /api/v1/waste/carriers/{id}"),
    (Refused, "PUT /api/v1/waste/carriers/{id}"),
    (Hides, "GET /api/v1/waste/vehicles"),
    (Refused, "POST /api/v1/waste/vehicles"),
    (Refused, "GET /api/v1/waste/vehicles/{id}"),
    (Refused, "PUT /api/v1/waste/vehicles/{id}"),
    (Refused, "POST /api/v1/waste/vehicles/imports"),
    (Hides, "GET /api/v1/waste/drivers"),
    (Refused, "POST /api/v1/waste/drivers"),
    (Refused, "PUT /api/v1/waste/drivers/{id}"),
    (Refused, "POST /api/v1/waste/drivers/{id}/actions/reveal"),
    (Refused, "POST /api/v1/waste/papers"),
    (Refused, "POST /api/v1/waste/papers/{id}/actions/remove"),
    (Hides, "GET /api/v1/waste/permits"),
    (Refused, "POST /api/v1/waste/permits"),
    (Refused, "GET /api/v1/waste/permits/{id}"),
    (Refused, "POST /api/v1/waste/permits/{id}/actions/{action}"),
    (Refused, "GET /api/v1/waste/permits/{id}/print"),
];

/// A body that would be right, by what comes behind `waste/` in the address.
pub fn body(template: &str) -> Value {
    let nobody = "019a0000-0000-7000-8000-000000000000";
    let ring = json!([[121.0, 30.7], [121.002, 30.7], [121.002, 30.702]]);
    let place = json!({ "name": "x", "area": ring, "valid_from": "2026-01-01" });
    let vehicle = json!({ "carrier": nobody, "rated_kg": 15_000, "box_litres": 12_000 });
    let driver = json!({ "carrier": nobody, "licence_class": "A2", "licence_until": "2099-01-01" });
    match template.split_once("waste/").map_or("", |(_, rest)| rest) {
        "places" => json!({ "kind": "site", "jurisdiction": "330482901", "facts": place }),
        "places/{id}" => json!({ "version": 1, "jurisdiction": "330482901", "facts": place }),
        "carriers" => json!({ "jurisdiction": "330482901", "credit_code": "91350100M000100Y43", "facts": { "name": "x" } }),
        "carriers/{id}" => json!({ "version": 1, "facts": { "name": "x" } }),
        "vehicles" => json!({ "plate": "浙F00001", "colour": 2, "facts": vehicle }),
        "vehicles/{id}" => json!({ "version": 1, "facts": vehicle }),
        "drivers" => json!({ "name": "x", "facts": driver }),
        "drivers/{id}" => json!({ "version": 1, "facts": driver }),
        "drivers/{id}/actions/reveal" => json!({ "reason": "x" }),
        "papers" => json!({ "owner_kind": "vehicle", "owner": nobody, "kind": "insurance" }),
        "permits" => {
            json!({ "site": nobody, "content": { "carrier": nobody, "disposals": [nobody], "vehicles": [nobody], "material": "soil",
            "corridor": [[121.0, 30.7], [121.01, 30.7]], "half_width_m": 50, "hours": [{ "from": "19:00", "until": "05:00" }],
            "volume_m3": 1, "valid_from": "2099-01-01", "valid_until": "2099-01-31" } })
        }
        _ => json!({}),
    }
}
