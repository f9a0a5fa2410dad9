//! What a hold keeps from everybody, what goes with an erasure, and what a period of the machines' events leaves.

use chrono::Duration;
use serde_json::{Value, json};
use testkit::house::{House, in_the_west};

use crate::scene::report;

const ANSWERS: &str = "insert into answer (id, region, lead_id, source, source_key, outcome, words, state, made_at, next_at, give_up_at, settled_at)
    select gen_random_uuid(), l.region, l.id, 'hotline', l.source_key, 'closed', 'x', 'sent', d.opened_at, d.opened_at, d.opened_at, d.opened_at
    from lead l join docket d on d.region = l.region and d.id = l.id";

async fn preview(house: &House) -> (Value, Value) {
    let told = house.signed_in("leader01").await.get("/api/v1/retention-preview").await.fine().items()[0].clone();
    (told["count"].clone(), told["spared"].clone())
}

async fn keep(house: &House, kind: &str, days: u32) {
    let administrator = house.signed_in("administrator01").await;
    administrator.put("/api/v1/retention-settings", json!({ "items": [{ "code": kind, "days": days }] })).await.fine();
}

#[tokio::test]
async fn nothing_of_a_held_lead_is_erased_or_dropped_until_it_is_let_go() {
    let house = House::build().await;
    let (visitor, administrator, operator) =
        (house.visitor(), house.signed_in("administrator01").await, house.signed_in("operator01").await);
    let (code, number) = report(&house, "13900000001").await;
    report(&house, "13900000002").await;
    sqlx::query(ANSWERS).execute(&house.test.owner_pool).await.unwrap();
    administrator.post("/api/v1/retention-holds", json!({ "number": number, "reason": "行政诉讼期间" })).await.fine();

    let own = json!({ "telephone": "13900000001" });
    visitor.post(&format!("/api/v1/public/reports/{code}/erasure"), own.clone()).await.refused(409, "lead-data-held");
    let ask = json!({ "kind": "erase", "telephone": "13900000001" });
    visitor.post(&format!("/api/v1/public/reports/{code}/privacy-requests"), ask.clone()).await.refused(409, "lead-data-held");
    let id = operator.get(&format!("/api/v1/leads?q={number}")).await.items()[0]["id"].as_str().unwrap().to_owned();
    administrator.act(&id, "erase-reporter", json!({ "reason": "x" })).await.refused(409, "lead-data-held");
    assert_eq!(house.count("select count(distinct subject) from personal").await, 2);
    assert_eq!(house.count("select count(*) from privacy_request").await, 0, "what was refused leaves nothing behind");

    keep(&house, "answer", 30).await;
    house.clock.advance(Duration::days(31));
    assert_eq!(preview(&house).await, (json!(1), json!(1)));
    assert!(house.privacy.begin_daily().await.unwrap());
    assert_eq!(house.privacy.retain().await.unwrap(), 1);
    assert_eq!(house.count("select count(*) from answer").await, 1);

    let standing = administrator.get("/api/v1/retention-holds").await.items()[0]["id"].as_str().unwrap().to_owned();
    administrator.post(&format!("/api/v1/retention-holds/{standing}/actions/release"), json!({})).await.fine();
    assert_eq!(visitor.post(&format!("/api/v1/public/reports/{code}/erasure"), own).await.status, 204);
    house.clock.advance(Duration::days(1));
    house.privacy.begin_daily().await.unwrap();
    assert_eq!(house.privacy.retain().await.unwrap(), 1, "let go, its answer is dropped too");
}

#[tokio::test]
async fn what_was_to_be_corrected_goes_with_what_was_erased() {
    let house = House::build().await;
    let (visitor, administrator) = (house.visitor(), house.signed_in("administrator01").await);
    for telephone in ["13900000001", "13900000002"] {
        let (code, _) = report(&house, telephone).await;
        let ask = json!({ "kind": "correct", "telephone": telephone, "name": "市民改" });
        visitor.post(&format!("/api/v1/public/reports/{code}/privacy-requests"), ask).await.fine();
        if telephone == "13900000001" {
            visitor.post(&format!("/api/v1/public/reports/{code}/erasure"), json!({ "telephone": telephone })).await.fine();
        }
    }
    let subjects = "select count(distinct subject) from personal";
    assert_eq!(house.count(subjects).await, 3, "the erased reporter's new name still lies in the vault");
    assert_eq!(house.privacy.close_moot_corrections().await.unwrap(), 1);
    assert_eq!(house.privacy.close_moot_corrections().await.unwrap(), 0);
    assert_eq!(house.count(subjects).await, 2);
    let closed = administrator.get("/api/v1/privacy-requests?state=refused").await.items();
    assert_eq!((closed.len(), &closed[0]["ground_label"]), (1, &json!("没有保存所请求的信息")), "{closed:?}");
    assert_eq!(administrator.get("/api/v1/privacy-requests?state=open").await.items().len(), 1);
}

