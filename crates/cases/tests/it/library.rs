//! A case opened from the legal library: what follows cannot be typed, the law of the day, discretion by the published benchmark.

use chrono::TimeDelta;
use serde_json::{Value, json};
use testkit::house::{Answer, Client, in_the_west};

use crate::scene::Scene;

/// A matter whose fine waits for nothing: 擅自占用城市道路堆放物料 and the like; the test says which ranges it needs.
const MATTER: &str = "T900";

/// Made-up row (模拟): a range of 50 to 500 yuan for everybody.
fn row(min: &str, max: &str, from: &str, to: &str) -> Value {
    json!({
        "code": MATTER, "external_code": "", "domain": "市容环卫", "name": "模拟占道堆物", "law": "模拟市容条例", "rank": "省级地方性法规", "region": "浙江",
        "violated_article": "第1条", "penalty_article": "第2条", "target": "个人/单位", "precondition": "", "ind_min": min, "ind_max": max,
        "unit_min": min, "unit_max": max, "formula": "", "other_measure": "", "simple_individual": "", "simple_unit": "",
        "hearing_hint": "by-amount", "enforcer": "综合行政执法部门(依职权)", "status": "local", "effective_from": from, "effective_to": to,
        "note": "", "verified": "N", "source": "模拟",
    })
}

async fn publish(administrator: &Client, row: Value) {
    let path = format!("/api/v1/matters/{MATTER}/draft");
    let kept = administrator.put(&path, json!({ "row": row, "reason": "模拟", "seen": null })).await;
    let at = kept.fine().body["at"].clone();
    administrator.post("/api/v1/matters/actions/publish", json!({ "drafts": [{ "code": MATTER, "at": at }] })).await.fine();
}

/// The sample's rules for the made-up matter, published through two persons.
async fn benchmark(scene: &Scene, administrator: &Client) {
    let mut rules: Value = serde_json::from_str(include_str!("../../../../data/discretion-sample.json")).unwrap();
    (rules["matter"], rules["version"]) = (json!(MATTER), json!("模拟"));
    let draft = administrator.post("/api/v1/benchmarks", json!({ "rules": rules, "reason": "模拟" })).await;
    let path = format!("/api/v1/benchmarks/{}/actions", draft.fine().text_of("id"));
    let act = async |by: &Client, action: &str, version: i64| {
        by.call(axum::http::Method::POST, &format!("{path}/{action}"), Some(version), Some(json!({}))).await.fine();
    };
    act(&scene.reviewer, "review", 1).await;
    act(administrator, "publish", 2).await;
}

fn new_case(scene: &Scene, track: &str) -> Value {
    let mut new = scene.new_case(track);
    let fields = new.as_object_mut().unwrap();
    fields.remove("matter");
    fields.remove("typed_reason");
    fields.insert("matter_code".into(), json!(MATTER));
    let at = in_the_west();
    fields.insert("position".into(), json!({ "lon": at["x"], "lat": at["y"] }));
    new
}

async fn ask(by: &Client, scene: &Scene, method: axum::http::Method, case: &str, path: &str, body: Value) -> Answer {
    let version = scene.show(case).await["version"].as_i64();
    by.call(method, &format!("/api/v1/cases/{case}/{path}"), version, Some(body)).await
}

