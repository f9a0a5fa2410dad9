//! A browser without a socket: requests go straight into the router.

use std::{
    net::SocketAddr,
    sync::atomic::{AtomicU32, Ordering},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use serde_json::{Value, json};
use tower::ServiceExt;

/// A client that keeps its cookie. Every request comes from another address, so that no rate is ever used up by accident.
#[derive(Clone)]
pub struct Client {
    router: Router,
    /// The session.
    pub cookie: Option<String>,
    /// The key of a machine.
    pub bearer: Option<String>,
    /// The address it always calls from, if it is to be one.
    pub address: Option<[u8; 4]>,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The head.
    pub headers: HeaderMap,
    /// The body as text.
    pub text: String,
    /// The body as JSON, `null` if it is none.
    pub body: Value,
}

impl Answer {
    /// The code of a problem.
    #[must_use]
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    /// Asserts success.
    #[track_caller]
    pub fn fine(&self) -> &Self {
        assert!(self.status.is_success(), "{} {}", self.status, self.text);
        self
    }

    /// Asserts a problem with this status and code, in Chinese and in the right shape.
    #[track_caller]
    pub fn refused(&self, status: u16, code: &str) -> &Self {
        assert_eq!((self.status.as_u16(), self.code()), (status, code), "{}", self.text);
        self.is_a_problem();
        self
    }

    /// Asserts the shape of a problem.
    #[track_caller]
    pub fn is_a_problem(&self) -> &Self {
        let kind = self.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        assert!(kind.starts_with("application/problem+json"), "{} {kind} {}", self.status, self.text);
        assert_eq!(self.body["status"], self.status.as_u16(), "{}", self.text);
        let detail = self.body["detail"].as_str().unwrap_or_default();
        assert!(detail.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "not in Chinese: {}", self.text);
        self
    }

    /// The items of a list.
    #[must_use]
    pub fn items(&self) -> Vec<Value> {
        self.body["items"].as_array().cloned().unwrap_or_else(|| panic!("not a list: {} {}", self.status, self.text))
    }

    /// A text of the body.
    #[must_use]
    pub fn text_of(&self, name: &str) -> String {
        self.body[name].as_str().unwrap_or_else(|| panic!("no {name} in {} {}", self.status, self.text)).to_owned()
    }
}

static ADDRESSES: AtomicU32 = AtomicU32::new(0);

impl Client {
    /// A browser in front of these operations, in which nobody is signed in.
    pub fn new(router: Router) -> Self {
        Self { router, cookie: None, bearer: None, address: None }
    }

    /// Sends a request as it is, with the session.
    pub async fn send(&self, mut request: Request<Body>) -> Answer {
        let head = request.headers_mut();
        head.entry(header::HOST).or_insert_with(|| header::HeaderValue::from_static("desk.test"));
        let text = |value: String| header::HeaderValue::from_str(&value).expect("a header value");
        if let Some(cookie) = &self.cookie {
            head.insert(header::COOKIE, text(format!("bihuan_session={cookie}")));
        }
        if let Some(key) = &self.bearer {
            head.insert(header::AUTHORIZATION, text(format!("Bearer {key}")));
        }
        let [a, b, c, d] = self.address.unwrap_or_else(|| {
            let [_, b, c, d] = ADDRESSES.fetch_add(1, Ordering::Relaxed).to_be_bytes();
            [10, b, c, d]
        });
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([a, b, c, d], 40_000))));
        let response = self.router.clone().oneshot(request).await.unwrap_or_else(|never| match never {});
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 1 << 26).await.expect("a whole body");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Answer { status: parts.status, headers: parts.headers, text, body }
    }

    /// Calls a path with a JSON body and the version seen.
    pub async fn call(&self, method: Method, path: &str, version: Option<i64>, body: Option<Value>) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(version) = version {
            request = request.header(header::IF_MATCH, format!("\"{version}\""));
        }
        let body = match body {
            Some(body) => {
                request = request.header(header::CONTENT_TYPE, "application/json");
                Body::from(body.to_string())
            }
            None => Body::empty(),
        };
        self.send(request.body(body).expect("a request")).await
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        self.call(Method::GET, path, None, None).await
    }

    /// POST.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.call(Method::POST, path, None, Some(body)).await
    }

    /// PUT.
    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.call(Method::PUT, path, None, Some(body)).await
    }

    /// Signs in and keeps the session.
    pub async fn sign_in(&mut self, account: &str, password: &str) -> Answer {
        let answer = self.post("/api/v1/session", json!({ "account": account, "password": password })).await;
        for cookie in answer.headers.get_all(header::SET_COOKIE) {
            let value = cookie.to_str().unwrap_or_default().strip_prefix("bihuan_session=").and_then(|rest| rest.split(';').next());
            self.cookie = value.filter(|value| !value.is_empty()).map(str::to_owned);
        }
        answer
    }

    /// Acts on a lead whatever its version is.
    pub async fn act(&self, lead: &str, verb: &str, body: Value) -> Answer {
        self.post(&format!("/api/v1/leads/{lead}/actions/{verb}"), body).await
    }

    /// Acts on a lead as it was seen at a version.
    pub async fn act_on(&self, lead: &str, version: i64, verb: &str, body: Value) -> Answer {
        self.call(Method::POST, &format!("/api/v1/leads/{lead}/actions/{verb}"), Some(version), Some(body)).await
    }
}
