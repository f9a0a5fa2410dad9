//! A county with a site, a disposal site, a carrier with two vehicles, and people of every role; an enterprise with a person of its own.

use std::sync::Arc;

use async_trait::async_trait;
use axum::http::Method;
use identity::OrganisationKind;
use identity::bootstrap::{self, SeedOrganisation};
use kernel::{calendar::Calendar, id::OrganisationId};
use serde_json::{Value, json};
use testkit::house::{Answer, Client, House};
use waste::{Parts, Waste, WasteOrgan, WasteOrgans, WasteTerminal, WasteTerminals};

/// One terminal under the plate of the first vehicle, and one that nobody entered, which says that it is the second's.
struct OneTerminal;

#[async_trait]
impl WasteTerminals for OneTerminal {
    async fn terminals(&self, plates: &[(String, i16)]) -> http_api::Answer<Vec<WasteTerminal>> {
        let one = |plate: &str, track: i64, visitor: bool| WasteTerminal {
            plate: plate.into(),
            colour: 2,
            track,
            phone: format!("139000000{track}"),
            visitor,
        };
        let all = [one("浙F00001", 41, false), one("浙F00002", 42, true)];
        Ok(all.into_iter().filter(|it| plates.contains(&(it.plate.clone(), it.colour))).collect())
    }
}

/// The county's organ.
struct TheOrgan;

#[async_trait]
impl WasteOrgans for TheOrgan {
    async fn organ_of(&self, _: uuid::Uuid) -> http_api::Answer<Option<WasteOrgan>> {
        Ok(Some(WasteOrgan {
            name: "模拟县综合行政执法局".into(),
            word: "模综执".into(),
            address: String::new(),
            review_body: String::new(),
            court: String::new(),
        }))
    }
}

pub struct Scene {
    pub house: House,
    pub waste: Waste,
    pub officer: Client,
    pub second: Client,
    pub head: Client,
    pub other_head: Client,
    pub operator: Client,
    pub stranger: Client,
    /// Speaks for the carrier's enterprise.
    pub enterprise: Client,
    /// Speaks for another enterprise.
    pub rival: Client,
    pub company: String,
    pub site: String,
    pub sink: String,
    pub carrier: String,
    pub vehicles: Vec<String>,
}

/// A square of about 200 m.
pub fn square(lon: f64, lat: f64) -> Value {
    json!([[lon, lat], [lon + 0.002, lat], [lon + 0.002, lat + 0.002], [lon, lat + 0.002]])
}

impl Scene {
    pub async fn new() -> Self {
        let house = House::build().await;
        let waste = Waste::new(Parts {
            database: house.test.database.clone(),
            clock: house.clock.clone(),
            calendar: Arc::new(Calendar::shipped()),
            identity: house.identity.clone(),
            files: house.files.clone(),
            vault: house.vault.clone(),
            terminals: Arc::new(OneTerminal),
            organs: Arc::new(TheOrgan),
            fonts: std::path::PathBuf::from(std::env::var("BIHUAN_FONTS").unwrap_or_else(|_| "var/fonts".to_owned())),
            home_region: "330482".to_owned(),
            demo: false,
        });
        let face = waste::routes(waste.clone()).split_for_parts().0;
        let router = house.router().merge(face.layer(identity::layer(house.identity.clone())));
        let company = Self::company(&house, "模拟渣土运输公司").await;
        let rival = Self::company(&house, "模拟别家运输公司").await;
        house.person("enterprise01", company, &["enterprise"], &["330482"]).await;
        house.person("enterprise02", rival, &["enterprise"], &["330482"]).await;
        let client = async |account: &str| {
            let mut client = Client::new(router.clone());
            client.cookie = house.signed_in(account).await.cookie;
            client
        };
        let mut scene = Self {
            officer: client("officer03").await,
            second: client("legal_reviewer01").await,
            head: client("leader01").await,
            other_head: client("leader02").await,
            operator: client("operator01").await,
            stranger: client("leader91").await,
            enterprise: client("enterprise01").await,
            rival: client("enterprise02").await,
            company: company.to_string(),
            house,
            waste,
            site: String::new(),
            sink: String::new(),
            carrier: String::new(),
            vehicles: Vec::new(),
        };
        scene.site = scene.place("site", "模拟一号工地", square(121.001, 30.701)).await.fine().text_of("id");
        scene.sink = scene.place("disposal", "模拟消纳场", square(121.03, 30.706)).await.fine().text_of("id");
        let carrier = json!({ "jurisdiction": "330482", "credit_code": "91350100M000100Y43",
            "facts": { "name": "模拟渣土运输公司", "organisation": scene.company } });
        scene.carrier = scene.officer.post("/api/v1/waste/carriers", carrier).await.fine().text_of("id");
        for plate in ["浙F·00001", "浙F00002"] {
            let id = scene.vehicle(plate).await.fine().text_of("id");
            scene.vehicles.push(id);
        }
        scene
    }

    async fn company(house: &House, name: &str) -> OrganisationId {
        let seed = SeedOrganisation {
            id: None,
            parent: None,
            name: name.into(),
            kind: OrganisationKind::Company,
            region: "330482".into(),
            sort: 0,
        };
        bootstrap::organisation(&house.identity, seed).await.expect("a company")
    }

    pub async fn place(&self, kind: &str, name: &str, area: Value) -> Answer {
        let facts = json!({ "name": name, "area": area, "valid_from": "2026-01-01", "capacity_m3": 100_000,
            "gates": if kind == "site" { json!([{ "name": "东门", "at": [121.003, 30.702], "hardened": true, "wash_bay": true }]) } else { json!([]) } });
        self.officer.post("/api/v1/waste/places", json!({ "kind": kind, "jurisdiction": "330482", "facts": facts })).await
    }

    pub async fn vehicle(&self, plate: &str) -> Answer {
        let facts = json!({ "carrier": self.carrier, "rated_kg": 15_000, "box_litres": 12_000 });
        self.officer.post("/api/v1/waste/vehicles", json!({ "plate": plate, "colour": 2, "facts": facts })).await
    }

    /// What is applied for: at night, for November 2026.
    pub fn content(&self) -> Value {
        json!({ "carrier": self.carrier, "disposals": [self.sink], "vehicles": self.vehicles, "material": "soil",
            "corridor": [[121.003, 30.702], [121.02, 30.704], [121.03, 30.706]], "half_width_m": 50,
            "hours": [{ "from": "19:00", "until": "05:00" }], "volume_m3": 8_000, "valid_from": "2026-11-02", "valid_until": "2026-11-30" })
    }

    pub async fn apply(&self, by: &Client) -> Answer {
        by.post("/api/v1/waste/permits", json!({ "site": self.site, "content": self.content() })).await
    }

    /// An act on a permit as it is seen now.
    pub async fn act(&self, by: &Client, id: &str, verb: &str, body: Value) -> Answer {
        let seen = self.head.get(&format!("/api/v1/waste/permits/{id}")).await.fine().body["permit"]["version"].as_i64();
        by.call(Method::POST, &format!("/api/v1/waste/permits/{id}/actions/{verb}"), seen, Some(body)).await
    }

    /// A permit that was applied for by the officer, reviewed by the second and granted by the head.
    pub async fn granted(&self) -> String {
        let id = self.apply(&self.officer).await.fine().body["permit"]["id"].as_str().unwrap().to_owned();
        self.act(&self.second, &id, "review", json!({ "text": "材料齐全" })).await.fine();
        self.act(&self.head, &id, "grant", json!({})).await.fine();
        id
    }
}
