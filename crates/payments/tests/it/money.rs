//! Money comes: over a socket, twice, wrong, forged, late, never told of.

use axum::http::Method;
use serde_json::json;

use crate::scene::Scene;

#[tokio::test]
async fn a_paid_bill_pays_the_case_off_once_however_often_it_is_told() {
    let scene = Scene::new().await;
    let case = scene.decided(1, 150).await;
    let path = format!("/api/v1/cases/{case}/fine-bill");
    // Nobody invents an account.
    scene.officer.post(&path, json!({})).await.refused(409, "payee-unset");
    let scene = scene.with_payee().await;
    let code = scene.billed(&case).await;
    scene.officer.post(&path, json!({})).await.refused(409, "bill-there");
    let bill = &scene.bill(&case).await["bill"];
    // Handed over on Monday 2 November: fifteen days end on Tuesday the 17th.
    assert_eq!(
        (&bill["due_on"], &bill["owed"]["total_fen"], &bill["state"]),
        (&json!("2026-11-17"), &json!(15_000), &json!("open")),
        "{bill}"
    );

    // The public page: no person, and a wrong code says nothing more than that it is none.
    let shown = scene.shown(&code).await;
    assert!(!shown.to_string().contains("测试当事人") && shown["can_pay"] == true, "{shown}");
    let mut wrong = code.clone().into_bytes();
    wrong[7] = if wrong[7] == b'9' { b'0' } else { wrong[7] + 1 };
    let wrong = String::from_utf8(wrong).unwrap();
    for none in [wrong.as_str(), "1", "10000000000000000000"] {
        scene.anybody.get(&format!("/api/v1/public/fine-bills/{none}")).await.refused(404, "bill-not-found");
    }

    // Late by two days: 2 × 3 % of 150 yuan.
    scene.day(17);
    let order = scene.order(&code, false).await.fine().body.clone();
    assert_eq!((&order["fine_fen"], &order["surcharge_fen"], &order["fen"]), (&json!(15_000), &json!(900), &json!(15_900)), "{order}");
    assert_eq!(scene.order(&code, false).await.fine().body["no"], order["no"], "the same sum is the same order");
    let no = order["no"].as_str().unwrap();
    // A person pays at the provider, who calls back over the socket.
    scene.cashier.pay(no).await.expect("it is paid");
    assert_eq!(scene.state(&case).await, "paid");
    let bill = &scene.bill(&case).await["bill"];
    assert_eq!(
        (&bill["state"], &bill["fine_paid_fen"], &bill["surcharge_paid_fen"]),
        (&json!("paid"), &json!(15_000), &json!(900)),
        "{bill}"
    );
    let number = bill["receipts"][0]["number"].as_str().unwrap().to_owned();
    let page = scene.head.get(&format!("/api/v1/cases/{case}")).await;
    assert!(page.text.contains(&number), "the step of the case carries the receipt's number");
    assert_eq!(page.body["ledger"][0]["actor"], "缴款系统", "{}", page.body["ledger"]);

    // Told again, signed anew: the same receipt. The very same callback: refused. Neither moves a fen.
    let again = scene.cashier.callback(no).unwrap();
    scene.call_back(&again).await.fine();
    scene.call_back(&again).await.refused(409, "callback-replayed");
    let forged = scene.cashier.callback_with(no, Some(1), chrono::Utc::now()).unwrap();
    scene.call_back(&forged).await.refused(409, "receipt-differs");
    assert_eq!(scene.house.count("select count(*) from payment_receipt").await, 1);
    scene.order(&code, true).await.refused(409, "bill-over");
    scene.books_are_right().await;
    let verified = docket::ledger::verify(scene.house.test.database.pool(), &[]).await.unwrap();
    assert!(verified.findings.is_empty(), "{verified:?}");
}

