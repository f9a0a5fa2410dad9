//! A database with people, the service on it, and its HTTP face behind a real socket.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{extract::Request, middleware::Next};
use chrono::{TimeZone, Utc};
use identity::{
    Identity, OrganisationKind,
    bootstrap::{SeedOrganisation, SeedPerson},
};
use kernel::{
    clock::ManualClock,
    id::{DocketId, OrganisationId, PersonId},
};
use notify::{Consumer, Notify, Outgoing, Settings};
use serde_json::{Value, json};
use testkit::TestDatabase;
use uuid::Uuid;

pub struct House {
    pub notify: Notify,
    pub identity: Identity,
    pub clock: Arc<ManualClock>,
    pub organisation: OrganisationId,
    pub test: TestDatabase,
}

pub async fn house() -> House {
    house_with(Vec::new()).await
}

pub async fn house_with(consumers: Vec<Arc<dyn Consumer>>) -> House {
    let test = testkit::fresh(&[docket::MIGRATIONS, identity::MIGRATIONS, notify::MIGRATIONS]).await;
    let clock = ManualClock::starting_at(Utc.with_ymd_and_hms(2026, 11, 1, 0, 0, 0).unwrap());
    let settings = identity::Settings { seal_key: [1; 32], secure_cookies: false, demo: false };
    let identity = Identity::new(test.database.pool().clone(), clock.clone(), settings);
    identity.register(&notify::rights()).await.unwrap();
    let bureau = SeedOrganisation {
        id: None,
        parent: None,
        name: "测试局".into(),
        kind: OrganisationKind::Bureau,
        region: "330482".into(),
        sort: 0,
    };
    let organisation = identity::bootstrap::organisation(&identity, bureau).await.unwrap();
    let notify = node(&test, &identity, &clock, consumers);
    House { notify, identity, clock, organisation, test }
}

/// Another node on the same database.
pub fn node(test: &TestDatabase, identity: &Identity, clock: &Arc<ManualClock>, consumers: Vec<Arc<dyn Consumer>>) -> Notify {
    let settings = Settings { heartbeat: Duration::from_millis(200), ..Settings::through(Outgoing::new(&[2; 32], false).unwrap()) };
    Notify::new(test.database.clone(), identity.clone(), clock.clone(), consumers, &settings)
}

impl House {
    pub async fn person(&self, account: &str, role: &str, region: &str) -> PersonId {
        let seed = SeedPerson {
            id: None,
            account: account.into(),
            name: account.into(),
            organisation: self.organisation,
            roles: vec![role.into()],
            regions: vec![region.into()],
            auxiliary: false,
            password: None,
            must_change_password: false,
        };
        identity::bootstrap::person(&self.identity, seed).await.unwrap()
    }

    /// Lets something happen to a docket.
    pub async fn happen(&self, docket: DocketId, seq: i64, topic: &str, payload: Value) -> i64 {
        let mut transaction = self.test.database.pool().begin().await.unwrap();
        let id = sqlx::query_scalar(
            "INSERT INTO outbox (region, docket_id, seq, topic, payload, at) VALUES ('330482', $1, $2, $3, $4, now()) RETURNING id",
        )
        .bind(docket.uuid())
        .bind(seq)
        .bind(topic)
        .bind(payload)
        .fetch_one(&mut *transaction)
        .await
        .unwrap();
        database::listen::notify(&mut transaction, "bihuan_outbox", "").await.unwrap();
        transaction.commit().await.unwrap();
        id
    }

    pub fn docket(&self) -> DocketId {
        use kernel::clock::Clock;
        DocketId::new(self.clock.now())
    }

    pub async fn count(&self, query: &'static str) -> i64 {
        sqlx::query_scalar(query).fetch_one(self.test.database.pool()).await.unwrap()
    }
}

/// The facts of an event in a township, held by a unit.
pub fn facts(jurisdiction: &str, unit: Option<Uuid>) -> Value {
    json!({ "number": "L20261101000001", "state": "filed", "version": 3, "jurisdiction": jurisdiction, "unit": unit })
}

/// Serves on a port of its own. Who calls stands in a header: sessions are identity's to test.
pub async fn serve(notify: Notify, identity: Identity) -> String {
    let (router, _) = notify::routes(notify).split_for_parts();
    let router = router.layer(axum::middleware::from_fn(move |mut request: Request, next: Next| {
        let identity = identity.clone();
        async move {
            let person = request.headers().get("x-person").and_then(|value| value.to_str().ok()).and_then(|id| id.parse::<Uuid>().ok());
            if let Some(person) = person
                && let Some(caller) = identity.caller_of(person.into()).await.unwrap()
            {
                request.extensions_mut().insert(caller);
            }
            next.run(request).await
        }
    }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>()).await.unwrap();
    });
    format!("http://{address}")
}

/// A client that calls as this person.
pub fn client(person: PersonId) -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut headers = reqwest::header::HeaderMap::new();
    headers.insert("x-person", person.to_string().parse().unwrap());
    reqwest::Client::builder().default_headers(headers).build().unwrap()
}
