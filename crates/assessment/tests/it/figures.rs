//! Every indicator against numbers worked out by hand.

use chrono::Duration;
use serde_json::{Value, json};
use testkit::house::Client;

use crate::scene::{Scene, expect, figure, report, row};

const MONDAY: &str = "from=2026-11-02&to=2026-11-02";
const TUESDAY: &str = "from=2026-11-03&to=2026-11-03";
const BOTH: &str = "from=2026-11-02&to=2026-11-03";

/// Monday's figures of the county after Monday is over: of four reports one was refused, one filed late, one sent back and dispatched to
/// another unit; the disposal of three was due, and one was done.
const AFTER_MONDAY: [(&str, &str); 25] = [
    ("reports", "4"),
    ("valid-report-rate", "3/4"),
    ("verify-in-time-rate", "0/0 —"),
    ("check-in-time-rate", "1/1"),
    ("missed-rate", "2/3"),
    ("acceptances", "3"),
    ("accept-in-time-rate", "4/4"),
    ("accept-accurate-rate", "3/3"),
    ("filing-rate", "3/3"),
    ("filings", "3"),
    ("file-in-time-rate", "2/3"),
    ("file-accurate-rate", "3/3"),
    ("dispatches", "4"),
    ("dispatch-in-time-rate", "4/4"),
    ("dispatch-accurate-rate", "3/4"),
    ("fix-rate", "1/3"),
    ("fix-in-time-rate", "1/3"),
    ("overdue-open-rate", "2/3"),
    ("overdue-rate", "2/3"),
    ("extension-rate", "0/3"),
    ("rework-rate", "0/3"),
    ("reworks", "0"),
    ("closing-rate", "1/3"),
    ("closing-in-time-rate", "1/3"),
    ("citizen-report-rate", "2/3"),
];

/// Monday: one goes round, one is refused, one is filed late and waits, one is sent back and waits at the eastern squad.
async fn monday(scene: &Scene) -> [String; 4] {
    let round = scene.reported(None).await;
    scene.accept(&round).await;
    scene.file(&round).await;
    scene.finish(&round, "collector01").await;
    let refused = scene.reported(Some("collector01")).await;
    scene.act("operator01", &refused, "reject", json!({ "reason": "不属于本区职责" })).await;
    let late = scene.reported(Some("collector01")).await;
    scene.accept(&late).await;
    scene.house.clock.advance(Duration::minutes(30));
    scene.file(&late).await;
    let moved = scene.reported(None).await;
    scene.accept(&moved).await;
    scene.file(&moved).await;
    scene.act("unit_leader01", &moved, "send-back", json!({ "reason": "不在本街道" })).await;
    scene.act("dispatcher01", &moved, "dispatch", json!({ "unit": scene.house.units.east })).await;
    scene.catch_up().await;
    [round, refused, late, moved]
}

fn county(query: &str) -> String {
    format!("{query}&by=county")
}

/// Items behind both parts of every figure of a row, page by page.
async fn opens_to_its_leads(client: &Client, query: &str, report: &Value, row: &Value) {
    for column in report["indicators"].as_array().unwrap() {
        let code = column["code"].as_str().unwrap();
        let text = figure(report, row, code);
        let text = text.trim_end_matches(" —");
        let (numerator, denominator) = text.split_once('/').unwrap_or((text, text));
        for (part, expected) in [("numerator", numerator), ("denominator", denominator)] {
            let mut address = format!("/api/v1/indicators/{code}/leads?{query}&part={part}&limit=1");
            if let Some(subject) = row["code"].as_str().filter(|code| !code.is_empty()) {
                address = format!("{address}&subject={subject}");
            }
            let (mut found, mut cursor) = (0, String::new());
            loop {
                let page = client.get(&format!("{address}{cursor}")).await;
                found += page.fine().items().len();
                match page.body["next_cursor"].as_str() {
                    Some(next) => cursor = format!("&cursor={next}"),
                    None => break,
                }
            }
            assert_eq!(found.to_string(), expected, "{code} {part} of {}", row["name"]);
        }
    }
}

