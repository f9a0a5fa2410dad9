//! Blind re-verification: drawn by a seed, given to who had no part, answered once, counted for the unit.

use image::ImageFormat;
use serde_json::json;

use crate::scene::{Scene, street};

async fn closed(scene: &Scene, seed: u32) -> String {
    let lead = scene.fixing(seed).await;
    let photo = scene.keep(&street(1_000 + seed), ImageFormat::Png).await;
    scene.fix(&lead, &photo).await;
    scene.check(&lead, None).await;
    scene.close(&lead).await.fine();
    lead
}

#[tokio::test]
async fn a_sample_goes_to_who_had_no_part_shows_nothing_of_before_and_counts_for_the_unit() {
    let scene = Scene::set().await;
    let leads = [closed(&scene, 1).await, closed(&scene, 2).await, closed(&scene, 3).await];
    let evaluator = scene.signed_in("evaluator01").await;
    let wanted = json!({ "from": "2026-11-02", "to": "2026-11-02", "seed": "第 1122 期摇号 0517", "half_width": 0.05 });
    let drawn = evaluator.post("/api/v1/reverifications", wanted.clone()).await;
    assert_eq!((&drawn.fine().body["population"], &drawn.body["size"]), (&json!(3), &json!(3)));
    let collector = scene.signed_in("collector02").await;
    let tasks = collector.get("/api/v1/reverification-tasks").await.fine().items();
    assert_eq!(tasks.len(), 3, "the first collector had checked all of them, and the eastern one has another ground");
    for shown in &tasks {
        let keys: Vec<&str> = shown.as_object().unwrap().keys().map(String::as_str).collect();
        let known = ["id", "title", "class_name", "address", "grid_name", "position", "photos"];
        assert!(keys.iter().all(|key| known.contains(key)), "{keys:?}");
        assert_eq!(shown["photos"].as_array().unwrap().len(), 1, "what the reporter saw, and not what the unit showed");
        assert!(leads.iter().all(|lead| !shown.to_string().contains(lead)), "not the lead's own id");
    }
    assert_eq!(scene.signed_in("collector01").await.get("/api/v1/reverification-tasks").await.fine().items().len(), 0);

    let seen = scene.keep(&street(90), ImageFormat::Png).await;
    let answer = |at: usize| format!("/api/v1/reverification-tasks/{}/actions/answer", tasks[at]["id"].as_str().unwrap());
    scene.signed_in("collector01").await.post(&answer(0), json!({ "held": true })).await.refused(404, "task-not-found");
    collector.post(&answer(0), json!({ "held": false })).await.refused(422, "note-invalid");
    collector.post(&answer(0), json!({ "held": true, "photos": ["0".repeat(64)] })).await.refused(422, "photo-missing");
    collector.post(&answer(0), json!({ "held": true })).await.fine();
    collector.post(&answer(0), json!({ "held": false, "note": "改主意" })).await.refused(404, "task-not-found");
    collector.post(&answer(1), json!({ "held": false, "note": "仍有垃圾，电话 13900000001", "photos": [seen] })).await.fine();

    let period = "from=2026-11-01&to=2026-11-02";
    let units = evaluator.get(&format!("/api/v1/reverified-units?{period}")).await.fine().items();
    assert_eq!(units.len(), 1);
    assert_eq!((&units[0]["held"], &units[0]["broken"], &units[0]["waiting"]), (&json!(1), &json!(1), &json!(1)));
    assert_eq!(units[0]["share"], json!(0.5));
    // Wilson's interval of one of two, worked by hand: 0.0945 to 0.9055.
    assert!((units[0]["low"].as_f64().unwrap() - 0.0945).abs() < 1e-3 && (units[0]["high"].as_f64().unwrap() - 0.9055).abs() < 1e-3);
    let broken = evaluator.get(&format!("/api/v1/reverification-items?state=broken&{period}")).await.fine().items();
    assert_eq!((broken.len(), broken[0]["unit_name"].as_str()), (1, Some("西街道中队")));
    assert_eq!(broken[0]["photos"], json!([seen]));
    assert!(!broken[0]["note"].as_str().unwrap().contains("13900000001"));
    for (account, may) in [("evaluator01", true), ("shift_leader91", false)] {
        let person: uuid::Uuid = sqlx::query_scalar("select id from person where account = $1")
            .bind(account)
            .fetch_one(&scene.house.test.owner_pool)
            .await
            .unwrap();
        let caller = scene.house.identity.caller_of(person.into()).await.unwrap().unwrap();
        let mut request = axum::http::Extensions::new();
        request.insert(caller);
        let file = files::FileId::parse(&seen).unwrap();
        assert_eq!(files::Readers::may_read(&scene.scrutiny, &request, &file).await.unwrap(), may, "{account}");
    }
    let lead = scene.house.signed_in("operator01").await.get(&format!("/api/v1/leads/{}", broken[0]["lead"].as_str().unwrap())).await;
    assert_eq!(lead.fine().body["state"], "closed", "nothing of it changes the lead");
    let stranger = scene.signed_in("shift_leader91").await;
    assert_eq!(stranger.get(&format!("/api/v1/reverified-units?{period}")).await.fine().items().len(), 0);
    assert_eq!(stranger.get("/api/v1/reverifications").await.fine().items().len(), 0);
    stranger.post("/api/v1/reverifications", wanted).await.refused(403, "scope-exceeded");
}

