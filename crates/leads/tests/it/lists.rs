//! Search, queues and paging.

use std::collections::HashSet;

use chrono::Duration;
use serde_json::json;
use testkit::house::{in_the_east, in_the_west};

use crate::scene::Scene;

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[tokio::test]
async fn words_of_two_characters_find() {
    let scene = Scene::set().await;
    for (description, address) in
        [("和平路口路灯不亮", "和平路 12 号"), ("公园里井盖缺失", "人民公园"), ("夜市油烟扰民 KFC 门口", "解放街")]
    {
        scene.citizen.post("/api/v1/public/reports", json!({ "description": description, "address": address })).await.fine();
        scene.house.clock.advance(Duration::days(40));
    }
    let find = async |words: &str| -> Vec<String> {
        let answer = scene.operator.get(&format!("/api/v1/leads?q={}", encoded(words))).await;
        answer.items().iter().map(|row| row["title"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(find("井盖").await, ["公园里井盖缺失"]);
    assert_eq!(find("路灯").await, ["和平路口路灯不亮"]);
    assert_eq!(find("解放街").await, ["夜市油烟扰民 KFC 门口"], "the address too");
    assert_eq!(find("油烟 门口").await.len(), 1, "all words");
    assert_eq!(find("油烟 井盖").await.len(), 0);
    assert_eq!(find("盖井").await.len(), 0, "in their order");
    assert_eq!(find("kfc").await.len(), 1);
    assert_eq!(find("20261102-000001").await.len(), 1, "by number");
    for short in ["井", "a", "。", "%", "__"] {
        let answer = scene.operator.get(&format!("/api/v1/leads?q={}", encoded(short))).await;
        assert!(answer.status == 422 || answer.items().is_empty(), "{short}: {}", answer.text);
    }
}

#[tokio::test]
async fn words_are_found_as_they_stand_beside_each_other() {
    let scene = Scene::set().await;
    scene.reported().await;
    let found = async |words: &str| scene.operator.get(&format!("/api/v1/leads?q={}", encoded(words))).await.items().len();
    // The report says 和平路口人行道上堆着建筑垃圾.
    assert_eq!((found("和平路口").await, found("平路口人行").await, found("和平 垃圾").await), (1, 1, 1));
    assert_eq!((found("人行和平").await, found("和平垃圾").await), (0, 0));
}

#[tokio::test]
async fn words_are_found_within_a_place_also_after_it_was_corrected() {
    let scene = Scene::set().await;
    let (id, _) = scene.reported().await;
    let grid = async || scene.lead(&id).await["place"]["grid_code"].as_str().unwrap().to_owned();
    let words = scene.lead(&id).await["title"].as_str().unwrap().chars().take(2).collect::<String>();
    let found = async |place: &str| scene.operator.get(&format!("/api/v1/leads?q={}&region={place}", encoded(&words))).await.items().len();
    let before = grid().await;
    for digits in [6, 9, 12, 15] {
        assert_eq!(found(&before[..digits]).await, 1, "{digits} digits");
    }
    let elsewhere = in_the_east();
    scene.operator.act(&id, "correct", json!({ "position": elsewhere, "reason": "按来电" })).await.fine();
    let after = grid().await;
    assert_ne!(before, after);
    assert_eq!((found(&before).await, found(&after).await), (0, 1));
}

#[tokio::test]
async fn words_are_found_within_a_class_and_a_source_also_after_the_class_was_corrected() {
    let scene = Scene::set().await;
    let (id, _) = scene.reported().await;
    let words = scene.lead(&id).await["title"].as_str().unwrap().chars().take(2).collect::<String>();
    let found = async |filter: &str| scene.operator.get(&format!("/api/v1/leads?q={}&{filter}", encoded(&words))).await.items().len();
    let lead = scene.lead(&id).await;
    let (class, source) = (lead["class"]["code"].as_str().unwrap(), lead["source"].as_str().unwrap());
    for digits in [1, 2, 3, 5] {
        assert_eq!(found(&format!("class={}&source={source}", &class[..digits])).await, 1, "{digits} digits");
    }
    assert_eq!(found("source=letters").await, 0);
    assert_eq!((found("state=voided").await, found("from=2020-01-01T00:00:00Z").await, found("to=2020-01-01T00:00:00Z").await), (0, 1, 0));
    assert_ne!(class, "09005");
    scene.operator.act(&id, "correct", json!({ "class_code": "09005", "reason": "按照片" })).await.fine();
    assert_eq!((found(&format!("class={class}")).await, found("class=09005").await, found("class=09").await), (0, 1, 1));
    scene.operator.act(&id, "reject", json!({ "reason": "测试数据" })).await.fine();
    assert_eq!((found("state=rejected").await, found("state=rejected&class=09005").await, found("state=voided").await), (1, 1, 0));
}

#[tokio::test]
async fn one_class_of_one_grid_is_listed_with_the_other_filters() {
    let scene = Scene::set().await;
    let (id, _) = scene.reported().await;
    let lead = scene.lead(&id).await;
    let (class, grid) = (lead["class"]["code"].as_str().unwrap(), lead["place"]["grid_code"].as_str().unwrap());
    let found = async |rest: &str| scene.operator.get(&format!("/api/v1/leads?class={class}&region={grid}{rest}")).await.items().len();
    assert_eq!((found("").await, found("&state=reported").await, found("&state=closed").await, found("&sort=due").await), (1, 1, 0, 1));
    let words = lead["title"].as_str().unwrap().chars().take(2).collect::<String>();
    assert_eq!((found(&format!("&q={}", encoded(&words))).await, found(&format!("&state=reported&q={}", encoded(&words))).await), (1, 1));
    assert_eq!(scene.operator.get(&format!("/api/v1/leads?class=10001&region={grid}")).await.items().len(), 0);
}

#[tokio::test]
async fn pages_are_whole_and_without_doubles_while_reports_come_in() {
    let scene = Scene::set().await;
    let report = async |words: String| {
        scene.house.clock.advance(Duration::seconds(7));
        scene.citizen.post("/api/v1/public/reports", json!({ "description": words, "position": in_the_west() })).await.fine();
    };
    for number in 0..57 {
        report(format!("第{number}件垃圾堆放")).await;
    }
    for query in ["limit=10", "limit=10&sort=due", "limit=10&q=%E5%9E%83%E5%9C%BE", "limit=10&region=330482901&state=reported"] {
        let before: HashSet<String> = all_ids(&scene).await;
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = scene.operator.get(&format!("/api/v1/leads?{query}{cursor}")).await;
            seen.extend(page.fine().items().iter().map(|row| row["id"].as_str().unwrap().to_owned()));
            report("新来的垃圾堆放".to_owned()).await;
            match page.body["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        let once: HashSet<String> = seen.iter().cloned().collect();
        assert_eq!(once.len(), seen.len(), "{query}: a row twice");
        assert!(before.is_subset(&once), "{query}: {} of {} missing", before.difference(&once).count(), before.len());
    }
    scene.operator.get("/api/v1/leads?cursor=%00").await.refused(422, "query-invalid");
    for cursor in ["x", "e30", "bm90IGpzb24"] {
        scene.operator.get(&format!("/api/v1/leads?cursor={cursor}")).await.refused(422, "cursor-invalid");
    }
}

async fn all_ids(scene: &Scene) -> HashSet<String> {
    let answer = scene.operator.get("/api/v1/leads?limit=200").await;
    answer.items().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn filters_narrow_and_counts_agree_with_the_lists() {
    let scene = Scene::set().await;
    let (closed, _) = scene.closed().await;
    scene.checked().await;
    scene.fixing().await;
    scene.accepted().await;
    scene.reported().await;
    scene.citizen.post("/api/v1/public/reports", json!({ "description": "东边的垃圾", "position": in_the_east() })).await.fine();
    let count = async |query: &str| scene.operator.get(&format!("/api/v1/leads?{query}")).await.items().len() as i64;
    assert_eq!(count("").await, 6);
    assert_eq!(count("state=reported,accepted").await, 3);
    assert_eq!(count("region=330482902").await, 1);
    assert_eq!(count("class=06&source=portal").await, count("class=06").await);
    assert_eq!(count(&format!("unit={}", scene.house.units.west)).await, 3);
    assert_eq!(count("from=2026-11-03T00:00:00Z").await, 0);
    assert_eq!(count("to=2026-11-03T00:00:00Z").await, 6);
    assert_eq!(count("limit=100000").await, 6, "bounded, not refused");
    for nonsense in ["state=finished", "light=blue", "sort=best", "unit=1", "class=%25", "from=yesterday", "queue=all", "limit=x"] {
        scene.operator.get(&format!("/api/v1/leads?{nonsense}")).await.refused(422, "query-invalid");
    }
    scene.house.clock.advance(Duration::days(3));
    scene.house.scheduler.tick().await.unwrap();
    let counts = scene.operator.get("/api/v1/leads/counts").await.body;
    for queue in ["triage", "verify", "filing", "dispatch", "extension", "check", "closing"] {
        assert_eq!(counts["queues"][queue], count(&format!("queue={queue}")).await, "{queue} in {counts}");
    }
    for light in ["green", "yellow", "red"] {
        assert_eq!(counts["lights"][light], count(&format!("light={light}")).await, "{light} in {counts}");
    }
    assert_eq!((&counts["open"], &counts["lights"]["red"]), (&json!(5), &json!(5)));
    assert_eq!(scene.lead(&closed).await["light"], json!(null));
}
