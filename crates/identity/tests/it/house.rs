//! The small bureau that the tests live in: one city bureau, two districts, a handful of people.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{Method, Request, StatusCode, header},
    routing::post,
};
use chrono::{DateTime, TimeZone, Utc};
use identity::{
    Allowed, Identity, OrganisationKind, Password, Settings,
    bootstrap::{self, PasswordHash, SeedOrganisation, SeedPerson},
};
use kernel::{
    clock::ManualClock,
    id::{OrganisationId, PersonId},
};
use serde_json::{Value, json};
use tower::ServiceExt;

identity::rights! {
    /// Look (no decision).
    Look = "test.look", "查看", decides = false, roles = ["officer", "auxiliary", "collector", "unit_handler", "operator", "machine"];
    /// Decide.
    Decide = "test.decide", "决定", decides = true, roles = ["officer", "auxiliary", "operator"];
}

/// Everybody's password.
pub const PASSWORD: &str = "river-lamp-42";

pub struct House {
    pub identity: Identity,
    pub clock: Arc<ManualClock>,
    pub test: testkit::TestDatabase,
    pub city: OrganisationId,
    /// The bureau of district 330681.
    pub zhuji: OrganisationId,
    /// A squad below it.
    pub squad: OrganisationId,
    /// The bureau of district 330602.
    pub yuecheng: OrganisationId,
    hash: PasswordHash,
    router: Router,
}

pub fn start_of_day() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 2, 0, 30, 0).unwrap()
}

impl House {
    pub async fn build() -> House {
        let test = testkit::fresh(&[identity::MIGRATIONS]).await;
        let clock = ManualClock::starting_at(start_of_day());
        let settings = Settings { seal_key: [7; 32], secure_cookies: false, demo: false };
        let identity = Identity::new(test.database.pool().clone(), clock.clone(), settings);
        identity.register(&[identity::rights(), rights()].concat()).await.unwrap();
        let city = organisation(&identity, None, "市局", OrganisationKind::Bureau, "3306").await;
        let zhuji = organisation(&identity, Some(city), "甲区局", OrganisationKind::Bureau, "330681").await;
        let squad = organisation(&identity, Some(zhuji), "甲区一中队", OrganisationKind::Squad, "330681004").await;
        let yuecheng = organisation(&identity, Some(city), "乙区局", OrganisationKind::Bureau, "330602").await;
        let hash = bootstrap::hash(&identity, Password::new(PASSWORD), "nobody").await.unwrap();
        let router = Router::new()
            .route("/look", post(|allowed: Allowed<Look>| async move { format!("{:?}", allowed.scope()) }))
            .route("/decide", post(|_: Allowed<Decide>| async { "decided" }))
            .merge(identity::routes(identity.clone()).split_for_parts().0)
            .layer(identity::layer(identity.clone()));
        House { identity, clock, test, city, zhuji, squad, yuecheng, hash, router }
    }

    /// A person with everybody's password.
    pub async fn person(&self, account: &str, organisation: OrganisationId, roles: &[&str]) -> PersonId {
        self.person_as(account, organisation, roles, false).await.unwrap()
    }

    pub async fn person_as(
        &self,
        account: &str,
        organisation: OrganisationId,
        roles: &[&str],
        auxiliary: bool,
    ) -> identity::Result<PersonId> {
        let seed = SeedPerson {
            id: None,
            account: account.into(),
            name: format!("测试{account}"),
            organisation,
            roles: roles.iter().map(|&role| role.to_owned()).collect(),
            regions: Vec::new(),
            auxiliary,
            password: None,
            must_change_password: false,
        };
        let hash = (!roles.contains(&"machine")).then(|| self.hash.clone());
        bootstrap::person_with_hash(&self.identity, seed, hash).await
    }

    /// A browser that has not signed in.
    pub fn visitor(&self) -> Browser {
        Browser { router: self.router.clone(), cookie: None, bearer: None, headers: Vec::new() }
    }

