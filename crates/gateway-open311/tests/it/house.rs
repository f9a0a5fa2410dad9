//! The lead room with the gateway in front, behind a socket of its own, and people who handle what comes in.

use std::{net::SocketAddr, sync::Arc};

use axum::{Extension, Router};
use catalogue::Catalogue;
use chrono::{DateTime, Duration, TimeZone, Utc};
use docket::vault::Vault;
use files::Files;
use gateway_open311::{Gateway, Settings};
use identity::{
    Identity, OrganisationKind,
    bootstrap::{self, SeedOrganisation, SeedPerson},
};
use kernel::{calendar::Calendar, clock::ManualClock, id::OrganisationId};
use leads::{Leads, Parts};
use serde_json::{Value, json};
use testkit::TestDatabase;

use crate::{adapter::LeadRequests, answer::Answer};

pub struct House {
    pub test: TestDatabase,
    pub clock: Arc<ManualClock>,
    pub unit: OrganisationId,
    client: reqwest::Client,
    base: String,
    _folder: tempfile::TempDir,
}

/// Monday noon in the city.
pub fn start() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 16, 4, 0, 0).unwrap()
}

/// A house that asks for neither key nor jurisdiction.
pub async fn house() -> House {
    house_with(Settings { demo: true, contact: "测试".to_owned(), ..Settings::default() }).await
}

pub async fn house_with(settings: Settings) -> House {
    let rooms = [docket::MIGRATIONS, files::MIGRATIONS, identity::MIGRATIONS, catalogue::MIGRATIONS, notify::MIGRATIONS, leads::MIGRATIONS];
    let test = testkit::fresh(&rooms).await;
    let folder = tempfile::tempdir().unwrap();
    let clock = ManualClock::starting_at(start());
    let identity = Identity::new(
        test.database.pool().clone(),
        clock.clone(),
        identity::Settings { seal_key: [7; 32], secure_cookies: false, demo: true },
    );
    identity.register(&[identity::rights(), catalogue::rights(), leads::rights()].concat()).await.unwrap();
    let centre = SeedOrganisation {
        id: None,
        parent: None,
        name: "测试中心".into(),
        kind: OrganisationKind::Centre,
        region: "330482".into(),
        sort: 0,
    };
    let centre = bootstrap::organisation(&identity, centre).await.unwrap();
    let unit = SeedOrganisation {
        id: None,
        parent: Some(centre),
        name: "测试养护单位".into(),
        kind: OrganisationKind::Company,
        region: "330482".into(),
        sort: 0,
    };
    let unit = bootstrap::organisation(&identity, unit).await.unwrap();
    let leader = SeedPerson {
        id: None,
        account: "shift_leader01".into(),
        name: "值班长01".into(),
        organisation: centre,
        roles: vec!["shift_leader".into(), "administrator".into()],
        regions: vec!["330482".into()],
        auxiliary: false,
        password: None,
        must_change_password: false,
    };
    let hash = bootstrap::hash(&identity, identity::Password::new("river-lamp-42"), "shift_leader01").await.unwrap();
    let leader = bootstrap::person_with_hash(&identity, leader, Some(hash)).await.unwrap();
    let caller = identity.caller_of(leader).await.unwrap().unwrap();

    let catalogue = Catalogue::load(test.database.clone(), clock.clone(), catalogue::Settings::default()).await.unwrap();
    let files = Files::open_folder(folder.path(), test.database.clone(), clock.clone(), files::Limits::default()).unwrap();
    let leads = Leads::new(Parts {
        database: test.database.clone(),
        clock: clock.clone(),
        catalogue: catalogue.clone(),
        identity: identity.clone(),
        files,
        vault: Vault::open(folder.path()).unwrap(),
        calendar: Arc::new(Calendar::shipped()),
        home_region: "330482".to_owned(),
        outgoing: notify::Outgoing::new(&[3; 32], false).unwrap(),
        reporter_may_check: false,
        demo: true,
    });
    let requests = LeadRequests { leads: leads.clone(), identity, catalogue: catalogue.clone() };
    let gateway = Gateway::new(Arc::new(requests), catalogue.clone(), clock.clone(), settings);
    let staff = leads::routes(leads).merge(catalogue::routes(catalogue)).layer(Extension(caller));
    let (router, _) = gateway_open311::routes(gateway).merge(staff).split_for_parts();
    let base = serve(router).await;
    let _ = rustls::crypto::ring::default_provider().install_default();
    House { test, clock, unit, client: reqwest::Client::new(), base, _folder: folder }
}

