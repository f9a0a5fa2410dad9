//! A reporter's name and telephone: sealed, masked, shown for a reason only.

use std::{
    io::Write,
    sync::{Arc, Mutex},
};

use serde_json::json;
use testkit::house::in_the_west;
use tracing_subscriber::fmt::MakeWriter;

use crate::scene::Scene;

const TELEPHONE: &str = "13905731234";
const NAME: &str = "测试甲乙丙";

/// What was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn nobody_reads_a_telephone_but_with_right_and_reason() {
    let log = Log::default();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing_subscriber::filter::LevelFilter::TRACE).with_writer(log.clone()).finish();
    // Every test has a process of its own under nextest; elsewhere the first subscriber stays.
    let _ = tracing::subscriber::set_global_default(subscriber);
    let scene = Scene::set().await;
    let body =
        json!({ "description": "井盖松动有异响", "position": in_the_west(), "class_code": "06010", "name": NAME, "telephone": TELEPHONE });
    let receipt = scene.citizen.post("/api/v1/public/reports", body).await;
    let mut seen = vec![receipt.fine().text.clone()];
    let code = receipt.text_of("tracking_code");
    let row = scene.operator.get("/api/v1/leads").await;
    let id = row.items()[0]["id"].as_str().unwrap().to_owned();
    for client in [&scene.operator, &scene.shift_leader, &scene.administrator] {
        for path in ["/api/v1/leads?q=井盖", "/api/v1/todo", "/api/v1/leads/counts", "/api/v1/notifications"] {
            seen.push(client.get(&path.replace("井盖", "%E4%BA%95%E7%9B%96")).await.text);
        }
        for tail in ["", "/history", "/suggestions"] {
            seen.push(client.get(&format!("/api/v1/leads/{id}{tail}")).await.fine().text.clone());
        }
        seen.push(client.get("/api/v1/leads/export?format=csv").await.text);
    }
    seen.push(scene.citizen.get(&format!("/api/v1/public/reports/{code}")).await.fine().text.clone());
    seen.push(scene.citizen.get("/api/v1/public/recent").await.fine().text.clone());
    let bad = scene.citizen.post("/api/v1/public/reports", json!({ "description": "x", "telephone": "1390573123400000000" })).await;
    seen.push(bad.text.clone());
    assert_eq!((bad.status.as_u16(), &bad.body["fields"][0]["field"]), (422, &json!("telephone")));

    for table in ["docket", "lead", "ledger_entry", "outbox", "deadline", "docket_words", "personal", "personal_key"] {
        let text: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select t::text from {table} t")))
            .fetch_all(&scene.house.test.owner_pool)
            .await
            .unwrap();
        seen.extend(text);
    }

    // The right, a reason, and a line in the ledger.
    scene.handler.act(&id, "reveal", json!({ "reason": "联系" })).await.refused(403, "forbidden");
    let auxiliary = scene.house.signed_in("auxiliary01").await;
    auxiliary.act(&id, "reveal", json!({ "reason": "联系" })).await.refused(403, "forbidden");
    scene.operator.act(&id, "reveal", json!({ "reason": "  " })).await.refused(422, "field-required");
    scene.unit_leader.act(&id, "reveal", json!({ "reason": "联系" })).await.refused(404, "lead-not-found");
    assert_eq!(scene.history(&id).await, ["report"]);
    let shown = scene.operator.act(&id, "reveal", json!({ "reason": "回访核实位置" })).await;
    assert_eq!((&shown.fine().body["telephone"], &shown.body["name"]), (&json!(TELEPHONE), &json!(NAME)));
    let history = scene.operator.get(&format!("/api/v1/leads/{id}/history")).await;
    let line = history.items().pop().unwrap();
    assert_eq!(
        (&line["action"], &line["payload"]["reason"], &line["actor"]["name"]),
        (&json!("reveal"), &json!("回访核实位置"), &json!("测试operator01"))
    );
    seen.push(history.text);

    seen.push(String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned());
    for text in &seen {
        for secret in [TELEPHONE, NAME, "1390573", "甲乙丙", &hex::encode(TELEPHONE), &hex::encode(NAME)] {
            assert!(!text.contains(secret), "{secret} in {}", &text[..text.len().min(600)]);
        }
    }
}