#[tokio::test]
async fn a_case_from_the_library_derives_power_range_and_law() {
    let scene = Scene::new().await;
    let Scene { officer, house, .. } = &scene;
    let administrator = house.signed_in("administrator01").await;
    publish(&administrator, row("50", "500", "2020-01-01", "")).await;

    // What follows from the matter is not typed; what is typed has a reason; the place is known.
    let mut both = new_case(&scene, "ordinary");
    both["matter"] = scene.new_case("ordinary")["matter"].clone();
    officer.post("/api/v1/cases", both).await.refused(422, "field-not-here");
    let mut bare = scene.new_case("ordinary");
    bare.as_object_mut().unwrap().remove("typed_reason");
    officer.post("/api/v1/cases", bare).await.refused(422, "field-required");
    let mut nowhere = new_case(&scene, "ordinary");
    nowhere.as_object_mut().unwrap().remove("position");
    officer.post("/api/v1/cases", nowhere).await.refused(422, "field-required");
    let mut named = new_case(&scene, "ordinary");
    named["region"] = json!("330482999");
    officer.post("/api/v1/cases", named.clone()).await.refused(422, "region-unknown");
    // The mark settles the ground, not what is named beside it.
    named["region"] = json!("330482");
    assert!(officer.post("/api/v1/cases", named).await.fine().body["jurisdiction"].as_str().unwrap().starts_with("330482901001"));
    let mut before = new_case(&scene, "ordinary");
    (before["acted_on"], before["found_on"]) = (json!("2019-12-31"), json!("2019-12-31"));
    let refused = officer.post("/api/v1/cases", before).await;
    refused.refused(409, "matter-no-law");
    assert_eq!(refused.body["citation"], "《行政处罚法》第三十七条");

    let opened = officer.post("/api/v1/cases", new_case(&scene, "ordinary")).await;
    let page = &opened.fine().body;
    let basis = &page["basis"];
    assert_eq!(
        (&basis["library"], &basis["ours"], &basis["matter_version"], &basis["township"]),
        (&json!(true), &json!(true), &json!(1), &json!("模拟西街道"))
    );
    assert_eq!((&page["matter"]["fine_min_fen"], &page["matter"]["fine_max_fen"]), (&json!(5_000), &json!(50_000)));
    assert_eq!(page["matter"]["articles"], "违反《模拟市容条例》第1条；依据《模拟市容条例》第2条");
    assert!(page["jurisdiction"].as_str().unwrap().starts_with("330482901001"), "{page}");
    let steps = basis["derivation"]["steps"].as_array().unwrap();
    assert!(
        steps.iter().all(|step| !step["basis"].as_str().unwrap().is_empty()) && basis["derivation"]["provisional"] == true,
        "{steps:?}"
    );

    // Granted to the other township: not ours there; granted to ours: ours, and the announcement is named.
    let grant = |township: &str, number: &str| {
        json!({
            "number": number, "title": "模拟赋权公告", "organ": "模拟县人民政府", "announced_on": "2026-01-01", "effective_from": "2026-03-01", "act": "grant",
            "matters": [MATTER], "townships": [township],
        })
    };
    administrator.post("/api/v1/empowerments", grant("330482901", "模拟〔2026〕1号")).await.fine();
    let ours = officer.post("/api/v1/cases", new_case(&scene, "ordinary")).await.fine().body.clone();
    assert_eq!((&ours["basis"]["announcement"], &ours["basis"]["ours"]), (&json!("模拟〔2026〕1号"), &json!(true)));
    let third = crate::scene::certify(house, "officer03", Some("浙0403"), "2028-12-31", false).await;
    let bureau = house.signed_in("officer03").await;
    let mut theirs = new_case(&scene, "ordinary");
    theirs["officers"] = json!([third, scene.ids[0]]);
    let theirs = bureau.post("/api/v1/cases", theirs).await.fine().body.clone();
    assert_eq!(theirs["basis"]["ours"], json!(false), "the county has no more what the township has");
    scene.step(&scene.head, theirs["id"].as_str().unwrap(), "file", json!({})).await.refused(409, "in-power");
}

