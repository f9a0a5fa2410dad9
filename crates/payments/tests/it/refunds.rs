//! Money that goes back: twice paid, or paid for a decision that was taken away.

use chrono::TimeDelta;
use serde_json::json;

use crate::scene::Scene;

#[tokio::test]
async fn what_was_paid_twice_goes_back_by_two_people_and_once() {
    let scene = Scene::new().await.with_payee().await;
    let case = scene.decided(1, 100).await;
    let code = scene.billed(&case).await;
    let first = scene.order(&code, true).await.fine().text_of("no");
    // The next day more is not owed, but the order is another one when the first has run out.
    scene.day(1);
    let second = scene.order(&code, true).await.fine().text_of("no");
    assert_ne!(first, second);
    scene.cashier.pay(&second).await.unwrap();
    let receipt = scene.bill(&case).await["bill"]["receipts"][0]["id"].as_str().unwrap().to_owned();
    let ask = |id: &str| format!("/api/v1/payment-receipts/{id}/refunds");
    scene.officer.post(&ask(&receipt), json!({ "reason": "当事人要求" })).await.refused(409, "nothing-to-refund");
    scene.house.clock.set(testkit::house::monday_morning());
    // The first order was paid the day before, and is heard of now.
    scene.cashier.be_silent(true);
    scene.cashier.pay(&first).await.unwrap();
    scene.day(1);
    scene.call_back(&scene.cashier.callback(&first).unwrap()).await.fine();
    let kept = scene.suspense().await.remove(0);
    assert_eq!((&kept["why_label"], &kept["suspense_fen"]), (&json!("重复缴纳"), &json!(10_000)), "{kept}");
    let kept = kept["id"].as_str().unwrap();
    let refund = scene.evaluator.post(&ask(kept), json!({ "reason": "重复缴纳，电话 13900000001" })).await.fine().body.clone();
    assert_eq!(refund["reason"], "重复缴纳，电话 139******01");
    scene.evaluator.post(&ask(kept), json!({ "reason": "再次申请" })).await.refused(409, "refund-open");
    let decide = format!("/api/v1/payment-refunds/{}/actions/decide", refund["id"].as_str().unwrap());
    scene.evaluator.post(&decide, json!({ "approve": true })).await.refused(403, "forbidden");
    let done = scene.head.post(&decide, json!({ "approve": true })).await.fine().body.clone();
    assert_eq!((&done["state"], done["provider_no"].is_string()), (&json!("done"), true), "{done}");
    scene.head.post(&decide, json!({ "approve": true })).await.refused(409, "refund-decided");
    assert!(scene.suspense().await.is_empty());
    scene.books_are_right().await;

    // A head who asked himself does not approve: two people, even where one has both rights.
    let both = scene.house.person("both01", scene.house.units.bureau, &["leader", "evaluator"], &[]).await;
    let both = (both, scene.house.signed_in("both01").await).1;
    scene.call_back(&scene.cashier.callback_of("nobodysordernumber00", "4299", 777)).await.fine();
    let kept = scene.suspense().await[0]["id"].as_str().unwrap().to_owned();
    let own = both.post(&ask(&kept), json!({ "reason": "无主款" })).await.fine().text_of("id");
    both.post(&format!("/api/v1/payment-refunds/{own}/actions/decide"), json!({ "approve": true })).await.refused(403, "refund-apart");
    // Nobody's order: the provider knows no such transaction, says so, and the money stays where it is.
    let tried =
        scene.head.post(&format!("/api/v1/payment-refunds/{own}/actions/decide"), json!({ "approve": true })).await.fine().body.clone();
    assert!(tried["state"] == "approved" && tried["note"].as_str().unwrap().contains("NOT_ENOUGH"), "{tried}");
    // It is not tried for ever: a head tries again under a new number, or ends it with a reason.
    for _ in 0..30 {
        scene.house.clock.advance(TimeDelta::minutes(3));
        scene.house.payments.look().await.unwrap();
    }
    let decide = format!("/api/v1/payment-refunds/{own}/actions/decide");
    let listed = scene.head.get("/api/v1/payment-refunds?waiting=true").await.fine().items();
    assert_eq!((listed.len(), &listed[0]["state"]), (1, &json!("failed")), "{listed:?}");
    scene.evaluator.post(&ask(&kept), json!({ "reason": "再次申请" })).await.refused(409, "refund-open");
    assert_eq!(scene.head.post(&decide, json!({ "approve": true })).await.fine().body["state"], "approved");
    assert_eq!(scene.house.count("select attempt::bigint from payment_refund where attempt > 0").await, 1);
    sqlx::query("update payment_refund set state = 'failed' where attempt = 1").execute(&scene.house.test.owner_pool).await.unwrap();
    scene.head.post(&decide, json!({ "approve": false })).await.refused(422, "field-required");
    let over = scene.head.post(&decide, json!({ "approve": false, "note": "渠道确认无此交易" })).await.fine().body.clone();
    assert_eq!(over["state"], "refused");
    scene.books_are_right().await;
}