#[tokio::test]
async fn a_day_counts_what_happened_on_it_whatever_happens_later() {
    let scene = Scene::set().await;
    let [round, _, late, moved] = monday(&scene).await;
    let leader = scene.signed_in("leader01").await;

    // Half past nine: what is not due yet is not counted as due.
    let now = report(&leader, &county(MONDAY)).await;
    expect(&now, row(&now, "模拟县"), &[("fix-rate", "1/1"), ("overdue-open-rate", "0/1"), ("dispatch-accurate-rate", "3/4")]);

    // Tuesday, ten o'clock: the four working hours of both have run out on Monday afternoon.
    scene.house.clock.advance(Duration::minutes(24 * 60 + 30));
    scene.catch_up().await;
    let then = report(&leader, &county(MONDAY)).await;
    expect(&then, row(&then, "模拟县"), &AFTER_MONDAY);
    assert!(then["rule"].as_str().unwrap().contains("“—”") && then["as_of"] == "2026-11-02");
    opens_to_its_leads(&leader, &county(MONDAY), &then, row(&then, "模拟县")).await;

    // One is fixed late and closed, the other gets more time: Monday stays as it was.
    scene.finish(&late, "collector02").await;
    scene.act("unit_leader_east", &moved, "request-extension", json!({ "hours": 200, "reason": "等吊车" })).await;
    scene.act("shift_leader01", &moved, "grant-extension", json!({ "hours": 200 })).await;
    scene.catch_up().await;
    let again = report(&leader, &county(MONDAY)).await;
    expect(&again, row(&again, "模拟县"), &AFTER_MONDAY);
    let both = report(&leader, &county(BOTH)).await;
    expect(
        &both,
        row(&both, "模拟县"),
        &[
            ("fix-rate", "2/2"),
            ("fix-in-time-rate", "1/2"),
            ("overdue-open-rate", "0/2"),
            ("overdue-rate", "1/2"),
            ("closing-rate", "2/2"),
            ("closing-in-time-rate", "1/2"),
            ("check-in-time-rate", "2/2"),
        ],
    );
    opens_to_its_leads(&leader, &county(BOTH), &both, row(&both, "模拟县")).await;
    let tuesday = report(&leader, &county(TUESDAY)).await;
    expect(
        &tuesday,
        row(&tuesday, "模拟县"),
        &[("reports", "0"), ("fix-rate", "0/0 —"), ("closing-rate", "0/0 —"), ("check-in-time-rate", "1/1")],
    );

    // Wednesday: the filing turns out wrong. Monday's report does not know it, one that reaches to Wednesday does.
    scene.house.clock.advance(Duration::days(1));
    scene.act("shift_leader01", &moved, "void", json!({ "reason": "重复上报" })).await;
    scene.catch_up().await;
    let again = report(&leader, &county(MONDAY)).await;
    expect(&again, row(&again, "模拟县"), &AFTER_MONDAY);
    let whole = report(&leader, "from=2026-11-02&to=2026-11-04&by=county").await;
    expect(&whole, row(&whole, "模拟县"), &[("file-accurate-rate", "2/3"), ("accept-accurate-rate", "2/3"), ("fix-rate", "2/2")]);

    // Counting again changes nothing.
    scene.assessment.count_again().await.unwrap();
    let filled = scene.assessment.catch_up().await.unwrap();
    assert_eq!((filled.leads, filled.changed, filled.days), (4, 0, 0));
    assert_eq!(report(&leader, &county(MONDAY)).await, again);
    assert_ne!(round, late);
}

