//! Where devices looked, and where nothing looks.

use serde_json::{Value, json};
use testkit::house::in_the_east;

use crate::scene::Scene;

const PATH: &str = "/api/v1/machine-coverage?from=2026-11-02&to=2026-11-02";

fn grid<'a>(report: &'a Value, code: &str) -> &'a Value {
    report["grids"].as_array().unwrap().iter().find(|it| it["code"] == code).unwrap_or_else(|| panic!("no grid {code} in {report}"))
}

#[tokio::test]
async fn each_grid_says_at_which_hours_it_was_looked_at_and_blind_ones_come_first() {
    let scene = Scene::set().await;
    // The camera stands in the west; a car reports from the east. Nine in the morning, an hour before and after.
    scene.device("car-1", json!({ "kind": "car", "position": Value::Null })).await.fine();
    let car = |seconds: i64| scene.event(seconds, json!({ "device": "car-1", "position": in_the_east() }));
    let said = scene
        .send(vec![scene.event(-10, json!({})), scene.event(-5, json!({ "kind": 1 })), car(-4000), scene.event(-5000, json!({}))])
        .await;
    assert!(said.iter().all(|it| it["outcome"] != "refused"), "{said:?}");
    assert!(scene.operator.get(PATH).await.fine().body["counted_to"].is_null(), "counted beside, not by the request");
    let counted = async || while scene.house.machines.count_coverage().await.unwrap() {};
    counted().await;
    scene.house.clock.advance(chrono::Duration::minutes(3));
    counted().await;
    let report = scene.operator.get(PATH).await.fine().body.clone();
    // Counted again, or the events gone after their period: the counts stay.
    counted().await;
    sqlx::query("delete from machine_event").execute(&scene.house.test.owner_pool).await.unwrap();
    counted().await;
    let later = scene.operator.get(PATH).await.fine().body.clone();
    assert_eq!(later["grids"], report["grids"]);
    assert_eq!(grid(&report, "330482901001001")["devices"], 1);
    assert_eq!((report["grids"].as_array().unwrap().len(), &report["blind_grids"], &report["cut"]), (4, &json!(2), &json!(false)));
    let west = grid(&report, "330482901001001");
    assert_eq!((&west["looks"], &west["hours"][8], &west["hours"][7], &west["kinds"]), (&json!(3), &json!(2), &json!(1), &json!(2)));
    assert_eq!(west["blind_hours"], 22);
    let east = grid(&report, "330482902001001");
    assert_eq!((&east["looks"], &east["hours"][7]), (&json!(1), &json!(1)), "a car counts where it was");
    assert_eq!(report["grids"][0]["looks"], 0, "what nothing looks at comes first");
    assert_eq!(report["blind_hours"].as_array().unwrap().len(), 22);
    let kinds = report["kinds"].as_array().unwrap();
    assert_eq!((kinds[1]["number"].as_i64(), &kinds[1]["looks"], &kinds[1]["grids"]), (Some(22), &json!(3), &json!(2)));
    // One kind, one part of the district, no longer than a month.
    let one = scene.operator.get(&format!("{PATH}&kind=1")).await.fine().body.clone();
    assert_eq!((&grid(&one, "330482901001001")["looks"], &one["blind_grids"]), (&json!(1), &json!(3)));
    let east = scene.house.signed_in("operator_east").await.get(PATH).await.fine().body.clone();
    assert!(east["grids"].as_array().unwrap().iter().all(|it| it["code"].as_str().unwrap().starts_with("330482902")), "{east}");
    scene.operator.get("/api/v1/machine-coverage?from=2026-11-02&to=2026-12-03").await.refused(422, "period-invalid");
    scene.operator.get(&format!("{PATH}&kind=65")).await.refused(422, "query-invalid");
    scene.house.signed_in("collector01").await.get(PATH).await.refused(403, "forbidden");
    let file = scene.operator.get(&PATH.replace("machine-coverage", "machine-coverage/export")).await;
    assert!(file.status == 200 && file.text.lines().count() == 5 && file.text.contains("330482901001001"), "{}", file.text);
}
