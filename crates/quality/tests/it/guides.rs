//! Guides and model cases, as officers see them inside a case.

use serde_json::json;

use crate::scene::{NAME, Scene};

#[tokio::test]
async fn guides_and_model_cases_stand_inside_the_case_and_name_nobody() {
    let scene = Scene::new().await;
    let case = &scene.concluded(1).await;
    let guide = |seen: i32, text: &str| json!({ "seen": seen, "title": "现场检查要点", "text": text, "reason": "新编" });
    let put = async |by: &testkit::house::Client, body| by.put("/api/v1/case-guides/on-site", body).await;
    put(&scene.officer, guide(0, "出示证件")).await.refused(403, "forbidden");
    put(&scene.next_door, guide(0, "出示证件")).await.refused(403, "scope-exceeded");
    put(&scene.head, guide(0, "出示证件，全程记录")).await.fine();
    put(&scene.head, guide(0, "另一人同时写的")).await.refused(412, "version-conflict");
    let two = put(&scene.head, guide(1, "出示证件，全程记录，告知权利")).await;
    assert_eq!(two.fine().body["items"].as_array().unwrap().len(), 2);
    let elsewhere = json!({ "seen": 0, "title": "犬只", "text": "免疫", "reason": "新编", "matters": ["M001"] });
    scene.head.put("/api/v1/case-guides/dogs", elsewhere).await.fine();

    let new =
        |summary: &str| json!({ "case": case, "level": "county", "title": "占道堆物当场处罚", "summary": summary, "merits": "程序完整" });
    scene.officer.post("/api/v1/model-cases", new(&format!("{NAME}占道堆物"))).await.refused(422, "model-names");
    scene.next_door.post("/api/v1/model-cases", new("占道堆物")).await.refused(404, "case-not-found");
    let model = scene.officer.post("/api/v1/model-cases", new("当事人某某占道堆物，当场改正")).await;
    let path = format!("/api/v1/model-cases/{}/actions/settle", model.fine().text_of("id"));
    scene.officer.post("/api/v1/model-cases", new("再次推荐")).await.refused(409, "model-exists");
    scene.officer.post(&path, json!({ "seen": 1, "step": "show" })).await.refused(403, "model-own");
    let guidance = async || scene.third.get(&format!("/api/v1/cases/{case}/guidance")).await.fine().body.clone();
    let before = guidance().await;
    assert_eq!((before["guides"].as_array().unwrap().len(), before["models"].as_array().unwrap().len()), (1, 0));
    assert_eq!((&before["guides"][0]["number"], &before["guides"][0]["code"]), (&json!(2), &json!("on-site")));
    scene.head.post(&path, json!({ "seen": 1, "step": "show" })).await.fine();
    assert_eq!(guidance().await["models"][0]["title"], "占道堆物当场处罚");
    scene.head.post(&path, json!({ "seen": 2, "step": "withdraw", "reason": "另有更好的" })).await.fine();
    assert!(guidance().await["models"].as_array().unwrap().is_empty());
    scene.next_door.get(&format!("/api/v1/cases/{case}/guidance")).await.refused(404, "case-not-found");
}

#[tokio::test]
async fn each_figure_of_the_analysis_opens_to_exactly_its_cases() {
    let scene = Scene::new().await;
    for number in 1..=3 {
        scene.concluded(number).await;
    }
    let span = "from=2026-11-01&to=2026-11-30";
    for by in ["field", "matter", "track", "region", "unit", "month", "result", "amount", "duration"] {
        let of = scene.head.get(&format!("/api/v1/case-analysis?{span}&by={by}")).await;
        let rows = of.fine().body["items"].as_array().unwrap().clone();
        assert_eq!((rows.len(), &rows[0]["cases"], &of.body["total"]["fine_fen"]), (1, &json!(3), &json!(30_000)), "{by}");
        assert!(!rows[0]["label"].as_str().unwrap().is_empty(), "{by}");
        if by == "field" {
            continue;
        }
        let key = rows[0]["key"].as_str().unwrap();
        let behind = scene.head.get(&format!("/api/v1/case-analysis/cases?{span}&by={by}&key={key}")).await.items();
        assert_eq!(behind.len(), 3, "{by} {key}");
        let none = scene.head.get(&format!("/api/v1/case-analysis/cases?{span}&by={by}&key=nothing")).await.items();
        assert!(none.is_empty(), "{by}");
    }
    let month = scene.head.get(&format!("/api/v1/case-analysis?{span}&by=month")).await.body["items"][0].clone();
    assert_eq!((&month["key"], &month["median_fen"], &month["days"]), (&json!("2026-11"), &json!(10_000), &json!(0.0)));
    assert_eq!(scene.next_door.get(&format!("/api/v1/case-analysis?{span}&by=track")).await.body["total"]["cases"], 0);
    let file = scene.head.get(&format!("/api/v1/case-analysis/export?{span}&by=result")).await;
    assert!(file.fine().text.contains("给予行政处罚,3,3,0"), "{}", file.text);
    scene.head.get(&format!("/api/v1/case-analysis/export?{span}&by=result&format=xlsx")).await.fine();
    scene.head.get("/api/v1/case-analysis?from=2026-11-02&to=2026-11-01&by=track").await.refused(422, "query-invalid");
}
