//! Service Discovery.

use gateway_open311::Settings;

use crate::house::{house, house_with};

#[tokio::test]
async fn discovery_in_json_names_specification_url_formats_and_changeset() {
    let house = house().await;
    for path in ["/open311/discovery.json", "/open311/v2/discovery.json"] {
        let answer = house.get_at(path).await;
        assert_eq!(answer.status, 200);
        let body = answer.json();
        assert!(body["contact"].is_string() && body["key_service"].is_string());
        let endpoint = &body["endpoints"][0];
        assert_eq!(endpoint["specification"], "http://wiki.open311.org/GeoReport_v2");
        assert_eq!(endpoint["url"], format!("{}/open311/v2", house.base()));
        assert_eq!(endpoint["type"], "test");
        assert_eq!(endpoint["formats"], serde_json::json!(["text/xml", "application/json"]));
        assert_eq!(endpoint["changeset"], "2026-11-16T12:00:00+08:00");
    }
}

#[tokio::test]
async fn discovery_in_xml_has_the_same() {
    let house = house().await;
    let answer = house.get_at("/open311/discovery.xml").await;
    assert_eq!(answer.one("discovery/changeset"), "2026-11-16T12:00:00+08:00");
    assert_eq!(answer.one("discovery/endpoints/endpoint/specification"), "http://wiki.open311.org/GeoReport_v2");
    assert_eq!(answer.all("discovery/endpoints/endpoint/formats/format"), ["text/xml", "application/json"]);
}

#[tokio::test]
async fn discovery_url_is_the_configured_one_behind_a_proxy() {
    let settings = Settings { public_url: Some("https://127.0.0.1:8443".to_owned()), ..Settings::default() };
    let body = house_with(settings).await.get_at("/open311/discovery.json").await.json();
    assert_eq!(body["endpoints"][0]["url"], "https://127.0.0.1:8443/open311/v2");
    assert_eq!(body["endpoints"][0]["type"], "production");
}

#[tokio::test]
async fn discovery_changeset_moves_when_a_service_changes() {
    let house = house().await;
    house.wait(chrono::Duration::hours(3));
    let before = house.get_at("/open311/discovery.json").await.json()["changeset"].clone();
    assert_eq!(before, "2026-11-16T12:00:00+08:00", "time alone changes nothing");
    let code = house.class().await;
    let (status, text) = house
        .staff(
            &format!("/api/v1/classes/{code}/limits"),
            serde_json::json!({ "conditions": ["测试情况"], "value": 2, "unit": "working_day" }),
        )
        .await;
    assert!((200..300).contains(&status), "{text}");
    assert_eq!(house.get_at("/open311/discovery.json").await.json()["changeset"], "2026-11-16T15:00:00+08:00");
}