#[tokio::test]
async fn rows_are_of_places_units_and_people() {
    let scene = Scene::set().await;
    monday(&scene).await;
    scene.house.clock.advance(Duration::minutes(24 * 60 + 30));
    scene.catch_up().await;
    let leader = scene.signed_in("leader01").await;
    let of = async |by: &str| report(&leader, &format!("{MONDAY}&by={by}")).await;

    for (by, name) in [("township", "模拟西街道"), ("grid", "第001单元网格")] {
        let places = of(by).await;
        assert_eq!(places["subjects"].as_array().unwrap().len(), 1);
        expect(&places, row(&places, name), &AFTER_MONDAY);
        expect(&places, &places["total"], &AFTER_MONDAY);
    }
    let units = of("unit").await;
    expect(&units, row(&units, "西街道中队"), &[("fix-rate", "1/2"), ("closing-in-time-rate", "1/2"), ("rework-rate", "0/2")]);
    expect(&units, row(&units, "东街道中队"), &[("fix-rate", "0/1"), ("overdue-open-rate", "1/1"), ("closing-rate", "0/1")]);
    // Reworks 10 × 100, closing 30 × 50, in time 30 × 50, rework rate 30 × 100.
    assert_eq!((&row(&units, "西街道中队")["score"], &row(&units, "西街道中队")["grade"]), (&json!(70.0), &json!("C")));

    let collectors = of("collector").await;
    assert_eq!(collectors["subjects"].as_array().unwrap().len(), 1);
    let collector = row(&collectors, "测试collector01");
    expect(
        &collectors,
        collector,
        &[("reports", "2"), ("valid-report-rate", "1/2"), ("check-in-time-rate", "1/1"), ("verify-in-time-rate", "0/0 —")],
    );
    let operators = of("operator").await;
    expect(&operators, row(&operators, "测试operator01"), &[("acceptances", "3"), ("accept-in-time-rate", "4/4"), ("filing-rate", "3/3")]);
    let leaders = of("shift_leader").await;
    expect(&leaders, row(&leaders, "测试shift_leader01"), &[("filings", "3"), ("file-in-time-rate", "2/3"), ("file-accurate-rate", "3/3")]);
    // The rule dispatched the rest: nobody's work.
    let dispatchers = of("dispatcher").await;
    expect(&dispatchers, row(&dispatchers, "测试dispatcher01"), &[("dispatches", "1"), ("dispatch-accurate-rate", "1/1")]);
    for (by, report) in [("unit", &units), ("collector", &collectors), ("operator", &operators), ("dispatcher", &dispatchers)] {
        for row in report["subjects"].as_array().unwrap().iter().chain([&report["total"]]) {
            opens_to_its_leads(&leader, &format!("{MONDAY}&by={by}"), report, row).await;
        }
    }

    // Read from the items instead of the sums, it is the same.
    for by in ["unit", "operator", "collector"] {
        let deep = report(&leader, &format!("{MONDAY}&by={by}&region=330482901001")).await;
        assert_eq!(deep["subjects"], of(by).await["subjects"], "{by}");
    }
    assert!(report(&leader, &format!("{MONDAY}&by=unit&region=330482902")).await["subjects"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn figures_reach_as_far_as_their_readers_ground() {
    let scene = Scene::set().await;
    monday(&scene).await;
    scene.house.clock.advance(Duration::minutes(24 * 60 + 30));
    scene.catch_up().await;
    for account in ["operator91", "operator_east"] {
        let stranger = scene.signed_in(account).await;
        for by in ["county", "township", "grid", "unit", "collector", "operator", "shift_leader", "dispatcher"] {
            let report = report(&stranger, &format!("{MONDAY}&by={by}")).await;
            assert_eq!(report["subjects"], json!([]), "{account} {by}");
            expect(
                &report,
                &report["total"],
                &report["indicators"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|column| (column["code"].as_str().unwrap(), if column["denominator"].is_null() { "0" } else { "0/0 —" }))
                    .collect::<Vec<_>>(),
            );
        }
        let leads = stranger.get(&format!("/api/v1/indicators/reports/leads?{MONDAY}&by=county")).await;
        assert!(leads.fine().items().is_empty());
    }
    // Who leads a unit sees what his unit was given, wherever it lies.
    let east = scene.signed_in("unit_leader_east").await;
    for (by, name) in [("unit", "东街道中队"), ("county", "模拟县"), ("grid", "第001单元网格")] {
        let report = report(&east, &format!("{MONDAY}&by={by}")).await;
        assert_eq!(report["subjects"].as_array().unwrap().len(), 1, "{by}");
        expect(&report, row(&report, name), &[("fix-rate", "0/1"), ("closing-rate", "0/1")]);
        opens_to_its_leads(&east, &format!("{MONDAY}&by={by}"), &report, row(&report, name)).await;
    }
    let handler = scene.signed_in("unit_handler01").await;
    handler.get(&format!("/api/v1/indicators?{MONDAY}&by=unit")).await.refused(403, "forbidden");
}

#[tokio::test]
async fn verification_extension_and_rework_are_counted() {
    let scene = Scene::set().await;
    let lead = scene.reported(None).await;
    scene.act("operator01", &lead, "request-verify", json!({})).await;
    // Half an hour is the limit: at forty minutes it has run out.
    scene.house.clock.advance(Duration::minutes(40));
    scene.catch_up().await;
    scene.act("collector01", &lead, "verify", json!({ "genuine": true })).await;
    scene.accept(&lead).await;
    scene.file(&lead).await;
    scene.act("unit_handler01", &lead, "request-extension", json!({ "hours": 1, "reason": "等吊车" })).await;
    scene.act("shift_leader01", &lead, "grant-extension", json!({ "hours": 1 })).await;
    scene.act("unit_handler01", &lead, "take", json!({})).await;
    let after = scene.house.photo().await;
    scene.act("unit_handler01", &lead, "fix", json!({ "after_photos": [after] })).await;
    scene.act("operator01", &lead, "request-check", json!({})).await;
    scene.act("collector02", &lead, "check", json!({ "passed": false })).await;
    scene.act("operator01", &lead, "rework", json!({ "reason": "还有垃圾" })).await;
    scene.finish_taken(&lead, "collector01").await;
    scene.catch_up().await;
    let leader = scene.signed_in("leader01").await;
    let report = report(&leader, &county(MONDAY)).await;
    expect(
        &report,
        row(&report, "模拟县"),
        &[
            ("verify-in-time-rate", "0/1"),
            ("check-in-time-rate", "2/2"),
            ("fix-rate", "2/2"),
            ("extension-rate", "1/2"),
            ("rework-rate", "1/1"),
            ("reworks", "1"),
            ("closing-rate", "1/1"),
            ("closing-in-time-rate", "1/1"),
        ],
    );
    opens_to_its_leads(&leader, &county(MONDAY), &report, row(&report, "模拟县")).await;
}
