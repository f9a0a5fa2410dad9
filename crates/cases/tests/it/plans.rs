//! The plan that was approved is the one that is told, decided and carried out.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use kernel::clock::Clock;
use serde_json::json;

use crate::scene::Scene;

#[tokio::test]
async fn no_later_step_replaces_the_plan_that_was_approved() {
    let scene = Scene::new().await;
    let Scene { officer, head, .. } = &scene;
    let case = &scene.open("ordinary").await;
    scene.investigated(case, 500).await;
    Scene::taken(&scene.step(head, case, "approve-notice", json!({})).await, "ended");
    let mut served = json!({ "mode": "direct", "reached": [1], "plan": Scene::fine(50_000) });
    let refused = scene.step(officer, case, "serve-notice", served.clone()).await;
    refused.refused(422, "field-not-here");
    assert_eq!(refused.body["fields"][0]["field"], "plan", "{}", refused.text);
    served.as_object_mut().unwrap().remove("plan");
    Scene::taken(&scene.step(officer, case, "serve-notice", served).await, "noticed");
    Scene::taken(&scene.step(officer, case, "waive-defence", json!({ "agreed": true })).await, "noticed");
    for yuan in [501, 15_000] {
        scene.step(head, case, "decide", json!({ "plan": Scene::fine(yuan) })).await.refused(409, "not-heavier-than-told");
    }
    Scene::taken(&scene.step(head, case, "decide", json!({})).await, "decided");
    scene.step(officer, case, "seal", json!({ "plan": Scene::fine(50_000) })).await.refused(422, "field-not-here");
    let page = scene.show(case).await;
    assert_eq!((&page["plan"]["fine_fen"], &page["told"]["fine_fen"]), (&json!(50_000), &json!(50_000)), "{page}");
}

#[tokio::test]
async fn a_fine_needs_a_range_and_cash_a_ground() {
    let scene = Scene::new().await;
    let Scene { officer, .. } = &scene;
    let mut new = scene.new_case("simple");
    let mut opened = async |place: &str, most: Option<i64>| {
        new["place"] = json!(place);
        new["matter"]["fine_max_fen"] = json!(most);
        new["matter"]["fine_min_fen"] = json!(most.map(|_| 0));
        officer.post("/api/v1/cases", new.clone()).await.fine().text_of("id")
    };
    let without = opened("模拟西街道长街1号", None).await;
    let (small, larger) = (opened("模拟西街道长街2号", Some(100_000)).await, opened("模拟西街道长街3号", Some(100_000)).await);
    for (case, yuan) in [(&without, 50), (&small, 100), (&larger, 150)] {
        Scene::taken(&scene.step(officer, case, "show-card", json!({})).await, "on_spot");
        let told = json!({ "plan": Scene::fine(yuan), "reached": [1] });
        Scene::taken(&scene.step(officer, case, "tell-on-spot", told).await, "noticed");
        Scene::taken(&scene.step(officer, case, "waive-defence", json!({ "agreed": true })).await, "noticed");
        let decided = scene.step(officer, case, "decide-on-spot", json!({ "evidence": "现场照片" })).await;
        if case == &without {
            decided.refused(409, "within-range");
            continue;
        }
        Scene::taken(&decided, "decided");
        let handed = json!({ "mode": "direct", "reached": [1] });
        Scene::taken(&scene.step(officer, case, "hand-decision", handed).await, "served");
    }
    // Both decisions count as served in the span of their day, and in no other.
    let person = scene.ids[0].parse::<uuid::Uuid>().unwrap();
    let caller = scene.house.identity.caller_of(person.into()).await.unwrap().unwrap();
    let now = scene.house.clock.now();
    let day = TimeDelta::days(1);
    let served = scene.house.cases.decisions_served(&caller, now - day, now + day, 10).await.unwrap();
    assert_eq!(served.iter().map(|it| it.id.to_string()).collect::<BTreeSet<_>>(), BTreeSet::from([small.clone(), larger.clone()]));
    assert!(scene.house.cases.decisions_served(&caller, now - day * 2, now - day, 10).await.unwrap().is_empty());
    assert_eq!(scene.house.cases.decisions_served(&caller, now - day, now + day, 1).await.unwrap().len(), 1);
    Scene::taken(&scene.step(officer, &small, "take-cash", json!({ "receipt": "票据1" })).await, "paid");
    scene.step(officer, &larger, "take-cash", json!({ "receipt": "票据2" })).await.refused(409, "cash-allowed");
    let later = json!({ "receipt": "票据2", "basis": "不当场收缴事后难以执行" });
    Scene::taken(&scene.step(officer, &larger, "take-cash", later).await, "paid");
    // An act cannot have been found before it was done, nor tomorrow.
    let mut impossible = scene.new_case("ordinary");
    impossible["found_on"] = json!("2026-10-29");
    officer.post("/api/v1/cases", impossible.clone()).await.refused(422, "case-invalid");
    impossible["found_on"] = json!("2026-11-03");
    officer.post("/api/v1/cases", impossible).await.refused(422, "case-invalid");
}
