//! A round: gathered, drawn, scored by two who had no part, settled by a third, findings answered and judged, closed with frozen figures.

use serde_json::{Value, json};

use crate::scene::{NAME, Scene};

#[tokio::test]
async fn a_round_goes_from_the_draw_to_frozen_figures_and_nobody_reviews_his_own() {
    let scene = Scene::new().await;
    let mut cases = Vec::new();
    for number in 1..=5 {
        cases.push(scene.concluded(number).await);
    }
    let Scene { officer, second, head, evaluator, other_head, third, next_door, .. } = &scene;
    scene.gathered(json!({ "files": 3, "percent": 10 })).await.refused(422, "round-invalid");
    let gathered = scene.gathered(json!({ "files": 2, "double": true, "gap": 3, "answer_days": 3 })).await;
    let round = &gathered.fine().text_of("id");
    assert_eq!((&gathered.body["candidates"], &gathered.body["size"], &gathered.body["state"]), (&json!(5), &json!(2), &json!("gathered")));
    let path = &format!("/api/v1/review-rounds/{round}");
    next_door.get(path).await.refused(404, "round-not-found");
    assert!(next_door.get("/api/v1/review-rounds").await.items().is_empty());
    // Before the seed is set, the list is there with its digest, and no ticket.
    let listed = head.get(&format!("{path}/replay")).await.fine().body.clone();
    assert_eq!((&listed["list_same"], listed.get("draw_same"), listed["candidates"].as_array().unwrap().len()), (&json!(true), None, 5));
    // Somebody of next door may not score here, and two are needed.
    scene.draw(round, &["evaluator01"]).await.refused(422, "reviewer-unfit");
    officer
        .post(&format!("{path}/actions/draw"), json!({ "seen": 1, "seed": "我自己选的种子", "reviewers": [] }))
        .await
        .refused(403, "forbidden");

    // Those who handled the cases are in the pool, and get none of them.
    let drawn = scene.draw(round, &["officer01", "officer02", "evaluator01", "leader02", "officer03"]).await;
    let files = drawn.fine().body["files"].as_array().unwrap().clone();
    assert_eq!(files.len(), 2);
    scene.draw(round, &["evaluator01", "leader02"]).await.refused(409, "round-drawn");
    let replay = head.get(&format!("{path}/replay")).await.fine().body.clone();
    assert_eq!(
        (&replay["list_same"], &replay["draw_same"], &replay["algorithm"]),
        (&json!(true), &json!(true), &json!("sha256-ranking-1"))
    );
    let mut tickets: Vec<(String, Value)> =
        replay["candidates"].as_array().unwrap().iter().map(|it| (it["ticket"].as_str().unwrap().to_owned(), it["rank"].clone())).collect();
    tickets.sort_by(|a, b| a.0.cmp(&b.0));
    let ranks: Vec<Value> = tickets.into_iter().map(|it| it.1).collect();
    assert_eq!(ranks, [json!(1), json!(2), Value::Null, Value::Null, Value::Null], "the smallest tickets are drawn");
    for by in [officer, second] {
        assert!(by.get("/api/v1/review-tasks").await.fine().body["items"].as_array().unwrap().is_empty());
    }
    let sql = "select count(*) from review_score s join review_file f on f.id = s.file where s.reviewer = any(f.participants) or s.reviewer is null";
    assert_eq!(scene.house.count(sql).await, 0);
    // Nor does the table take one.
    let forced = "update review_score s set reviewer = f.officer from review_file f where f.id = s.file";
    assert!(sqlx::query(forced).execute(&scene.house.test.owner_pool).await.is_err());

    // Three of the house take the seats by lot; each file has two of them.
    let people = [evaluator, other_head, third];
    let first = files[0]["id"].as_str().unwrap();
    let other = files[1]["id"].as_str().unwrap();
    let mut seated = Vec::new();
    for by in people {
        let tasks = by.get("/api/v1/review-tasks").await.fine().body["items"].as_array().unwrap().clone();
        seated.push(tasks.iter().map(|it| it["file"].as_str().unwrap().to_owned()).collect::<Vec<_>>());
    }
    assert_eq!(seated.iter().map(Vec::len).sum::<usize>(), 4);
    let on = |file: &str| (0..3).filter(|place| seated[*place].iter().any(|it| it == file)).map(|place| people[place]).collect::<Vec<_>>();
    // What the program found stands there with its evidence, and the other's score is hidden until the file has its own.
    let shown = on(first)[0].get(&format!("/api/v1/review-files/{first}")).await.fine().body.clone();
    let of = |check: &str| shown["found"].as_array().unwrap().iter().find(|it| it["check"] == check).unwrap().clone();
    assert_eq!(
        (&of("two-officers")["finding"], &of("recorded")["finding"], &of("hearing")["finding"]),
        (&json!("holds"), &json!("fails"), &json!("not"))
    );
    assert!(of("two-officers")["evidence"].as_str().unwrap().contains("模拟证officer01"), "{shown}");
    assert!(!shown.to_string().contains(NAME));
    let seen = &shown["seats"].as_array().unwrap().iter().find(|it| it["mine"] == true).unwrap()["version"];
    let unfinished = json!({ "seen": seen, "answers": [{ "item": "1.1" }], "finish": true });
    on(first)[0].put(&format!("/api/v1/review-files/{first}/score"), unfinished.clone()).await.refused(422, "score-incomplete");
    officer.put(&format!("/api/v1/review-files/{first}/score"), unfinished).await.refused(403, "score-not-yours");

    // The first file: 2 points and 4 points off, within the gap of 3. 备案 is missing in both.
    scene.score(on(first)[0], first, &[("5.2", "a")]).await.fine();
    scene.score(on(first)[0], first, &[]).await.refused(409, "score-done");
    let hidden = on(first)[1].get(&format!("/api/v1/review-files/{first}")).await.body.clone();
    assert!(hidden["seats"].as_array().unwrap().iter().all(|it| it["mine"] == true || it.get("points").is_none()), "{hidden}");
    let scored = scene.score(on(first)[1], first, &[("5.2", "a"), ("1.1", "a")]).await;
    assert_eq!(
        (&scored.fine().body["state"], &scored.body["tenths"], &scored.body["failed"]),
        (&json!("scored"), &json!(970), &json!(false))
    );
    assert_eq!(scored.body["findings"].as_array().unwrap().len(), 2);
    // The second: 2 and 10 points off: a third settles, by lot the one who is left.
    scene.score(on(other)[0], other, &[("5.2", "a")]).await.fine();
    let differ = scene.score(on(other)[1], other, &[("5.2", "a"), ("2.4", "b"), ("1.1", "a")]).await;
    assert_eq!(differ.fine().body["state"], "arbitration");
    let left = people.into_iter().find(|by| !on(other).iter().any(|it| std::ptr::eq(*it, *by))).unwrap();
    assert_eq!(left.get("/api/v1/review-tasks").await.body["items"][0]["seat"].as_i64().unwrap_or_default(), 3);
    let settled = scene.score(left, other, &[("5.2", "a"), ("2.4", "b")]).await;
    assert_eq!((&settled.fine().body["state"], &settled.body["tenths"]), (&json!("scored"), &json!(920)));
    other_head.post(&format!("{path}/actions/close"), json!({ "seen": 2, "note": "办结" })).await.refused(409, "round-open");

    // The officer finds four findings, corrects three and objects to one.
    let inbox = officer.get("/api/v1/review-findings?mine=true&open=true").await.items();
    assert_eq!(inbox.len(), 4);
    assert_eq!((&inbox[0]["light"], &inbox[0]["due_at"]), (&json!("green"), &json!("2026-11-05T15:59:59Z")), "three working days");
    assert!(third.get("/api/v1/review-findings?mine=true").await.items().is_empty());
    let step = async |by: &testkit::house::Client, finding: &Value, verb: &str, body: Value| {
        let fresh = head.get("/api/v1/review-findings").await.items();
        let seen = fresh.iter().find(|it| it["id"] == finding["id"]).unwrap()["version"].clone();
        let mut body = body;
        body["seen"] = seen;
        by.post(&format!("/api/v1/review-findings/{}/actions/{verb}", finding["id"].as_str().unwrap()), body).await
    };
    let heavy = inbox.iter().find(|it| it["title"].as_str().unwrap().contains("偏离")).unwrap();
    third_may_not(&step(third, heavy, "answer", json!({ "answer": "corrected", "text": "已补" })).await);
    step(officer, heavy, "answer", json!({ "answer": "objected", "text": "偏离已经批准，见审批表" })).await.fine();
    for finding in inbox.iter().filter(|it| it["id"] != heavy["id"]) {
        step(officer, finding, "answer", json!({ "answer": "corrected", "text": "已补报备案，联系 13900000001" })).await.fine();
        // Whoever handled the case judges nothing of it, though he is a head of the bureau or was in the pool.
        step(second, finding, "judge", json!({ "verdict": "confirm", "text": "同意" })).await.is_a_problem();
        step(evaluator, finding, "judge", json!({ "verdict": "drop", "text": "x" })).await.refused(409, "finding-not-judged");
    }
    let told = officer.get("/api/v1/review-findings?mine=true").await.items();
    assert!(!told.iter().any(|it| it.to_string().contains("13900000001")), "numbers of telephones are hidden");
    let rest: Vec<&Value> = inbox.iter().filter(|it| it["id"] != heavy["id"]).collect();
    let back = step(evaluator, rest[0], "judge", json!({ "verdict": "return", "text": "没有附件" })).await;
    assert_eq!(back.fine().body["state"], "told");
    step(officer, rest[0], "answer", json!({ "answer": "corrected", "text": "已附" })).await.fine();
    for finding in rest {
        step(evaluator, finding, "judge", json!({ "verdict": "confirm", "text": "属实" })).await.fine();
    }
    step(evaluator, heavy, "judge", json!({ "verdict": "drop", "text": "异议成立" })).await.fine();
    let regained = evaluator.get(&format!("/api/v1/review-files/{other}")).await.body["tenths"].clone();
    assert_eq!(regained, json!(980), "the points came back");

    // Closed: the figures stay as they were, with their denominators; nothing over nothing is left out.
    let closed = other_head.post(&format!("{path}/actions/close"), json!({ "seen": 2, "note": "全部整改" })).await;
    let total = &closed.fine().body["total"];
    assert_eq!((&total["scored"], &total["failed_percent"], &total["average"]), (&json!(2), &json!(0.0), &json!(97.5)));
    assert_eq!((&total["findings"], &total["dropped"], &total["corrected_percent"]), (&json!(4), &json!(1), &json!(100.0)));
    assert!(total.get("review_percent").is_none() && total.get("suit_percent").is_none(), "{total}");
    assert_eq!(closed.body["officers"][0]["name"], "测试officer01");
    sqlx::query("update review_file set failed = true").execute(&scene.house.test.owner_pool).await.unwrap();
    assert_eq!(head.get(path).await.body["total"]["failed"], 0, "frozen");
    let sheet = officer.get(&format!("{path}/officers/{}", scene.id("officer01"))).await;
    assert_eq!((sheet.fine().body["files"].as_array().unwrap().len(), &sheet.body["own"]["files"]), (2, &json!(2)));
    // His ground is a township, the round is of the county: he sees his own sheet of it alone.
    officer.get(&format!("{path}/officers/{}", scene.id("officer02"))).await.refused(404, "round-not-found");
    third.get(&format!("{path}/officers/{}", scene.id("officer01"))).await.refused(403, "feedback-of-another");
    assert_eq!(scene.house.count("select count(*) from ledger_entry where action like 'review%'").await, 0, "no case was changed");

    // The best handler, by the weights of the district.
    let ranks = other_head.get("/api/v1/best-handlers?from=2026-11-01&to=2026-11-30").await;
    assert_eq!((&ranks.fine().body["items"][0]["concluded"], &ranks.body["provisional"]), (&json!(5), &json!(true)));
    let weights = json!({ "concluded": 2, "reviewed": 1, "failed": 5, "overturned": 30 });
    other_head.put("/api/v1/quality-settings", weights).await.fine();
    next_door
        .put("/api/v1/quality-settings", json!({ "concluded": 0, "reviewed": 0, "failed": 0, "overturned": 0 }))
        .await
        .refused(403, "scope-exceeded");
    assert_eq!(other_head.get("/api/v1/best-handlers?from=2026-11-01&to=2026-11-30").await.body["provisional"], false);
}