#[tokio::test]
async fn events_of_machines_go_after_their_days_but_for_those_of_what_is_open() {
    let house = House::build().await;
    let administrator = house.signed_in("administrator01").await;
    let platform = house.machine("vision01").await;
    let rules =
        json!({ "active": true, "automatic": false, "least_confidence": 0.5, "need": 2, "of": 3, "quiet_minutes": 30, "floor": 0.8 });
    administrator.put("/api/v1/machine-kinds/22", json!({ "rules": rules })).await.fine();
    let now = testkit::house::monday_morning();
    let mut events = Vec::new();
    for (camera, looks) in [("cam-1", 2), ("cam-2", 1)] {
        let device = json!({ "name": "河滨路探头", "kind": "video", "position": in_the_west(), "address": "河滨路口", "active": true });
        administrator.put(&format!("/api/v1/devices/{camera}"), device).await.fine();
        for look in 0..looks {
            let at = (now + Duration::seconds(look - 60)).to_rfc3339();
            events.push(json!({ "device": camera, "kind": 22, "at": at, "confidence": 0.9, "model": "street/3.1" }));
        }
    }
    platform.post("/api/v1/machine-events", json!({ "items": events })).await.fine();
    assert_eq!(house.count("select count(*) from sighting where state = 'waiting'").await, 1);
    administrator
        .put("/api/v1/retention-settings", json!({ "items": [{ "code": "machine-event", "days": 29 }] }))
        .await
        .refused(422, "retention-too-short");
    keep(&house, "machine-event", 30).await;
    house.clock.advance(Duration::days(31));
    // The look that came before there was a sighting belongs to none.
    assert_eq!(preview(&house).await, (json!(2), json!(1)));
    assert!(house.privacy.begin_daily().await.unwrap());
    assert_eq!(house.privacy.retain().await.unwrap(), 2);
    assert_eq!(house.count("select count(*) from machine_event where device = 'cam-1'").await, 1, "the sighting waits for a person");
    sqlx::query("update sighting set state = 'over', lead_id = gen_random_uuid()").execute(&house.test.owner_pool).await.unwrap();
    house.clock.advance(Duration::days(1));
    house.privacy.begin_daily().await.unwrap();
    // A hold that is being placed at this very moment: the run waits for it and spares what it holds.
    let mut placing = house.test.owner_pool.begin().await.unwrap();
    let hold = "insert into retention_hold (region, id, lead, number, reason, placed_by, placed_at)
        select region, gen_random_uuid(), lead_id, 'x', 'x', gen_random_uuid(), now() from sighting";
    sqlx::query(hold).execute(&mut *placing).await.unwrap();
    let privacy = house.privacy.clone();
    let run = tokio::spawn(async move { privacy.retain().await.unwrap() });
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert!(!run.is_finished(), "it waits");
    placing.commit().await.unwrap();
    assert_eq!(run.await.unwrap(), 0);
    sqlx::query("update retention_hold set released_at = now()").execute(&house.test.owner_pool).await.unwrap();
    house.clock.advance(Duration::days(1));
    house.privacy.begin_daily().await.unwrap();
    assert_eq!(house.privacy.retain().await.unwrap(), 1);
}

#[tokio::test]
async fn a_telephone_of_more_than_a_hundred_reports_is_found_in_all_of_them() {
    let house = House::build().await;
    for _ in 0..105 {
        report(&house, "13900000001").await;
    }
    let administrator = house.signed_in("administrator01").await;
    let ask = json!({ "kind": "erase", "telephone": "13900000001", "identified": "当面核对居民身份证" });
    let request = administrator.post("/api/v1/privacy-requests", ask).await.fine().text_of("id");
    administrator.post(&format!("/api/v1/privacy-requests/{request}/actions/decide"), json!({ "granted": true })).await.fine();
    assert_eq!(house.count("select count(*) from personal").await, 0);
}
