//! POST Service Request.

use crate::{form::plain, house::house};

#[tokio::test]
async fn post_with_lat_and_long_answers_the_id_in_json() {
    let house = house().await;
    let answer = house.post("/requests.json", &plain("路面有坑")).await;
    assert_eq!(answer.status, 201);
    let body = answer.json();
    assert_eq!(body.as_array().unwrap().len(), 1);
    assert!(body[0]["service_request_id"].is_string() && body[0]["service_notice"].is_string());
    assert!(body[0]["account_id"].is_null());
    assert!(body[0].get("token").is_none(), "no token beside an id");
}

#[tokio::test]
async fn post_answers_the_id_in_xml() {
    let house = house().await;
    let answer = house.post("/requests.xml", &plain("路面有坑")).await;
    assert_eq!(answer.status, 201);
    let id = answer.one("service_requests/request/service_request_id");
    assert!(!answer.one("service_requests/request/service_notice").is_empty());
    assert!(answer.all("service_requests/request/token").is_empty());
    assert_eq!(house.shown(&id).await["description"], "路面有坑");
}

#[tokio::test]
async fn post_becomes_a_lead_with_class_place_and_reporter_in_the_vault() {
    let house = house().await;
    let code = house.class().await;
    let fields = [
        ("service_code", code.as_str()),
        ("lat", "30.7051"),
        ("long", "121.0151"),
        ("address_string", "测试路 1 号"),
        ("description", "井盖破损\n第二行"),
        ("first_name", "小明"),
        ("last_name", "测试"),
        ("phone", "138 0000 1234"),
        ("email", "a.b@localhost"),
        ("device_id", "device-1"),
        ("account_id", "account-1"),
        ("media_url", "http://127.0.0.1/p.jpg"),
    ];
    let id = house.report(&fields).await;
    let row: (String, String, Option<String>, Option<String>, f64, f64) = sqlx::query_as(
        "select l.source, l.description, l.address, l.class_code, d.lon, d.lat from lead l join docket d on d.region = l.region and d.id = l.id where d.number = $1",
    )
    .bind(&id)
    .fetch_one(house.test.database.pool())
    .await
    .unwrap();
    assert_eq!(row, ("open311".into(), "井盖破损\n第二行".into(), Some("测试路 1 号".into()), Some(code), 121.0151, 30.7051));
    let mut fields: Vec<String> = sqlx::query_scalar("select field from personal").fetch_all(house.test.database.pool()).await.unwrap();
    fields.sort();
    assert_eq!(fields, ["name", "telephone"]);
}

#[tokio::test]
async fn post_with_an_address_string_alone_is_taken() {
    let house = house().await;
    let id = house.report(&[("service_code", "other"), ("address_string", "测试路 1 号"), ("description", "积水")]).await;
    let shown = house.shown(&id).await;
    assert_eq!(shown["address"], "测试路 1 号");
    assert!(shown["lat"].is_null() && shown["long"].is_null());
}

#[tokio::test]
async fn post_with_an_address_id_alone_is_taken_if_it_is_known() {
    let house = house().await;
    house.draw_grids().await;
    let id = house.report(&[("service_code", "other"), ("address_id", "330482901001002")]).await;
    assert_eq!(house.shown(&id).await["address"], "模拟东湖街道第002单元网格");
    let placed = house.report(&plain("在网格里")).await;
    assert_eq!(house.shown(&placed).await["address_id"], "330482901001002");
    assert_eq!(house.post("/requests.json", &[("service_code", "other"), ("address_id", "000")]).await.status, 400);
    house.report(&[("service_code", "other"), ("address_id", "33048201001000001")]).await;
}

#[tokio::test]
async fn post_without_a_location_is_400() {
    let house = house().await;
    let answer = house.post("/requests.xml", &[("service_code", "other"), ("description", "哪里")]).await;
    assert_eq!((answer.status, answer.one("errors/error/code").as_str()), (400, "400"));
    assert!(answer.one("errors/error/description").contains("location"));
}

#[tokio::test]
async fn post_with_half_a_position_or_a_wrong_one_is_400() {
    let house = house().await;
    for place in [
        &[("lat", "30.7")][..],
        &[("long", "121")],
        &[("lat", "x"), ("long", "121")],
        &[("lat", "NaN"), ("long", "121")],
        &[("lat", "121"), ("long", "30")],
    ] {
        let fields: Vec<_> = [("service_code", "other"), ("description", "x")].into_iter().chain(place.iter().copied()).collect();
        assert_eq!(house.post("/requests.json", &fields).await.status, 400, "{place:?}");
    }
    assert_eq!(house.count().await, 0);
}