#[tokio::test]
async fn the_tier_binds_the_fine_and_a_deviation_needs_another_head() {
    let scene = Scene::new().await;
    let Scene { officer, head, house, .. } = &scene;
    let administrator = house.signed_in("administrator01").await;
    publish(&administrator, row("50", "500", "2020-01-01", "")).await;
    benchmark(&scene, &administrator).await;
    let case = &officer.post("/api/v1/cases", new_case(&scene, "ordinary")).await.fine().text_of("id");
    Scene::taken(&scene.step(head, case, "file", json!({})).await, "filed");
    Scene::taken(&scene.step(officer, case, "investigate", json!({})).await, "investigating");
    Scene::taken(&scene.step(officer, case, "inquire", json!({})).await, "investigating");
    let end = json!({ "finding": "punishable", "evidence": "询问笔录", "plan": Scene::fine(500) });
    let first = scene.step(officer, case, "end", end.clone()).await;
    first.refused(409, "weighed-first");
    assert_eq!(first.body["citation"], "行政处罚法第三十四条");

    let put = axum::http::Method::PUT;
    let answers = json!({ "values": { "times": "2", "area": "8", "attitude": "late" } });
    ask(&scene.reviewer, &scene, put.clone(), case, "discretion", answers.clone()).await.refused(403, "forbidden");
    ask(officer, &scene, put.clone(), case, "discretion", json!({ "values": { "times": "2" } })).await.refused(422, "answers-invalid");
    let weighed = ask(officer, &scene, put.clone(), case, "discretion", answers).await;
    let weighing = &weighed.fine().body["weighing"];
    assert_eq!(
        (&weighing["tier"], &weighing["low_fen"], &weighing["high_fen"], &weighing["proposed_fen"]),
        (&json!("一般"), &json!(18_500), &json!(36_500), &json!(27_500))
    );
    assert_eq!((&weighed.body["spread"]["cases"], weighed.body["spread"].get("figures")), (&json!(0), None));
    Scene::taken(&scene.step(officer, case, "end", end).await, "ended");

    // Five hundred lies beyond the tier: reason, one more person, and not the one who approves.
    let offer = |page: &Value, action: &str| page["offers"].as_array().unwrap().iter().find(|it| it["action"] == action).cloned().unwrap();
    assert_eq!(offer(&scene.show(case).await, "approve-notice")["refusals"][0]["code"], "deviation-approved");
    scene.step(head, case, "approve-notice", json!({})).await.refused(409, "deviation-approved");
    let post = axum::http::Method::POST;
    let deviate = |fen: i64| json!({ "fine_fen": fen, "reason": "多次举报，影响恶劣" });
    ask(officer, &scene, post.clone(), case, "deviation", deviate(20_000)).await.refused(409, "deviation-none");
    ask(officer, &scene, post.clone(), case, "deviation", deviate(50_100)).await.refused(422, "deviation-unlawful");
    ask(officer, &scene, post.clone(), case, "deviation", deviate(50_000)).await.fine();
    let other = house.signed_in("leader02").await;
    let agree = json!({ "note": "同意" });
    ask(officer, &scene, post.clone(), case, "deviation/actions/approve", agree.clone()).await.refused(403, "forbidden");
    ask(&other, &scene, post.clone(), case, "deviation/actions/approve", agree.clone()).await.fine();
    ask(&other, &scene, post, case, "deviation/actions/approve", agree).await.refused(409, "deviation-unasked");
    scene.step(&other, case, "approve-notice", json!({})).await.refused(409, "deviation-apart");
    Scene::taken(&scene.step(head, case, "approve-notice", json!({})).await, "ended");
    let shown = officer.get(&format!("/api/v1/cases/{case}/discretion")).await.fine().body.clone();
    assert_eq!((&shown["deviation"]["approved_by"]["name"], &shown["deviation"]["stale"]), (&json!("测试leader02"), &json!(false)));
    let ledger = scene.show(case).await["ledger"].clone();
    let labels: Vec<&str> = ledger.as_array().unwrap().iter().map(|it| it["label"].as_str().unwrap()).collect();
    for label in ["填写裁量因素", "申请偏离裁量阶次", "批准偏离裁量阶次"] {
        assert!(labels.contains(&label), "{labels:?}");
    }
}

#[tokio::test]
async fn article_37_the_lighter_law_is_chosen_when_it_changed_meanwhile() {
    let scene = Scene::new().await;
    let Scene { officer, head, house, .. } = &scene;
    let administrator = house.signed_in("administrator01").await;
    publish(&administrator, row("200", "1000", "2020-01-01", "2026-11-02")).await;
    publish(&administrator, row("100", "500", "2026-11-03", "")).await;
    let case = &officer.post("/api/v1/cases", new_case(&scene, "ordinary")).await.fine().text_of("id");
    assert_eq!(scene.show(case).await["basis"].get("law"), None, "nothing changed by today");
    house.clock.advance(TimeDelta::days(2));
    scene.investigated(case, 300).await;
    let law = scene.show(case).await["basis"]["law"].clone();
    assert_eq!((&law["verdict"], &law["needed"], &law["chosen"]), (&json!("newer"), &json!(true), &json!(2)), "{law}");
    assert_eq!((&law["of_act"]["fine_max_fen"], &law["at_decision"]["fine_max_fen"]), (&json!(100_000), &json!(50_000)));
    scene.step(head, case, "approve-notice", json!({})).await.refused(422, "law-choice-needed");
    let choose = |version: i32| json!({ "law_choice": { "version": version, "reason": "新规定较轻" }, "plan": Scene::fine(300) });
    let older = scene.step(head, case, "approve-notice", choose(1)).await;
    older.refused(409, "law-lighter");
    assert_eq!(older.body["citation"], "行政处罚法第三十七条");
    // Beyond the lighter range, though within the old one.
    let mut much = choose(2);
    much["plan"] = Scene::fine(800);
    scene.step(head, case, "approve-notice", much).await.refused(409, "within-range");
    Scene::taken(&scene.step(head, case, "approve-notice", choose(2)).await, "ended");
    let page = scene.show(case).await;
    assert_eq!((&page["basis"]["settled"]["chosen"], &page["matter"]["fine_max_fen"]), (&json!(2), &json!(50_000)), "{page}");
    assert_eq!(page["basis"]["law"]["needed"], json!(false));
}

