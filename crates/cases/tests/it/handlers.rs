//! Who has a case in hand: nobody makes himself a handler, and who is recused or gone does nothing.

use serde_json::json;

use crate::scene::{Scene, certify};

#[tokio::test]
async fn nobody_makes_himself_a_handler_and_who_is_recused_or_gone_counts_no_more() {
    let scene = Scene::new().await;
    let Scene { officer, second, head, house, .. } = &scene;
    let case = &scene.open("ordinary").await;
    Scene::taken(&scene.step(head, case, "file", json!({})).await, "filed");
    house.person("officer04", house.units.west, &["officer"], &[]).await;
    let three = certify(house, "officer03", Some("浙0403"), "2028-12-31", false).await;
    let four = certify(house, "officer04", Some("浙0404"), "2028-12-31", false).await;
    let third = house.signed_in("officer03").await;

    // Two certificates on the same ground make nobody a handler; nor do they enter what the party did.
    let ours = json!({ "officers": [three, four] });
    scene.step(&third, case, "investigate", ours).await.refused(403, "not-among-officers");
    Scene::taken(&scene.step(officer, case, "investigate", json!({})).await, "investigating");
    scene.step(&third, case, "ask-recusal", json!({})).await.refused(403, "case-not-handled");
    // Who comes with a handler joins.
    let together = json!({ "officers": [scene.ids[0], scene.ids[1], three] });
    Scene::taken(&scene.step(officer, case, "inquire", together).await, "investigating");

    // Recusals are decided by the head, of handlers, in that step alone.
    let gone = json!({ "recused": [scene.ids[1]] });
    scene.step(officer, case, "inquire", gone.clone()).await.refused(422, "field-not-here");
    scene.step(officer, case, "ask-recusal", gone.clone()).await.refused(422, "field-not-here");
    Scene::taken(&scene.step(officer, case, "ask-recusal", json!({})).await, "investigating");
    scene.step(head, case, "decide-recusal", json!({ "recused": [four] })).await.refused(422, "officer-unknown");
    Scene::taken(&scene.step(head, case, "decide-recusal", gone).await, "investigating");
    for action in ["inquire", "find-crime", "ask-recusal"] {
        let refused = scene.step(second, case, action, json!({ "officers": [scene.ids[0], scene.ids[1]] })).await;
        refused.refused(403, "recused");
        assert_eq!(refused.body["citation"], "行政处罚法第四十三条第一款", "{}", refused.text);
    }
    let page = second.get(&format!("/api/v1/cases/{case}")).await;
    assert!(page.body["offers"].as_array().unwrap().iter().all(|it| it["mine"] == false), "{}", page.body["offers"]);
    // The row does not look at the crew; the room does.
    let with = |people: &[&String]| json!({ "officers": people });
    scene.step(officer, case, "find-crime", with(&[&scene.ids[0], &scene.ids[1]])).await.refused(409, "not-recused");
    scene.step(officer, case, "find-crime", with(&[&scene.ids[0]])).await.refused(409, "two-certificates");

    // Whoever left counts no more, whatever his certificate says.
    let administrator = house.signed_in("administrator01").await;
    administrator.post(&format!("/api/v1/people/{three}/actions/disable"), json!({})).await.fine();
    scene.step(officer, case, "inquire", json!({})).await.refused(409, "two-certificates");
    Scene::taken(&scene.step(officer, case, "inquire", with(&[&scene.ids[0], &four])).await, "investigating");
}
