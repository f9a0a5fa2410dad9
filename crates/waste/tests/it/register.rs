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
async fn an_old_day_is_judged_by_what_was_in_use_and_in_force_on_it() {
    let scene = Scene::new().await;
    let id = scene.granted().await;
    let day = "2026-11-02".parse().unwrap();
    let seen = Register::stamp(&scene.waste).await.unwrap();
    // Granted at nine, changed at eleven: on that day both versions were in force.
    scene.house.clock.advance(chrono::TimeDelta::hours(2));
    let mut wider = scene.content();
    wider["half_width_m"] = json!(80);
    scene.act(&scene.officer, &id, "change", json!({ "content": wider })).await.fine();
    scene.act(&scene.second, &id, "review", json!({ "text": "同意变更" })).await.fine();
    scene.act(&scene.head, &id, "grant", json!({})).await.fine();
    assert_ne!(Register::stamp(&scene.waste).await.unwrap(), seen);
    let both = Register::of_day(&scene.waste, day).await.unwrap();
    assert_eq!(both.permits.iter().map(|it| it.version).collect::<Vec<_>>(), [1, 2]);
    assert!(both.vehicles.iter().all(|it| it.permits.len() == 2 && it.track.is_none()));
    // A vehicle and a disposal site that went out of use the day after were in use on that day.
    scene.house.clock.set("2026-11-03T02:00:00Z".parse().unwrap());
    let facts = json!({ "carrier": scene.carrier, "rated_kg": 15_000, "box_litres": 12_000, "closed": true });
    let path = format!("/api/v1/waste/vehicles/{}", scene.vehicles[0]);
    scene.officer.put(&path, json!({ "version": 1, "facts": facts })).await.fine();
    let facts = json!({ "name": "模拟消纳场", "area": square(121.03, 30.706), "valid_from": "2026-01-01", "closed": true });
    let change = json!({ "version": 1, "jurisdiction": "330482", "facts": facts });
    scene.officer.put(&format!("/api/v1/waste/places/{}", scene.sink), change).await.fine();
    scene.house.clock.set("2026-11-05T02:00:00Z".parse().unwrap());
    let (then, now) =
        (Register::of_day(&scene.waste, day).await.unwrap(), Register::at(&scene.waste, scene.house.clock.now()).await.unwrap());
    assert_eq!((then.vehicles.len(), then.grounds.len()), (2, 2));
    assert_eq!((now.vehicles.len(), now.grounds.len()), (1, 1));
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
    let looks = scene.head.get(&format!("/api/v1/waste/drivers/{}/reveals", driver.text_of("id"))).await;
    assert_eq!(looks.fine().items()[0]["reason"], "核对驾驶员身份");
    // What was entered wrongly is put right, and who drives no more stays in the file, and in no list.
    let facts = json!({ "carrier": scene.carrier, "licence_class": "A2", "licence_until": "2026-11-20", "closed": true });
    let change = json!({ "version": 1, "person": { "name": "测试驾驶员乙" }, "facts": facts });
    let path = format!("/api/v1/waste/drivers/{}", driver.text_of("id"));
    assert_eq!(scene.officer.put(&path, change).await.fine().body["closed"], true);
    assert!(scene.officer.get("/api/v1/waste/drivers").await.items().is_empty());
    assert_eq!(scene.officer.get("/api/v1/waste/drivers?closed=true").await.items().len(), 1);
    let file = scene.officer.get(&format!("/api/v1/waste/carriers/{}", scene.carrier)).await;
    assert_eq!(file.fine().body["drivers"][0]["closed"], true);
    let right = scene.head.post(&reveal, json!({ "reason": "核对更正" })).await;
    assert_eq!((&right.fine().body["name"], &right.body["telephone"]), (&json!("测试驾驶员乙"), &json!("13900000002")));
    let paper = json!({ "owner_kind": "driver", "owner": driver.text_of("id"), "kind": "driving_licence" });
    scene.officer.post("/api/v1/waste/papers", paper).await.refused(422, "field-invalid");
    let kept: i64 = sqlx::query_scalar("select count(*) from waste_reveal").fetch_one(&scene.house.test.owner_pool).await.unwrap();
    assert_eq!(kept, 2);
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
    assert!(out.text.contains("浙F00001,黄色,模拟渣土运输公司,15500,12000,,13900000041,在用"), "{}", out.text);
    assert!(
        out.text.contains("浙F00002,黄色,模拟渣土运输公司,15000,12000,,,在用"),
        "a terminal that nobody entered is not its own: {}",
        out.text
    );
    // A list neither brings back what is out of use nor moves a vehicle to another carrier.
    let path = format!("/api/v1/waste/vehicles/{}", scene.vehicles[1]);
    let facts = json!({ "carrier": scene.carrier, "rated_kg": 15_000, "box_litres": 12_000, "closed": true });
    scene.officer.put(&path, json!({ "version": 1, "facts": facts })).await.fine();
    let other = json!({ "jurisdiction": "330482", "credit_code": "91330482MA2B0C1D3G", "facts": { "name": "模拟别家运输公司" } });
    let other = scene.officer.post("/api/v1/waste/carriers", other).await.fine().body["credit_code"].as_str().unwrap().to_owned();
    let back = file.replace("浙F00003,黄牌,91350100M000100Y43", &format!("浙F00003,黄牌,{other}"));
    let again = import(back.into_bytes()).await;
    assert_eq!((&again.fine().body["changed"], &again.body["present"]), (&json!(0), &json!(1)), "{}", again.text);
    assert!(again.text.contains("已经停用") && again.text.contains("另一家企业"), "{}", again.text);
    assert_eq!(scene.rival.get("/api/v1/waste/exports/vehicles").await.fine().text.lines().count(), 1);
    for what in ["places", "carriers", "permits"] {
        scene.head.get(&format!("/api/v1/waste/exports/{what}")).await.fine();
    }
}
