//! Who meets whom too often, from the tables to the verdict.

use chrono::{DateTime, Duration, Utc};
use kernel::clock::Clock;
use serde_json::json;
use uuid::Uuid;

use crate::scene::Scene;

/// What the ledger would leave of a lead (模拟): fixed by a unit, checked by a person five minutes later.
async fn lived(scene: &Scene, unit: Uuid, checker: Uuid, at: DateTime<Utc>) {
    sqlx::query(
        "with made as (
            insert into lead (region, id, source, source_key, tracking_code, description, text_digest, class_code)
            select '330482', gen_random_uuid(), 'portal', gen_random_uuid()::text, gen_random_uuid()::text, 'x', ''::bytea, '06010' returning id),
         header as (
            insert into docket (region, id, kind, number, state, open, version, title, jurisdiction, opened_at, changed_at, simulated, head_seq, head_hash)
            select '330482', id, 'lead', id::text, 'closed', false, 1, 'x', '330482901001001', $3, $3, true, 1, 'x' from made)
         insert into scrutiny_act (region, docket_id, seq, number, verb, at, person, unit, jurisdiction, passed, simulated)
         select '330482', id, 1, 'x', 'fix', $3::timestamptz, null::uuid, $1, '330482901001001', null::boolean, true from made
         union all select '330482', id, 2, 'x', 'check', $3::timestamptz + interval '5 minutes', $2, $1, '330482901001001', true, true from made",
    )
    .bind(unit)
    .bind(checker)
    .bind(at)
    .execute(&scene.house.test.owner_pool)
    .await
    .unwrap();
}

#[tokio::test]
async fn a_pair_beyond_chance_is_put_before_a_person_and_upheld_only_after_hearing() {
    let scene = Scene::set().await;
    let bureau = scene.house.units.bureau;
    let mut collectors = Vec::new();
    for n in 0..4 {
        collectors.push(scene.house.person(&format!("collector_pair{n}"), bureau, &["collector"], &[]).await.uuid());
    }
    let (west, east) = (scene.house.units.west.uuid(), scene.house.units.east.uuid());
    // Forty mornings on which all four are on duty in one grid, with four leads each: the first checks the western unit whenever he can.
    let now = scene.house.clock.now();
    for day in 0..40_usize {
        let at = now - Duration::days(41 - day as i64);
        let fixes = [west, east, [west, east][day % 2], east];
        for (n, unit) in fixes.into_iter().enumerate() {
            let checker = if unit == west { 0 } else { 1 + (day + n) % 3 };
            lived(&scene, unit, collectors[checker], at + Duration::minutes(10 * n as i64)).await;
        }
    }
    scene.catch_up().await;
    let evaluator = scene.signed_in("evaluator01").await;
    let found = evaluator.get("/api/v1/suspicions?kind=pairing").await.fine().items();
    // Where one of four always meets one of two, the other three always meet the other: nobody can tell them apart from numbers.
    let (of_west, of_east): (Vec<_>, Vec<_>) = found.iter().partition(|it| it["unit_name"] == "西街道中队");
    assert_eq!((of_west.len(), of_east.len() <= 3), (1, true), "{found:?}");
    let it = of_west[0];
    assert_eq!(
        (&it["person_name"].is_string(), &it["unit_name"], &it["strength"], &it["simulated"]),
        (&true, &json!("西街道中队"), &json!("weak"), &json!(true))
    );
    assert_eq!(it["numbers"][0]["value"], "60");
    let pairs = evaluator.get("/api/v1/pairings?found=true").await.fine().body.clone();
    let pair = &pairs["items"][0];
    assert_eq!(
        (&pairs["leads"], &pair["met"], &pair["found"], &pair["cluster"], &pair["quick"]),
        (&json!(160), &json!(60), &json!(true), &json!(1), &json!(60))
    );
    assert!((pair["by_duty"].as_f64().unwrap() - 25.0).abs() < 1e-9, "60 of 160 are of both: half the days 1 of 4, half 4 of 4: {pair}");
    let csv = evaluator.get("/api/v1/pairings/export").await.fine().text.clone();
    assert_eq!(csv.lines().count() as u64, 1 + evaluator.get("/api/v1/pairings").await.items().len() as u64);
    // Asked again, they are as they were tested; after some minutes they are tested anew.
    lived(&scene, west, collectors[1], scene.house.clock.now()).await;
    assert_eq!(evaluator.get("/api/v1/pairings").await.body["leads"], 160);
    scene.house.clock.advance(Duration::minutes(5));
    assert_eq!(evaluator.get("/api/v1/pairings").await.body["leads"], 161);
    // The township next door sees nothing of people of the county.
    scene.signed_in("administrator91").await.get("/api/v1/pairings").await.refused(403, "scope-exceeded");

    scene.judge(it, "upheld").await.refused(409, "nobody-heard-yet");
    let path = format!("/api/v1/suspicions/{}", it["id"].as_str().unwrap());
    evaluator.post(&format!("{path}/actions/hear"), json!({ "note": " " })).await.refused(422, "note-invalid");
    evaluator.post(&format!("{path}/actions/hear"), json!({ "note": "说那一段由他包干，电话 13900000001" })).await.fine();
    let shown = evaluator.get(&path).await.fine().body.clone();
    assert!(shown["statements"][0]["text"].as_str().unwrap().contains("包干") && !shown.to_string().contains("13900000001"));
    assert_eq!(scene.judge(it, "upheld").await.fine().body["outcome"], "counted");

    // Dismissed, the pair is not raised anew the week after; with a new lead that brought the two together it is.
    sqlx::query("update suspicion set state = 'dismissed' where kind = 'pairing'").execute(&scene.house.test.owner_pool).await.unwrap();
    let of_pair =
        "select count(*) from suspicion where kind = 'pairing' and unit = (select id from organisation where name = '西街道中队')";
    scene.house.clock.advance(Duration::days(7));
    scene.catch_up().await;
    assert_eq!(scene.house.count(of_pair).await, 1);
    lived(&scene, west, collectors[0], scene.house.clock.now()).await;
    scene.house.clock.advance(Duration::days(1));
    scene.catch_up().await;
    assert_eq!(scene.house.count(of_pair).await, 2);
}
