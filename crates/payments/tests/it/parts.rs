//! Paid in parts: only the last part pays the case off.

use serde_json::json;

use crate::scene::Scene;

#[tokio::test]
async fn a_fine_in_parts_is_paid_off_by_the_last_of_them_alone() {
    let scene = Scene::new().await.with_payee().await;
    let case = scene.decided(1, 180).await;
    let code = scene.billed(&case).await;
    let id = scene.bill(&case).await["bill"]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/fine-bills/{id}/parts");
    let parts = |sums: [i64; 3]| {
        let days = ["2026-11-20", "2026-12-20", "2027-01-20"];
        json!({ "parts": days.iter().zip(sums).map(|(due_on, fen)| json!({ "due_on": due_on, "fen": fen })).collect::<Vec<_>>() })
    };
    scene.officer.put(&path, parts([6_000, 6_000, 6_000])).await.refused(409, "bill-not-deferred");
    scene.step(&scene.officer, &case, "start-performing", json!({})).await.fine();
    scene.step(&scene.head, &case, "defer", json!({ "agreed": true, "days": 90, "note": "经济困难" })).await.fine();
    scene.officer.put(&path, parts([6_000, 6_000, 5_999])).await.refused(422, "parts-invalid");
    let late = json!({ "parts": [{ "due_on": "2027-06-01", "fen": 18_000 }] });
    scene.officer.put(&path, late).await.refused(422, "parts-invalid");
    // Nothing is due before the decision's own last day, the 17th.
    let early = json!({ "parts": [{ "due_on": "2026-11-16", "fen": 18_000 }] });
    scene.officer.put(&path, early).await.refused(422, "parts-invalid");
    scene.officer.put(&path, parts([6_000, 6_000, 6_000])).await.fine();

    for (day, owed, state, of_case) in [(10, 6_000, "partly", "deferred"), (40, 6_000, "partly", "deferred")] {
        scene.day(day);
        assert_eq!(scene.shown(&code).await["owed"]["next_fen"], owed);
        let no = scene.order(&code, false).await.fine().text_of("no");
        scene.cashier.pay(&no).await.unwrap();
        assert_eq!((scene.shown(&code).await["state"].as_str(), scene.state(&case).await.as_str()), (Some(state), of_case));
    }
    // The last part three days late: its extra fine is 3 % of that part a day.
    scene.day(82);
    scene.house.cases.end_periods().await.unwrap();
    let order = scene.order(&code, false).await.fine().body.clone();
    assert_eq!((&order["fine_fen"], &order["surcharge_fen"]), (&json!(6_000), &json!(540)), "{order}");
    scene.cashier.pay(order["no"].as_str().unwrap()).await.unwrap();
    assert_eq!((scene.shown(&code).await["state"].as_str(), scene.state(&case).await.as_str()), (Some("paid"), "paid"));
    scene.books_are_right().await;
}

#[tokio::test]
async fn what_was_put_off_after_the_bill_is_due_when_that_ends_and_the_court_waits_for_its_days() {
    let scene = Scene::new().await.with_payee().await;
    let case = scene.decided(1, 100).await;
    let code = scene.billed(&case).await;
    scene.step(&scene.officer, &case, "start-performing", json!({})).await.fine();
    scene.step(&scene.head, &case, "defer", json!({ "agreed": true, "days": 60, "note": "经济困难" })).await.fine();
    let until = scene.bill(&case).await["deferred_until"].as_str().unwrap().to_owned();
    scene.day(30);
    let owed = scene.shown(&code).await["owed"].clone();
    assert_eq!((owed["surcharge_fen"].as_i64(), owed["next_due_on"].as_str()), (Some(0), Some(until.as_str())), "{owed}");
    assert_eq!(scene.bill(&case).await["needs"].as_array().map(Vec::len), Some(0));

    // It ended: late from its last day on, and not from the decision's.
    scene.day(70);
    scene.house.cases.end_periods().await.unwrap();
    let owed = scene.shown(&code).await["owed"].clone();
    let late = kernel::clock::shanghai();
    let late = (scene.now().with_timezone(&late).date_naive() - until.parse::<chrono::NaiveDate>().unwrap()).num_days();
    assert!(late > 0 && late < 20, "{late}");
    assert_eq!(owed["surcharge_fen"].as_i64(), Some(late * 300), "{owed}");

    // Reminded eleven days ago by the calendar, of which ten are not working days all: the table says when they are over.
    let need = async |words: &str| {
        let bill = scene.bill(&case).await;
        let needs = bill["needs"].as_array().unwrap();
        needs.iter().find(|it| it["words"].as_str().unwrap().contains(words)).expect("the need")["met"].as_bool()
    };
    assert_eq!(need("写明金额").await, Some(false));
    scene.step(&scene.officer, &case, "remind", json!({ "mode": "direct", "reached": [1] })).await.fine();
    scene.day(81);
    scene.house.cases.end_periods().await.unwrap();
    assert_eq!(
        (need("写明金额").await, need("十个工作日").await, need("复议、诉讼期限已经届满").await),
        // On the spot the review comes first, within sixty days (行政复议法第二十条、第二十三条): they are over.
        (Some(true), Some(false), Some(true))
    );
    scene.day(91);
    scene.house.cases.end_periods().await.unwrap();
    assert_eq!(need("十个工作日").await, Some(true));
}