    /// A visitor of a house that believes what this proxy says. The visitor himself comes from 127.0.0.1.
    pub fn visitor_where_trusted(&self, proxy: [u8; 4]) -> Browser {
        let router = self.router.clone().layer(axum::Extension(http_api::TrustedProxies(Arc::new([proxy.into()]))));
        Browser { router, ..self.visitor() }
    }

    /// A browser in which this account is signed in.
    pub async fn signed_in(&self, account: &str) -> Browser {
        let mut browser = self.visitor();
        let answer = browser.sign_in(account, PASSWORD).await;
        assert_eq!(answer.status, StatusCode::OK, "{account}: {}", answer.body);
        browser
    }

    /// The outcomes in the audit, oldest first.
    pub async fn outcomes(&self, account: &str) -> Vec<String> {
        sqlx::query_scalar("SELECT outcome FROM sign_in WHERE account = $1 ORDER BY at, id")
            .bind(account)
            .fetch_all(self.test.database.pool())
            .await
            .unwrap()
    }
}

async fn organisation(
    identity: &Identity,
    parent: Option<OrganisationId>,
    name: &str,
    kind: OrganisationKind,
    region: &str,
) -> OrganisationId {
    let seed = SeedOrganisation { id: None, parent, name: name.into(), kind, region: region.into(), sort: 0 };
    bootstrap::organisation(identity, seed).await.unwrap()
}

/// A client that keeps its cookie.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    pub cookie: Option<String>,
    pub bearer: Option<String>,
    pub headers: Vec<(&'static str, String)>,
}

#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: axum::http::HeaderMap,
    pub text: String,
    pub body: Value,
}

impl Answer {
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    pub fn field(&self) -> &str {
        self.body["fields"][0]["field"].as_str().unwrap_or_default()
    }

    /// Asserts the status and the problem's code.
    #[track_caller]
    pub fn refused(&self, status: u16, code: &str) -> &Self {
        assert_eq!((self.status.as_u16(), self.code()), (status, code), "{}", self.text);
        self
    }

    #[track_caller]
    pub fn fine(&self) -> &Self {
        assert!(self.status.is_success(), "{} {}", self.status, self.text);
        self
    }

    pub fn items(&self) -> &Vec<Value> {
        self.body["items"].as_array().expect("a list")
    }
}

impl Browser {
    pub async fn send(&mut self, method: Method, path: &str, if_match: Option<i64>, body: Option<Value>) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "desk.test");
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, format!("bihuan_session={cookie}"));
        }
        if let Some(key) = &self.bearer {
            request = request.header(header::AUTHORIZATION, format!("Bearer {key}"));
        }
        if let Some(version) = if_match {
            request = request.header(header::IF_MATCH, format!("\"{version}\""));
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let body = match body {
            Some(body) => {
                request = request.header(header::CONTENT_TYPE, "application/json");
                Body::from(body.to_string())
            }
            None => Body::empty(),
        };
        let mut request = request.body(body).unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 40_000))));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let value = cookie.to_str().unwrap().strip_prefix("bihuan_session=").unwrap().split(';').next().unwrap();
            self.cookie = (!value.is_empty()).then(|| value.to_owned());
        }
        let text = String::from_utf8(to_bytes(body, 1 << 20).await.unwrap().to_vec()).unwrap();
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Answer { status: parts.status, headers: parts.headers, text, body }
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, None, None).await
    }

    pub async fn post(&mut self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, None, Some(body)).await
    }

    pub async fn patch(&mut self, path: &str, version: i64, body: Value) -> Answer {
        self.send(Method::PATCH, path, Some(version), Some(body)).await
    }

    pub async fn delete(&mut self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None, None).await
    }

    pub async fn sign_in(&mut self, account: &str, password: &str) -> Answer {
        self.post("/api/v1/session", json!({ "account": account, "password": password })).await
    }
}
