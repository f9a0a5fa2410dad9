//! From the decision to the public page and back: two persons, secrecy, minors, clocks, scope.

use serde_json::json;

use crate::scene::{FIRM, NAME, NUMBER, Scene};

#[tokio::test]
async fn a_persons_decision_is_masked_checked_by_another_and_published_through_the_case() {
    let scene = Scene::new().await;
    let Scene { officer, second, head, .. } = &scene;
    let case = &scene.decided(Scene::person(), 1_000).await;
    let begun = scene.newest(case).await;
    // Decided on Monday 2 November 2026: seven working days end on Wednesday the 11th.
    assert_eq!((&begun["state"], &begun["due_at"], &begun["light"]), (&json!("waiting"), &json!("2026-11-11T15:59:59Z"), &json!("green")));
    // Publishing by typing a name on the case's page is closed.
    scene.act(officer, case, "publish", json!({ "checked_by": scene.ids[1] })).await.refused(409, "publish-through-its-room");
    // Without the number of a decision nothing passes.
    scene.on(officer, case, "draft", json!({})).await.fine();
    scene.on(second, case, "check", json!({ "passed": true })).await.refused(409, "publication-unnumbered");
    let drafted = scene.drafted(officer, case).await;
    let content = drafted.fine().body["content"].clone();
    assert_eq!((&content["party"], &content["credit_code"]), (&json!("测某某"), &json!("")));
    assert!(content["facts"].as_str().unwrap().contains("长街*号门前"), "{content}");
    scene.on(officer, case, "publish", json!({})).await.refused(409, "publication-unchecked");
    scene.on(officer, case, "check", json!({ "passed": true })).await.refused(409, "publication-two-persons");
    // The checker sees the original beside it, and the ledger says so.
    let compared = scene.on(second, case, "compare", json!({})).await;
    assert!(compared.fine().text.contains(NAME) && compared.text.contains("浙F12345"), "{}", compared.text);
    // A hand that puts the name back in is held.
    let id = drafted.text_of("id");
    let mut edited = content.clone();
    edited["facts"] = json!(format!("{NAME}堆放物料"));
    let path = format!("/api/v1/publications/{id}/content");
    let seen = scene.newest(case).await["version"].clone();
    officer.put(&path, json!({ "seen": seen, "content": edited })).await.refused(422, "publication-unmasked");
    edited["facts"] = json!("当事人擅自占用人行道堆放物料");
    officer.put(&path, json!({ "seen": 0, "content": edited })).await.refused(412, "version-conflict");
    officer.put(&path, json!({ "seen": seen, "content": edited })).await.fine();
    scene.on(second, case, "check", json!({ "passed": false })).await.refused(422, "field-required");
    scene.on(second, case, "check", json!({ "passed": true })).await.fine();
    // What is changed after the check must be checked again.
    let seen = scene.newest(case).await["version"].clone();
    officer.put(&path, json!({ "seen": seen, "content": edited })).await.fine();
    scene.on(officer, case, "publish", json!({})).await.refused(409, "publication-unchecked");
    scene.on(second, case, "check", json!({ "passed": true })).await.fine();
    scene.on(second, case, "publish", json!({})).await.refused(409, "publication-two-persons");
    let public = scene.on(officer, case, "publish", json!({})).await;
    assert_eq!(public.fine().body["state"], "published");
    assert_eq!((&public.body["min_until"], &public.body["max_until"]), (&json!("2027-02-02"), &json!("2027-05-02")));
    let page = head.get(&format!("/api/v1/cases/{case}")).await;
    assert!(page.fine().body["steps"].as_array().unwrap().iter().any(|it| it["action"] == "publish"), "{}", page.text);
    // The public reads it, and finds nobody by name.
    let visitor = scene.house.visitor();
    let shown = visitor.get("/api/v1/public/decisions").await;
    assert_eq!(shown.items().len(), 1);
    assert_eq!(shown.items()[0]["content"]["party"], "测某某");
    for q in ["测某某", NAME, "测"] {
        assert!(visitor.get(&format!("/api/v1/public/decisions?q={q}")).await.items().is_empty(), "{q}");
    }
    assert_eq!(visitor.get("/api/v1/public/decisions?q=堆放物料&year=2026").await.items().len(), 1);
    assert!(visitor.get("/api/v1/public/decisions?year=2025").await.items().is_empty());
    let file = visitor.get("/api/v1/public/decisions/export").await;
    let everywhere: String = sqlx::query_scalar(
        "select (select string_agg(t::text, ' ') from publication t) || (select string_agg(payload, ' ') from ledger_entry)
            || (select string_agg(payload::text, ' ') from outbox)",
    )
    .fetch_one(&scene.house.test.owner_pool)
    .await
    .unwrap();
    let told: Vec<&str> = ["\u{feff}决定书文号", "测某某"].into_iter().filter(|it| !file.text.contains(it)).collect();
    assert!(told.is_empty(), "{}", file.text);
    for secret in [NAME, NUMBER, "13900000001", "F12345", "长街12号"] {
        // The place stands in the ledger of the case's opening, which is no public page.
        let ledger = secret == "长街12号" || secret == "F12345" || secret == NAME;
        assert!(ledger || !everywhere.contains(secret), "{secret} stands in tables or events");
        assert!(!shown.text.contains(secret) && !file.text.contains(secret), "{secret} is public");
    }
    let kept: String =
        sqlx::query_scalar("select string_agg(t::text, ' ') from publication t").fetch_one(&scene.house.test.owner_pool).await.unwrap();
    assert!(![NAME, NUMBER, "13900000001", "F12345", "长街12号"].iter().any(|secret| kept.contains(secret)), "{kept}");
    // Another district finds none of it.
    scene.foreign.get(&format!("/api/v1/cases/{case}/publications")).await.refused(404, "case-not-found");
    assert!(scene.foreign.get("/api/v1/publications").await.items().is_empty());
    scene.on(&scene.foreign, case, "draft", json!({})).await.refused(404, "publication-not-found");
    // At the end of the period it is taken down, and kept.
    scene.day(182);
    assert!(visitor.get("/api/v1/public/decisions").await.items().is_empty(), "not shown a day longer, whether or not anything ran");
    assert_eq!(scene.house.publications.end_periods().await.unwrap(), 1);
    assert_eq!(scene.house.publications.end_periods().await.unwrap(), 0);
    assert_eq!(scene.newest(case).await["state"], "ended");
}

