//! The chain of an item of a case: entered, stored, lent, given back; and what may not be done.

use chrono::TimeDelta;
use kernel::clock::Clock;
use serde_json::json;

use crate::scene::Scene;

#[tokio::test]
async fn an_item_is_held_as_long_as_its_case_says_and_every_hand_is_known() {
    let scene = Scene::new().await;
    let bare = scene.case().await;
    let list = json!({ "items": [Scene::thing("模拟遮阳棚")] });
    let early = scene.officer.post(&format!("/api/v1/cases/{bare}/property"), list.clone()).await;
    early.refused(409, "measure-not-taken");
    assert_eq!(early.body["citation"], "行政强制法第二十二条、第二十五条");

    let case = scene.seized().await;
    let due = scene.head.get("/api/v1/property/due").await.fine().items();
    assert!(due.iter().any(|it| it["kind"] == "list" && it["case_id"] == case.as_str()), "a seizure without a list: {due:?}");
    scene.stranger.post(&format!("/api/v1/cases/{case}/property"), list).await.refused(404, "case-not-found");
    let item = &scene.listed(&case, 1).await[0];
    scene.stranger.get(&format!("/api/v1/property/items/{item}")).await.refused(404, "property-not-found");

    // Two different people, of whom one notes it.
    let mut alone = scene.moving("in", 0);
    alone["receiver"] = alone["hander"].clone();
    alone["to_place"] = json!(scene.place);
    scene.send(&scene.officer, item, &alone).await.refused(422, "property-people");
    let mut others = scene.moving("in", 0);
    others["to_place"] = json!(scene.place);
    scene.send(&scene.head, item, &others).await.refused(403, "movement-not-yours");
    scene.store(item, &scene.place).await;
    let page = scene.show(item).await;
    assert_eq!(
        (page["state"].as_str(), page["place_name"].as_str(), page["hold"]["state"].as_str()),
        (Some("stored"), Some("一号仓库"), Some("standing"))
    );
    let offer = |kind: &str| page["offers"].as_array().unwrap().iter().find(|it| it["kind"] == kind).unwrap().clone();
    assert_eq!((offer("destroyed")["allowed"].as_bool(), offer("lent")["allowed"].as_bool()), (Some(false), Some(true)));

    // Neither destroyed nor given back before the case decides; lent only for a definite time.
    let mut destroyed = scene.moving("destroyed", 1);
    destroyed["document"] = json!("模拟〔2026〕1号");
    let refused = scene.send(&scene.officer, item, &destroyed).await;
    refused.refused(409, "goods-not-forfeited");
    assert!(
        refused.body["citation"].as_str().unwrap().contains("行政强制法第二十六条") && refused.body["cure"].is_string(),
        "{}",
        refused.text
    );
    let back = json!({ "kind": "returned", "seen": 1, "hander": scene.ids[0], "reason": "退还", "fetcher": { "name": "测试当事人甲", "proof": "身份证" } });
    scene.send(&scene.officer, item, &back).await.refused(409, "release-not-decided");
    let lent = json!({ "kind": "lent", "seen": 1, "hander": scene.ids[0], "receiver_words": "模拟检测所", "reason": "检测" });
    scene.send(&scene.officer, item, &lent).await.refused(422, "appraisal-period");
    let mut definite = lent.clone();
    definite["until"] = json!("2026-11-10");
    scene.send(&scene.officer, item, &definite).await.fine();
    scene.house.clock.set(scene.house.clock.now() + TimeDelta::days(6));
    let mut home = json!({ "kind": "back", "seen": 2, "hander_words": "模拟检测所", "receiver": scene.ids[0], "reason": "检测完毕" });
    home["to_place"] = json!(scene.place);
    scene.send(&scene.officer, item, &home).await.fine();
    let page = scene.show(item).await;
    assert_eq!(page["appraisal_days"], 6);
    assert!(page["due_without_appraisal"].as_str() > page["hold"]["due_at"].as_str(), "{page}");

    // Past its period it must be let go at once: it stands at the top, and nothing but giving it back helps.
    scene.house.clock.set(scene.house.clock.now() + TimeDelta::days(40));
    scene.house.cases.end_periods().await.unwrap();
    let due = scene.head.get("/api/v1/property/due").await.fine().items();
    assert_eq!(
        (due[0]["kind"].as_str(), due[0]["light"].as_str(), due[0]["item_id"].as_str()),
        (Some("release"), Some("red"), Some(item.as_str()))
    );
    scene.send(&scene.officer, item, &lent).await.refused(409, "property-moved");
    let mut again = definite.clone();
    again["seen"] = json!(3);
    scene.send(&scene.officer, item, &again).await.refused(409, "holding-over");

    // The case deals with it; the panel says that the thing is still kept.
    scene.step(&scene.officer, &case, "settle-seizure", json!({ "note": "解除扣押" })).await.fine();
    let panel = scene.officer.get(&format!("/api/v1/cases/{case}/property")).await.fine().body.clone();
    assert!(panel["warnings"][0].as_str().unwrap().contains("仍有 1 件"), "{panel}");
    let mut gone = back.clone();
    gone["seen"] = json!(3);
    scene.send(&scene.officer, item, &gone).await.fine();
    let page = scene.show(item).await;
    assert_eq!((page["state"].as_str(), page["movements"].as_array().map(Vec::len)), (Some("returned"), Some(4)));
    assert!(!page.to_string().contains("测试当事人甲"), "who fetched it is in the vault");
    let shown = scene.head.post(&format!("/api/v1/property/items/{item}/movements/4/actions/reveal"), json!({ "reason": "核对" })).await;
    assert_eq!(shown.fine().text_of("name"), "测试当事人甲");
    assert_eq!(scene.house.count("select count(*) from property_reveal").await, 1);
    assert_eq!(scene.house.count("select count(*) from ledger_entry where action like 'property-%'").await, 5);
    assert_eq!(scene.house.count("select count(*) from ledger_entry where payload like '%测试当事人甲%'").await, 0);
    let empty = scene.officer.get(&format!("/api/v1/cases/{case}/property")).await.fine().body["warnings"].as_array().map(Vec::len);
    assert_eq!(empty, Some(0));
}

#[tokio::test]
async fn of_two_who_move_an_item_at_once_one_wins_and_the_other_hears_why() {
    let scene = Scene::new().await;
    let other = scene.place("二号仓库", "store", None).await;
    let case = scene.seized().await;
    let items = scene.listed(&case, 4).await;
    for item in &items {
        let mut first = scene.moving("in", 0);
        first["to_place"] = json!(scene.place);
        let mut second = scene.moving("in", 0);
        second["to_place"] = json!(other);
        let (one, two) = tokio::join!(scene.send(&scene.officer, item, &first), scene.send(&scene.second, item, &second));
        let (won, lost) = if one.status.is_success() { (one, two) } else { (two, one) };
        won.fine();
        lost.refused(409, "property-moved");
    }
    let (here, there) = (scene.balance(&scene.place).await, scene.balance(&other).await);
    assert_eq!(here["closing"].as_i64().unwrap() + there["closing"].as_i64().unwrap(), 4);
    assert!(here["balances"] == true && there["balances"] == true, "{here} {there}");
    // A line of the chain is not changed by the program itself.
    let changed = sqlx::query("update property_movement set reason = 'x'").execute(scene.house.test.database.pool()).await;
    assert!(changed.is_err());
}
