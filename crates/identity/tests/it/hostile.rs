//! What no honest client sends is refused as its fault, never as the server's.

use serde_json::json;

use crate::house::House;

#[tokio::test]
async fn odd_characters_cursors_and_numbers_are_the_clients_fault() {
    let house = House::build().await;
    house.person("administrator09", house.city, &["administrator"]).await;
    house.visitor().sign_in("a\u{0}b\u{202e}'; DROP TABLE person; --", "x").await.refused(401, "sign-in-failed");
    house.visitor().sign_in(&"长".repeat(500), "x").await.refused(401, "sign-in-failed");
    let mut city = house.signed_in("administrator09").await;
    let nul = "A\u{0}B";
    city.post("/api/v1/organisations", json!({ "parent_id": house.zhuji, "name": nul, "kind": "squad", "region": "330681" }))
        .await
        .refused(422, "organisation-invalid");
    let new = json!({ "account": "a\u{0}", "name": nul, "organisation_id": house.zhuji, "roles": [nul], "regions": [nul], "password": "lantern-boat-7" });
    city.post("/api/v1/people", new).await.refused(422, "person-invalid");
    city.patch("/api/v1/roles/operator", 1, json!({ "rights": [nul] })).await.refused(422, "role-invalid");
    for query in ["q=%00", "role=%00", "cursor=%00"] {
        city.get(&format!("/api/v1/people?{query}")).await.refused(422, "query-invalid");
    }
    for query in ["q=%25%5F%5C", "limit=-5", "limit=99999999999", "q=%27%3B--"] {
        city.get(&format!("/api/v1/people?{query}")).await.fine();
    }
    // Well-formed cursors of other lists, of impossible times and with impossible letters: ["x",1], ["-200000-…"], "\u0000".
    for cursor in ["WyJ4IiwxXQ", "WyItMjAwMDAwLTAxLTAxVDAwOjAwOjAwWiIsIjAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMCJd", "Ilx1MDAwMCI"]
    {
        for list in ["people", "sign-ins"] {
            city.get(&format!("/api/v1/{list}?cursor={cursor}")).await.refused(422, "cursor-invalid");
        }
    }
    for body in [json!(null), json!([]), json!({ "account": 1 }), json!({ "account": "a", "password": {} })] {
        city.post("/api/v1/session", body).await.refused(422, "json-invalid");
    }
    city.get("/api/v1/people?limit=many").await.refused(422, "query-invalid");
    city.get("/api/v1/people/not-an-id").await.refused(404, "not-found");
}