fn third_may_not(answer: &testkit::house::Answer) {
    answer.refused(403, "finding-not-yours");
}

#[tokio::test]
async fn a_seat_without_anybody_is_given_to_somebody_without_a_part_and_a_veto_fails_the_file() {
    let scene = Scene::new().await;
    scene.concluded(1).await;
    let round = scene.gathered(json!({ "percent": 100, "double": true })).await.text_of("id");
    let drawn = scene.draw(&round, &["officer01", "evaluator01"]).await;
    let file = drawn.fine().body["files"][0].clone();
    assert_eq!((&file["empty_seat"], &file["seats"]), (&json!(true), &json!(2)));
    let path = format!("/api/v1/review-files/{}", file["id"].as_str().unwrap());
    let appoint = async |account: &str| {
        scene.other_head.post(&format!("{path}/actions/appoint"), json!({ "seat": 2, "person": scene.id(account) })).await
    };
    appoint("officer02").await.refused(409, "reviewer-participant");
    appoint("evaluator01").await.refused(409, "reviewer-twice");
    appoint("officer03").await.fine();
    // Who was drawn gives way for a reason, which is kept.
    let replace = async |reason: &str| {
        let body = json!({ "seat": 2, "person": scene.id("legal_reviewer01"), "reason": reason });
        scene.other_head.post(&format!("{path}/actions/appoint"), body).await
    };
    replace(" ").await.refused(422, "field-required");
    replace("因公出差").await.fine();
    let back = json!({ "seat": 2, "person": scene.id("officer03"), "reason": "出差取消" });
    scene.other_head.post(&format!("{path}/actions/appoint"), back).await.fine();
    assert_eq!(scene.house.count("select count(*) from review_seat_change where reason in ('因公出差', '出差取消')").await, 2);
    let id = file["id"].as_str().unwrap();
    for by in [&scene.evaluator, &scene.third] {
        let shown = by.get(&path).await.fine().body.clone();
        let seat = shown["seats"].as_array().unwrap().iter().find(|it| it["mine"] == true).unwrap().clone();
        let mut answers = Scene::answers(&shown, &[("5.2", "a")]);
        answers.as_array_mut().unwrap().iter_mut().filter(|it| it["item"] == "2.1").for_each(|it| it["veto"] = json!(true));
        by.put(&format!("{path}/score"), json!({ "seen": seat["version"], "answers": answers, "finish": true })).await.fine();
    }
    let done = scene.other_head.get(&format!("/api/v1/review-files/{id}")).await;
    assert_eq!((&done.body["vetoed"], &done.body["failed"], &done.body["tenths"]), (&json!(true), &json!(true), &json!(0)));
    let total = scene.head.get(&format!("/api/v1/review-rounds/{round}")).await.body["total"].clone();
    assert_eq!((&total["failed"], &total["failed_percent"]), (&json!(1), &json!(100.0)));
    let why = json!({ "seen": 2, "note": "另案处理", "with_open": true });
    scene.other_head.post(&format!("/api/v1/review-rounds/{round}/actions/close"), why).await.fine();
    let inbox = scene.officer.get("/api/v1/review-findings?mine=true&severity=veto").await.items();
    let late = json!({ "seen": inbox[0]["version"], "answer": "corrected", "text": "已补" });
    let answer = format!("/api/v1/review-findings/{}/actions/answer", inbox[0]["id"].as_str().unwrap());
    scene.officer.post(&answer, late).await.refused(409, "round-closed");
}
