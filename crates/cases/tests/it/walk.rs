//! Random histories through the HTTP face never break a law of the house.

use law::{
    procedure::{Action, Attempt, Case, Table},
    prove::{Check, LAWS, Taken},
};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};
use sqlx::types::Json;

use crate::scene::Scene;

/// Steps tried a case; seeds are fixed, so that a failure comes back.
const TRIES: usize = 40;

/// Steps that end a case, or lead away from its way.
const ENDS: [&str; 10] =
    ["not-file", "withdraw", "terminate", "merge", "archive", "suspend", "find-crime", "raise-dispute", "turn-ordinary", "seize"];

async fn facts(scene: &Scene, case: &str) -> Case {
    let id: uuid::Uuid = case.parse().unwrap();
    let kept: Json<Case> = sqlx::query_scalar("select facts from enforcement_case where id = $1")
        .bind(id)
        .fetch_one(&scene.house.test.owner_pool)
        .await
        .unwrap();
    kept.0
}

async fn last(scene: &Scene, case: &str) -> (String, Attempt) {
    let id: uuid::Uuid = case.parse().unwrap();
    let (action, attempt): (String, Json<Attempt>) =
        sqlx::query_as("select action, attempt from case_step where case_id = $1 order by ordinal desc limit 1")
            .bind(id)
            .fetch_one(&scene.house.test.owner_pool)
            .await
            .unwrap();
    (action, attempt.0)
}

/// Content that is right, wrong or missing, as chance has it.
fn content(random: &mut StdRng, scene: &Scene, action: &str) -> Value {
    let mut all = json!({ "note": "随机" });
    let mut put = |name: &str, value: Value, often: f64| {
        if random.random_bool(often) {
            all[name] = value;
        }
    };
    put("mode", json!("direct"), 0.9);
    put("mode", json!("public"), 0.1);
    put("reached", json!([1]), 0.9);
    put("tells_hearing", json!(true), 0.8);
    // Anywhere else a plan is refused: seldom tried.
    let often = if ["end", "approve-notice", "tell-on-spot", "decide", "decide-on-spot"].contains(&action) { 1.0 } else { 0.05 };
    put("plan", Scene::fine(150), 0.5 * often);
    put("plan", Scene::fine(20_000), 0.3 * often);
    put("finding", json!("punishable"), 0.9);
    put("finding", json!("slight"), 0.2);
    put("evidence", json!("笔录"), 0.8);
    put("agreed", json!(true), 0.8);
    put("basis", json!("条文"), 0.7);
    put("approved_by", json!(scene.ids[0]), 0.3);
    put("measure", json!("urgent"), 0.7);
    put("urgent", json!("紧急"), 0.7);
    put("means", json!("money"), 0.8);
    put("heeded", json!(false), 0.9);
    put("related", json!(false), 0.9);
    put("days", json!(5), 0.9);
    put("education", json!("已教育"), 0.7);
    put("on_record", json!("依据笔录"), 0.8);
    put("checked_by", json!(scene.ids[1]), 0.7);
    put("receipt", json!("票据1"), 0.7);
    put("slight", json!("轻微"), 0.7);
    all
}

fn check(before: &Case, action: Action, attempt: &Attempt, after: &Case) {
    let table = Table::house();
    let transition = table.row(before, action).unwrap_or_else(|| panic!("{action:?} does not start from {before:?}"));
    let taken = Taken { before, transition, attempt, after };
    for law in LAWS.iter().flat_map(|group| group.iter()) {
        if let Check::Step(holds) = law.check {
            assert!(holds(&taken), "{} broken: {action:?} {before:?} {attempt:?} {after:?}", law.id);
        }
    }
    assert_eq!(transition.after(before, attempt), *after, "what is kept is what the table says");
    assert!(after.state.is_final() || !table.rows(after).is_empty(), "nothing follows {after:?}");
}

#[tokio::test]
async fn random_histories_never_reach_what_the_law_forbids() {
    let scene = Scene::new().await;
    let mut taken = 0;
    for (seed, track) in [(1, "ordinary"), (2, "ordinary"), (3, "off-site"), (4, "simple"), (5, "soft")] {
        let mut random = StdRng::seed_from_u64(seed);
        let mut case = scene.open(track).await;
        for _ in 0..TRIES {
            if random.random_bool(0.15) {
                scene.house.clock.advance(chrono::TimeDelta::days(random.random_range(1..20)));
                scene.house.cases.end_periods().await.unwrap();
            }
            let before = facts(&scene, &case).await;
            let page = scene.show(&case).await;
            let offers = page["offers"].as_array().unwrap().clone();
            if offers.is_empty() {
                case = scene.open(track).await;
                continue;
            }
            // Mostly what the page offers, now and then anything at all.
            let action = if random.random_bool(0.9) {
                // Ways out are taken less often than ways on: most of the table lies behind the first steps.
                let mut at = random.random_range(0..offers.len());
                for _ in 0..4 {
                    if !ENDS.contains(&offers[at]["action"].as_str().unwrap()) {
                        break;
                    }
                    at = random.random_range(0..offers.len());
                }
                offers[at]["action"].as_str().unwrap().to_owned()
            } else {
                Action::ALL[random.random_range(0..Action::ALL.len())].code().to_owned()
            };
            let who = match offers.iter().find(|it| it["action"] == action.as_str()).map(|it| it["actor"].as_str().unwrap().to_owned()) {
                Some(actor) if actor.starts_with("head") => &scene.head,
                Some(actor) if actor == "reviewer" || actor == "host" => &scene.reviewer,
                _ => &scene.officer,
            };
            let answer = scene.step(who, &case, &action, content(&mut random, &scene, &action)).await;
            assert!(answer.status.as_u16() < 500, "{action}: {}", answer.text);
            if answer.status.is_success() {
                let (done, attempt) = last(&scene, &case).await;
                assert_eq!(done, action);
                check(&before, Action::from_code(&action).unwrap(), &attempt, &facts(&scene, &case).await);
                taken += 1;
            } else {
                answer.is_a_problem();
                assert_eq!(facts(&scene, &case).await, before, "a refused step changed the case");
            }
        }
    }
    assert!(taken > 40, "the walk hardly moved: {taken} steps");
}
