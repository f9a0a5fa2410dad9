//! The map is public, cached, and says what it is.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use serde_json::json;

use crate::house::{collection, house, small_county};

#[tokio::test]
async fn anyone_may_draw_the_map() {
    let house = house().await;
    house.post("/api/v1/catalogue/imports/regions", collection(small_county())).await;
    let public = |path: &str| Request::get(path).body(Body::empty()).unwrap();
    let settings = house.send(None, public("/api/v1/map")).await.body;
    // To a millionth of a millimetre: how a reader of JSON rounds the last digit is its own affair.
    let bounds: Vec<f64> = settings["bounds"].as_array().unwrap().iter().filter_map(serde_json::Value::as_f64).collect();
    assert_eq!(bounds.len(), 4);
    assert!(bounds.iter().zip([121.0, 30.7, 121.02, 30.71]).all(|(got, wanted)| (got - wanted).abs() < 1e-9), "{bounds:?}");
    assert_eq!(
        (&settings["base"]["kind"], &settings["demo_only"], &settings["approval_number"]),
        (&json!("offline"), &json!(true), &json!(null))
    );

    let grids = house.send(None, public("/api/v1/map/regions.geojson?level=grid")).await;
    assert_eq!((grids.body["features"].as_array().unwrap().len(), grids.kind.as_str()), (2, "application/geo+json"));
    assert_eq!(grids.body["features"][0]["properties"]["level"], "grid");
    let tag = grids.etag.unwrap();
    let again =
        Request::get("/api/v1/map/regions.geojson?level=grid").header(header::IF_NONE_MATCH, format!("W/{tag}")).body(Body::empty());
    assert_eq!(house.send(None, again.unwrap()).await.status, StatusCode::NOT_MODIFIED);
    assert_eq!(house.send(None, public("/api/v1/map/regions.geojson?level=planet")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_offline_base_is_what_was_imported() {
    let house = house().await;
    let road = json!({"type": "Feature", "properties": {"name": "模拟朝晖路", "class": "street", "secret": "x"},
        "geometry": {"type": "LineString", "coordinates": [[121.0, 30.7], [121.01, 30.7]]}});
    let county = json!({"type": "Feature", "properties": {"name": "邻县", "level": "county"},
        "geometry": {"type": "MultiPolygon", "coordinates": [[[[120.0, 30.0], [121.0, 30.0], [121.0, 31.0], [120.0, 30.0]]]]}});
    assert_eq!(house.post("/api/v1/catalogue/imports/roads", collection(vec![road])).await.body["features"], 1);
    assert_eq!(house.post("/api/v1/catalogue/imports/background", collection(vec![county])).await.body["features"], 1);
    let base = house.send(None, Request::get("/api/v1/map/base.geojson").body(Body::empty()).unwrap()).await.body;
    assert_eq!(base["features"][0]["properties"]["layer"], "background");
    assert_eq!(base["features"][1]["properties"], json!({"name": "模拟朝晖路", "class": "street", "layer": "road"}));
    let wrong = json!({"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": [[999, 1], [1, 1]]}});
    assert_eq!(house.post("/api/v1/catalogue/imports/roads", collection(vec![wrong])).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}
