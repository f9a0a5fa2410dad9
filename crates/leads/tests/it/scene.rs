//! A lead carried to where a test begins.

use serde_json::{Value, json};
use testkit::house::{Answer, Client, House};

/// A house with a browser for everybody who takes part.
pub struct Scene {
    pub house: House,
    pub citizen: Client,
    pub operator: Client,
    pub shift_leader: Client,
    pub dispatcher: Client,
    pub collector: Client,
    pub handler: Client,
    pub unit_leader: Client,
    pub administrator: Client,
}

/// Loose rubbish: a class with a settled limit.
pub const CLASS: &str = "06010";

impl Scene {
    /// With a dispatch rule for each township.
    pub async fn set() -> Self {
        let scene = Self::without_rules().await;
        scene.house.with_rules().await;
        scene
    }

    pub async fn without_rules() -> Self {
        let house = House::build().await;
        Self {
            citizen: house.visitor(),
            operator: house.signed_in("operator01").await,
            shift_leader: house.signed_in("shift_leader01").await,
            dispatcher: house.signed_in("dispatcher01").await,
            collector: house.signed_in("collector01").await,
            handler: house.signed_in("unit_handler01").await,
            unit_leader: house.signed_in("unit_leader01").await,
            administrator: house.signed_in("administrator01").await,
            house,
        }
    }

    /// A citizen's report in the western township, with a photo; answers id and tracking code.
    pub async fn reported(&self) -> (String, String) {
        let photo = self.house.photo().await;
        let body = json!({
            "description": "和平路口人行道上堆着建筑垃圾", "position": { "x": 121.005, "y": 30.705 }, "class_code": CLASS, "photos": [photo],
        });
        let receipt = self.citizen.post("/api/v1/public/reports", body).await;
        receipt.fine();
        let found = self.operator.get(&format!("/api/v1/leads?q={}", receipt.text_of("number"))).await;
        (found.items()[0]["id"].as_str().unwrap().to_owned(), receipt.text_of("tracking_code"))
    }

    pub async fn accepted(&self) -> (String, String) {
        let (id, code) = self.reported().await;
        self.operator.act(&id, "accept", json!({ "class_code": CLASS, "standard": "面积大于 1 平方米" })).await.fine();
        (id, code)
    }

    /// Filed, and by the rule dispatched to the western squad.
    pub async fn dispatched(&self) -> (String, String) {
        let (id, code) = self.accepted().await;
        self.shift_leader.act(&id, "file", json!({ "standard": "面积大于 1 平方米" })).await.fine();
        (id, code)
    }

    pub async fn fixing(&self) -> (String, String) {
        let (id, code) = self.dispatched().await;
        self.handler.act(&id, "take", json!({})).await.fine();
        (id, code)
    }

    pub async fn fixed(&self) -> (String, String) {
        let (id, code) = self.fixing().await;
        self.fix(&id).await.fine();
        (id, code)
    }

    pub async fn checking(&self) -> (String, String) {
        let (id, code) = self.fixed().await;
        self.operator.act(&id, "request-check", json!({})).await.fine();
        (id, code)
    }

    pub async fn checked(&self) -> (String, String) {
        let (id, code) = self.checking().await;
        self.collector.act(&id, "check", json!({ "passed": true })).await.fine();
        (id, code)
    }

    pub async fn closed(&self) -> (String, String) {
        let (id, code) = self.checked().await;
        self.shift_leader.act(&id, "close", json!({ "standard": "垃圾已清除" })).await.fine();
        (id, code)
    }

    /// The handler's reply with an after photo.
    pub async fn fix(&self, id: &str) -> Answer {
        let after = self.house.photo().await;
        self.handler.act(id, "fix", json!({ "note": "已清运", "after_photos": [after] })).await
    }

    /// The lead as the operator sees it.
    pub async fn lead(&self, id: &str) -> Value {
        let answer = self.operator.get(&format!("/api/v1/leads/{id}")).await;
        answer.fine();
        answer.body
    }

    /// Verbs of the history, oldest first.
    pub async fn history(&self, id: &str) -> Vec<String> {
        let answer = self.operator.get(&format!("/api/v1/leads/{id}/history")).await;
        answer.items().iter().map(|line| line["action"].as_str().unwrap().to_owned()).collect()
    }

    /// A limit of a lead by its code, the newest round.
    pub async fn limit(&self, id: &str, name: &str) -> Value {
        let lead = self.lead(id).await;
        let limits = lead["deadlines"].as_array().unwrap();
        limits.iter().rfind(|limit| limit["id"] == name).unwrap_or_else(|| panic!("no limit {name} in {limits:?}")).clone()
    }
}
