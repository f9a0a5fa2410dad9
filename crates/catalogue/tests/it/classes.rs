//! Editions, limits, the list to settle.

use axum::http::StatusCode;
use chrono::NaiveDate;
use serde_json::json;

use crate::house::{house, load};

#[tokio::test]
async fn the_editions_follow_one_another_and_seeding_twice_changes_nothing() {
    let house = house().await;
    let count = || async {
        sqlx::query_as::<_, (i64, i64, i64)>(
            "SELECT (SELECT count(*) FROM class), (SELECT count(*) FROM class_limit), (SELECT revision FROM catalogue_state)",
        )
        .fetch_one(house.test.database.pool())
        .await
        .unwrap()
    };
    let before = count().await;
    let again = load(&house.test).await;
    assert_eq!(count().await, before);

    assert_eq!(again.class_version(), "GB/T 47678.5-2026");
    assert_eq!(again.matters().len(), 256);
    let lamp = again.class("01037").unwrap();
    assert_eq!((lamp.name.as_str(), lamp.predecessor_code.as_deref()), ("路灯异常", Some("01-37")));
    assert_eq!(again.component_class("01037").unwrap().name, "路灯");
    let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    // A lead of the spring keeps the event's code of its day; the summer knows its heir.
    assert_eq!(again.class_at("01-10", day(2026, 6, 30)).unwrap().name, "暴露生活垃圾");
    assert!(again.class_at("01-10", day(2026, 7, 1)).is_none());
    assert_eq!(again.class_at("06010", day(2026, 7, 1)).unwrap().name, "暴露垃圾");
    assert_eq!(again.heirs_of(false, "01-10").iter().map(|c| c.code.as_str()).collect::<Vec<_>>(), ["06010"]);
    assert!(again.class("10906").unwrap().local);
}

#[tokio::test]
async fn two_limits_are_offered_shortest_first_and_none_is_guessed_silently() {
    let house = house().await;
    let limits = house.catalogue.limits_for("01001");
    assert!(limits.len() >= 3 && limits.iter().all(|l| !l.provisional));
    assert_eq!((limits[0].value, limits[0].unit.code()), (2.0, "urgent_hour"));
    assert_eq!(house.catalogue.proposed_limit("01001").0.to_string(), "2 urgent_hour");
    assert_eq!(house.catalogue.proposed_limit("10906").0.to_string(), "2 urgent_hour");
    let (default, provisional) = house.catalogue.proposed_limit("06028");
    assert_eq!((default.to_string().as_str(), provisional), ("2 working_day", true));
    assert!(house.catalogue.proposed_limit("no such class").1);

    let list = house.get("/api/v1/classes/to-settle").await.body;
    assert_eq!(list["total"], 256);
    assert_eq!(list["settled"].as_u64().unwrap() + list["items"].as_array().unwrap().len() as u64, 256);
    assert!(list["items"].as_array().unwrap().iter().all(|c| c["limits"][0]["provisional"] == true));
    assert_eq!(list["default_limit"]["unit"], "working_day");
}

#[tokio::test]
async fn settling_a_limit_takes_the_class_off_the_list() {
    let house = house().await;
    let before = house.get("/api/v1/classes/to-settle").await.body["settled"].as_u64().unwrap();
    let path = "/api/v1/classes/06028/limits";
    let made = house.post(path, json!({"conditions": ["噪声"], "value": 2, "unit": "urgent_hour"})).await;
    assert_eq!(made.status, StatusCode::CREATED);
    assert_eq!((&made.body["settled"], &made.body["limits"][0]["provisional"]), (&json!(true), &json!(false)));
    assert_eq!(house.get("/api/v1/classes/to-settle").await.body["settled"].as_u64().unwrap(), before + 1);
    assert_eq!(house.catalogue.proposed_limit("06028").0.to_string(), "2 urgent_hour");
    let twice = house.post(path, json!({"conditions": ["噪声"], "value": 2, "unit": "urgent_hour"})).await;
    assert_eq!((twice.status, twice.body["code"].as_str()), (StatusCode::CONFLICT, Some("limit-exists")));
    let wrong = house.post(path, json!({"value": -1, "unit": "week", "conditions": [""]})).await;
    assert_eq!((wrong.status, wrong.body["fields"].as_array().unwrap().len()), (StatusCode::UNPROCESSABLE_ENTITY, 2));
    assert_eq!(house.post("/api/v1/classes/99999/limits", json!({"value": 1, "unit": "working_day"})).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_local_class_joins_the_list() {
    let house = house().await;
    let made = house.post("/api/v1/classes", json!({"code": "06901", "name": "宠物粪便"})).await;
    assert_eq!((made.status, &made.body["local"]), (StatusCode::CREATED, &json!(true)));
    assert_eq!(made.body["category_name"], "市容环境类");
    assert_eq!(house.post("/api/v1/classes", json!({"code": "06901", "name": "重复"})).await.status, StatusCode::CONFLICT);
    for code in ["06001", "99901", "6901", "0690a", "０６９０１"] {
        let refused = house.post("/api/v1/classes", json!({"code": code, "name": "名"})).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{code}");
    }
    let found = house.get("/api/v1/classes?q=%E5%AE%A0%E7%89%A9").await.body;
    assert!(found["items"].as_array().unwrap().iter().any(|c| c["code"] == "06901"));
    let lamps = house.get("/api/v1/classes?q=%E8%B7%AF%E7%81%AF&kind=component").await.body;
    assert!(lamps["items"].as_array().unwrap().iter().any(|c| c["code"] == "01037" && c["name"] == "路灯"));
    assert_eq!(house.get("/api/v1/classes?limit=0").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn another_process_hears_of_a_change() {
    let house = house().await;
    let other = load(&house.test).await;
    let following = tokio::spawn(other.clone().follow());
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    house.post("/api/v1/classes/06028/limits", json!({"value": 4, "unit": "working_hour"})).await;
    for _ in 0..100 {
        if !other.proposed_limit("06028").1 {
            following.abort();
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the other process still knows the old limit");
}