#[tokio::test]
async fn what_is_forged_is_refused_and_what_fits_nothing_is_kept() {
    let scene = Scene::new().await.with_payee().await;
    let case = scene.decided(1, 100).await;
    let code = scene.billed(&case).await;
    scene.cashier.be_silent(true);
    let no = scene.order(&code, false).await.fine().text_of("no");
    scene.cashier.pay(&no).await.unwrap();
    let now = chrono::Utc::now();
    // Altered, forged, stale, from the future, nameless.
    let good = scene.cashier.callback(&no).unwrap();
    let mut altered = good.clone();
    altered.body = altered.body.replace("支付成功", "支付成功 ");
    let mut nameless = good.clone();
    nameless.nonce = String::new();
    let mut other_time = good.clone();
    other_time.timestamp = (now.timestamp() + 1).to_string();
    let minutes = |minutes| scene.cashier.callback_with(&no, None, now + chrono::TimeDelta::minutes(minutes)).unwrap();
    for bad in [altered, nameless, other_time, minutes(-6), minutes(6)] {
        scene.call_back(&bad).await.refused(403, "callback-refused");
    }
    assert_eq!(scene.house.count("select count(*) from payment_receipt").await, 0);

    // The database refuses: nothing is kept, and the provider tells again.
    let owner = &scene.house.test.owner_pool;
    for statement in [
        "create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$",
        "create trigger refuse before insert on payment_entry for each row execute function refuse()",
    ] {
        sqlx::query(statement).execute(owner).await.unwrap();
    }
    assert!(scene.call_back(&good).await.status.is_server_error());
    assert_eq!((scene.state(&case).await.as_str(), scene.house.count("select count(*) from payment_receipt").await), ("served", 0));
    sqlx::query("drop trigger refuse on payment_entry").execute(owner).await.unwrap();
    scene.call_back(&good).await.fine();
    assert_eq!(scene.state(&case).await, "paid");

    // Money of no order, of another sum, of a bill that is paid otherwise: all of it is kept, for a person.
    scene.call_back(&scene.cashier.callback_of("nobodysordernumber00", "4299", 777)).await.fine();
    let second = scene.decided(2, 100).await;
    let code = scene.billed(&second).await;
    let no = scene.order(&code, false).await.fine().text_of("no");
    scene.cashier.pay(&no).await.unwrap();
    scene.call_back(&scene.cashier.callback_with(&no, Some(9_999), now).unwrap()).await.fine();
    let third = scene.decided(3, 100).await;
    let code = scene.billed(&third).await;
    let no = scene.order(&code, false).await.fine().text_of("no");
    scene.step(&scene.officer, &third, "pay", json!({ "receipt": "银行回单 1" })).await.fine();
    scene.cashier.pay(&no).await.unwrap();
    scene.call_back(&scene.cashier.callback(&no).unwrap()).await.fine();
    let mut kept: Vec<_> = scene
        .suspense()
        .await
        .iter()
        .map(|it| (it["why_label"].as_str().unwrap().to_owned(), it["suspense_fen"].as_i64().unwrap()))
        .collect();
    kept.sort_by_key(|it| it.1);
    let want = [("没有这个订单", 777), ("金额与订单不符", 9_999), ("缴款通知已作废", 10_000)].map(|(why, fen)| (why.to_owned(), fen));
    assert_eq!(kept, want);
    assert_eq!(scene.shown(&code).await["why"], "本案已经以其他方式缴清");

    // A person says what the wrong sum is for; the rest of the bill still waits.
    let odd = scene.suspense().await.into_iter().find(|it| it["fen"] == 9_999).unwrap()["id"].as_str().unwrap().to_owned();
    let settle = format!("/api/v1/payment-receipts/{odd}/actions/settle");
    let code = scene.bill(&second).await["bill"]["code"].as_str().unwrap().to_owned();
    scene.evaluator.post(&settle, json!({ "code": code, "reason": " " })).await.refused(422, "field-required");
    scene.officer.post(&settle, json!({ "code": code, "reason": "x" })).await.refused(403, "forbidden");
    scene.evaluator.post(&settle, json!({ "code": code, "reason": "当事人少付一分" })).await.fine();
    let bill = &scene.bill(&second).await["bill"];
    assert_eq!((&bill["state"], &bill["owed"]["total_fen"]), (&json!("partly"), &json!(1)), "{bill}");
    scene.evaluator.post(&settle, json!({ "code": code, "reason": "x" })).await.refused(409, "nothing-in-suspense");
    scene.books_are_right().await;
}

#[tokio::test]
async fn a_callback_that_is_lost_is_asked_for_and_strangers_see_nothing() {
    let scene = Scene::new().await.with_payee().await;
    let case = scene.decided(1, 100).await;
    let code = scene.billed(&case).await;
    scene.cashier.be_silent(true);
    let no = scene.order(&code, true).await.fine().text_of("no");
    scene.cashier.pay(&no).await.unwrap();
    assert_eq!(scene.house.payments.look().await.unwrap(), 0, "nobody is asked before a minute has passed");
    scene.house.clock.advance(chrono::TimeDelta::seconds(61));
    assert_eq!(scene.house.payments.look().await.unwrap(), 1);
    assert_eq!((scene.state(&case).await.as_str(), scene.house.payments.look().await.unwrap()), ("paid", 0));
    assert_eq!(scene.bill(&case).await["bill"]["receipts"][0]["heard_label"], "主动查询");

    // Lists find it by number and by code as it is printed, on one's own ground alone.
    let listed = async |who: &str, query: &str| {
        scene.house.signed_in(who).await.get(&format!("/api/v1/fine-bills?{query}")).await.fine().items().len()
    };
    let spaced = format!("q={}%20{}", &code[..4], &code[4..]);
    assert_eq!((listed("officer01", &spaced).await, listed("leader91", "").await, listed("officer_east", "").await), (1, 0, 0));
    assert_eq!((listed("leader01", "state=paid").await, listed("leader01", "state=open").await), (1, 0));
    let file = scene.officer.get("/api/v1/fine-bills/export").await;
    assert!(file.fine().text.contains(&code) && !file.text.contains("测试当事人"), "{}", file.text);
    scene.house.signed_in("leader91").await.get(&format!("/api/v1/cases/{case}/fine-bill")).await.refused(404, "case-not-found");
    scene.house.signed_in("officer_east").await.get("/api/v1/payment-receipts").await.refused(403, "scope-exceeded");
    // One who does not handle the case makes no bill of it.
    let other = scene.decided(2, 100).await;
    let third = scene.house.signed_in("officer03").await;
    third.call(Method::POST, &format!("/api/v1/cases/{other}/fine-bill"), None, Some(json!({}))).await.refused(403, "case-not-handled");
}