#[tokio::test]
async fn post_without_a_service_code_is_400_and_with_an_unknown_one_404() {
    let house = house().await;
    assert_eq!(house.post("/requests.json", &[("lat", "30.7"), ("long", "121")]).await.status, 400);
    let unknown = house.post("/requests.json", &[("service_code", "99999"), ("lat", "30.7"), ("long", "121")]).await;
    assert_eq!(unknown.status, 404);
    assert_eq!(unknown.json()[0]["code"], 404);
}

#[tokio::test]
async fn post_without_a_description_is_taken() {
    let house = house().await;
    let id = house.report(&[("service_code", "other"), ("lat", "30.7"), ("long", "121")]).await;
    assert!(house.shown(&id).await["description"].as_str().unwrap().contains("其他问题"));
}

#[tokio::test]
async fn post_description_is_limited_to_4000_characters() {
    let house = house().await;
    assert_eq!(house.post("/requests.json", &plain(&"字".repeat(4_001))).await.status, 400);
    let longest = "字".repeat(4_000);
    let id = house.report(&plain(&longest)).await;
    assert_eq!(house.shown(&id).await["description"], longest);
}

#[tokio::test]
async fn post_media_url_is_kept_for_the_staff_and_not_told_to_everybody() {
    let house = house().await;
    let url = "http://127.0.0.1/p.jpg?a=1&b=2";
    let id = house.report(&[plain("有照片"), vec![("media_url", url)]].concat()).await;
    assert!(house.shown(&id).await["media_url"].is_null(), "faces in it are not covered");
    assert!(!house.get(&format!("/requests/{id}.xml")).await.text.contains("p.jpg"));
    let kept: String = sqlx::query_scalar("select details ->> 'media_url' from lead").fetch_one(house.test.database.pool()).await.unwrap();
    assert_eq!(kept, url);
    assert_eq!(house.post("/requests.json", &[plain("脚本"), vec![("media_url", "javascript:alert(1)")]].concat()).await.status, 400);
}

#[tokio::test]
async fn post_as_json_is_tolerated() {
    let house = house().await;
    let body = serde_json::json!({ "service_code": "other", "lat": 30.7051, "long": 121.0151, "description": "JSON 上报" });
    let answer = house.post_body("/requests.json", "application/json", None, body.to_string()).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    for wrong in ["{", "[]", "1", r#"{"lat":{}}"#] {
        assert_eq!(house.post_body("/requests.json", "application/json", None, wrong).await.status, 400, "{wrong}");
    }
}

#[tokio::test]
async fn post_of_another_content_type_or_charset_is_415() {
    let house = house().await;
    assert_eq!(house.post_body("/requests.json", "text/plain", None, "x").await.status, 415);
    let xml = "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>";
    let answer = house.post_body("/requests.xml", "text/xml", None, xml).await;
    assert_eq!((answer.status, answer.one("errors/error/code").as_str()), (415, "415"));
    assert_eq!(house.post_body("/requests.json", "application/x-www-form-urlencoded; charset=gbk", None, "a=b").await.status, 415);
}

#[tokio::test]
async fn post_that_is_too_large_is_413() {
    let answer = house().await.post("/requests.json", &plain(&"x".repeat(200_000))).await;
    assert_eq!((answer.status, answer.json()[0]["code"].as_u64()), (413, Some(413)));
}

#[tokio::test]
async fn text_is_utf8_both_ways_and_markup_stays_text() {
    let house = house().await;
    let words = "“井盖”<script>alert(1)</script> & ]]> 😀\n𠮷";
    let id = house.report(&plain(words)).await;
    assert_eq!(house.shown(&id).await["description"], words);
    assert_eq!(house.get(&format!("/requests/{id}.xml")).await.one("service_requests/request/description"), words);
    let control = house.report(&plain("响铃\u{7}结束")).await;
    assert_eq!(house.get(&format!("/requests/{control}.xml")).await.one("service_requests/request/description"), "响铃结束");
    assert_eq!(house.post("/requests.json", &plain("空\u{0}字符")).await.status, 400);
}
