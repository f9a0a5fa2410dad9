//! Importing components, listing them, finding the nearest.

use axum::http::StatusCode;
use kernel::position::Position;
use serde_json::{Value, json};

use crate::house::{administrator, caller, collection, house, small_county};

const IMPORT: &str = "/api/v1/catalogue/imports/components";

fn lamp(serial: u32, lon: f64, lat: f64) -> Value {
    json!({"type": "Feature", "geometry": {"type": "Point", "coordinates": [lon, lat]}, "properties": {
        "GLBJBSM": format!("33048201037{serial:06}"), "GLBJMC": "路灯", "ZGBMDM": "SIM000000000000001", "ZGBMMC": "模拟市政管理中心",
        "QSDWDM": "SIM000000000000001", "QSDWMC": "模拟市政管理中心", "YHDWDM": "SIM000000000000001", "YHDWMC": "",
        "SZDYWGBSM": "", "GLBJZT": "完好", "CSRQ": "20240501", "simulated": true,
    }})
}

#[tokio::test]
async fn every_row_is_imported_present_or_rejected() {
    let house = house().await;
    house.post("/api/v1/catalogue/imports/regions", collection(small_county())).await;
    let mut rows: Vec<Value> = (1..=60).map(|i| lamp(i, 121.0 + f64::from(i) * 0.0003, 30.705)).collect();
    rows.push(lamp(61, 120.0, 30.0));
    rows.push(lamp(1, 121.0, 30.705));
    let mut strange = lamp(62, 121.001, 30.705);
    strange["properties"]["GLBJBSM"] = json!("33048299999000001");
    rows.push(strange);
    let mut named = lamp(63, 121.001, 30.7051);
    named["properties"]["SZDYWGBSM"] = json!("330482901001002");
    rows.push(named);
    let first = house.post(IMPORT, collection(rows.clone())).await;
    assert_eq!(first.status, StatusCode::OK, "{}", first.body);
    let numbers = |body: &Value| ["rows", "imported", "present", "rejected", "regridded"].map(|k| body[k].as_u64().unwrap());
    assert_eq!(numbers(&first.body), [64, 61, 0, 3, 1]);
    assert_eq!(numbers(&house.post(IMPORT, collection(rows)).await.body), [64, 0, 61, 3, 1]);

    let page = house.get("/api/v1/components?class=01037").await.body;
    assert_eq!(page["items"].as_array().unwrap().len(), 50);
    assert_eq!(page["items"][0]["attributes"].as_object().unwrap().len(), 18);
    let next = house.get(&format!("/api/v1/components?class=01037&cursor={}", page["next_cursor"].as_str().unwrap())).await.body;
    assert_eq!(next["items"].as_array().unwrap().len(), 11);
    let near = house.get("/api/v1/components?lon=121.003&lat=30.705&radius_m=60").await.body;
    let codes: Vec<&str> = near["items"].as_array().unwrap().iter().map(|c| c["code"].as_str().unwrap()).collect();
    assert_eq!(codes.len(), 5, "{codes:?}");
    assert_eq!(codes[0], "33048201037000010");
    assert_eq!(near["items"][0]["distance_m"], 0.0);
    assert!(house.catalogue.nearest_components(Position::new(121.003, 30.705).unwrap(), 60.0, Some("03005")).is_empty());
    for wrong in ["lon=121", "lon=121&lat=99", "lon=121&lat=30&radius_m=0", "cursor=%25", "lon=NaN&lat=1", "q=a%00b"] {
        assert_eq!(house.get(&format!("/api/v1/components?{wrong}")).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }

    let stranger = axum::http::Request::get("/api/v1/components").body(axum::body::Body::empty()).unwrap();
    let seen = house.send(Some(caller(&["operator"], "330482902")), stranger).await.body;
    assert_eq!(seen["items"], json!([]));
}

#[tokio::test]
async fn a_table_is_as_good_as_geojson() {
    let house = house().await;
    house.post("/api/v1/catalogue/imports/regions", collection(small_county())).await;
    let csv = "\u{feff}GLBJBSM,GLBJMC,ZGBMDM,ZGBMMC,QSDWDM,QSDWMC,YHDWDM,GLBJZT,CSRQ,lon,lat\n\
        33048203005000001,垃圾箱,S1,模拟中心,S1,模拟中心,S1,破损,20240101,121.005,30.705\n\
        33048203005000002,垃圾箱,S1,模拟中心,S1,模拟中心,S1,坏了,20240101,121.005,30.705\n\
        33048203005000003,垃圾箱,S1,模拟中心,S1,模拟中心,S1,完好,20241301,121.005,30.705\n\
        33048203005000004,垃圾箱,S1,模拟中心,S1,模拟中心,S1,完好,20240101,east,30.705\n";
    let answer = house.post_as(administrator(), IMPORT, "text/csv; charset=utf-8", csv).await.body;
    assert_eq!((&answer["imported"], &answer["rejected"]), (&json!(1), &json!(3)));
    assert_eq!(answer["faults"].as_array().unwrap().iter().map(|f| f["row"].as_u64().unwrap()).collect::<Vec<_>>(), [2, 3, 4]);
    let answer = house.post_as(administrator(), IMPORT, "text/csv", "a,b\n1,2\n").await;
    assert_eq!((answer.status, answer.body["code"].as_str()), (StatusCode::UNPROCESSABLE_ENTITY, Some("csv-malformed")));
}
