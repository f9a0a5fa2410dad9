//! Who may not, and why: rights, ground, certificates, own cases, modes of service.

use serde_json::json;

use crate::scene::{Scene, certify};

#[tokio::test]
async fn rights_ground_certificates_and_own_cases_stand_in_the_way() {
    let scene = Scene::new().await;
    let Scene { officer, head, reviewer, house, .. } = &scene;
    let case = &scene.open("ordinary").await;
    let path = format!("/api/v1/cases/{case}");
    for account in ["operator01", "auxiliary01", "unit_leader01", "collector01"] {
        let other = house.signed_in(account).await;
        other.get(&path).await.refused(403, "forbidden");
        other.post("/api/v1/cases", scene.new_case("ordinary")).await.refused(403, "forbidden");
    }
    let east = house.signed_in("officer_east").await;
    east.get(&path).await.refused(404, "case-not-found");
    assert!(east.get("/api/v1/cases").await.items().is_empty());
    scene.step(&east, case, "investigate", json!({})).await.refused(404, "case-not-found");
    // A right for one step is none for another.
    let refused = scene.step(officer, case, "file", json!({})).await;
    refused.refused(403, "case-step-not-yours");
    assert!(refused.body["citation"].is_string());
    scene.step(head, case, "not-a-step", json!({})).await.refused(404, "case-step-unknown");
    let blind = format!("{path}/actions/file");
    head.post(&blind, json!({})).await.refused(422, "if-match-missing");
    head.call(axum::http::Method::POST, &blind, Some(99), Some(json!({}))).await.refused(412, "version-conflict");
    Scene::taken(&scene.step(head, case, "file", json!({})).await, "filed");

    // Officers: named in the case, with certificates that are valid that day, and not recused.
    let third = house.signed_in("officer03").await;
    scene.step(&third, case, "investigate", json!({})).await.refused(403, "not-among-officers");
    certify(house, "officer02", Some("浙0402"), "2026-11-01", false).await;
    let refused = scene.step(officer, case, "investigate", json!({})).await;
    refused.refused(409, "two-certificates");
    assert!(refused.body["citation"].as_str().unwrap().contains("第四十二条"), "{}", refused.text);
    let three = certify(house, "officer03", Some("浙0403"), "2028-12-31", false).await;
    let crew = json!({ "officers": [scene.ids[0], three] });
    Scene::taken(&scene.step(officer, case, "investigate", crew.clone()).await, "investigating");
    assert_eq!(scene.show(case).await["officers"].as_array().unwrap().len(), 3);
    Scene::taken(&scene.step(officer, case, "ask-recusal", json!({ "note": "当事人申请" })).await, "investigating");
    Scene::taken(&scene.step(head, case, "decide-recusal", json!({ "recused": [three] })).await, "investigating");
    scene.step(officer, case, "inquire", crew).await.refused(409, "not-recused");
    certify(house, "officer02", Some("浙0402"), "2028-12-31", false).await;
    Scene::taken(&scene.step(officer, case, "inquire", json!({})).await, "investigating");

    // Nothing is taken for granted: without evidence the facts are not clear; without a plan nothing is approved.
    scene.step(officer, case, "end", json!({ "finding": "punishable" })).await.refused(409, "facts-clear");
    Scene::taken(
        &scene.step(officer, case, "end", json!({ "finding": "punishable", "evidence": "笔录", "review_due": true })).await,
        "ended",
    );
    scene.step(head, case, "approve-notice", json!({})).await.refused(422, "field-required");
    let beyond = json!({ "plan": Scene::fine(60_000) });
    scene.step(head, case, "approve-notice", beyond).await.refused(409, "within-range");
    Scene::taken(&scene.step(head, case, "approve-notice", json!({ "plan": Scene::fine(500) })).await, "ended");
    let served = |mode: &str| json!({ "mode": mode, "reached": [1] });
    scene.step(officer, case, "serve-notice", served("left")).await.refused(422, "field-required");
    let left = json!({ "mode": "left", "proof": "现场照片1", "reached": [1] });
    scene.step(officer, case, "serve-notice", left).await.refused(409, "witnessed");
    scene.step(officer, case, "serve-notice", served("electronic")).await.refused(409, "electronic-agreed");
    scene.step(officer, case, "serve-notice", served("public")).await.refused(409, "public-last");
    scene.step(officer, case, "serve-notice", json!({ "mode": "direct", "reached": [] })).await.refused(409, "every-party");
    Scene::taken(&scene.step(officer, case, "serve-notice", served("direct")).await, "noticed");
    scene.step(officer, case, "waive-defence", json!({ "agreed": false })).await.refused(409, "waiver-express");
    Scene::taken(&scene.step(officer, case, "waive-defence", json!({ "agreed": true })).await, "noticed");
    Scene::taken(&scene.step(officer, case, "submit-review", json!({})).await, "reviewing");
    certify(house, "legal_reviewer01", None, "", false).await;
    scene.step(reviewer, case, "pass-review", json!({})).await.refused(409, "reviewer-qualified");
    certify(house, "legal_reviewer01", None, "", true).await;
    Scene::taken(&scene.step(reviewer, case, "pass-review", json!({})).await, "reviewing");
    Scene::taken(&scene.step(head, case, "decide", json!({})).await, "decided");
}

#[tokio::test]
async fn who_handles_a_case_neither_approves_nor_reviews_it() {
    let scene = Scene::new().await;
    let all = ["officer", "leader", "legal_reviewer"];
    scene.house.person("everything01", scene.house.units.west, &all, &[]).await;
    let me = certify(&scene.house, "everything01", Some("浙0499"), "2028-12-31", true).await;
    let two = &scene.ids[1];
    let everything = scene.house.signed_in("everything01").await;
    let mut new = scene.new_case("ordinary");
    new["officers"] = json!([me, two]);
    let case = &everything.post("/api/v1/cases", new.clone()).await.fine().text_of("id");
    let refused = scene.step(&everything, case, "file", json!({})).await;
    refused.refused(409, "head-approves");
    let page = everything.get(&format!("/api/v1/cases/{case}")).await;
    let offer = page.body["offers"].as_array().unwrap().iter().find(|it| it["action"] == "file").unwrap().clone();
    assert_eq!((&offer["allowed"], &offer["refusals"][0]["code"]), (&json!(false), &json!("head-approves")), "{offer}");
    Scene::taken(&scene.step(&scene.head, case, "file", json!({})).await, "filed");
    // A case that is too old, one that is not ours, one officer alone, an officer from elsewhere.
    new["acted_on"] = json!("2024-10-30");
    let old = everything.post("/api/v1/cases", new.clone()).await.fine().text_of("id");
    scene.step(&scene.head, &old, "file", json!({})).await.refused(409, "not-too-late");
    new["acted_on"] = json!("2026-10-30");
    new["matter"]["ours"] = json!(false);
    let theirs = everything.post("/api/v1/cases", new.clone()).await.fine().text_of("id");
    scene.step(&scene.head, &theirs, "file", json!({})).await.refused(409, "in-power");
    new["officers"] = json!([me]);
    everything.post("/api/v1/cases", new.clone()).await.refused(422, "case-invalid");
    let east = certify(&scene.house, "officer_east", Some("浙0498"), "2028-12-31", false).await;
    new["officers"] = json!([me, east]);
    everything.post("/api/v1/cases", new).await.refused(422, "officer-unknown");
}
