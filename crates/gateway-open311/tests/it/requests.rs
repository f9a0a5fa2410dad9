//! GET Service Requests and GET Service Request.

use chrono::Duration;
use serde_json::{Value, json};

use crate::{
    form::{escaped, plain},
    house::{House, house},
};

async fn ids(house: &House, query: &str) -> Vec<String> {
    let answer = house.get(&format!("/requests.json{query}")).await;
    assert_eq!(answer.status, 200, "{query}: {}", answer.text);
    answer.json().as_array().unwrap().iter().map(|request| request["service_request_id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn request_has_every_field_in_json_and_xml() {
    let house = house().await;
    let id = house.report(&plain("路面有坑")).await;
    let json = house.get(&format!("/requests/{id}.json")).await.json();
    assert_eq!(json.as_array().unwrap().len(), 1);
    let fields = [
        "service_request_id",
        "status",
        "status_notes",
        "service_name",
        "service_code",
        "description",
        "agency_responsible",
        "service_notice",
        "requested_datetime",
        "updated_datetime",
        "expected_datetime",
        "address",
        "address_id",
        "zipcode",
        "lat",
        "long",
        "media_url",
    ];
    let shown = json[0].as_object().unwrap();
    assert_eq!(shown.len(), fields.len());
    let xml = house.get(&format!("/requests/{id}.xml")).await;
    for field in fields {
        let text = xml.one(&format!("service_requests/request/{field}"));
        let same = match &shown[field] {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        assert_eq!(text, same, "{field}");
    }
    assert_eq!((shown["lat"].as_f64(), shown["long"].as_f64()), (Some(30.7051), Some(121.0151)));
    assert_eq!(shown["requested_datetime"], "2026-11-16T12:00:00+08:00");
    assert_eq!(shown["status"], "open");
}

#[tokio::test]
async fn request_that_is_unknown_is_404_and_none_at_all_400() {
    let house = house().await;
    assert_eq!(house.get("/requests/20261116-999999.json").await.status, 404);
    assert_eq!(house.get("/requests/nonsense.xml").await.one("errors/error/code"), "404");
    assert_eq!(house.get("/requests/.json").await.status, 400);
    assert_eq!(house.get(&format!("/requests/{}.json", "9".repeat(300))).await.status, 400);
}

#[tokio::test]
async fn service_request_id_takes_several_and_overrides_all_other_arguments() {
    let house = house().await;
    let a = house.report(&plain("一")).await;
    house.wait(Duration::seconds(1));
    let b = house.report(&plain("二")).await;
    house.report(&plain("三")).await;
    assert_eq!(
        ids(&house, &format!("?service_request_id={a},{b},unknown&status=closed&start_date=nonsense")).await,
        [b.clone(), a.clone()]
    );
    assert_eq!(ids(&house, &format!("?service_request_id={a}&service_request_id={b}")).await.len(), 2);
    assert_eq!(house.get(&format!("/requests/{a},{b}.json")).await.json().as_array().unwrap().len(), 2);
    assert_eq!(ids(&house, "?service_request_id=unknown").await, [""; 0]);
}

#[tokio::test]
async fn service_code_filters_and_may_be_several() {
    let house = house().await;
    let code = house.class().await;
    let classed = house.report(&[("service_code", code.as_str()), ("address_string", "测试路"), ("description", "甲")]).await;
    let with = house.service(true).await;
    house.wait(Duration::seconds(1));
    let other = house.report(&[("service_code", with.as_str()), ("address_string", "测试路"), ("description", "乙")]).await;
    assert_eq!(ids(&house, &format!("?service_code={code}")).await, std::slice::from_ref(&classed));
    assert_eq!(ids(&house, &format!("?service_code={code},{with}")).await, [other, classed.clone()]);
    assert_eq!(ids(&house, "?service_code=99999").await, [""; 0]);
    assert_eq!(house.shown(&classed).await["service_code"], code);
}

#[tokio::test]
async fn start_date_and_end_date_bound_the_requested_datetime() {
    let house = house().await;
    let first = house.report(&plain("第一")).await;
    house.wait(Duration::days(2));
    let second = house.report(&plain("第二")).await;
    house.wait(Duration::hours(1));
    assert_eq!(ids(&house, "?start_date=2026-11-16T00:00:00Z&end_date=2026-11-17T00:00:00Z").await, std::slice::from_ref(&first));
    assert_eq!(ids(&house, "?start_date=2026-11-17T00:00:00Z").await, std::slice::from_ref(&second));
    assert_eq!(ids(&house, "?end_date=2026-11-17T00:00:00Z").await, std::slice::from_ref(&first));
    assert_eq!(
        ids(&house, "?start_date=2026-11-16T12:00:00+08:00&end_date=2026-11-16T12:00:00+08:00").await,
        std::slice::from_ref(&first),
        "both ends count"
    );
    assert_eq!(ids(&house, "?start_date=2026-11-16&end_date=2026-11-16").await, [first]);
}

#[tokio::test]
async fn dates_are_w3c_and_a_span_of_more_than_90_days_is_400() {
    let house = house().await;
    for query in [
        "?start_date=yesterday",
        "?start_date=2026-11-16T00:00:00",
        "?start_date=2026-11-17&end_date=2026-11-16",
        "?start_date=2026-01-01T00:00:00Z&end_date=2026-11-16T00:00:00Z",
        "?end_date=9999999-01-01T00:00:00Z",
    ] {
        assert_eq!(house.get(&format!("/requests.json{query}")).await.status, 400, "{query}");
    }
}

#[tokio::test]
async fn without_dates_the_last_90_days_are_shown() {
    let house = house().await;
    let old = house.report(&plain("旧")).await;
    house.wait(Duration::days(91));
    let new = house.report(&plain("新")).await;
    assert_eq!(ids(&house, "").await, [new]);
    assert_eq!(ids(&house, &format!("?end_date={}", escaped("2026-11-17T00:00:00+08:00"))).await, std::slice::from_ref(&old));
    assert_eq!(house.shown(&old).await["service_request_id"], old, "by its id it is found for ever");
}

#[tokio::test]
async fn status_filters_open_and_closed() {
    let house = house().await;
    let (open, closed) = (house.report(&plain("开")).await, house.report(&plain("关")).await);
    house.act(&closed, "reject", json!({ "reason": "不属于受理范围" })).await;
    assert_eq!(ids(&house, "?status=open").await, std::slice::from_ref(&open));
    assert_eq!(ids(&house, "?status=closed").await, std::slice::from_ref(&closed));
    assert_eq!(ids(&house, "?status=open,closed").await.len(), 2);
    assert_eq!(house.get("/requests.xml?status=done").await.one("errors/error/code"), "400");
}

#[tokio::test]
async fn a_rejected_request_is_closed_with_its_reason_and_its_closing_time() {
    let house = house().await;
    let id = house.report(&plain("不属于这里")).await;
    house.wait(Duration::minutes(30));
    house.act(&id, "reject", json!({ "reason": "该地点属于邻县" })).await;
    let shown = house.shown(&id).await;
    assert_eq!(shown["status"], "closed");
    assert_eq!(shown["status_notes"], "不予受理：该地点属于邻县");
    assert_eq!(shown["updated_datetime"], "2026-11-16T12:30:00+08:00");
}

#[tokio::test]
async fn a_dispatched_request_names_agency_and_expected_datetime() {
    let house = house().await;
    house.draw_grids().await;
    let id = house.report(&plain("路灯不亮")).await;
    assert!(house.shown(&id).await["expected_datetime"].is_null());
    house.dispatch(&id).await;
    let shown = house.shown(&id).await;
    assert_eq!((shown["agency_responsible"].as_str(), shown["status"].as_str()), (Some("测试养护单位"), Some("open")));
    assert!(shown["expected_datetime"].as_str().unwrap() > "2026-11-16T12:00:00+08:00");
    assert!(shown["service_notice"].as_str().unwrap().contains("测试养护单位"));
}

#[tokio::test]
async fn a_merged_request_stands_where_the_other_stands() {
    let house = house().await;
    house.draw_grids().await;
    let (kept, merged) = (house.report(&plain("坑一")).await, house.report(&plain("坑二")).await);
    let class = house.class().await;
    house.act(&kept, "accept", json!({ "class_code": class, "standard": "测试标准" })).await;
    let into = house.lead(&kept).await;
    house.act(&merged, "merge", json!({ "into": into })).await;
    let shown = house.shown(&merged).await;
    assert_eq!(shown["status"], "open");
    assert!(shown["status_notes"].as_str().unwrap().contains(&kept));
    house.act(&kept, "void", json!({ "reason": "重复" })).await;
    assert_eq!(house.shown(&merged).await["status"], "closed");
}

#[tokio::test]
async fn at_most_1000_requests_are_answered() {
    let house = house().await;
    let id = house.report(&plain("很多")).await;
    let mut transaction = house.test.owner_pool.begin().await.unwrap();
    for statement in [
        "insert into docket select region, gen_random_uuid(), kind, number || '-' || n, state, open, version, title, jurisdiction, lon, lat, holder_role,
            holder_unit, holder_person, unit, due_at, warn_at, opened_at, changed_at, closed_at, simulated, head_seq, head_hash
         from docket, generate_series(1, 1100) n",
        // The ids of the copies carry the time of the first one, as real ones do.
        "update docket set id = overlay(id::text placing (select left(d.id::text, 14) from docket d where d.number not like '%-%-%') from 1 for 14)::uuid
         where number like '%-%-%'",
        "insert into lead (region, id, source, source_key, tracking_code, description, text_digest)
         select region, id, 'open311', number, number, '很多', '' from docket where number like '%-%-%'",
    ] {
        sqlx::query(statement).execute(&mut *transaction).await.unwrap();
    }
    transaction.commit().await.unwrap();
    assert_eq!(ids(&house, "").await.len(), 1_000);
    assert_eq!(ids(&house, &format!("?service_request_id={id}")).await.len(), 1);
}
