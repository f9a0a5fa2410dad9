//! Replies that crowd before the limit.

use chrono::Duration;
use kernel::clock::Clock;
use serde_json::json;

use crate::scene::Scene;

#[tokio::test]
async fn a_unit_whose_replies_crowd_before_the_limit_stands_out_once_a_week_and_opens_to_its_leads() {
    let scene = Scene::set().await;
    let own = scene.fixing(1).await;
    let now = scene.house.clock.now();
    // Replies as the ledger would leave them: a unit that answers in time for the limit, and one that answers in time for the problem.
    for (unit, late) in [(scene.house.units.west, true), (scene.house.units.east, false)] {
        for at in 0..40 {
            let early = if late && at % 2 == 0 { 3 } else { 120 };
            sqlx::query(
                "insert into scrutiny_act (region, docket_id, seq, number, verb, at, unit, jurisdiction, due_at, simulated)
                 values ('330482', case when $1 then $2 else gen_random_uuid() end, $3, 'x', 'fix', $4, $5, '330482901', $6, false)",
            )
            .bind(late)
            .bind(uuid::Uuid::parse_str(&own).unwrap())
            .bind(1_000 + at)
            .bind(now - Duration::days(3))
            .bind(unit.uuid())
            .bind(now - Duration::days(3) + Duration::minutes(early))
            .execute(&scene.house.test.owner_pool)
            .await
            .unwrap();
        }
    }
    scene.catch_up().await;
    let evaluator = scene.signed_in("evaluator01").await;
    let found = evaluator.get("/api/v1/suspicions?kind=edge-burst").await.fine().items();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((&found[0]["unit_name"], &found[0]["strength"]), (&json!("西街道中队"), &json!("weak")));
    assert_eq!(found[0]["numbers"][0]["value"], "50%（20/40）");
    let opened = evaluator.get(&format!("/api/v1/suspicions/{}", found[0]["id"].as_str().unwrap())).await;
    assert_eq!(opened.fine().body["leads"][0]["id"], json!(own));
    scene.house.clock.advance(Duration::days(1));
    scene.catch_up().await;
    assert_eq!(scene.house.count("select count(*) from suspicion").await, 1, "the same week");
    let upheld = scene.judge(&found[0], "upheld").await;
    assert_eq!(upheld.fine().body["outcome"], "counted");
}
