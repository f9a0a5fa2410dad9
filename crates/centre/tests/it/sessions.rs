//! Rooms: booked once at one time, held by the book, recorded or explained.

use serde_json::json;

use crate::scene::{Scene, sound};

#[tokio::test]
async fn a_room_is_never_booked_twice_at_one_time() {
    let scene = Scene::new().await;
    let (one, two) = (scene.case().await, scene.opened(&scene.third, &scene.ids[2..4]).await);
    for slot in 0..6 {
        // They meet by half an hour; four of each at once.
        let (a, b) = (scene.booking(&one, slot * 80, &scene.ids[..2]), scene.booking(&two, slot * 80 + 30, &scene.ids[2..4]));
        let (officer, third) = (&scene.officer, &scene.third);
        let all = tokio::join!(
            scene.book(officer, &a),
            scene.book(third, &b),
            scene.book(officer, &a),
            scene.book(third, &b),
            scene.book(third, &b),
            scene.book(officer, &a),
            scene.book(third, &b),
            scene.book(officer, &a)
        );
        let all = [all.0, all.1, all.2, all.3, all.4, all.5, all.6, all.7];
        let booked = all.iter().filter(|it| it.status.as_u16() == 201).count();
        let refused = all.iter().filter(|it| it.status.as_u16() == 409).count();
        assert_eq!((booked, refused), (1, 7), "{slot}: {:?}", all.iter().map(|it| &it.text).collect::<Vec<_>>());
    }
    let twice = "select count(*) from centre_session a join centre_session b on a.room = b.room and a.id < b.id
        and tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)";
    assert_eq!(scene.house.count(twice).await, 0);
    // The database itself refuses, whoever writes.
    let raw = "insert into centre_session select gen_random_uuid(), region, jurisdiction, room, room_number, starts_at, ends_at, planned_until, docket,
        case_number, purpose, role, party, officers, note, state, version, simulated, booked_by, booked_at from centre_session limit 1";
    let error = sqlx::query(raw).execute(&scene.house.test.owner_pool).await.unwrap_err();
    assert_eq!(error.as_database_error().and_then(|it| it.constraint()), Some("centre_session_room"));
}

