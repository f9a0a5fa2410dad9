//! GET Service List.

use crate::house::house;

const FIELDS: [&str; 7] = ["service_code", "service_name", "description", "metadata", "type", "keywords", "group"];

#[tokio::test]
async fn service_list_in_json_has_every_field_of_every_service() {
    let answer = house().await.get("/services.json").await;
    assert_eq!(answer.status, 200);
    let services = answer.json();
    let services = services.as_array().unwrap();
    assert!(services.len() > 100, "the matters of the catalogue");
    for service in services {
        for field in FIELDS {
            assert!(service.get(field).is_some_and(|value| !value.is_null()), "{field} of {service}");
        }
        assert!(service["metadata"].is_boolean());
        assert_eq!(service["type"], "realtime");
    }
}

#[tokio::test]
async fn service_list_in_xml_is_the_same_list() {
    let house = house().await;
    let (xml, json) = (house.get("/services.xml").await, house.get("/services.json").await.json());
    let codes: Vec<&str> = json.as_array().unwrap().iter().map(|service| service["service_code"].as_str().unwrap()).collect();
    assert_eq!(xml.all("services/service/service_code"), codes);
    for field in FIELDS {
        assert_eq!(xml.all(&format!("services/service/{field}")).len(), codes.len(), "{field}");
    }
    assert!(xml.all("services/service/metadata").iter().all(|value| value == "true" || value == "false"));
}

#[tokio::test]
async fn service_list_stands_by_group_with_unique_codes() {
    let services = house().await.get("/services.json").await.json();
    let services = services.as_array().unwrap();
    let mut groups: Vec<&str> = services.iter().map(|service| service["group"].as_str().unwrap()).collect();
    groups.dedup();
    let mut different = groups.clone();
    different.sort_unstable();
    different.dedup();
    assert_eq!(groups.len(), different.len(), "the services of a group stand together");
    let mut codes: Vec<&str> = services.iter().map(|service| service["service_code"].as_str().unwrap()).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), services.len());
}
