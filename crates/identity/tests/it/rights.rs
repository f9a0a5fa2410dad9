//! Rights at the door: nobody, the wrong role, auxiliaries, people who must change their password first.

use serde_json::json;

use crate::house::House;

#[tokio::test]
async fn nobody_and_the_wrong_role_are_told_apart() {
    let house = House::build().await;
    house.person("evaluator01", house.zhuji, &["evaluator"]).await;
    house.visitor().post("/look", json!({})).await.refused(401, "not-signed-in");
    house.signed_in("evaluator01").await.post("/look", json!({})).await.refused(403, "forbidden");
}

#[tokio::test]
async fn an_auxiliary_can_never_decide() {
    let house = House::build().await;
    // Refused when roles are given …
    assert!(house.person_as("auxiliary01", house.squad, &["auxiliary", "officer"], true).await.is_err());
    let person = house.person("auxiliary01", house.squad, &["auxiliary"]).await;
    let mut auxiliary = house.signed_in("auxiliary01").await;
    auxiliary.post("/look", json!({})).await.fine();
    // … although the right's own declaration names the role …
    auxiliary.post("/decide", json!({})).await.refused(403, "forbidden");
    // … and at the check, even when the tables were changed behind the program's back.
    let owner = &house.test.owner_pool;
    sqlx::query("UPDATE person SET roles = '{auxiliary,officer,operator}' WHERE id = $1").bind(person.uuid()).execute(owner).await.unwrap();
    sqlx::query("INSERT INTO role_right VALUES ('auxiliary', 'test.decide')").execute(owner).await.unwrap();
    sqlx::query("UPDATE right_definition SET decides = false").execute(owner).await.unwrap();
    let mut auxiliary = house.signed_in("auxiliary01").await;
    tokio::time::sleep(std::time::Duration::from_millis(3200)).await;
    auxiliary.post("/look", json!({})).await.fine();
    auxiliary.post("/decide", json!({})).await.refused(403, "forbidden");
    // The table itself knows that whoever fills the role is an auxiliary.
    assert!(sqlx::query("UPDATE person SET auxiliary = false WHERE id = $1").bind(person.uuid()).execute(owner).await.is_err());
}

#[tokio::test]
async fn an_administrator_cannot_make_an_auxiliary_decide() {
    let house = House::build().await;
    house.person("administrator01", house.city, &["administrator"]).await;
    let person = house.person("auxiliary01", house.squad, &["auxiliary"]).await;
    let mut administrator = house.signed_in("administrator01").await;
    let path = format!("/api/v1/people/{person}");
    let refused = administrator.patch(&path, 1, json!({ "roles": ["auxiliary", "officer"] })).await;
    assert_eq!(refused.refused(422, "person-invalid").field(), "roles");
    administrator.patch(&path, 1, json!({ "roles": ["auxiliary"], "auxiliary": false })).await.fine();
    assert_eq!(administrator.get(&path).await.body["auxiliary"], true);
    administrator.patch("/api/v1/roles/auxiliary", 1, json!({ "rights": ["test.look", "test.decide"] })).await.refused(422, "role-invalid");
    // An auxiliary who becomes an officer decides.
    let version = administrator.get(&path).await.body["version"].as_i64().unwrap();
    administrator.patch(&path, version, json!({ "roles": ["officer"], "auxiliary": false })).await.fine();
    house.signed_in("auxiliary01").await.post("/decide", json!({})).await.fine();
}

#[tokio::test]
async fn scope_follows_the_role_the_organisation_and_the_regions() {
    let house = House::build().await;
    house.person("unit_handler01", house.squad, &["unit_handler"]).await;
    house.person("operator01", house.zhuji, &["operator"]).await;
    let handler = house.signed_in("unit_handler01").await.post("/look", json!({})).await.text;
    assert!(handler.contains("330681004") && handler.contains(&format!("Some([{}])", house.squad)), "{handler}");
    let operator = house.signed_in("operator01").await.post("/look", json!({})).await.text;
    assert!(operator.contains("units: None"), "{operator}");
}

#[tokio::test]
async fn a_first_password_must_be_changed_before_anything_else() {
    let house = House::build().await;
    house.person("administrator01", house.city, &["administrator"]).await;
    let mut administrator = house.signed_in("administrator01").await;
    let new = json!({ "account": "operator01", "name": "受理员01", "organisation_id": house.zhuji, "roles": ["operator"], "password": "first-password-1" });
    administrator.post("/api/v1/people", new).await.fine();
    let mut operator = house.visitor();
    let session = operator.sign_in("operator01", "first-password-1").await;
    assert_eq!(session.fine().body["must_change_password"], true);
    operator.post("/look", json!({})).await.refused(403, "must-change-password");
    let change = json!({ "old": "first-password-1", "new": "lantern-boat-7" });
    assert_eq!(operator.post("/api/v1/session/password", change).await.status, 204);
    operator.post("/look", json!({})).await.fine();
}

#[tokio::test]
async fn what_an_administrator_took_away_stays_away_after_a_restart() {
    let house = House::build().await;
    house.person("administrator01", house.city, &["administrator"]).await;
    house.person("operator01", house.zhuji, &["operator"]).await;
    let mut operator = house.signed_in("operator01").await;
    operator.post("/decide", json!({})).await.fine();
    let mut administrator = house.signed_in("administrator01").await;
    let changed = administrator.patch("/api/v1/roles/operator", 1, json!({ "rights": ["test.look"] })).await;
    assert_eq!(changed.fine().body["rights"].as_array().unwrap().len(), 1);
    operator.post("/decide", json!({})).await.refused(403, "forbidden");
    house.identity.register(&[identity::rights(), crate::house::rights()].concat()).await.unwrap();
    operator.post("/decide", json!({})).await.refused(403, "forbidden");
    operator.post("/look", json!({})).await.fine();
}
