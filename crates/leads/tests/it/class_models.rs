//! Class models: learned from what people confirmed, tried, chosen, given back.

use serde_json::{Value, json};
use testkit::house::Client;

use crate::scene::Scene;

/// What a city calls things that no table of words knows, and the class that its operators give them.
const SLANG: [(&str, &str); 3] = [("飞毯又挂出来了", "06007"), ("黑猫眼又瞎了", "01037"), ("蚂蚁搬家又开张了", "09006")];

const MODELS: &str = "/api/v1/class-models";

/// Words of a place that no other number has.
fn place(number: usize) -> String {
    let han = |offset: usize| char::from_u32(0x5200 + offset as u32).unwrap();
    format!("{}{}巷口", han(number / 20), han(100 + number % 20))
}

/// `many` reports in the city's own words, each accepted under the class that is right.
async fn confirmed(scene: &Scene, many: usize) {
    for number in 0..many {
        let (words, class) = SLANG[number % SLANG.len()];
        let id = reported(scene, &format!("{}{words}", place(number))).await["id"].as_str().unwrap().to_owned();
        scene.operator.act(&id, "accept", json!({ "class_code": class, "standard": "x" })).await.fine();
        scene.house.clock.advance(chrono::Duration::seconds(1));
    }
}

async fn reported(scene: &Scene, words: &str) -> Value {
    let receipt =
        scene.citizen.post("/api/v1/public/reports", json!({ "description": words, "position": { "x": 121.005, "y": 30.705 } })).await;
    receipt.fine();
    scene.operator.get(&format!("/api/v1/leads?q={}", receipt.text_of("number"))).await.items()[0].clone()
}

async fn choose(client: &Client, number: Option<i64>, automatic: bool) -> Value {
    client.put(&format!("{MODELS}/choice"), json!({ "number": number, "automatic": automatic })).await.fine().body.clone()
}

#[tokio::test]
async fn a_city_teaches_its_own_words_and_takes_a_model_back() {
    let scene = Scene::without_rules().await;
    confirmed(&scene, 120).await;
    // A lead that nobody confirmed teaches nothing.
    reported(&scene, "甲乙巷口飞毯又挂出来了").await;

    let asked = scene.administrator.post(MODELS, json!({})).await;
    assert_eq!((asked.status.as_u16(), asked.body["state"].as_str()), (202, Some("learning")), "{}", asked.text);
    scene.shift_leader.post(MODELS, json!({})).await.refused(409, "class-model-learning");
    assert!(scene.house.leads.learn_class_model().await.unwrap());
    assert!(!scene.house.leads.learn_class_model().await.unwrap());

    let model = scene.administrator.get(&format!("{MODELS}/1")).await.fine().body.clone();
    let report = &model["report"];
    assert_eq!((model["state"].as_str(), model["choosable"].as_bool()), (Some("ready"), Some(true)), "{model}");
    assert_eq!((report["samples"].as_i64(), report["classes"].as_i64(), report["tried"].as_i64()), (Some(120), Some(3), Some(24)));
    assert_eq!((report["right"].as_i64(), report["right_by_words"].as_i64()), (Some(24), Some(0)));
    assert_eq!(report["by_class"][0]["name"].as_str().map(str::is_empty), Some(false));

    // It proposes nothing before somebody chose it.
    let before = reported(&scene, "子丑巷口黑猫眼又瞎了").await;
    assert!(before["class"].is_null(), "{before}");
    let tried = scene.shift_leader.post(&format!("{MODELS}/1/try"), json!({ "text": "子丑巷口黑猫眼又瞎了" })).await.fine().body.clone();
    assert_eq!((tried["with_model"][0]["code"].as_str(), tried["by_words"].as_array().unwrap().len()), (Some("01037"), 0));

    let chosen = choose(&scene.administrator, Some(1), false).await;
    assert_eq!((chosen["used"].as_i64(), chosen["version"].as_i64()), (Some(1), Some(1)));
    let after = reported(&scene, "寅卯巷口黑猫眼又瞎了").await;
    assert_eq!(after["class"]["code"].as_str(), Some("01037"), "{after}");
    let id = after["id"].as_str().unwrap();
    let proposed = scene.operator.get(&format!("/api/v1/leads/{id}/suggestions")).await.fine().body["classes"][0].clone();
    assert!(proposed["reason"].as_str().unwrap().contains("类别模型估计"), "{proposed}");
    assert!(proposed["words"].as_array().unwrap().iter().any(|word| "黑猫眼又瞎了".contains(word.as_str().unwrap())), "{proposed}");
    let history = scene.operator.get(&format!("/api/v1/leads/{id}/history")).await.items();
    assert!(history[0]["summary"].as_str().unwrap().contains("按第 1 号类别模型建议"), "{}", history[0]);

    // Back to the table of words; the lead keeps its class.
    scene.house.clock.advance(chrono::Duration::seconds(1));
    let back = choose(&scene.shift_leader, None, false).await;
    assert!(back["used"].is_null());
    assert!(reported(&scene, "辰巳巷口黑猫眼又瞎了").await["class"].is_null());
    assert_eq!(scene.lead(id).await["class"]["code"].as_str(), Some("01037"));
    let told = scene.house.signed_in("evaluator01").await.get("/api/v1/settings-history?kind=class-model").await.items();
    assert_eq!(told.len(), 2);
    assert_eq!((&told[0]["before"]["number"], &told[0]["after"]["number"]), (&json!(1), &Value::Null));
}

