//! Errors: in the format of the request, under the status that says it.

use gateway_open311::Settings;

use crate::{
    form::plain,
    house::{house, house_with},
};

#[tokio::test]
async fn errors_in_json_are_a_list_of_code_and_description() {
    let answer = house().await.get("/requests/unknown.json").await;
    assert_eq!(answer.status, 404);
    let body = answer.json();
    assert_eq!(body.as_array().unwrap().len(), 1);
    assert_eq!(body[0]["code"], 404);
    assert!(body[0]["description"].as_str().is_some_and(|text| !text.is_empty()));
}

#[tokio::test]
async fn errors_in_xml_are_errors_with_error_code_and_description() {
    let answer = house().await.get("/requests/unknown.xml").await;
    assert_eq!(answer.status, 404);
    assert_eq!(answer.one("errors/error/code"), "404");
    assert!(!answer.one("errors/error/description").is_empty());
}

#[tokio::test]
async fn a_format_that_is_not_spoken_or_an_unknown_address_is_404() {
    let house = house().await;
    for path in ["/services.yaml", "/services/other", "/requests/1.html", "/nothing", "/a/b/c.xml"] {
        let answer = house.get(path).await;
        assert_eq!((answer.status, answer.one("errors/error/code").as_str()), (404, "404"), "{path}");
    }
    assert_eq!(house.get("/nothing.json").await.json()[0]["code"], 404);
}

#[tokio::test]
async fn too_many_requests_are_429_in_the_format_of_the_request() {
    let house = house_with(Settings::default()).await;
    let mut last = house.post("/requests.json", &plain("一")).await;
    for _ in 0..80 {
        if last.status == 429 {
            break;
        }
        last = house.post("/requests.json", &[]).await;
    }
    assert_eq!((last.status, last.json()[0]["code"].as_u64()), (429, Some(429)));
}

#[tokio::test]
async fn too_many_arguments_or_ids_are_400() {
    let house = house().await;
    let many = vec![("attribute[A][]", "1"); 300];
    assert_eq!(house.post("/requests.json", &[plain("x"), many].concat()).await.status, 400);
    let ids = ["1"; 1_001].join(",");
    assert_eq!(house.get(&format!("/requests.json?service_request_id={ids}")).await.status, 400);
    assert_eq!(house.get("/requests.json?status=%00").await.status, 400);
}