#[tokio::test]
async fn a_session_is_held_by_the_book_and_recorded() {
    let scene = Scene::new().await;
    let case = scene.case().await;
    let mut alone = scene.booking(&case, 60, &scene.ids[..1]);
    scene.book(&scene.officer, &alone).await.refused(422, "session-officers");
    alone["officers"] = json!([scene.ids[0], scene.ids[2]]);
    scene.book(&scene.officer, &alone).await.refused(422, "session-officers");
    scene.book(&scene.officer, &scene.booking(&case, 8 * 60, &scene.ids[..2])).await.refused(422, "room-shut");
    scene.book(&scene.officer, &scene.booking(&case, 5 * 24 * 60, &scene.ids[..2])).await.refused(422, "room-shut");
    scene.book(&scene.officer, &scene.booking(&case, -60, &scene.ids[..2])).await.refused(422, "session-time");
    scene.book(&scene.third, &scene.booking(&case, 60, &scene.ids[..2])).await.refused(403, "case-not-handled");
    scene.book(&scene.stranger, &scene.booking(&case, 60, &scene.ids[..2])).await.refused(404, "case-not-found");
    let id = scene.book(&scene.officer, &scene.booking(&case, 60, &scene.ids[..2])).await.fine().text_of("id");
    let other = scene.room("询问室二", &[]).await;
    let mut elsewhere = scene.booking(&case, 90, &scene.ids[..2]);
    elsewhere["room"] = json!(other);
    scene.book(&scene.officer, &elsewhere).await.refused(409, "officer-busy");
    scene.stranger.get(&format!("/api/v1/centre/sessions/{id}")).await.refused(404, "session-not-found");
    let told = scene.second.get("/api/v1/notifications").await.fine().items();
    assert!(told.iter().any(|it| it["title"].as_str().unwrap().contains("询问室一")), "the other officer was told: {told:?}");

    // Who is questioned: sealed; a minor only beside a guardian; nobody before he was told his rights.
    scene.on(&scene.officer, &id, "start", json!({ "rights_told": true })).await.refused(409, "session-state");
    scene.on(&scene.third, &id, "arrive", scene.visitor()).await.refused(403, "session-not-yours");
    let mut minor = scene.visitor();
    minor["visitor"]["minor"] = json!(true);
    scene.on(&scene.officer, &id, "arrive", minor.clone()).await.refused(422, "guardian-missing");
    minor["visitor"]["guardian"] = json!("母亲");
    minor["visitor"]["guardian_name"] = json!("测试监护人乙");
    scene.on(&scene.officer, &id, "arrive", minor).await.fine();
    scene.on(&scene.officer, &id, "start", json!({})).await.refused(422, "rights-untold");
    scene.after(60);
    let started = scene.on(&scene.officer, &id, "start", json!({ "rights_told": true })).await;
    assert_eq!(started.fine().body["session"]["state"], "running");
    scene.on(&scene.second, &id, "rest", json!({ "note": "饮水" })).await.fine();
    scene.after(10);
    scene.on(&scene.second, &id, "resume", json!({})).await.fine();
    scene.after(10);
    let ended = scene.on(&scene.officer, &id, "end", json!({})).await.fine().body.clone();
    assert_eq!((ended["session"]["gap"].as_str(), ended["rests"][0]["until"].is_string()), (Some("yellow"), true), "{ended}");

    // The rest of its hour is free again.
    scene.book(&scene.officer, &scene.booking(&case, 90, &scene.ids[..2])).await.fine();
    let list = scene.officer.get("/api/v1/centre/recordings").await.fine().body.clone();
    assert_eq!((list["items"].as_array().unwrap().len(), list["gaps"][0]["id"].as_str()), (0, Some(id.as_str())));
    scene.after(25 * 60);
    assert_eq!(scene.session(&id).await["session"]["gap"], "red");

    // Its recording: evidence of this case, sound, used once; its marks are where to play.
    let item = scene.recording(&case, &sound(1)).await;
    let path = format!("/api/v1/centre/sessions/{id}/recordings");
    scene.second.post(&path, json!({ "item": scene.ids[0] })).await.refused(422, "recording-item");
    let linked = scene.officer.post(&path, json!({ "item": item })).await.fine().body.clone();
    assert_eq!((linked["session"]["gap"].is_null(), linked["recordings"][0]["marks"][0]["from_ms"].as_i64()), (true, Some(1_500)));
    scene.officer.post(&path, json!({ "item": item })).await.refused(409, "recording-used");
    for query in ["role=party", "day=2026-11-02", "q=%E8%AF%A2%E9%97%AE"] {
        let found = scene.officer.get(&format!("/api/v1/centre/recordings?{query}")).await.fine().items();
        assert_eq!(found.len(), 1, "{query}");
    }
    assert!(scene.officer.get("/api/v1/centre/recordings?role=witness").await.fine().items().is_empty());
    assert!(scene.stranger.get("/api/v1/centre/recordings").await.fine().items().is_empty());

    // Nobody's name anywhere but in the vault; who asks for it says why.
    let reveal = format!("/api/v1/centre/sessions/{id}/reveal");
    scene.officer.post(&reveal, json!({ "reason": " " })).await.refused(422, "field-required");
    let seen = scene.officer.post(&reveal, json!({ "reason": "核对笔录" })).await.fine().body.clone();
    assert_eq!((seen["name"].as_str(), seen["guardian"].as_str()), (Some("测试当事人甲"), Some("测试监护人乙")));
    let page = scene.session(&id).await.to_string();
    assert!(!page.contains("测试当事人") && !page.contains("测试监护人"), "{page}");
    let leaked = "select (select count(*) from ledger_entry where payload::text ~ '测试(当事人|监护人)') + (select count(*) from outbox
        where payload::text ~ '测试(当事人|监护人)') + (select count(*) from centre_session s where s::text ~ '测试(当事人|监护人)')";
    assert_eq!(scene.house.count(leaked).await, 0);
    let outside = "select count(*) from outbox where topic like 'centre.%' and (payload ? 'subject' or payload ? 'reason' or topic = 'centre.revealed')";
    assert_eq!(scene.house.count(outside).await, 0, "who looked at whom is the ledger's alone");
    let ledger = scene.ledger(&case).await;
    for verb in [
        "centre-booked",
        "centre-arrived",
        "centre-started",
        "centre-rested",
        "centre-resumed",
        "centre-ended",
        "centre-recorded",
        "reveal",
    ] {
        assert!(ledger.iter().any(|it| it == verb), "{verb}: {ledger:?}");
    }
    assert!(scene.house.count("select count(*) from outbox where topic like 'centre.%' and payload ? 'jurisdiction'").await >= 8);
}

