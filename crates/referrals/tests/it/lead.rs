//! A lead of the house goes to the centre with its photos, and shows what became of it.

use serde_json::json;
use testkit::house::in_the_west;

use crate::scene::Scene;

#[tokio::test]
async fn a_lead_goes_to_the_centre_in_one_step_and_shows_what_became_of_it() {
    let scene = Scene::new().await;
    let Scene { house, operator, centre, officer, water, .. } = &scene;
    let photo = house.photo().await;
    let report = json!({ "description": "河道边堆放建筑垃圾", "position": in_the_west(), "photos": [photo] });
    let receipt = house.visitor().post("/api/v1/public/reports", report).await;
    let (number, code) = (receipt.fine().text_of("number"), receipt.text_of("tracking_code"));
    let lead = operator.get(&format!("/api/v1/leads?q={number}")).await.items()[0]["id"].as_str().unwrap().to_owned();
    let new = json!({ "lead": lead, "facts": "河道边堆放建筑垃圾", "place": "模拟西街道河埠头" });
    water.post("/api/v1/referrals", new.clone()).await.refused(404, "lead-not-found");
    let opened = operator.post("/api/v1/referrals", new.clone()).await;
    let id = opened.fine().text_of("id");
    assert_eq!((&opened.body["lead_number"], &opened.body["photos"], &opened.body["own"]), (&json!(number), &json!([photo]), &json!(true)));
    operator.post("/api/v1/referrals", new.clone()).await.refused(409, "referral-open");
    // Nor is a case opened beside it.
    let mut beside = scene.new_case(&id);
    beside.as_object_mut().unwrap().remove("referral");
    beside["lead"] = json!(lead);
    let refused = officer.post("/api/v1/cases", beside).await;
    refused.refused(409, "referral-open");
    assert!(refused.text.contains(opened.body["number"].as_str().unwrap()), "{}", refused.text);

    // Split straight away; the squad sends it back once, then opens the case.
    let squad = json!({ "unit": house.units.west, "text": "属地中队办理" });
    scene.act(centre, &id, "split-here", squad.clone()).await.fine();
    scene.act(officer, &id, "send-back", json!({ "text": "请核对地点" })).await.fine();
    assert_eq!(scene.show(centre, &id).await["state"], json!("received"));
    scene.act(centre, &id, "split-here", squad).await.fine();
    let mut both = scene.new_case(&id);
    both["lead"] = json!(lead);
    officer.post("/api/v1/cases", both).await.refused(422, "case-invalid");
    // The store has lost one of two photos: the case is opened, and its line says so.
    let pdf = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n".to_vec();
    let lost = house.files.put(pdf.into(), None).await.map_err(|refused| refused.problem().code).unwrap().id;
    let lost = lost.as_str();
    std::fs::remove_file(house.folder.path().join("files").join(&lost[..2]).join(&lost[2..4]).join(lost)).unwrap();
    let second = "insert into case_referral_photo (region, referral_id, ordinal, file) values ('330482', $1::uuid, 2, $2)";
    sqlx::query(second).bind(&id).bind(lost).execute(&house.test.owner_pool).await.unwrap();
    let case = officer.post("/api/v1/cases", scene.new_case(&id)).await;
    let case_id = case.fine().text_of("id");
    assert_eq!((&case.body["lead"]["number"], &case.body["photos"][0]), (&json!(number), &json!(photo)), "{}", case.text);
    let evidence = officer.get(&format!("/api/v1/cases/{case_id}/evidence")).await;
    assert_eq!(evidence.fine().body["items"].as_array().unwrap().len(), 1, "{}", evidence.text);
    assert_eq!(evidence.body["items"][0]["digest"], json!(format!("sha256:{photo}")));
    let lines = scene.show(officer, &id).await["lines"].to_string();
    assert!(lines.contains("线索照片中有 1 张在文件存储中已经找不到"), "{lines}");

    // The result closes it by itself: nobody outside waits.
    scene.decided(&case_id).await;
    let seen = scene.show(operator, &id).await;
    assert_eq!((&seen["state"], &seen["open"]), (&json!("closed"), &json!(false)), "{seen}");
    operator.post("/api/v1/referrals", new).await.refused(409, "lead-in-case");
    let history = officer.get(&format!("/api/v1/leads/{lead}/history")).await.items();
    let labels: Vec<&str> = history.iter().map(|line| line["label"].as_str().unwrap()).collect();
    for label in ["移交案件管理中心", "转为案件", "案件办理结果"] {
        assert_eq!(labels.iter().filter(|it| **it == label).count(), 1, "{label} {labels:?}");
    }
    let listed = operator.get(&format!("/api/v1/referrals?lead={lead}")).await.items();
    assert_eq!(listed[0]["case_number"], case.body["number"]);
    let followed = house.visitor().get(&format!("/api/v1/public/reports/{code}")).await;
    let words = followed.fine().body["steps"].to_string();
    assert!(words.contains("已转执法部门立案办理") && words.contains("执法部门已有办理结果"), "{words}");
    assert!(!words.contains("罚款") && !words.contains(case.body["number"].as_str().unwrap()), "a word, and no more");
}