async fn serve(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>()).await.unwrap();
    });
    format!("http://{address}")
}

impl House {
    /// Where the house is reached.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// A look below `/open311/v2`.
    pub async fn get(&self, path: &str) -> Answer {
        self.get_at(&format!("/open311/v2{path}")).await
    }

    pub async fn get_at(&self, path: &str) -> Answer {
        answer(self.client.get(format!("{}{path}", self.base)).send().await.unwrap()).await
    }

    /// A report as a form.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_body(path, "application/x-www-form-urlencoded; charset=utf-8", None, crate::form::encoded(fields)).await
    }

    pub async fn post_body(&self, path: &str, kind: &str, idempotency: Option<&str>, body: impl Into<reqwest::Body>) -> Answer {
        let mut request = self.client.post(format!("{}/open311/v2{path}", self.base)).header("content-type", kind).body(body);
        if let Some(key) = idempotency {
            request = request.header("idempotency-key", key);
        }
        answer(request.send().await.unwrap()).await
    }

    /// A report that is taken, and its id.
    pub async fn report(&self, fields: &[(&str, &str)]) -> String {
        let answer = self.post("/requests.json", fields).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        answer.json()[0]["service_request_id"].as_str().unwrap().to_owned()
    }

    /// A request as JSON shows it.
    pub async fn shown(&self, id: &str) -> Value {
        let answer = self.get(&format!("/requests/{id}.json")).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json()[0].clone()
    }

    /// Something that staff does with a lead.
    pub async fn act(&self, id: &str, verb: &str, body: Value) {
        let lead = self.lead(id).await;
        let answer = self.staff(&format!("/api/v1/leads/{lead}/actions/{verb}"), body).await;
        assert_eq!(answer.0, 200, "{verb}: {}", answer.1);
    }

    pub async fn lead(&self, number: &str) -> uuid::Uuid {
        sqlx::query_scalar("select id from docket where number = $1").bind(number).fetch_one(self.test.database.pool()).await.unwrap()
    }

    /// A request to the house's own interface.
    pub async fn staff(&self, path: &str, body: Value) -> (u16, String) {
        let response = self.client.post(format!("{}{path}", self.base)).json(&body).send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    }

    /// A simulated county with two unit grids, in which the positions of the tests lie.
    pub async fn draw_grids(&self) {
        let square = |west: f64, width: f64| json!({"type": "Polygon", "coordinates": [[[west, 30.7], [west + width, 30.7], [west + width, 30.71], [west, 30.71], [west, 30.7]]]});
        let feature = |code: &str, name: &str, geometry: serde_json::Value| json!({"type": "Feature", "properties": {"code": code, "name": name, "simulated": true}, "geometry": geometry});
        let regions = json!({"type": "FeatureCollection", "features": [
            feature("330482", "模拟县", square(121.0, 0.02)),
            feature("330482901", "模拟东湖街道", square(121.0, 0.02)),
            feature("330482901001", "模拟和平社区", square(121.0, 0.02)),
            feature("330482901001001", "第001单元网格", square(121.0, 0.01)),
            feature("330482901001002", "第002单元网格", square(121.01, 0.01)),
        ]});
        let (status, text) = self.staff("/api/v1/catalogue/imports/regions", regions).await;
        assert_eq!(status, 200, "{text}");
    }

    /// As far as dispatched to the unit.
    pub async fn dispatch(&self, id: &str) {
        self.act(id, "accept", json!({ "class_code": self.class().await, "standard": "测试标准" })).await;
        self.act(id, "file", json!({ "standard": "测试标准" })).await;
        self.act(id, "dispatch", json!({ "unit": self.unit.uuid() })).await;
    }

    pub async fn count(&self) -> i64 {
        sqlx::query_scalar("select count(*) from lead").fetch_one(self.test.database.pool()).await.unwrap()
    }

    pub fn wait(&self, time: Duration) {
        self.clock.advance(time);
    }

    /// A service that asks nothing more.
    pub async fn class(&self) -> String {
        self.service(false).await
    }

    /// The first service with or without a definition, as the list has it.
    pub async fn service(&self, metadata: bool) -> String {
        let services = self.get("/services.json").await.json();
        let found = services.as_array().unwrap().iter().find(|service| service["metadata"] == metadata).unwrap();
        found["service_code"].as_str().unwrap().to_owned()
    }
}

async fn answer(response: reqwest::Response) -> Answer {
    let kind = response.headers().get("content-type").map_or(String::new(), |kind| kind.to_str().unwrap().to_owned());
    Answer { status: response.status().as_u16(), kind, text: response.text().await.unwrap() }
}