#[tokio::test]
async fn what_nobody_can_look_at_any_more_goes_to_somebody_else() {
    let scene = Scene::set().await;
    closed(&scene, 1).await;
    closed(&scene, 2).await;
    let evaluator = scene.signed_in("evaluator01").await;
    let wanted = json!({ "from": "2026-11-02", "to": "2026-11-02", "seed": "公开摇号 7", "half_width": 0.05 });
    let path =
        format!("/api/v1/reverifications/{}/actions/reassign", evaluator.post("/api/v1/reverifications", wanted).await.text_of("id"));
    let nothing = json!({ "moved": 0, "unassigned": 0 });
    assert_eq!(evaluator.post(&path, json!({})).await.fine().body, nothing, "all of them can still be looked at");
    let collector = scene.signed_in("collector02").await;
    let tasks = collector.get("/api/v1/reverification-tasks").await.fine().items();
    assert_eq!(tasks.len(), 2);
    let answer = format!("/api/v1/reverification-tasks/{}/actions/answer", tasks[0]["id"].as_str().unwrap());
    collector.post(&answer, json!({ "held": true })).await.fine();
    sqlx::query("update person set active = false where account = 'collector02'").execute(&scene.house.test.owner_pool).await.unwrap();
    assert_eq!(evaluator.post(&path, json!({})).await.fine().body, json!({ "moved": 0, "unassigned": 1 }), "the other one had checked it");
    sqlx::query("update person set active = true where account = 'collector02'").execute(&scene.house.test.owner_pool).await.unwrap();
    assert_eq!(evaluator.post(&path, json!({})).await.fine().body, json!({ "moved": 1, "unassigned": 0 }));
    let stranger = scene.signed_in("shift_leader91").await;
    stranger.post(&path, json!({})).await.refused(404, "reverification-not-found");
}

#[tokio::test]
async fn the_same_seed_draws_the_same_leads_and_anybody_can_work_it_out() {
    use sha2::{Digest, Sha256};

    let scene = Scene::set().await;
    for seed in 1..=6 {
        closed(&scene, seed).await;
    }
    let numbers: Vec<String> =
        sqlx::query_scalar("select number from docket where state = 'closed'").fetch_all(&scene.house.test.owner_pool).await.unwrap();
    let evaluator = scene.signed_in("evaluator01").await;
    let mut drawn = Vec::new();
    for _ in 0..2 {
        let wanted = json!({ "from": "2026-11-02", "to": "2026-11-02", "seed": "公开摇号 7", "half_width": 0.3 });
        let draw = evaluator.post("/api/v1/reverifications", wanted).await;
        // Cochran's number for six and thirty points to each side: 10.67 / (1 + 9.67 / 6) = 4.08, so five.
        assert_eq!(draw.fine().body["size"], 5);
        let items = evaluator.get(&format!("/api/v1/reverification-items?draw={}", draw.text_of("id"))).await.fine().items();
        let mut of: Vec<String> = items.iter().map(|item| item["number"].as_str().unwrap().to_owned()).collect();
        of.sort();
        drawn.push(of);
    }
    assert_eq!(drawn[0], drawn[1]);
    let mut order = numbers.clone();
    order.sort_by_key(|number| hex::encode(Sha256::digest(format!("公开摇号 7:{number}"))));
    let mut expected = order[..5].to_vec();
    expected.sort();
    assert_eq!(drawn[0], expected);

    let nothing = json!({ "from": "2026-10-01", "to": "2026-10-02", "seed": "公开摇号 7", "half_width": 0.3 });
    evaluator.post("/api/v1/reverifications", nothing).await.refused(409, "nothing-closed");
    for wrong in [
        json!({ "from": "2026-11-02", "to": "2026-11-01", "seed": "公开摇号 7", "half_width": 0.3 }),
        json!({ "from": "2026-11-02", "to": "2026-11-02", "seed": "短", "half_width": 0.3 }),
        json!({ "from": "2026-11-02", "to": "2026-11-02", "seed": "公开摇号 7", "half_width": 0.001 }),
    ] {
        evaluator.post("/api/v1/reverifications", wrong).await.refused(422, "reverification-invalid");
    }
}
