//! GET Service Definition.

use crate::house::house;

#[tokio::test]
async fn service_definition_in_json_has_attributes_with_values() {
    let house = house().await;
    let code = house.service(true).await;
    let body = house.get(&format!("/services/{code}.json")).await.json();
    assert_eq!(body["service_code"], code);
    let attribute = &body["attributes"][0];
    assert_eq!(attribute["variable"], true);
    assert_eq!(attribute["datatype"], "singlevaluelist");
    assert!(attribute["required"].is_boolean() && attribute["order"] == 1);
    for field in ["code", "datatype_description", "description"] {
        assert!(attribute[field].is_string(), "{field}");
    }
    let values = attribute["values"].as_array().unwrap();
    assert!(!values.is_empty() && values.iter().all(|value| value["key"].is_string() && value["name"].is_string()));
}

#[tokio::test]
async fn service_definition_in_xml_has_the_same() {
    let house = house().await;
    let code = house.service(true).await;
    let (xml, json) = (house.get(&format!("/services/{code}.xml")).await, house.get(&format!("/services/{code}.json")).await.json());
    assert_eq!(xml.one("service_definition/service_code"), code);
    assert_eq!(xml.one("service_definition/attributes/attribute/code"), json["attributes"][0]["code"].as_str().unwrap());
    let keys: Vec<&str> = json["attributes"][0]["values"].as_array().unwrap().iter().map(|value| value["key"].as_str().unwrap()).collect();
    assert_eq!(xml.all("service_definition/attributes/attribute/values/value/key"), keys);
}

#[tokio::test]
async fn service_definition_of_an_unknown_code_is_404() {
    let house = house().await;
    assert_eq!(house.get("/services/99999.json").await.status, 404);
    let xml = house.get("/services/99999.xml").await;
    assert_eq!((xml.status, xml.one("errors/error/code").as_str()), (404, "404"));
}

#[tokio::test]
async fn service_definition_of_a_service_without_metadata_is_404() {
    let house = house().await;
    let code = house.class().await;
    assert_eq!(house.get(&format!("/services/{code}.json")).await.status, 404);
    assert_eq!(house.get("/services/other.xml").await.status, 404);
}

#[tokio::test]
async fn service_definition_without_a_code_is_400() {
    assert_eq!(house().await.get("/services/.json").await.status, 400);
}

#[tokio::test]
async fn attribute_answers_are_judged_and_kept() {
    let house = house().await;
    let code = house.service(true).await;
    let key = house.get(&format!("/services/{code}.json")).await.json()["attributes"][0]["values"][0]["key"].as_str().unwrap().to_owned();
    let place = [("service_code", code.as_str()), ("address_string", "测试路 1 号")];
    let with = |answer: (&'static str, String)| {
        let mut fields: Vec<(&str, String)> = place.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        fields.push(answer);
        fields
    };
    let send = async |fields: Vec<(&str, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        house.post("/requests.json", &fields).await
    };
    assert_eq!(send(with(("attribute[CONDITION]", "没有这个选项".to_owned()))).await.status, 400);
    assert_eq!(send(with(("attribute[UNKNOWN]", "1".to_owned()))).await.status, 400);
    assert_eq!(house.count().await, 0, "nothing is half-written");
    let taken = send(with(("attribute[CONDITION]", key.clone()))).await;
    assert_eq!(taken.status, 201, "{}", taken.text);
    let kept: serde_json::Value = sqlx::query_scalar("select details from lead").fetch_one(house.test.database.pool()).await.unwrap();
    assert_eq!(kept["attributes"]["CONDITION"], key);
}
