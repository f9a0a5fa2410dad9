//! The provider's day file against the books.

use axum::{
    body::Body,
    http::{Method, Request},
};
use serde_json::json;
use testkit::house::{Answer, Client};

use crate::scene::Scene;

async fn import(by: &Client, file: &[u8]) -> Answer {
    let request = Request::builder().method(Method::PUT).uri("/api/v1/payment-days/2026-11-02").header("content-type", "text/csv");
    by.send(request.body(Body::from(file.to_vec())).unwrap()).await
}

#[tokio::test]
async fn every_row_of_a_day_is_matched_or_a_difference_that_a_person_settles() {
    let scene = Scene::new().await.with_payee().await;
    scene.cashier.be_silent(true);
    let mut orders = Vec::new();
    for number in 1..=4 {
        let case = scene.decided(number, 100).await;
        let code = scene.billed(&case).await;
        let no = scene.order(&code, true).await.fine().text_of("no");
        scene.cashier.pay(&no).await.unwrap();
        orders.push(no);
    }
    // One is booked as it was, one with another sum; of one nobody told us; one is not in their file.
    for (no, fen) in [(&orders[0], None), (&orders[1], Some(9_000)), (&orders[3], None)] {
        scene.call_back(&scene.cashier.callback_with(no, fen, chrono::Utc::now()).unwrap()).await.fine();
    }
    let mut lines: Vec<String> = scene.cashier.day_file().lines().map(str::to_owned).collect();
    lines.retain(|line| !line.contains(&orders[3]));
    *lines.last_mut().unwrap() = "`3,`300.00,`0.00".to_owned();
    let file = encode_gbk(&lines.join("\r\n"));
    import(&scene.evaluator, &file[..file.len() - 20]).await.refused(422, "day-file-invalid");
    import(&scene.officer, &file).await.refused(403, "forbidden");
    let request = Request::builder().method(Method::PUT).uri("/api/v1/payment-days/2026-11-03").header("content-type", "text/csv");
    let wrong_day = scene.evaluator.send(request.body(Body::from(file.clone())).unwrap()).await;
    wrong_day.refused(422, "day-file-invalid");
    assert!(wrong_day.text.contains("不是 2026-11-03 的对账文件"), "{}", wrong_day.text);
    let day = import(&scene.evaluator, &file).await.fine().body.clone();
    let count = |name: &str| day[name].as_i64().unwrap();
    assert_eq!((count("matched"), count("missing_here"), count("missing_there"), count("different")), (1, 1, 1, 1), "{day}");
    assert_eq!(count("rows"), 4);
    assert_eq!(import(&scene.evaluator, &file).await.fine().body, day, "the same file changes nothing");
    import(&scene.evaluator, scene.cashier.day_file().as_bytes()).await.refused(409, "day-imported");

    let rows = format!("/api/v1/payment-days/{}/rows", day["id"].as_str().unwrap());
    for row in scene.evaluator.get(&rows).await.fine().items() {
        let settle = format!("{rows}/{}/actions/settle", row["ordinal"]);
        let answer = scene.evaluator.post(&settle, json!({ "reason": "已与渠道核实" })).await;
        if row["kind"] == "matched" {
            answer.refused(409, "difference-not-open");
        } else {
            answer.fine();
            scene.evaluator.post(&settle, json!({ "reason": "再次处理" })).await.refused(409, "difference-not-open");
        }
    }
    let days = scene.evaluator.get("/api/v1/payment-days").await.fine().items();
    assert_eq!((days.len(), &days[0]["open"]), (1, &json!(0)));
}

fn encode_gbk(text: &str) -> Vec<u8> {
    encoding_rs::GBK.encode(text).0.into_owned()
}
