//! The register: what is entered is looked at, found again, taken in from files and taken out; and what holds at an instant.

use axum::{
    body::Body,
    http::{Method, Request},
};
use kernel::clock::Clock;
use serde_json::json;
use waste::{PlaceKind, Register};

use crate::scene::{Scene, square};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_register_at_an_instant_has_vehicles_with_terminal_and_permit() {
    let scene = Scene::new().await;
    scene.granted().await;
    scene.place("black_spot", "模拟桥下", square(121.01, 30.703)).await.fine();
    let register = Register::at(&scene.waste, scene.house.clock.now()).await.unwrap();
    assert!(!register.cut);
    let first = register.vehicles.iter().find(|it| it.plate == "浙F00001").unwrap();
    let other = register.vehicles.iter().find(|it| it.plate == "浙F00002").unwrap();
    assert_eq!((first.track, other.track, first.rated_kg), (Some(41), None, 15_000));
    let permit = &register.permits[first.permits[0]];
    assert_eq!((permit.number.as_str(), permit.corridor.len()), ("模综执建垃准字〔2026〕第1号", 3));
    assert_eq!(register.ground(permit.site).unwrap().kind, PlaceKind::Site);
    assert!(register.ground(permit.site).unwrap().gates[0].wash_bay);
    assert!(register.ground(permit.disposals[0]).unwrap().kind.receives());
    assert!(register.grounds.iter().any(|it| it.kind == PlaceKind::BlackSpot));
    // Monday at nine in the morning: not in its windows. At eight in the evening it is.
    assert!(!permit.open_at(register.at) && permit.open_at("2026-11-02T12:00:00Z".parse().unwrap()));
    // Before anything was granted nothing was in force.
    let before = Register::at(&scene.waste, "2026-11-01T00:00:00Z".parse().unwrap()).await.unwrap();
    assert!(before.permits.is_empty() && before.vehicles.iter().all(|it| it.permits.is_empty()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_entered_is_looked_at_and_has_a_history() {
    let scene = Scene::new().await;
    let bow = json!([[121.0, 30.7], [121.002, 30.702], [121.002, 30.7], [121.0, 30.702]]);
    scene.place("site", "交叉工地", bow).await.refused(422, "field-invalid");
    scene.place("site", "模拟一号工地", square(121.001, 30.701)).await.refused(409, "waste-place-known");
    scene.place("site", "远门工地", square(121.2, 30.701)).await.refused(422, "field-invalid");
    scene.vehicle("浙F00001").await.refused(409, "waste-vehicle-known");
    let out = json!({ "kind": "site", "jurisdiction": "330483",
        "facts": { "name": "邻县工地", "area": square(121.001, 30.701), "valid_from": "2026-01-01" } });
    scene.officer.post("/api/v1/waste/places", out).await.refused(403, "scope-exceeded");
    scene.stranger.get(&format!("/api/v1/waste/places/{}", scene.site)).await.refused(404, "waste-place-not-found");
    // Another version than was seen is not written over.
    let path = format!("/api/v1/waste/vehicles/{}", scene.vehicles[0]);
    let facts = json!({ "carrier": scene.carrier, "rated_kg": 16_000, "box_litres": 12_000, "closed": true });
    scene.officer.put(&path, json!({ "version": 1, "facts": facts })).await.fine();
    scene.officer.put(&path, json!({ "version": 1, "facts": facts })).await.refused(412, "version-conflict");
    assert_eq!(scene.officer.get("/api/v1/waste/vehicles?q=浙F").await.items().len(), 1, "out of use is not listed");
    scene.apply(&scene.officer).await.refused(422, "field-invalid");
    let whole = scene.officer.get(&path).await;
    assert_eq!(whole.fine().body["vehicle"]["terminal"]["track"], 41);
    let history = scene.house.signed_in("administrator01").await.get("/api/v1/settings-history").await;
    assert!(history.fine().text.contains("waste-vehicle-changed"), "{}", history.text);
    // Who drives is in the vault.
    let driver = json!({ "name": "测试驾驶员甲", "telephone": "13900000002",
        "facts": { "carrier": scene.carrier, "licence_class": "a2", "licence_until": "2026-11-20" } });
    let driver = scene.officer.post("/api/v1/waste/drivers", driver).await;
    assert_eq!((&driver.fine().body["name"], &driver.body["soon"]), (&json!("测*****"), &json!(true)));
    let reveal = format!("/api/v1/waste/drivers/{}/actions/reveal", driver.text_of("id"));
    scene.officer.post(&reveal, json!({ "reason": " " })).await.refused(422, "field-required");
    scene.enterprise.post(&reveal, json!({ "reason": "x" })).await.refused(403, "forbidden");
    assert_eq!(scene.head.post(&reveal, json!({ "reason": "核对驾驶员身份" })).await.fine().body["name"], "测试驾驶员甲");
    let kept: i64 = sqlx::query_scalar("select count(*) from waste_reveal").fetch_one(&scene.house.test.owner_pool).await.unwrap();
    assert_eq!(kept, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn vehicles_come_out_of_a_file_row_by_row_and_go_out_as_one() {
    let scene = Scene::new().await;
    let file = "\u{feff}车牌号,车牌颜色,企业统一社会信用代码,核定载质量（千克）,车厢容积（升）,车型\n\
        浙F00003,黄牌,91350100M000100Y43,15500,13000,模拟重型自卸车\n\
        浙F00001,2,91350100M000100Y43,15500,12000,\n\
        浙F00002,2,91350100M000100Y43,15000,12000,\n\
        浙F00004,蓝色,91350100M000100Y44,15500,13000,\n\
        浙F00003,黄色,91350100M000100Y43,15500,13000,\n\
        浙F00005,黄色,91350100M000100Y43,很重,13000,\n";
    let import = async |bytes: Vec<u8>| {
        let request = Request::builder().method(Method::POST).uri("/api/v1/waste/vehicles/imports").header("content-type", "text/csv");
        scene.officer.send(request.body(Body::from(bytes)).unwrap()).await
    };
    let done = import(file.as_bytes().to_vec()).await;
    assert_eq!(
        (&done.fine().body["added"], &done.body["changed"], &done.body["present"]),
        (&json!(1), &json!(1), &json!(1)),
        "{}",
        done.text
    );
    let faults: Vec<i64> = done.body["faults"].as_array().unwrap().iter().map(|it| it["row"].as_i64().unwrap()).collect();
    assert_eq!(faults, [5, 6, 7]);
    assert_eq!(import(file.as_bytes().to_vec()).await.fine().body["present"], 3, "a second time nothing changes");
    import(b"plate\n".to_vec()).await.refused(422, "import-unreadable");
    let out = scene.officer.get("/api/v1/waste/exports/vehicles").await;
    assert_eq!(out.fine().text.lines().count(), 4);
    assert!(out.text.contains("浙F00001,黄色,模拟渣土运输公司,15500,12000,,13900000001,在用"), "{}", out.text);
    assert_eq!(scene.rival.get("/api/v1/waste/exports/vehicles").await.fine().text.lines().count(), 1);
    for what in ["places", "carriers", "permits"] {
        scene.head.get(&format!("/api/v1/waste/exports/{what}")).await.fine();
    }
}
