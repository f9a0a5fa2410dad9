//! Not accepted and completed, sent to another bureau, assistance of a third; what runs late is red.

use chrono::Duration;
use serde_json::json;

use crate::scene::Scene;

#[tokio::test]
async fn what_is_incomplete_is_completed_and_what_is_another_bureaus_is_answered_by_it() {
    let scene = Scene::new().await;
    let Scene { house, water, housing, forestry, centre, .. } = &scene;
    let id = water.post("/api/v1/referrals", Scene::finding()).await.fine().text_of("id");
    scene.act(centre, &id, "refuse", json!({ "text": "缺少现场照片" })).await.fine();
    let seen = scene.show(water, &id).await;
    assert_eq!((&seen["state"], &seen["reason"]), (&json!("returned"), &json!("缺少现场照片")));
    assert!(water.get("/api/v1/referrals?mine=true").await.items().len() == 1);
    scene.act(water, &id, "resubmit", json!({ "text": "" })).await.refused(422, "field-required");
    scene.act(water, &id, "resubmit", json!({ "text": "已补充说明，联系 13900000001" })).await.fine();

    // Late: red after two working days, by the house's own limit.
    assert_eq!(scene.show(centre, &id).await["light"], json!("green"));
    house.clock.advance(Duration::days(4));
    house.scheduler.tick().await.unwrap();
    assert_eq!(centre.get("/api/v1/referrals?overdue=true").await.items()[0]["light"], json!("red"));

    // To another bureau with a limit; the centre may send it to nobody who cannot answer.
    scene.act(centre, &id, "split-bureau", json!({ "unit": house.units.east, "text": "x" })).await.refused(422, "unit-unfit");
    scene.act(centre, &id, "split-bureau", json!({ "unit": scene.units[0], "text": "x" })).await.refused(422, "unit-unfit");
    let split = json!({ "unit": scene.units[1], "text": "由住建部门行使", "days": 7 });
    scene.act(centre, &id, "split-bureau", split).await.fine();
    assert_eq!(scene.show(housing, &id).await["limit"], json!("办理回复"));

    // A third bureau assists: it sees the facts and what it is asked, and no more.
    forestry.get(&format!("/api/v1/referrals/{id}")).await.refused(404, "referral-not-found");
    let ask = json!({ "unit": scene.units[2], "text": "请认定是否占用林地" });
    scene.act(water, &id, "ask", ask.clone()).await.refused(409, "action-refused");
    scene.act(housing, &id, "ask", ask).await.fine();
    let upload = scene.sent(water, b"for the sides").await;
    let more = json!({ "text": "补充照片", "files": [{ "upload": upload, "name": "照片.txt" }] });
    scene.act(water, &id, "material", more).await.fine();
    let seen = scene.show(forestry, &id).await;
    assert_eq!((&seen["facts"], seen["asks"].as_array().unwrap().len()), (&Scene::finding()["facts"], 1), "{seen}");
    assert!(seen.get("reason").is_none() && seen.get("target").is_none(), "{seen}");
    assert_eq!(seen["lines"].as_array().unwrap().iter().map(|it| it["verb"].clone()).collect::<Vec<_>>(), [json!("ask")]);
    forestry.get(&format!("/api/v1/referrals/{id}/files/1")).await.refused(404, "file-not-found");
    scene.act(forestry, &id, "material", json!({ "text": "x" })).await.refused(409, "action-refused");
    scene.act(forestry, &id, "answer-ask", json!({ "text": "不占用林地" })).await.fine();

    scene.act(water, &id, "answer", json!({ "text": "x" })).await.refused(409, "action-refused");
    scene.act(housing, &id, "answer", json!({ "text": "已责令清除，当事人已改正" })).await.fine();
    let seen = scene.show(water, &id).await;
    assert_eq!((&seen["state"], &seen["result"]), (&json!("answered"), &json!("已责令清除，当事人已改正")));
    assert!(!seen.to_string().contains("13900000001"), "numbers in words are hidden");
    // However much was written, what ends it is written still.
    let stuffed = "insert into case_referral_line (region, referral_id, ordinal, at, verb, inside)
        select region, id, n, now(), 'material', false from case_referral, generate_series(100, 500) n where id = $1::uuid";
    sqlx::query(stuffed).bind(&id).execute(&house.test.owner_pool).await.unwrap();
    scene.act(water, &id, "material", json!({ "text": "x" })).await.refused(409, "referral-full");
    scene.act(water, &id, "feedback", json!({ "text": "已复查" })).await.fine();
    scene.act(water, &id, "material", json!({ "text": "x" })).await.refused(409, "action-refused");

    // The limits are the house's own, and a trace of who changed them stays.
    let administrator = house.signed_in("administrator01").await;
    let _ = administrator;
    let late = json!({ "receipt": 61, "split": 3, "register": 5, "answer": 15, "feedback": 10, "assist": 5 });
    centre.put("/api/v1/referral-settings", late).await.refused(403, "forbidden");
}
