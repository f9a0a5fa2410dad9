//! A house with honest closing in it, and leads that are lived through.

use std::{io::Cursor, sync::Arc};

use image::{ImageFormat, Rgb, RgbImage};
use notify::Notify;
use scrutiny::{Parts, Scrutiny};
use serde_json::{Value, json};
use testkit::house::{Answer, Client, House, PASSWORD, in_the_west};

/// Loose rubbish: four working hours.
const CLASS: &str = "06010";

pub struct Scene {
    pub house: House,
    pub scrutiny: Scrutiny,
    notify: Notify,
    face: axum::Router,
}

/// A made street: light and dark blots whose places and sizes come of `seed`.
pub fn street(seed: u32) -> RgbImage {
    let mut noise = seed.wrapping_mul(2_654_435_761).max(1);
    let mut next = move |bound: u32| {
        noise ^= noise << 13;
        noise ^= noise >> 17;
        noise ^= noise << 5;
        i64::from(noise % bound)
    };
    let blots: Vec<[i64; 4]> = (0..12).map(|_| [next(240), next(180), 15 + next(45), next(160) - 80]).collect();
    RgbImage::from_fn(240, 180, |x, y| {
        let light = blots.iter().fold(128, |light, [cx, cy, radius, shade]| {
            let far = (i64::from(x) - cx).pow(2) + (i64::from(y) - cy).pow(2);
            if far < radius * radius { light + shade } else { light }
        });
        let light = u8::try_from(light.clamp(0, 255)).unwrap();
        Rgb([light, light / 2 + 60, 255 - light])
    })
}

impl Scene {
    /// A house with a dispatch rule for each township, whose leads are looked into.
    pub async fn set() -> Self {
        let house = House::build().await;
        let scrutiny = Scrutiny::new(Parts {
            database: house.test.database.clone(),
            clock: house.clock.clone(),
            catalogue: house.catalogue.clone(),
            identity: house.identity.clone(),
            files: house.files.clone(),
            leads: house.leads.clone(),
            home_region: "330482".to_owned(),
        });
        house.leads.scrutinised_by(Arc::new(scrutiny.clone()));
        let settings = notify::Settings::through(notify::Outgoing::new(&[9; 32], false).unwrap());
        let consumers: Vec<Arc<dyn notify::Consumer>> = vec![Arc::new(scrutiny::Follower)];
        let notify = Notify::new(house.test.database.clone(), house.identity.clone(), house.clock.clone(), consumers, &settings);
        identity::Identity::register(&house.identity, &scrutiny::rights()).await.unwrap();
        let face = identity::routes(house.identity.clone())
            .merge(scrutiny::routes(scrutiny.clone()))
            .split_for_parts()
            .0
            .layer(identity::layer(house.identity.clone()));
        house.with_rules().await;
        Self { house, scrutiny, notify, face }
    }

    /// A browser of this account in front of honest closing.
    pub async fn signed_in(&self, account: &str) -> Client {
        let mut client = Client::new(self.face.clone());
        client.sign_in(account, PASSWORD).await.fine();
        client
    }

    /// Hands all events over and looks.
    pub async fn catch_up(&self) {
        while self.notify.relay_once().await.unwrap() > 0 {}
        self.scrutiny.catch_up().await.unwrap();
    }

    /// Keeps a picture.
    pub async fn keep(&self, picture: &RgbImage, format: ImageFormat) -> String {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        self.house.files.put(bytes.into_inner().into(), None).await.unwrap().id.to_string()
    }

    /// A citizen's report in the western township, taken as far as the unit's own hands.
    pub async fn fixing(&self, seed: u32) -> String {
        let photo = self.keep(&street(seed), ImageFormat::Png).await;
        let body = json!({ "description": "路口堆着垃圾", "position": in_the_west(), "class_code": CLASS, "photos": [photo] });
        let number = self.house.visitor().post("/api/v1/public/reports", body).await.fine().text_of("number");
        let found = self.house.signed_in("operator01").await.get(&format!("/api/v1/leads?q={number}")).await;
        let id = found.items()[0]["id"].as_str().unwrap().to_owned();
        self.act("operator01", &id, "accept", json!({ "class_code": CLASS, "standard": "面积大于 1 平方米" })).await.fine();
        self.act("shift_leader01", &id, "file", json!({ "standard": "面积大于 1 平方米" })).await.fine();
        self.act("unit_handler01", &id, "take", json!({})).await.fine();
        id
    }

    pub async fn act(&self, account: &str, lead: &str, verb: &str, body: Value) -> Answer {
        self.house.signed_in(account).await.act(lead, verb, body).await
    }

    /// Replied with this photo; a minute passes before.
    pub async fn fix(&self, lead: &str, photo: &str) {
        self.house.clock.advance(chrono::Duration::minutes(1));
        self.act("unit_handler01", lead, "fix", json!({ "note": "已清运", "after_photos": [photo] })).await.fine();
    }

    /// Checked well by the first collector, who stood here.
    pub async fn check(&self, lead: &str, position: Option<Value>) {
        self.house.clock.advance(chrono::Duration::minutes(1));
        self.act("operator01", lead, "request-check", json!({})).await.fine();
        self.house.clock.advance(chrono::Duration::minutes(1));
        self.act("collector01", lead, "check", json!({ "passed": true, "position": position })).await.fine();
    }

    pub async fn close(&self, lead: &str) -> Answer {
        self.act("shift_leader01", lead, "close", json!({ "standard": "垃圾已清除" })).await
    }

    pub async fn hold_closing(&self, hold: bool) {
        self.signed_in("administrator01").await.put("/api/v1/scrutiny-settings", json!({ "hold_closing": hold })).await.fine();
    }

    /// Open suspicions about a lead, the newest first.
    pub async fn suspicions(&self, lead: &str) -> Vec<Value> {
        let evaluator = self.signed_in("evaluator01").await;
        evaluator.get(&format!("/api/v1/suspicions?state=open&lead={lead}")).await.fine().items()
    }

    pub async fn judge(&self, suspicion: &Value, verdict: &str) -> Answer {
        let path = format!("/api/v1/suspicions/{}/actions/judge", suspicion["id"].as_str().unwrap());
        let body = json!({ "verdict": verdict, "note": "看过现场照片" });
        let version = suspicion["version"].as_i64();
        self.signed_in("evaluator01").await.call(axum::http::Method::POST, &path, version, Some(body)).await
    }
}
