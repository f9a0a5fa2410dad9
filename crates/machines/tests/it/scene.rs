//! A camera on the river street, and those who look at what it sees.

use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};
use testkit::house::{Answer, Client, House, in_the_west};

/// 22: loose household rubbish.
pub const KIND: i64 = 22;

pub struct Scene {
    pub house: House,
    pub administrator: Client,
    pub operator: Client,
    pub platform: Client,
}

impl Scene {
    pub async fn set() -> Self {
        let house = House::build().await;
        let scene = Self {
            administrator: house.signed_in("administrator01").await,
            operator: house.signed_in("operator01").await,
            platform: house.machine("vision01").await,
            house,
        };
        scene.device("cam-1", json!({})).await.fine();
        scene
    }

    /// Registers a camera in the western township, with what is told besides.
    pub async fn device(&self, code: &str, besides: Value) -> Answer {
        let mut device = json!({ "name": "河滨路探头", "kind": "video", "position": in_the_west(), "address": "河滨路口", "active": true });
        device.as_object_mut().unwrap().extend(besides.as_object().unwrap().clone());
        self.administrator.put(&format!("/api/v1/devices/{code}"), device).await
    }

    /// Rules of the kind, with what is told besides.
    pub async fn rules(&self, besides: Value) -> Answer {
        let mut rules =
            json!({ "active": true, "automatic": false, "least_confidence": 0.5, "need": 2, "of": 3, "quiet_minutes": 30, "floor": 0.8 });
        rules.as_object_mut().unwrap().extend(besides.as_object().unwrap().clone());
        self.administrator.put(&format!("/api/v1/machine-kinds/{KIND}"), json!({ "rules": rules })).await
    }

    /// The clock's time, so many seconds later.
    pub fn at(&self, seconds: i64) -> DateTime<Utc> {
        kernel_now(&self.house) + Duration::seconds(seconds)
    }

    /// An event of the camera, so many seconds from now.
    pub fn event(&self, seconds: i64, besides: Value) -> Value {
        let mut event =
            json!({ "device": "cam-1", "kind": KIND, "at": self.at(seconds).to_rfc3339(), "confidence": 0.9, "model": "street/3.1" });
        event.as_object_mut().unwrap().extend(besides.as_object().unwrap().clone());
        event
    }

    pub async fn send(&self, events: Vec<Value>) -> Vec<Value> {
        self.platform.post("/api/v1/machine-events", json!({ "items": events })).await.fine().items()
    }

    /// Two looks that see it: a sighting, and its id.
    pub async fn sighted(&self) -> String {
        let said = self.send(vec![self.event(-20, json!({})), self.event(-10, json!({}))]).await;
        assert_eq!(said[1]["outcome"], "found", "{said:?}");
        said[1]["sighting"].as_str().unwrap().to_owned()
    }

    pub async fn judge(&self, id: &str, verdict: &str) -> Answer {
        self.operator.post(&format!("/api/v1/sightings/{id}/actions/{verdict}"), json!({})).await
    }

    pub async fn sighting(&self, id: &str) -> Value {
        self.operator.get(&format!("/api/v1/sightings/{id}")).await.fine().body.clone()
    }

    /// Lets everything that waits be told.
    pub async fn tell(&self) {
        while self.house.notify.relay_once().await.unwrap() > 0 {}
    }
}

fn kernel_now(house: &House) -> DateTime<Utc> {
    use kernel::clock::Clock;
    house.clock.now()
}

/// What became of each event.
pub fn outcomes(said: &[Value]) -> Vec<&str> {
    said.iter().map(|it| it["outcome"].as_str().or(it["code"].as_str()).unwrap_or("?")).collect()
}
