//! A legal library on a database of its own, and callers to speak to it.

use std::sync::Arc;

use axum::{
    Extension, Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use chrono::{DateTime, TimeZone, Utc};
use identity::{Caller, Grants, Identity, Profile};
use kernel::{
    clock::{ManualClock, SystemClock},
    id::{OrganisationId, PersonId},
};
use matters::Matters;
use serde_json::Value;
use testkit::TestDatabase;
use tower::ServiceExt;

pub struct House {
    pub test: TestDatabase,
    pub matters: Matters,
}

pub struct Answer {
    pub status: StatusCode,
    pub bytes: Vec<u8>,
    pub body: Value,
}

pub fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 2, 0, 0).unwrap()
}

pub async fn house() -> House {
    let test = testkit::fresh(&[identity::MIGRATIONS, matters::MIGRATIONS]).await;
    let matters = load(&test).await;
    House { test, matters }
}

pub async fn load(test: &TestDatabase) -> Matters {
    let settings = identity::Settings { seal_key: [7; 32], secure_cookies: false, demo: false };
    let identity = Identity::new(test.database.pool().clone(), Arc::new(SystemClock), settings);
    Matters::load(test.database.clone(), ManualClock::starting_at(now()), identity, "330482").await.unwrap()
}

pub fn caller(role: &str, region: &str) -> Caller {
    let organisation = OrganisationId::new(now());
    let profile = Profile {
        person: PersonId::new(now()),
        name: "系统管理员01".into(),
        account: "administrator01".into(),
        organisation,
        organisation_name: "测试中心".into(),
        roles: vec![role.to_owned()],
        regions: vec![region.to_owned()],
        auxiliary: false,
        must_change_password: false,
        totp_enabled: false,
    };
    Caller::assemble(profile, &Grants::by_default(&matters::rights()), Arc::new(vec![organisation.uuid()]))
}

pub fn administrator() -> Caller {
    caller("administrator", "330482")
}

impl House {
    pub async fn send(&self, caller: Option<Caller>, request: Request<Body>) -> Answer {
        let (router, _) = matters::routes(self.matters.clone()).split_for_parts();
        let router: Router = match caller {
            Some(caller) => router.layer(Extension(caller)),
            None => router,
        };
        let response = router.oneshot(request).await.unwrap();
        let status = response.status();
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Answer { status, bytes, body }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Some(administrator()), Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub async fn call(&self, method: &str, path: &str, body: impl Into<Body>) -> Answer {
        let request = Request::builder().method(method).uri(path).header(header::CONTENT_TYPE, "application/json");
        self.send(Some(administrator()), request.body(body.into()).unwrap()).await
    }
}

/// A query parameter in percent encoding.
pub fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
