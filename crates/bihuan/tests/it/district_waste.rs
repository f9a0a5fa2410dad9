//! What the district next door may do with construction waste.

use serde_json::{Value, json};

use std::collections::BTreeMap;

use reqwest::Method;

use crate::{
    district_cases::Case::{self, Hides, Refused},
    landmark,
    program::{Caller, Server},
};

/// Every operation of construction waste.
pub const WASTE_CASES: &[(Case, &str)] = &[
    (Hides, "GET /api/v1/waste/map"),
    // The address of the walk names no table; those that there are, `exports` below asks for.
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
    (Refused, "GET /api/v1/waste/drivers/{id}/reveals"),
    (Refused, "POST /api/v1/waste/papers"),
    (Refused, "POST /api/v1/waste/papers/{id}/actions/remove"),
    (Hides, "GET /api/v1/waste/permits"),
    (Refused, "POST /api/v1/waste/permits"),
    (Refused, "GET /api/v1/waste/permits/{id}"),
    (Refused, "POST /api/v1/waste/permits/{id}/actions/{action}"),
    (Refused, "GET /api/v1/waste/permits/{id}/print"),
];

async fn entered(caller: &Caller, path: &str, body: Value) -> String {
    let answer = caller.post(&format!("/api/v1/waste/{path}"), body).await;
    assert_eq!(answer.status, 201, "{path}: {}", answer.text);
    let id = answer.body["id"].as_str().or(answer.body["permit"]["id"].as_str());
    id.unwrap_or_else(|| panic!("{}", answer.text)).to_owned()
}

/// One of everything in the western township, under its mark; what the paths lead to, and what no answer to a stranger may hold.
pub async fn build(administrator: &Caller, server: &Server, ids: &mut BTreeMap<&'static str, String>) -> Vec<String> {
    let square = |west: f64| json!([[west, 30.703], [west + 0.002, 30.703], [west + 0.002, 30.705], [west, 30.705]]);
    let place = |kind: &str, name: &str, west: f64| {
        json!({ "kind": kind, "jurisdiction": "330482901",
        "facts": { "name": name, "area": square(west), "valid_from": "2026-01-01", "note": "界碑备注" } })
    };
    let site = entered(administrator, "places", place("site", "界碑工地", 121.002)).await;
    let sink = entered(administrator, "places", place("disposal", "界碑消纳场", 121.012)).await;
    entered(administrator, "places", place("black_spot", "界碑黑点", 121.008)).await;
    let carrier = json!({ "jurisdiction": "330482901", "credit_code": "91350100M000100Y43", "facts": { "name": "界碑运输公司" } });
    let carrier = entered(administrator, "carriers", carrier).await;
    let facts = json!({ "carrier": carrier, "rated_kg": 15_000, "box_litres": 12_000, "model": "界碑车型" });
    let vehicle = entered(administrator, "vehicles", json!({ "plate": "浙F99901", "colour": 2, "facts": facts })).await;
    let facts = json!({ "carrier": carrier, "licence_class": "A2", "licence_until": "2099-01-01" });
    let driver = entered(administrator, "drivers", json!({ "name": "界碑驾驶员", "facts": facts })).await;
    let paper = json!({ "owner_kind": "vehicle", "owner": vehicle, "kind": "insurance", "number": "界碑保单" });
    let paper = entered(administrator, "papers", paper).await;
    let officer = administrator.hire(server, "officer_root", "officer", &administrator.root().await).await;
    let today = chrono::Utc::now().date_naive();
    let content = json!({ "carrier": carrier, "disposals": [sink], "vehicles": [vehicle], "material": "soil",
        "corridor": [[121.003, 30.704], [121.013, 30.704]], "half_width_m": 50, "hours": [{ "from": "19:00", "until": "05:00" }],
        "volume_m3": 1, "valid_from": today, "valid_until": today + chrono::Duration::days(200) });
    let permit = entered(&officer, "permits", json!({ "site": site, "content": content })).await;
    let made =
        [("places", site), ("carriers", carrier), ("vehicles", vehicle), ("drivers", driver), ("papers", paper), ("permits", permit)];
    let marks = made.iter().map(|(_, id)| id.clone()).chain(["浙F99901".to_owned()]).collect();
    ids.extend(made.map(|(kind, id)| (landmark::waste(kind), id)));
    marks
}

/// An address of construction waste with what the west has of the kind that it names in the place of its `{id}`; any other as it is.
pub fn aimed(template: &str, ids: &BTreeMap<&'static str, String>) -> String {
    let Some(rest) = template.strip_prefix("/api/v1/waste/") else { return template.to_owned() };
    let kind = rest.split('/').next().unwrap_or_default();
    let id = ids.get(landmark::waste(kind)).map_or("019a0000-0000-7000-8000-000000000000", String::as_str);
    template.replace("{id}", id).replace("{action}", "review")
}

/// The four files of the register hold nothing of the west for those next door.
pub async fn exports(strangers: &[(&'static str, Caller)], marks: &[String]) {
    for (role, stranger) in strangers {
        for what in ["places", "carriers", "vehicles", "permits"] {
            let answer = stranger.try_send(Method::GET, &format!("/api/v1/waste/exports/{what}"), None, "text/csv").await.unwrap();
            let leaked = marks.iter().find(|mark| answer.text.contains(mark.as_str()));
            assert!(answer.status < 500 && leaked.is_none(), "{role}: {what} → {} {leaked:?}", answer.status);
        }
    }
}

/// A body that would be right, by what comes behind `waste/` in the address, about what is there in the west.
pub fn body(template: &str, ids: &BTreeMap<&'static str, String>) -> Value {
    let of = |kind: &str| ids.get(landmark::waste(kind)).cloned().unwrap_or_default();
    let (site, carrier, truck) = (of("places"), of("carriers"), of("vehicles"));
    let ring = json!([[121.0, 30.7], [121.002, 30.7], [121.002, 30.702]]);
    let place = json!({ "name": "x", "area": ring, "valid_from": "2026-01-01" });
    let vehicle = json!({ "carrier": carrier, "rated_kg": 15_000, "box_litres": 12_000 });
    let driver = json!({ "carrier": carrier, "licence_class": "A2", "licence_until": "2099-01-01" });
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
        "papers" => json!({ "owner_kind": "vehicle", "owner": truck, "kind": "insurance" }),
        "permits" => {
            json!({ "site": site, "content": { "carrier": carrier, "disposals": [site], "vehicles": [truck], "material": "soil",
            "corridor": [[121.0, 30.7], [121.01, 30.7]], "half_width_m": 50, "hours": [{ "from": "19:00", "until": "05:00" }],
            "volume_m3": 1, "valid_from": "2099-01-01", "valid_until": "2099-01-31" } })
        }
        _ => json!({}),
    }
}
