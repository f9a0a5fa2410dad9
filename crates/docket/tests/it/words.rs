//! What people type keeps its telephone and identity numbers to itself: neither history nor events nor titles show them.

use docket::{Change, Event};
use serde_json::json;

use crate::desk::{desk, entry};

#[tokio::test]
async fn numbers_inside_words_reach_neither_ledger_nor_outbox_nor_title() {
    let desk = desk().await;
    let mut opening = desk.opening(1, Vec::new());
    opening.title = "垃圾没人管，请打139 0573 1234".into();
    opening.entries = vec![entry("report", "电话１３９０５７３１２３４")];
    opening.events = vec![Event { topic: "test.opened", payload: json!({ "title": opening.title }) }];
    let mut transaction = desk.test.database.pool().begin().await.unwrap();
    docket::open(&mut transaction, desk.now(), std::slice::from_ref(&opening)).await.unwrap();
    transaction.commit().await.unwrap();
    let change = Change {
        title: Some("找0573-85012345".into()),
        entries: vec![entry("comment", "身份证11010519491231002X，网格330482901001001")],
        events: vec![Event { topic: "test.changed", payload: json!({ "notes": ["13905731234"], "number": opening.number }) }],
        ..Change::default()
    };
    desk.change(&opening.key, change).await;
    for table in ["docket", "ledger_entry", "outbox"] {
        let rows: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select t::text from {table} t")))
            .fetch_all(&desk.test.owner_pool)
            .await
            .unwrap();
        let text = rows.join("\n");
        for secret in ["0573 1234", "05731234", "０５７３１２３４", "85012345", "19491231"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
        assert!(text.contains('*'), "{text}");
    }
    let grid: bool = sqlx::query_scalar("select bool_or(payload like '%330482901001001%') from ledger_entry")
        .fetch_one(&desk.test.owner_pool)
        .await
        .unwrap();
    assert!(grid, "codes stay");
    assert!(docket::ledger::verify(desk.test.database.pool(), &[]).await.unwrap().findings.is_empty());
}