#[tokio::test]
async fn fines_at_the_maximum_are_told_of_and_open_to_their_cases() {
    let scene = Scene::new().await;
    let Scene { officer, head, house, .. } = &scene;
    let administrator = house.signed_in("administrator01").await;
    for place in 1..=3 {
        let mut new = scene.new_case("simple");
        new["place"] = json!(format!("模拟西街道长街{place}号"));
        new["matter"]["fine_max_fen"] = json!(15_000);
        let case = officer.post("/api/v1/cases", new).await.fine().text_of("id");
        let yuan = if place == 3 { 120 } else { 150 };
        Scene::taken(&scene.step(officer, &case, "show-card", json!({})).await, "on_spot");
        Scene::taken(&scene.step(officer, &case, "tell-on-spot", json!({ "plan": Scene::fine(yuan), "reached": [1] })).await, "noticed");
        Scene::taken(&scene.step(officer, &case, "waive-defence", json!({ "agreed": true })).await, "noticed");
        Scene::taken(&scene.step(officer, &case, "decide-on-spot", json!({ "evidence": "现场照片" })).await, "decided");
    }
    let period = "from=2026-11-01&to=2026-11-30";
    let figures = async |by: &Client| by.get(&format!("/api/v1/discretion-figures?{period}")).await.fine().body.clone();
    let told = figures(head).await;
    let row = &told["items"][0];
    assert_eq!(
        (&row["cases"], &row["maximum"], &row["mode_fen"], &row["same"]),
        (&json!(3), &json!(2), &json!(15_000), &json!(2)),
        "{told}"
    );
    assert_eq!(
        (&row["maximum_alarm"], &told["provisional"], &row["unit_name"]),
        (&json!(false), &json!(true), &json!("西街道中队")),
        "too few by the first limits"
    );
    let limits = json!({ "least_cases": 3, "maximum_percent": 60, "uniform_percent": 60 });
    head.put("/api/v1/discretion-watch-settings", limits.clone()).await.refused(403, "forbidden");
    administrator
        .put("/api/v1/discretion-watch-settings", json!({ "least_cases": 2, "maximum_percent": 60, "uniform_percent": 60 }))
        .await
        .refused(422, "limits-invalid");
    administrator.put("/api/v1/discretion-watch-settings", limits).await.fine();
    let told = figures(head).await;
    // Nobody weighed these: whether they are unlike, nothing says.
    let row = &told["items"][0];
    assert_eq!(
        (&row["maximum_alarm"], &row["uniform_alarm"], &row["weighed"], &told["provisional"]),
        (&json!(true), &json!(false), &json!(0), &json!(false)),
        "{told}"
    );
    let behind = format!(
        "/api/v1/discretion-figures/cases?{period}&matter={}&unit={}",
        row["matter_code"].as_str().unwrap(),
        row["unit"].as_str().unwrap()
    );
    for (more, cases) in [("", 3), ("&maximum=true", 2), ("&fine_fen=12000", 1)] {
        assert_eq!(head.get(&format!("{behind}{more}")).await.items().len(), cases, "{more}");
    }
    head.get("/api/v1/discretion-figures?from=2026-11-30&to=2026-11-01").await.refused(422, "query-invalid");
    // Another township's officer sees nothing of it; before and after it was decided there is nothing.
    let east = house.signed_in("officer_east").await;
    assert!(figures(&east).await["items"].as_array().unwrap().is_empty());
    assert!(east.get(&behind).await.items().is_empty());
    assert!(head.get("/api/v1/discretion-figures?from=2026-10-01&to=2026-11-01").await.fine().body["items"].as_array().unwrap().is_empty());
    assert_eq!(house.count("select count(*) from identity_change where action = 'discretion-watch-changed'").await, 1);
}
