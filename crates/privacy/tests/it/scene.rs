//! Reports that people left their names with.

use serde_json::{Value, json};
use testkit::house::{Answer, Client, House, in_the_west};

/// A citizen's report with this telephone: its tracking code and number.
pub async fn report(house: &House, telephone: &str) -> (String, String) {
    let body = json!({
        "description": "路口堆着垃圾", "position": in_the_west(), "class_code": "06010", "name": "市民甲", "telephone": telephone,
        "photos": [house.photo().await],
    });
    let receipt = house.visitor().post("/api/v1/public/reports", body).await;
    receipt.fine();
    (receipt.text_of("tracking_code"), receipt.text_of("number"))
}

/// The list inside a copy.
pub fn copied(answer: &Answer) -> Value {
    answer.fine();
    assert_eq!(answer.headers["content-type"], "application/zip");
    let from = answer.text.find("{\n").expect("a list in the copy");
    let mut list = serde_json::Deserializer::from_str(&answer.text[from..]).into_iter::<Value>();
    list.next().expect("a list in the copy").expect("the list reads")
}

/// The list of a granted request, handed out by this member of staff.
pub async fn handed_out(staff: &Client, request: &str) -> Value {
    copied(&staff.post(&format!("/api/v1/privacy-requests/{request}/actions/copy"), json!({})).await)
}

pub async fn decide(staff: &Client, request: &str, body: Value) -> Answer {
    staff.post(&format!("/api/v1/privacy-requests/{request}/actions/decide"), body).await
}