#[tokio::test]
async fn what_was_paid_for_a_decision_that_fell_goes_back() {
    let scene = Scene::new().await.with_payee().await;
    let case = scene.decided(1, 100).await;
    let code = scene.billed(&case).await;
    let no = scene.order(&code, true).await.fine().text_of("no");
    scene.cashier.pay(&no).await.unwrap();
    scene.step(&scene.officer, &case, "ask-review", json!({ "note": "当事人申请复议" })).await.fine();
    scene.step(&scene.officer, &case, "revoked", json!({ "note": "复议机关撤销" })).await.fine();
    let bill = scene.bill(&case).await["bill"].clone();
    assert_eq!((&bill["state"], &bill["why"]), (&json!("cancelled"), &json!("处罚决定已被撤销")), "{bill}");
    let ask = format!("/api/v1/payment-receipts/{}/refunds", bill["receipts"][0]["id"].as_str().unwrap());
    let refund = scene.officer.post(&ask, json!({ "reason": "处罚决定被撤销" })).await.fine().text_of("id");
    scene.head.post(&format!("/api/v1/payment-refunds/{refund}/actions/decide"), json!({ "approve": true })).await.fine();
    let bill = scene.bill(&case).await["bill"].clone();
    assert_eq!(
        (&bill["state"], &bill["fine_paid_fen"], &bill["receipts"][0]["refunded_fen"]),
        (&json!("refunded"), &json!(0), &json!(10_000)),
        "{bill}"
    );
    scene.books_are_right().await;
}

#[tokio::test]
async fn of_a_decision_that_was_changed_only_the_surplus_goes_back_and_of_an_unlawful_one_nothing() {
    let scene = Scene::new().await.with_payee().await;
    let case = scene.decided(1, 100).await;
    let code = scene.billed(&case).await;
    let no = scene.order(&code, true).await.fine().text_of("no");
    scene.cashier.pay(&no).await.unwrap();
    assert_eq!(scene.state(&case).await, "paid");
    scene.step(&scene.officer, &case, "ask-review", json!({ "note": "当事人申请复议" })).await.fine();
    scene.step(&scene.officer, &case, "found-unlawful", json!({ "note": "程序轻微违法" })).await.fine();
    let bill = scene.bill(&case).await["bill"].clone();
    assert_eq!((&bill["state"], &bill["fine_paid_fen"]), (&json!("paid"), &json!(10_000)), "{bill}");
    let ask = format!("/api/v1/payment-receipts/{}/refunds", bill["receipts"][0]["id"].as_str().unwrap());
    scene.officer.post(&ask, json!({ "reason": "决定被确认违法" })).await.refused(409, "nothing-to-refund");

    scene.step(&scene.officer, &case, "sue", json!({ "note": "当事人起诉" })).await.fine();
    let to = |fen: i64| json!({ "plan": { "kinds": ["fine"], "fine_fen": fen, "surcharge": true, "reasons": "判决变更" } });
    scene.step(&scene.officer, &case, "changed", json!({})).await.refused(422, "field-required");
    scene.step(&scene.officer, &case, "changed", to(20_000)).await.refused(409, "changed-no-heavier");
    scene.step(&scene.officer, &case, "changed", to(6_000)).await.fine();
    assert_eq!(scene.state(&case).await, "paid", "what is left was paid");
    let bill = scene.bill(&case).await["bill"].clone();
    assert_eq!(
        (&bill["state"], &bill["fine_fen"], &bill["fine_paid_fen"], &bill["receipts"][0]["suspense_fen"]),
        (&json!("paid"), &json!(6_000), &json!(6_000), &json!(4_000)),
        "{bill}"
    );
    assert_eq!(scene.suspense().await[0]["why_label"], "处罚决定已变更，多缴的待退");
    let refund = scene.officer.post(&ask, json!({ "reason": "判决变更，退还多缴" })).await.fine().body.clone();
    assert_eq!(refund["fen"], 4_000);
    let decide = format!("/api/v1/payment-refunds/{}/actions/decide", refund["id"].as_str().unwrap());
    scene.head.post(&decide, json!({ "approve": true })).await.fine();
    let bill = scene.bill(&case).await["bill"].clone();
    assert_eq!((&bill["state"], &bill["receipts"][0]["refunded_fen"]), (&json!("paid"), &json!(4_000)), "{bill}");
    scene.officer.post(&ask, json!({ "reason": "再退" })).await.refused(409, "nothing-to-refund");
    scene.books_are_right().await;

    // What is not paid is owed as it was changed, whoever looks first: the bill hears it from the case.
    let case = scene.decided(2, 100).await;
    let code = scene.billed(&case).await;
    scene.step(&scene.officer, &case, "ask-review", json!({})).await.fine();
    scene.step(&scene.officer, &case, "changed", to(3_000)).await.fine();
    assert_eq!(scene.bill(&case).await["bill"]["fine_fen"], 3_000);
    assert_eq!(scene.shown(&code).await["fine_fen"], 3_000);
    let no = scene.order(&code, true).await.fine().text_of("no");
    scene.cashier.pay(&no).await.unwrap();
    assert_eq!((scene.state(&case).await.as_str(), &scene.bill(&case).await["bill"]["state"]), ("paid", &json!("paid")));

    // Nothing is fined any more: the bill falls, and all of it goes back.
    let case = scene.decided(3, 100).await;
    let code = scene.billed(&case).await;
    let no = scene.order(&code, true).await.fine().text_of("no");
    scene.cashier.pay(&no).await.unwrap();
    scene.step(&scene.officer, &case, "ask-review", json!({})).await.fine();
    let warned = json!({ "plan": { "kinds": ["warning"], "reasons": "复议变更为警告" } });
    scene.step(&scene.officer, &case, "changed", warned).await.fine();
    let bill = scene.bill(&case).await["bill"].clone();
    assert_eq!((&bill["state"], &bill["why"]), (&json!("cancelled"), &json!("处罚决定已变更，不再罚款")), "{bill}");
    let ask = format!("/api/v1/payment-receipts/{}/refunds", bill["receipts"][0]["id"].as_str().unwrap());
    assert_eq!(scene.officer.post(&ask, json!({ "reason": "不再罚款" })).await.fine().body["fen"], 10_000);
    scene.books_are_right().await;
}