#[tokio::test]
async fn who_did_not_come_and_what_was_cancelled_frees_the_room_and_is_told() {
    let scene = Scene::new().await;
    let case = scene.case().await;
    let id = scene.book(&scene.officer, &scene.booking(&case, 30, &scene.ids[..2])).await.fine().text_of("id");
    scene.after(40);
    scene.on(&scene.officer, &id, "no-show", json!({ "note": "电话通知" })).await.refused(409, "session-early");
    scene.after(10);
    scene.on(&scene.officer, &id, "no-show", json!({})).await.refused(422, "field-required");
    scene.on(&scene.officer, &id, "no-show", json!({ "note": "已电话通知，改期" })).await.fine();
    let again = scene.book(&scene.officer, &scene.booking(&case, 60, &scene.ids[..2])).await.fine().text_of("id");
    let stale = json!({ "seen": 7, "note": "改期" });
    scene.officer.post(&format!("/api/v1/centre/sessions/{again}/actions/cancel"), stale).await.refused(412, "version-conflict");
    scene.on(&scene.officer, &again, "cancel", json!({ "note": "当事人请求改期" })).await.fine();
    let told = scene.second.get("/api/v1/notifications").await.fine().items();
    let titles: Vec<&str> = told.iter().map(|it| it["title"].as_str().unwrap()).collect();
    assert!(titles.iter().any(|it| it.contains("已取消")) && !titles.iter().any(|it| it.contains("改期")), "{titles:?}");
    let written = "select count(*) from outbox where topic like 'centre.%' and payload::text like '%改期%'";
    assert_eq!(scene.house.count(written).await, 0, "why stays in the ledger");
    assert_eq!(scene.house.count("select count(*) from ledger_entry where payload::text like '%当事人请求改期%'").await, 1);
    let board = scene.head.get("/api/v1/centre/board").await.fine().body.clone();
    assert_eq!((board["sessions"].as_array().unwrap().len(), board["running"].as_i64()), (2, Some(0)));

    // A room that changed keeps its history; one that another changed first is read again.
    let room = format!("/api/v1/centre/rooms/{}", scene.room);
    let settings = json!({ "seats": 6, "weekdays": [1, 2], "opens": "09:00", "closes": "12:00", "equipment": [], "closed": true });
    scene.officer.put(&room, json!({ "version": 1, "settings": settings })).await.refused(403, "forbidden");
    scene.head.put(&room, json!({ "version": 1, "settings": settings })).await.fine();
    scene.head.put(&room, json!({ "version": 1, "settings": settings })).await.refused(412, "version-conflict");
    scene.book(&scene.officer, &scene.booking(&case, 120, &scene.ids[..2])).await.refused(404, "room-not-found");
    assert!(scene.stranger.get("/api/v1/centre/rooms").await.fine().items().is_empty());
    assert!(scene.stranger.get("/api/v1/centre/sessions?from=2026-11-02").await.fine().items().is_empty());
}

#[tokio::test]
async fn a_session_begins_with_two_officers_of_the_case_as_it_stands_and_in_a_room_that_is_free() {
    let scene = Scene::new().await;
    let (case, other) = (scene.case().await, scene.opened(&scene.third, &scene.ids[2..4]).await);
    let begun = async |by: &testkit::house::Client, id: &str| {
        scene.on(by, id, "arrive", scene.visitor()).await.fine();
        scene.on(by, id, "start", json!({ "rights_told": true })).await
    };
    let first = scene.book(&scene.officer, &scene.booking(&case, 0, &scene.ids[..2])).await.fine().text_of("id");
    begun(&scene.officer, &first).await.fine();
    // It runs over its time: the next waits, until it is ended.
    let next = scene.book(&scene.third, &scene.booking(&other, 60, &scene.ids[2..4])).await.fine().text_of("id");
    scene.after(65);
    begun(&scene.third, &next).await.refused(409, "room-in-use");
    scene.on(&scene.officer, &first, "end", json!({})).await.fine();
    scene.on(&scene.third, &next, "start", json!({ "rights_told": true })).await.fine();
    scene.on(&scene.third, &next, "end", json!({})).await.fine();

    // One of the two is kept away from the case since: nobody begins with the other alone.
    let later = scene.book(&scene.officer, &scene.booking(&case, 150, &scene.ids[..2])).await.fine().text_of("id");
    scene.after(90);
    let recused = "update case_officer set recused = true where person = $1::uuid";
    sqlx::query(recused).bind(&scene.ids[1]).execute(&scene.house.test.owner_pool).await.unwrap();
    begun(&scene.officer, &later).await.refused(409, "session-officers");
}
