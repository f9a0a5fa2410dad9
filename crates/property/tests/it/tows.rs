//! Towed vehicles: in with pictures, found by who knows two things, out with a proof.

use serde_json::json;

use crate::scene::Scene;

#[tokio::test]
async fn a_towed_vehicle_is_found_by_plate_and_proof_alone_and_costs_nothing() {
    let scene = Scene::new().await;
    let yard = scene.place("一号停车场", "yard", Some(10)).await;
    let mut photos = Vec::new();
    for _ in 0..4 {
        photos.push(scene.house.photo().await);
    }
    let vehicle = json!({ "plate": "浙F·t1234", "vin_end": "ab1234", "name": "小型轿车", "condition": "右前门旧划痕", "towed_at": "2026-11-02T00:30:00Z",
        "towed_from": "长街12号门前人行道", "reason": "妨碍行人通行，驾驶人不在现场", "place": yard, "brought_by": "模拟拖车公司", "photos": photos });
    let mut blind = vehicle.clone();
    blind["photos"] = json!(photos[..3]);
    scene.officer.post("/api/v1/property/tows", blind).await.refused(422, "tow-photos");
    scene.stranger.post("/api/v1/property/tows", vehicle.clone()).await.refused(404, "property-place-not-found");
    let item = scene.officer.post("/api/v1/property/tows", vehicle.clone()).await.fine().text_of("id");
    scene.officer.post("/api/v1/property/tows", vehicle).await.refused(409, "tow-known");
    let rows = scene.officer.get("/api/v1/property/items?q=T1234&measure=towing").await.fine().items();
    assert_eq!((rows.len(), rows[0]["plate"].as_str()), (1, Some("浙FT1234")));
    assert!(scene.stranger.get("/api/v1/property/items").await.fine().items().is_empty());
    scene.officer.get(&format!("/api/v1/files/{}", photos[0])).await.fine();
    assert_eq!(scene.stranger.get(&format!("/api/v1/files/{}", photos[0])).await.status.as_u16(), 404);

    let visitor = scene.house.visitor();
    let look =
        async |plate: &str, end: &str| visitor.post("/api/v1/public/towed-vehicles", json!({ "plate": plate, "vin_end": end })).await;
    let found = look("浙f t1234", "AB1234").await;
    assert_eq!(found.fine().text_of("place"), "一号停车场");
    assert!(found.text.contains("不收取任何费用"));
    let (wrong, unknown) = (look("浙FT1234", "AB1235").await, look("浙FT9999", "AB1234").await);
    wrong.refused(404, "towed-vehicle-not-found");
    assert_eq!(wrong.body["detail"], unknown.body["detail"], "the answers tell nothing apart");
    let mut tries = 0;
    while look("浙FT1234", "000000").await.status.as_u16() == 404 {
        tries += 1;
        assert!(tries < 30, "digits can be tried without end");
    }
    look("浙FT1234", "AB1234").await.refused(429, "too-many-requests");

    // The driver is told; the vehicle is no seized thing.
    let due = scene.officer.get("/api/v1/property/due").await.fine().items();
    assert!(due.iter().any(|it| it["kind"] == "tell" && it["item_id"] == item.as_str()), "{due:?}");
    scene.officer.post(&format!("/api/v1/property/items/{item}/actions/tell"), json!({ "how": "短信，现场张贴" })).await.fine();
    scene.officer.post(&format!("/api/v1/property/items/{item}/actions/tell"), json!({ "how": "短信" })).await.refused(409, "tow-told");
    let sold = json!({ "kind": "sold", "seen": 1, "hander": scene.ids[0], "receiver_words": "拍卖行", "reason": "x", "amount_fen": 1, "document": "x" });
    scene.send(&scene.officer, &item, &sold).await.refused(409, "towed-only");
    let out = json!({ "kind": "returned", "seen": 1, "hander": scene.ids[0], "reason": "驾驶人取回",
        "fetcher": { "name": "测试车主乙", "telephone": "13900000002", "proof": "行驶证、身份证" } });
    scene.send(&scene.officer, &item, &out).await.fine();
    let page = scene.show(&item).await;
    assert_eq!((page["state"].as_str(), page["movements"][1]["proof"].as_str()), (Some("returned"), Some("行驶证、身份证")));
    assert!(!page.to_string().contains("测试车主乙") && !page.to_string().contains("13900000002"));
    scene
        .stranger
        .post(&format!("/api/v1/property/items/{item}/movements/2/actions/reveal"), json!({ "reason": "x" }))
        .await
        .refused(404, "property-not-found");
    assert_eq!(
        scene
            .house
            .count("select count(*) from property_movement where receiver_words like '%测试车主乙%' or reason like '%13900000002%'")
            .await,
        0
    );
}
