//! Stock-takes: found and missing are what was expected, and another person settles what differs.

use serde_json::{Value, json};

use crate::scene::Scene;

#[tokio::test]
async fn a_stock_take_balances_to_the_item_and_nobody_settles_his_own() {
    let scene = Scene::new().await;
    let case = scene.seized().await;
    let items = scene.listed(&case, 4).await;
    let other = scene.place("二号仓库", "store", None).await;
    for item in &items[..3] {
        scene.store(item, &scene.place).await;
    }
    scene.store(&items[3], &other).await;
    let mut codes = Vec::new();
    for item in &items {
        codes.push(scene.show(item).await["code"].as_str().unwrap().to_owned());
    }
    let take = scene.officer.post("/api/v1/property/stocktakes", json!({ "place": scene.place })).await.fine().text_of("id");
    scene.second.post("/api/v1/property/stocktakes", json!({ "place": scene.place })).await.refused(409, "stocktake-open");
    scene.stranger.get(&format!("/api/v1/property/stocktakes/{take}")).await.refused(404, "stocktake-not-found");
    let mut moved = scene.moving("moved", 1);
    moved["to_place"] = json!(other);
    scene.send(&scene.officer, &items[0], &moved).await.refused(409, "property-place-counting");

    let path = format!("/api/v1/property/stocktakes/{take}");
    let scan = async |code: &str| scene.officer.post(&format!("{path}/scans"), json!({ "code": code })).await;
    let result = |answer: &Value| answer["result"].as_str().unwrap_or_default().to_owned();
    assert_eq!(result(&scan(&codes[0].to_lowercase()).await.fine().body), "found");
    assert_eq!(result(&scan(&codes[0]).await.fine().body), "again");
    assert_eq!(result(&scan(&codes[3]).await.fine().body), "unexpected");
    let nobody = property::Code::of_number("20261102-999999").unwrap();
    assert_eq!(result(&scan(nobody.as_str()).await.fine().body), "unknown");
    let last = codes[1].pop().unwrap();
    let wrong = format!("{}{}", codes[1], if last == '0' { '1' } else { '0' });
    scan(&wrong).await.refused(422, "code-mistyped");
    codes[1].push(last);
    scan(&codes[1]).await.fine();
    let settle = async |by: &testkit::house::Client, code: &str, missing: bool| {
        by.post(&format!("{path}/lines/{code}/actions/settle"), json!({ "reason": "搬运时遗失，已报告", "missing": missing })).await
    };
    settle(&scene.second, &codes[2], true).await.refused(409, "stocktake-open-still");

    let report = scene.officer.post(&format!("{path}/actions/finish"), json!({})).await.fine().body.clone();
    let number = |name: &str| report[name].as_i64().unwrap();
    assert_eq!((number("expected"), number("found"), number("missing"), number("unexpected"), number("unsettled")), (3, 2, 1, 2, 3));
    assert_eq!(number("expected"), number("found") + number("missing"));
    settle(&scene.officer, &codes[2], true).await.refused(403, "difference-of-your-own");

    // Written off only after another person settled that it is missing.
    let mut lost = scene.moving("lost", 1);
    scene.send(&scene.officer, &items[2], &lost).await.refused(409, "loss-not-settled");
    settle(&scene.second, &codes[3], true).await.refused(422, "difference-not-missing");
    for (code, missing) in [(codes[2].as_str(), true), (codes[3].as_str(), false), (nobody.as_str(), false)] {
        settle(&scene.second, code, missing).await.fine();
    }
    let report = scene.officer.get(&path).await.fine().body.clone();
    assert_eq!((report["state"].as_str(), report["unsettled"].as_i64()), (Some("closed"), Some(0)));
    lost["document"] = json!("模拟报告");
    scene.send(&scene.officer, &items[2], &lost).await.fine();
    let balance = scene.balance(&scene.place).await;
    assert_eq!((balance["came"].as_i64(), balance["went"].as_i64(), balance["closing"].as_i64()), (Some(3), Some(1), Some(2)));
    assert_eq!(balance["balances"], true);
}

#[tokio::test]
async fn who_scanned_anything_settles_nothing_and_what_was_not_called_missing_is_not_written_off() {
    let scene = Scene::new().await;
    let case = scene.seized().await;
    let items = scene.listed(&case, 2).await;
    let mut codes = Vec::new();
    for item in &items {
        scene.store(item, &scene.place).await;
        codes.push(scene.show(item).await["code"].as_str().unwrap().to_owned());
    }
    let take = scene.officer.post("/api/v1/property/stocktakes", json!({ "place": scene.place })).await.fine().text_of("id");
    let path = format!("/api/v1/property/stocktakes/{take}");
    // The second officer scans the one thing that is there; the other one differs.
    scene.second.post(&format!("{path}/scans"), json!({ "code": codes[0] })).await.fine();
    scene.officer.post(&format!("{path}/actions/finish"), json!({})).await.fine();
    let settle = format!("{path}/lines/{}/actions/settle", codes[1]);
    scene.second.post(&settle, json!({ "reason": "x", "missing": true })).await.refused(403, "difference-of-your-own");
    scene.head.post(&settle, json!({ "reason": "标签脱落，已重新粘贴" })).await.fine();
    let mut lost = scene.moving("lost", 1);
    lost["document"] = json!("模拟报告");
    scene.send(&scene.officer, &items[1], &lost).await.refused(409, "loss-not-settled");
}
