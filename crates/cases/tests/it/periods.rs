//! Steps of time: taken by the periods, once, also by a second program; never by hand.

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use serde_json::{Value, json};

use crate::scene::Scene;

fn fact<'a>(page: &'a Value, label: &str) -> Option<&'a str> {
    page["facts"].as_array()?.iter().find(|it| it["label"] == label)?["value"].as_str()
}

#[tokio::test]
async fn time_takes_its_own_steps_once_and_nobody_takes_them_for_it() {
    let scene = Scene::new().await;
    let Scene { officer, head, house, .. } = &scene;
    let case = &scene.open("ordinary").await;
    scene.noticed(case, 20_000).await;
    scene.step(officer, case, "defence-runs-out", json!({})).await.refused(409, "time-only");
    assert_eq!(house.cases.end_periods().await.unwrap(), 0, "nothing has ended yet");

    // Counted before a holiday was announced, they would have ended on Thursday: the calendar in force counts.
    let told: DateTime<Utc> = Utc.with_ymd_and_hms(2026, 11, 5, 15, 59, 59).unwrap();
    let id: uuid::Uuid = case.parse().unwrap();
    let shortened = sqlx::query("update case_clock set due_at = $1 where case_id = $2").bind(told).bind(id);
    shortened.execute(&house.test.owner_pool).await.unwrap();
    house.clock.set(Utc.with_ymd_and_hms(2026, 11, 6, 2, 0, 0).unwrap());
    assert_eq!(house.cases.end_periods().await.unwrap(), 0, "the period was told too short");
    let ends: Vec<DateTime<Utc>> =
        sqlx::query_scalar("select due_at from case_clock where case_id = $1").bind(id).fetch_all(&house.test.owner_pool).await.unwrap();
    assert!(ends.len() == 2 && ends.iter().all(|end| *end > told + TimeDelta::days(3)), "{ends:?}");

    // Five working days from Monday 2 November end with Monday the 9th.
    house.clock.set(Utc.with_ymd_and_hms(2026, 11, 9, 15, 59, 58).unwrap());
    assert_eq!(house.cases.end_periods().await.unwrap(), 0, "the last day is still in time");
    house.clock.set(Utc.with_ymd_and_hms(2026, 11, 9, 16, 0, 1).unwrap());
    // Two programs at once, and one that is started afterwards.
    let (one, two) = tokio::join!(house.cases.end_periods(), house.cases.end_periods());
    assert_eq!(one.unwrap() + two.unwrap(), 2, "statement and hearing");
    assert_eq!(house.cases.end_periods().await.unwrap(), 0);
    let page = scene.show(case).await;
    assert_eq!((fact(&page, "陈述申辩"), fact(&page, "听证")), (Some("期限届满，未提出"), Some("期限届满，未申请")));
    let by_time: Vec<_> = page["steps"].as_array().unwrap().iter().filter(|it| it["person"].is_null()).collect();
    assert_eq!(by_time.len(), 2, "{}", page["steps"]);

    house.clock.set(Utc.with_ymd_and_hms(2026, 11, 10, 2, 0, 0).unwrap());
    Scene::taken(&scene.step(head, case, "decide", json!({})).await, "decided");
    Scene::taken(&scene.step(officer, case, "seal", json!({})).await, "decided");
    Scene::taken(&scene.step(officer, case, "serve-decision", json!({ "mode": "direct", "reached": [1] })).await, "served");

    // The fifteen days pass before the case is put to performance: the end waits, and comes with the step.
    house.clock.set(Utc.with_ymd_and_hms(2026, 11, 26, 2, 0, 0).unwrap());
    assert_eq!(house.cases.end_periods().await.unwrap(), 0);
    scene.step(officer, case, "remind", json!({ "mode": "direct", "reached": [1] })).await.refused(409, "not-in-this-state");
    Scene::taken(&scene.step(officer, case, "start-performing", json!({})).await, "performing");
    scene.step(officer, case, "remind", json!({ "mode": "direct", "reached": [1] })).await.refused(409, "overdue");
    assert_eq!(house.cases.end_periods().await.unwrap(), 1);
    assert_eq!(fact(&scene.show(case).await, "履行"), Some("逾期未履行"));
    Scene::taken(&scene.step(officer, case, "remind", json!({ "mode": "direct", "reached": [1] })).await, "reminded");

    let court = scene.step(head, case, "apply-to-court", json!({})).await;
    court.refused(409, "reminded-long-enough");
    assert_eq!(court.body["from"], "2026-12-11", "ten working days after 26 November: {}", court.text);
    // Six months after the decision was received the way to the court is open, for three months.
    house.clock.set(Utc.with_ymd_and_hms(2026, 12, 11, 2, 0, 0).unwrap());
    assert_eq!(house.cases.end_periods().await.unwrap(), 1);
    let court = scene.step(head, case, "apply-to-court", json!({})).await;
    court.refused(409, "remedy-time-over");
    assert_eq!(court.body["from"], "2027-05-11", "{}", court.text);
    house.clock.set(Utc.with_ymd_and_hms(2027, 5, 11, 2, 0, 0).unwrap());
    assert_eq!(house.cases.end_periods().await.unwrap(), 1);
    assert_eq!(fact(&scene.show(case).await, "申请法院执行"), Some("可以申请"));
    Scene::taken(&scene.step(head, case, "apply-to-court", json!({})).await, "court_applied");
    house.clock.advance(TimeDelta::days(200));
    assert_eq!(house.cases.end_periods().await.unwrap(), 1, "the three months have closed");
}
