//! A house with a reward programme, and reports that are lived through.

use chrono::Duration;
use kernel::clock::Clock;
use serde_json::{Value, json};
use testkit::house::{Answer, Client, House};

/// Rules that begin tomorrow.
pub fn rules() -> Value {
    json!({
        "area": "330482", "from_day": "2026-11-03", "to_day": "2026-12-31",
        "classes": [{ "class_prefix": "", "fen": 500 }, { "class_prefix": "06", "fen": 1_000 }],
        "total_fen": 100_000, "daily_fen": 10_000, "person_day": 2, "person_month": 5, "place_metres": 50, "place_days": 7,
        "settle_after_days": 1, "claim_days": 30, "shortage": "draw"
    })
}

/// A secret of a report.
pub const SECRET: &str = "0123456789abcdef0123456789abcdef";

pub struct Scene {
    pub house: House,
    pub programme: String,
    /// Signing in is slow on purpose: who acts often does it once.
    known: Vec<(&'static str, Client)>,
}

/// A report: its tracking code, its lead, and the key that its page sent it with.
#[derive(Clone)]
pub struct Sent {
    pub code: String,
    pub lead: String,
    pub key: String,
}

impl Scene {
    /// A house on the first day of a programme.
    pub async fn set(rules: Value) -> Self {
        let house = House::build().await;
        let mut known = Vec::new();
        for account in ["leader01", "operator01", "shift_leader01", "evaluator01"] {
            known.push((account, house.signed_in(account).await));
        }
        let made = known[0].1.post("/api/v1/reward-programmes", json!({ "name": "随手拍有奖", "rules": rules })).await;
        let programme = made.fine().text_of("id");
        house.clock.advance(Duration::days(1));
        Self { house, programme, known }
    }

    pub async fn as_person(&self, account: &str) -> Client {
        match self.known.iter().find(|(known, _)| *known == account) {
            Some((_, client)) => client.clone(),
            None => self.house.signed_in(account).await,
        }
    }

    /// A citizen's report so many steps of about a hundred metres to the north; a minute passes before.
    pub async fn report(&self, step: u32, telephone: Option<&str>) -> Sent {
        self.house.clock.advance(Duration::minutes(1));
        let position = json!({ "x": 121.005, "y": 30.701 + f64::from(step) * 0.0009 });
        let key = format!("page-{}", self.house.clock.now().timestamp_millis());
        let body = json!({
            "description": "路口堆着垃圾", "position": position, "class_code": "06010", "telephone": telephone, "client_key": key
        });
        let receipt = self.house.visitor().post("/api/v1/public/reports", body).await;
        let (code, number) = (receipt.fine().text_of("tracking_code"), receipt.text_of("number"));
        let found = self.as_person("operator01").await.get(&format!("/api/v1/leads?q={number}")).await;
        Sent { code, lead: found.items()[0]["id"].as_str().unwrap().to_owned(), key }
    }

    /// Accepted and filed.
    pub async fn file(&self, sent: &Sent) {
        let (operator, leader) = (self.as_person("operator01").await, self.as_person("shift_leader01").await);
        operator.act(&sent.lead, "accept", json!({ "class_code": "06010", "standard": "面积大于 1 平方米" })).await.fine();
        leader.act(&sent.lead, "file", json!({ "standard": "面积大于 1 平方米" })).await.fine();
    }

    pub async fn void(&self, sent: &Sent) {
        let leader = self.as_person("shift_leader01").await;
        leader.act(&sent.lead, "void", json!({ "reason": "现场核实不存在" })).await.fine();
    }

    /// Two days later everything that is due is done.
    pub async fn settle(&self) {
        self.house.clock.advance(Duration::days(2));
        self.catch_up().await;
    }

    pub async fn catch_up(&self) {
        self.house.rewards.catch_up().await.unwrap();
        self.books().await;
    }

    /// The books are right.
    pub async fn books(&self) {
        assert_eq!(rewards::check_books(self.house.test.database.pool()).await.unwrap(), []);
    }

    /// The award of a report, as staff see it.
    pub async fn award(&self, sent: &Sent) -> Value {
        let all = self.as_person("evaluator01").await.get("/api/v1/reward-awards").await.items();
        all.into_iter().find(|it| it["lead_id"] == sent.lead.as_str()).unwrap_or(Value::Null)
    }

    pub async fn approve(&self, awards: &[&Value], note: Option<&str>) -> Answer {
        let ids: Vec<&str> = awards.iter().map(|it| it["id"].as_str().unwrap()).collect();
        self.as_person("shift_leader01").await.post("/api/v1/reward-approvals", json!({ "awards": ids, "note": note })).await
    }

    pub async fn claim(&self, sent: &Sent, award: &Value, telephone: &str, secret: Option<&str>) -> Answer {
        let body = json!({ "award": award["id"], "telephone": telephone, "secret": secret });
        self.house.visitor().post(&format!("/api/v1/public/reports/{}/reward-claims", sent.code), body).await
    }

    pub async fn keep_secret(&self, sent: &Sent, secret: &str) -> Answer {
        self.keep_secret_with(sent, secret, &sent.key).await
    }

    pub async fn keep_secret_with(&self, sent: &Sent, secret: &str, key: &str) -> Answer {
        let path = format!("/api/v1/public/reports/{}/reward-secret", sent.code);
        self.house.visitor().post(&path, json!({ "secret": secret, "client_key": key })).await
    }

    /// The balance of an account, in fen.
    pub async fn balance(&self, account: &str) -> i64 {
        let path = format!("/api/v1/reward-programmes/{}/account", self.programme);
        let all = self.as_person("leader01").await.get(&path).await.fine().body["balances"].as_array().unwrap().clone();
        all.iter().find(|it| it["account"] == account).unwrap()["fen"].as_i64().unwrap()
    }
}
