//! Leads of the western squad that run late, and those who press for them.

use chrono::Duration;
use serde_json::{Value, json};
use testkit::house::{Answer, Client, House};

/// Loose rubbish: a class with a settled limit of four working hours.
pub const CLASS: &str = "06010";

pub struct Scene {
    pub house: House,
    pub operator: Client,
    pub shift_leader: Client,
    pub evaluator: Client,
    pub leader: Client,
    pub unit: Client,
    pub administrator: Client,
}

impl Scene {
    pub async fn set() -> Self {
        let house = House::build().await;
        house.with_rules().await;
        Self {
            operator: house.signed_in("operator01").await,
            shift_leader: house.signed_in("shift_leader01").await,
            evaluator: house.signed_in("evaluator01").await,
            leader: house.signed_in("leader01").await,
            unit: house.signed_in("unit_leader01").await,
            administrator: house.signed_in("administrator01").await,
            house,
        }
    }

    /// A lead that is with a squad: of the west, or of the east.
    pub async fn dispatched(&self, west: bool) -> String {
        let photo = self.house.photo().await;
        let place = if west { testkit::house::in_the_west() } else { testkit::house::in_the_east() };
        let body = json!({ "description": "和平路口人行道上堆着垃圾", "position": place, "class_code": CLASS, "photos": [photo] });
        let lead = self.operator.post("/api/v1/leads", body).await.fine().text_of("id");
        self.operator.act(&lead, "accept", json!({ "class_code": CLASS, "standard": "面积大于 1 平方米" })).await.fine();
        self.shift_leader.act(&lead, "file", json!({ "standard": "面积大于 1 平方米" })).await.fine();
        lead
    }

    /// A lead of the western squad whose limit ran out.
    pub async fn overdue(&self) -> String {
        let lead = self.dispatched(true).await;
        self.later(8).await;
        lead
    }

    /// So many hours pass, and everything that is due is told.
    pub async fn later(&self, hours: i64) {
        self.house.clock.advance(Duration::hours(hours));
        self.house.scheduler.tick().await.unwrap();
        self.tell().await;
    }

    pub async fn tell(&self) {
        while self.house.notify.relay_once().await.unwrap() > 0 {}
    }

    pub async fn prompt(&self, leads: &[&str]) -> Answer {
        self.shift_leader.post("/api/v1/notices", json!({ "leads": leads })).await
    }

    pub async fn notice(&self, id: &str) -> Value {
        self.leader.get(&format!("/api/v1/notices/{id}")).await.fine().body.clone()
    }

    pub async fn titles(&self, of: &Client) -> Vec<String> {
        let told = of.get("/api/v1/notifications").await.items();
        told.iter().map(|it| it["title"].as_str().unwrap().to_owned()).collect()
    }
}

/// Acts on a notice.
pub async fn act(client: &Client, id: &str, verb: &str, body: Value) -> Answer {
    client.post(&format!("/api/v1/notices/{id}/actions/{verb}"), body).await
}