#[tokio::test]
async fn corrections_teach_the_next_model_and_a_better_one_is_used_by_itself() {
    let scene = Scene::without_rules().await;
    confirmed(&scene, 120).await;
    choose(&scene.administrator, None, true).await;
    assert!(scene.house.leads.ask_for_class_model().await.unwrap());
    assert!(scene.house.leads.learn_class_model().await.unwrap());
    let models = scene.administrator.get(MODELS).await.fine().body.clone();
    assert_eq!((models["used"].as_i64(), models["items"][0]["asked_by"].is_null()), (Some(1), true), "{models}");
    // Not enough came since.
    assert!(!scene.house.leads.ask_for_class_model().await.unwrap());

    // A carpet that fell into the trees is something else, which the model does not know yet.
    for number in 200..260 {
        let row = reported(&scene, &format!("{}飞毯掉树上了", place(number))).await;
        assert_eq!(row["class"]["code"].as_str(), Some("06007"));
        scene.operator.act(row["id"].as_str().unwrap(), "accept", json!({ "class_code": "06019", "standard": "x" })).await.fine();
        scene.house.clock.advance(chrono::Duration::seconds(1));
    }
    scene.administrator.post(MODELS, json!({})).await.fine();
    assert!(scene.house.leads.learn_class_model().await.unwrap());
    let models = scene.administrator.get(MODELS).await.fine().body.clone();
    let report = &models["items"][0]["report"];
    assert_eq!(report["corrected"].as_i64(), Some(60), "{report}");
    assert!(report["right"].as_i64() > report["right_by_used"].as_i64(), "{report}");
    assert_eq!(models["used"].as_i64(), Some(2));
    let row = reported(&scene, "午未巷口飞毯掉树上了").await;
    assert_eq!(row["class"]["code"].as_str(), Some("06019"), "{row}");
}

#[tokio::test]
async fn too_little_is_said_plainly_and_faults_are_refused() {
    let scene = Scene::without_rules().await;
    confirmed(&scene, 3).await;
    scene.administrator.post(MODELS, json!({})).await.fine();
    assert!(scene.house.leads.learn_class_model().await.unwrap());
    let model = scene.administrator.get(&format!("{MODELS}/1")).await.fine().body.clone();
    assert_eq!((model["state"].as_str(), model["choosable"].as_bool()), (Some("failed"), Some(false)));
    assert!(model["failure"].as_str().unwrap().contains("至少需要 100 件"), "{model}");

    let choice = format!("{MODELS}/choice");
    let wish = |number: i64| json!({ "number": number, "automatic": false });
    scene.administrator.put(&choice, wish(1)).await.refused(409, "class-model-not-kept");
    scene.administrator.put(&choice, wish(9)).await.refused(404, "class-model-not-found");
    scene.administrator.get(&format!("{MODELS}/9")).await.refused(404, "class-model-not-found");
    scene.administrator.post(&format!("{MODELS}/1/try"), json!({ "text": "路灯不亮" })).await.refused(404, "class-model-not-found");
    scene.administrator.post(&format!("{MODELS}/1/try"), json!({ "text": " " })).await.refused(422, "field-required");
    scene.operator.get(MODELS).await.refused(403, "forbidden");
    scene.operator.post(MODELS, json!({})).await.refused(403, "forbidden");
    scene.operator.put(&choice, wish(1)).await.refused(403, "forbidden");
    let elsewhere = scene.house.signed_in("administrator91").await;
    elsewhere.get(MODELS).await.refused(403, "scope-exceeded");
    elsewhere.put(&choice, wish(1)).await.refused(403, "scope-exceeded");
}
