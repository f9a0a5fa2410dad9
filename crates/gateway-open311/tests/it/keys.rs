//! `api_key` and `jurisdiction_id`, where they are asked for.

use gateway_open311::Settings;

use crate::{
    form::plain,
    house::{House, house_with},
};

async fn strict() -> House {
    let settings = Settings {
        jurisdiction: Some("330482".to_owned()),
        api_keys: vec!["key-one".to_owned(), "key-two".to_owned()],
        demo: true,
        ..Settings::default()
    };
    house_with(settings).await
}

const ADDRESSES: [&str; 5] = ["/services", "/services/other", "/requests", "/requests/20261116-000001", "/tokens/0000-0000-0000"];

#[tokio::test]
async fn jurisdiction_id_that_is_missing_is_400_on_every_method() {
    let house = strict().await;
    for address in ADDRESSES {
        let xml = house.get(&format!("{address}.xml")).await;
        assert_eq!((xml.status, xml.one("errors/error/code").as_str()), (400, "400"), "{address}");
        assert!(xml.one("errors/error/description").contains("jurisdiction_id"));
    }
    assert_eq!(house.post("/requests.json", &[plain("x"), vec![("api_key", "key-one")]].concat()).await.status, 400);
}

#[tokio::test]
async fn jurisdiction_id_that_is_unknown_is_404_on_every_method() {
    let house = strict().await;
    for address in ADDRESSES {
        let json = house.get(&format!("{address}.json?jurisdiction_id=000000")).await;
        assert_eq!(json.status, 404, "{address}");
        assert!(json.json()[0]["description"].as_str().unwrap().contains("jurisdiction_id"));
    }
    let fields = [plain("x"), vec![("api_key", "key-one"), ("jurisdiction_id", "000000")]].concat();
    assert_eq!(house.post("/requests.json", &fields).await.status, 404);
}

#[tokio::test]
async fn jurisdiction_id_that_is_right_is_served_without_a_key_for_reading() {
    let house = strict().await;
    assert_eq!(house.get("/services.json?jurisdiction_id=330482").await.status, 200);
    assert_eq!(house.get("/requests.xml?jurisdiction_id=330482").await.status, 200);
    assert_eq!(house.get_at("/open311/discovery.json").await.status, 200);
}

#[tokio::test]
async fn api_key_that_is_missing_or_invalid_is_403() {
    let house = strict().await;
    let report = |key: Option<&'static str>| {
        let key = key.map(|key| ("api_key", key));
        [plain("x"), vec![("jurisdiction_id", "330482")], key.into_iter().collect()].concat()
    };
    let missing = house.post("/requests.xml", &report(None)).await;
    assert_eq!((missing.status, missing.one("errors/error/code").as_str()), (403, "403"));
    assert_eq!(house.post("/requests.json", &report(Some("key-three"))).await.status, 403);
    assert_eq!(house.count().await, 0);
    for key in ["key-one", "key-two"] {
        assert_eq!(house.post("/requests.json", &report(Some(key))).await.status, 201, "{key}");
    }
}
