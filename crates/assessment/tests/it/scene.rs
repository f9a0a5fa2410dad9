//! A house with the assessment in it, and leads that are lived through.

use assessment::{Assessment, Filled, Parts};
use notify::Notify;
use serde_json::{Value, json};
use testkit::house::{Client, House, PASSWORD, in_the_west};

/// Loose rubbish: four working hours.
const CLASS: &str = "06010";

pub struct Scene {
    pub house: House,
    pub assessment: Assessment,
    notify: Notify,
    face: axum::Router,
}

impl Scene {
    /// A house with a dispatch rule for each township, whose leads are followed.
    pub async fn set() -> Self {
        let house = House::build().await;
        let assessment = Assessment::new(Parts {
            database: house.test.database.clone(),
            clock: house.clock.clone(),
            catalogue: house.catalogue.clone(),
            identity: house.identity.clone(),
            leads: house.leads.clone(),
            home_region: "330482".to_owned(),
        });
        let settings = notify::Settings::through(notify::Outgoing::new(&[9; 32], false).unwrap());
        let consumers = vec![Assessment::follower()];
        let notify = Notify::new(house.test.database.clone(), house.identity.clone(), house.clock.clone(), consumers, &settings);
        let face = identity::routes(house.identity.clone())
            .merge(assessment::routes(assessment.clone()))
            .split_for_parts()
            .0
            .layer(identity::layer(house.identity.clone()));
        house.with_rules().await;
        Self { house, assessment, notify, face }
    }

    /// A browser of this account in front of the assessment.
    pub async fn signed_in(&self, account: &str) -> Client {
        let mut client = Client::new(self.face.clone());
        client.sign_in(account, PASSWORD).await.fine();
        client
    }

    /// Tells what has run out, hands all events over and counts.
    pub async fn catch_up(&self) -> Filled {
        self.house.scheduler.tick().await.unwrap();
        while self.notify.relay_once().await.unwrap() > 0 {}
        self.assessment.catch_up().await.unwrap()
    }

    /// A report of this account in the western township; without an account a citizen's.
    pub async fn reported(&self, account: Option<&str>) -> String {
        let photo = self.house.photo().await;
        let mut body = json!({ "description": "路口堆着垃圾", "position": in_the_west(), "class_code": CLASS, "photos": [photo] });
        if let Some(account) = account {
            body["client_key"] = json!(photo);
            return self.house.signed_in(account).await.post("/api/v1/leads", body).await.fine().text_of("id");
        }
        let number = self.house.visitor().post("/api/v1/public/reports", body).await.fine().text_of("number");
        let found = self.house.signed_in("operator01").await.get(&format!("/api/v1/leads?q={number}")).await;
        found.items()[0]["id"].as_str().unwrap().to_owned()
    }

    /// An action in an account's name.
    pub async fn act(&self, account: &str, lead: &str, verb: &str, body: Value) {
        self.house.signed_in(account).await.act(lead, verb, body).await.fine();
    }

    pub async fn accept(&self, lead: &str) {
        self.act("operator01", lead, "accept", json!({ "class_code": CLASS, "standard": "面积大于 1 平方米" })).await;
    }

    /// Files it, and the rule dispatches it to the western squad.
    pub async fn file(&self, lead: &str) {
        self.act("shift_leader01", lead, "file", json!({ "standard": "面积大于 1 平方米" })).await;
    }

    /// Taken, fixed, checked by this collector, closed.
    pub async fn finish(&self, lead: &str, collector: &str) {
        self.act("unit_handler01", lead, "take", json!({})).await;
        self.finish_taken(lead, collector).await;
    }

    /// Fixed, checked by this collector, closed.
    pub async fn finish_taken(&self, lead: &str, collector: &str) {
        let after = self.house.photo().await;
        self.act("unit_handler01", lead, "fix", json!({ "after_photos": [after] })).await;
        self.act("operator01", lead, "request-check", json!({})).await;
        self.act(collector, lead, "check", json!({ "passed": true })).await;
        self.act("shift_leader01", lead, "close", json!({ "standard": "垃圾已清除" })).await;
    }
}

/// The report of a query, which is fine.
pub async fn report(client: &Client, query: &str) -> Value {
    let answer = client.get(&format!("/api/v1/indicators?{query}")).await;
    answer.fine();
    answer.body
}

/// An indicator of a row as `numerator/denominator`, or the plain count; “—” where the value is missing.
pub fn figure(report: &Value, row: &Value, code: &str) -> String {
    let at = report["indicators"].as_array().unwrap().iter().position(|column| column["code"] == code);
    let figure = &row["figures"][at.unwrap_or_else(|| panic!("no indicator {code}"))];
    match (&figure["denominator"], &figure["value"]) {
        (Value::Null, _) => figure["numerator"].to_string(),
        (of, value) => format!("{}/{of}{}", figure["numerator"], if value.is_null() { " —" } else { "" }),
    }
}

/// Asserts the figures of a row.
#[track_caller]
pub fn expect(report: &Value, row: &Value, expected: &[(&str, &str)]) {
    let found: Vec<(&str, String)> = expected.iter().map(|(code, _)| (*code, figure(report, row, code))).collect();
    let expected: Vec<(&str, String)> = expected.iter().map(|(code, figure)| (*code, (*figure).to_owned())).collect();
    assert_eq!(found, expected);
}

/// The row of this name.
#[track_caller]
pub fn row<'r>(report: &'r Value, name: &str) -> &'r Value {
    let rows = report["subjects"].as_array().unwrap();
    rows.iter().find(|row| row["name"] == name).unwrap_or_else(|| panic!("no row {name} in {rows:?}"))
}
