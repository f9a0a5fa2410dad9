//! A catalogue on a database of its own, and callers to speak to it.

use std::sync::Arc;

use axum::{
    Extension, Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use catalogue::{Catalogue, Settings};
use chrono::{DateTime, TimeZone, Utc};
use identity::{Caller, Grants, Profile};
use kernel::{
    clock::ManualClock,
    id::{OrganisationId, PersonId},
};
use serde_json::{Value, json};
use testkit::TestDatabase;
use tower::ServiceExt;

pub struct House {
    pub test: TestDatabase,
    pub catalogue: Catalogue,
}

pub struct Answer {
    pub status: StatusCode,
    pub etag: Option<String>,
    pub kind: String,
    pub body: Value,
}

pub fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 22, 2, 0, 0).unwrap()
}

pub async fn house() -> House {
    let test = testkit::fresh(&[identity::MIGRATIONS, catalogue::MIGRATIONS]).await;
    let catalogue = load(&test).await;
    House { test, catalogue }
}

pub async fn load(test: &TestDatabase) -> Catalogue {
    Catalogue::load(test.database.clone(), ManualClock::starting_at(now()), Settings::default()).await.unwrap()
}

pub fn caller(roles: &[&str], region: &str) -> Caller {
    let organisation = OrganisationId::new(now());
    let profile = Profile {
        person: PersonId::new(now()),
        name: "系统管理员01".into(),
        account: "administrator01".into(),
        organisation,
        organisation_name: "测试中心".into(),
        roles: roles.iter().map(|r| (*r).to_owned()).collect(),
        regions: vec![region.to_owned()],
        auxiliary: false,
        must_change_password: false,
        totp_enabled: false,
    };
    Caller::assemble(profile, &Grants::by_default(&catalogue::rights()), Arc::new(vec![organisation.uuid()]))
}

pub fn administrator() -> Caller {
    caller(&["administrator"], "330482")
}

impl House {
    pub async fn send(&self, caller: Option<Caller>, request: Request<Body>) -> Answer {
        let (router, _) = catalogue::routes(self.catalogue.clone()).split_for_parts();
        let router: Router = match caller {
            Some(caller) => router.layer(Extension(caller)),
            None => router,
        };
        let response = router.oneshot(request).await.unwrap();
        let text = |name: header::HeaderName| response.headers().get(name).map(|v| v.to_str().unwrap().to_owned());
        let (status, etag, kind) = (response.status(), text(header::ETAG), text(header::CONTENT_TYPE).unwrap_or_default());
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let body = if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).unwrap_or(Value::Null) };
        Answer { status, etag, kind, body }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Some(administrator()), Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, path: &str, body: impl ToString) -> Answer {
        self.post_as(administrator(), path, "application/json", body).await
    }

    pub async fn post_as(&self, caller: Caller, path: &str, kind: &str, body: impl ToString) -> Answer {
        let request = Request::post(path).header(header::CONTENT_TYPE, kind).body(Body::from(body.to_string())).unwrap();
        self.send(Some(caller), request).await
    }
}

/// A square ring of `size` degrees.
pub fn square(west: f64, south: f64, width: f64, height: f64) -> Value {
    json!({"type": "Polygon", "coordinates": [[
        [west, south], [west + width, south], [west + width, south + height], [west, south + height], [west, south]
    ]]})
}

pub fn feature(code: &str, name: &str, geometry: Value) -> Value {
    json!({"type": "Feature", "properties": {"code": code, "name": name, "simulated": true}, "geometry": geometry})
}

pub fn collection(features: Vec<Value>) -> Value {
    json!({"type": "FeatureCollection", "features": features})
}

/// A county of one township, one community and two grids side by side, 0.02 by 0.01 degrees.
pub fn small_county() -> Vec<Value> {
    let whole = || square(121.0, 30.7, 0.02, 0.01);
    vec![
        feature("330482", "模拟县", whole()),
        feature("330482901", "模拟东湖街道", whole()),
        feature("330482901001", "模拟和平社区", whole()),
        feature("330482901001001", "第001单元网格", square(121.0, 30.7, 0.01, 0.01)),
        feature("330482901001002", "第002单元网格", square(121.01, 30.7, 0.01, 0.01)),
    ]
}