#[tokio::test]
async fn an_enterprises_decision_waits_for_the_secrecy_check_and_stands_by_name() {
    let scene = Scene::new().await;
    let Scene { officer, second, head, reviewer, .. } = &scene;
    let case = &scene.decided(Scene::firm(), 4_000).await;
    scene.drafted(officer, case).await.fine();
    scene.on(second, case, "check", json!({ "passed": true })).await.fine();
    scene.on(officer, case, "publish", json!({})).await.refused(409, "publication-secrecy");
    let clear = json!({ "state_secret": false, "business_secret": false, "note": "不涉及" });
    scene.on(officer, case, "secrecy", clear.clone()).await.refused(409, "publication-two-persons");
    scene.on(reviewer, case, "secrecy", clear).await.fine();
    scene.on(officer, case, "publish", json!({})).await.fine();
    let visitor = scene.house.visitor();
    let found = visitor.get("/api/v1/public/decisions?q=模拟建材").await.items();
    assert_eq!((&found[0]["content"]["party"], &found[0]["content"]["credit_code"]), (&json!(FIRM.0), &json!(FIRM.1)));
    // A second one holds a secret: it is not published, with ground and article.
    let other = &scene.decided(Scene::firm(), 4_000).await;
    scene.on(officer, other, "draft", json!({})).await.fine();
    let secret = json!({ "state_secret": false, "business_secret": true, "note": "含报价清单" });
    let withheld = scene.on(reviewer, other, "secrecy", secret).await;
    assert_eq!((&withheld.fine().body["state"], &withheld.body["ground_label"]), (&json!("withheld"), &json!("涉及商业秘密")));
    assert!(withheld.body["article"].as_str().unwrap().contains("第五十条"));
    // A third the head withholds; officers may not.
    let third = &scene.decided(Scene::firm(), 4_000).await;
    let ground = json!({ "ground": "insignificant", "reason": "不具有一定社会影响" });
    scene.on(officer, third, "withhold", ground.clone()).await.refused(403, "forbidden");
    scene.on(head, third, "withhold", ground).await.fine();
    let counts = head.get("/api/v1/publications/counts").await;
    let of = |state: &str| counts.body["publications"].as_array().unwrap().iter().find(|it| it["state"] == state).unwrap()["count"].clone();
    assert_eq!((of("published"), of("withheld"), of("waiting")), (json!(1), json!(2), json!(0)));
    let sheet = head.get("/api/v1/publications/export?state=withheld").await;
    assert_eq!(sheet.fine().text.lines().count(), 3, "{}", sheet.text);
}

#[tokio::test]
async fn minors_are_never_published_and_what_is_late_is_said_once() {
    let scene = Scene::new().await;
    let youth = json!({ "kind": "individual", "age": "youth", "name": NAME, "id_number": "330482201001010009" });
    let case = &scene.decided(youth, 1_000).await;
    let row = scene.newest(case).await;
    assert_eq!((&row["state"], row["ground_label"].as_str().unwrap().contains("未成年")), (&json!("withheld"), true));
    scene.on(&scene.officer, case, "draft", json!({})).await.refused(409, "publication-not-here");
    // Nobody writes anything for the other until the seven working days are over.
    let late = &scene.decided(Scene::person(), 1_000).await;
    scene.day(10);
    assert_eq!(scene.newest(late).await["light"], "red");
    for _ in 0..2 {
        scene.house.publications.end_periods().await.unwrap();
    }
    let lines: i64 = sqlx::query_scalar("select count(*) from ledger_entry where action = 'publication-late'")
        .fetch_one(scene.house.test.database.pool())
        .await
        .unwrap();
    assert_eq!(lines, 1);
    assert_eq!(scene.head.get("/api/v1/publications?late=true").await.items().len(), 1);
}

#[tokio::test]
async fn what_waited_longer_than_it_would_be_shown_is_not_published() {
    let scene = Scene::new().await;
    let Scene { officer, second, head, .. } = &scene;
    let case = &scene.decided(Scene::person(), 1_000).await;
    scene.drafted(officer, case).await.fine();
    scene.on(second, case, "check", json!({ "passed": true })).await.fine();
    // Six months of a person's decision ended with 2 May 2027.
    scene.day(182);
    scene.on(officer, case, "publish", json!({})).await.refused(409, "publication-over");
    scene.on(head, case, "withhold", json!({ "ground": "insignificant", "reason": "公示期已满" })).await.fine();
}
