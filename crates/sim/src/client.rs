//! Speaking with a server: one connection pool, one seat for each person who signs in.

use std::time::Duration;

use anyhow::{Context, Result};
use bytes::Bytes;
use reqwest::{Client, Method, RequestBuilder, StatusCode, header};
use serde_json::{Value, json};
use tokio::sync::Mutex;

/// How often an account that is locked out is tried again, and how many times: a little longer than a lock holds.
const WAIT: Duration = Duration::from_secs(15);
const MOST_WAITS: usize = 64;

/// The server said no.
#[derive(Debug, Clone)]
pub struct Refused {
    /// The HTTP status.
    pub status: StatusCode,
    /// The problem's code.
    pub code: String,
    /// The problem's words.
    pub detail: String,
}

impl std::fmt::Display for Refused {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} {}: {}", self.status.as_u16(), self.code, self.detail)
    }
}

impl std::error::Error for Refused {}

/// A server.
#[derive(Debug, Clone)]
pub struct Server {
    base: String,
    http: Client,
}

/// A person's seat: the account, and the session once signed in.
#[derive(Debug)]
pub struct Seat {
    /// The account.
    pub account: String,
    password: String,
    cookie: Mutex<Option<String>>,
}

impl Seat {
    /// A seat that signs in when it is first used.
    pub fn new(account: &str, password: &str) -> Self {
        Self { account: account.to_owned(), password: password.to_owned(), cookie: Mutex::new(None) }
    }
}

impl Server {
    /// A server at an address like `http://127.0.0.1:8080`.
    ///
    /// # Errors
    /// When the HTTP client cannot be made.
    pub fn at(base: &str) -> Result<Self> {
        let mut builder = Client::builder().timeout(Duration::from_secs(60)).pool_max_idle_per_host(16);
        if base.starts_with("http://") {
            // A bare machine has no certificate store; without TLS none is needed.
            builder = builder.tls_certs_only([]).no_proxy();
        }
        Ok(Self { base: base.trim_end_matches('/').to_owned(), http: builder.build()? })
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base))
    }

    /// Calls without a session.
    ///
    /// # Errors
    /// [`Refused`] when the server says no; another error when it cannot be reached.
    pub async fn open(&self, method: Method, path: &str, body: Option<&Value>) -> Result<Value> {
        let mut request = self.request(method, path);
        if let Some(body) = body {
            request = request.json(body);
        }
        answer(request).await
    }

    /// Calls with one more header, for the demo's key and machines' keys.
    ///
    /// # Errors
    /// As [`Server::open`].
    pub async fn with_header(&self, name: &str, value: &str, path: &str, body: &Value) -> Result<Value> {
        answer(self.request(Method::POST, path).header(name, value).json(body)).await
    }

    /// Sends a picture and answers its id.
    ///
    /// # Errors
    /// As [`Server::open`].
    pub async fn upload(&self, bytes: Vec<u8>) -> Result<String> {
        let kept = answer(self.request(Method::POST, "/api/v1/files").body(bytes)).await?;
        Ok(kept["id"].as_str().context("the server kept a file without naming it")?.to_owned())
    }

    /// Calls in a person's name, signing in first where there is no session yet or it has ended.
    ///
    /// # Errors
    /// As [`Server::open`].
    pub async fn call(&self, seat: &Seat, method: Method, path: &str, seen: Option<i64>, body: Option<&Value>) -> Result<Value> {
        self.send(seat, |cookie| {
            let mut request = self.request(method.clone(), path).header(header::COOKIE, cookie);
            if let Some(version) = seen {
                request = request.header(header::IF_MATCH, format!("\"{version}\""));
            }
            match body {
                Some(body) => request.json(body),
                None => request,
            }
        })
        .await
    }

    /// Acts on a lead as it was seen, its state and version. Where only the version went on (a limit was told of meanwhile, a colleague
    /// remarked), the person looks again and still does it, as anybody would; where the state is another, that is the answer.
    ///
    /// # Errors
    /// As [`Server::open`].
    pub async fn act(&self, seat: &Seat, lead: &str, seen: (&str, i64), verb: &str, body: &Value) -> Result<Value> {
        const LOOKS: usize = 3;
        let path = format!("/api/v1/leads/{lead}");
        let act = format!("{path}/actions/{verb}");
        let mut version = seen.1;
        for _ in 1..LOOKS {
            match self.call(seat, Method::POST, &act, Some(version), Some(body)).await {
                Err(error) if is(&error, "version-conflict") => {}
                done => return done,
            }
            let now = self.call(seat, Method::GET, &path, None, None).await?;
            if now["state"] != seen.0 {
                return Ok(now);
            }
            version = now["version"].as_i64().unwrap_or(version);
        }
        self.call(seat, Method::POST, &act, Some(version), Some(body)).await
    }

    /// Sends a file of its own kind in a person's name.
    ///
    /// # Errors
    /// As [`Server::open`].
    pub async fn send_file(&self, seat: &Seat, path: &str, kind: &str, body: Vec<u8>) -> Result<Value> {
        let body = Bytes::from(body);
        self.send(seat, |cookie| {
            self.request(Method::POST, path).header(header::COOKIE, cookie).header(header::CONTENT_TYPE, kind).body(body.clone())
        })
        .await
    }

    async fn send(&self, seat: &Seat, make: impl Fn(String) -> RequestBuilder) -> Result<Value> {
        let first = answer(make(self.session(seat, None).await?)).await;
        match &first {
            Err(error) if is(error, "not-signed-in") => {
                let fresh = self.session(seat, Some(())).await?;
                answer(make(fresh)).await
            }
            _ => first,
        }
    }

    async fn session(&self, seat: &Seat, again: Option<()>) -> Result<String> {
        let mut cookie = seat.cookie.lock().await;
        if again.is_some() {
            *cookie = None;
        }
        if let Some(cookie) = &*cookie {
            return Ok(cookie.clone());
        }
        let fresh = self.sign_in(&seat.account, &seat.password).await?.0;
        *cookie = Some(fresh.clone());
        Ok(fresh)
    }

    /// Signs in, waiting out a lock that a visitor of the demo caused; the session's cookie and what the server says of it.
    async fn sign_in(&self, account: &str, password: &str) -> Result<(String, Value)> {
        let mut waited = 0;
        loop {
            match self.try_sign_in(account, password).await {
                Err(error) if is(&error, "locked-out") && waited < MOST_WAITS => {
                    if waited == 0 {
                        tracing::warn!(account, "a demo account is locked out by wrong passwords; the simulator waits");
                    }
                    waited += 1;
                    tokio::time::sleep(WAIT).await;
                }
                settled => return settled,
            }
        }
    }

    async fn try_sign_in(&self, account: &str, password: &str) -> Result<(String, Value)> {
        let response =
            self.request(Method::POST, "/api/v1/session").json(&json!({ "account": account, "password": password })).send().await?;
        let cookie = response
            .headers()
            .get_all(header::SET_COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .find_map(|value| value.split(';').next().filter(|pair| pair.starts_with("bihuan_session=")))
            .map(str::to_owned);
        let session = judged(response).await?;
        Ok((cookie.context("the server signed in without a session cookie")?, session))
    }

    /// Replaces the password that an administrator set by the person's own, as everybody does at the first sign-in.
    ///
    /// # Errors
    /// As [`Server::open`].
    pub async fn settle_password(&self, account: &str, first: &str, own: &str) -> Result<()> {
        let (cookie, session) = self.sign_in(account, first).await?;
        if session["must_change_password"] == json!(true) {
            let change = json!({ "old": first, "new": own });
            answer(self.request(Method::POST, "/api/v1/session/password").header(header::COOKIE, &cookie).json(&change)).await?;
        }
        answer(self.request(Method::DELETE, "/api/v1/session").header(header::COOKIE, &cookie)).await?;
        Ok(())
    }
}

/// Whether an error is a refusal with this code.
pub fn is(error: &anyhow::Error, code: &str) -> bool {
    error.downcast_ref::<Refused>().is_some_and(|refused| refused.code == code)
}

async fn answer(request: RequestBuilder) -> Result<Value> {
    judged(request.send().await?).await
}

async fn judged(response: reqwest::Response) -> Result<Value> {
    let status = response.status();
    let bytes = response.bytes().await?;
    let value: Value = if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).unwrap_or(Value::Null) };
    if status.is_success() {
        return Ok(value);
    }
    let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let mut detail = text("detail");
    for field in value["fields"].as_array().into_iter().flatten() {
        detail.push_str(&format!(" [{}: {}]", field["field"].as_str().unwrap_or_default(), field["detail"].as_str().unwrap_or_default()));
    }
    Err(Refused { status, code: text("code"), detail }.into())
}

#[cfg(test)]
mod tests {
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
    };

    use super::*;

    /// A server with one lead, whose limit is told of between looking and acting; it notes the versions that were acted on.
    async fn with_a_lead(state: &'static str, version: i64) -> (String, tokio::task::JoinHandle<Vec<i64>>) {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let serving = tokio::spawn(async move {
            let mut acted = Vec::new();
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let mut request = vec![0; 4096];
                let length = stream.read(&mut request).await.unwrap();
                let request = String::from_utf8_lossy(&request[..length]).to_lowercase();
                let seen =
                    request.split("if-match: \"").nth(1).and_then(|rest| rest.split('"').next()).map(|text| text.parse::<i64>().unwrap());
                acted.extend(seen);
                let lead = format!(r#"{{"state":"{state}","version":{version}}}"#);
                let (status, body) = match seen {
                    Some(seen) if seen != version => ("412 Precondition Failed", r#"{"code":"version-conflict"}"#.to_owned()),
                    _ => ("200 OK", lead),
                };
                let answer = format!(
                    "HTTP/1.1 {status}\r\nset-cookie: bihuan_session=x; Path=/\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
                    body.len()
                );
                stream.write_all(answer.as_bytes()).await.unwrap();
                if seen.is_some_and(|seen| seen == version) || (seen.is_none() && request.starts_with("get") && state != "fixing") {
                    return acted;
                }
            }
        });
        (address, serving)
    }

    #[tokio::test]
    async fn who_finds_only_the_version_changed_looks_again_and_acts() {
        let (address, serving) = with_a_lead("fixing", 7).await;
        let (server, seat) = (Server::at(&address).unwrap(), Seat::new("unit_leader01", "x"));
        let lead = server.act(&seat, "1", ("fixing", 5), "fix", &json!({})).await.unwrap();
        assert_eq!((lead["version"].as_i64(), serving.await.unwrap()), (Some(7), vec![5, 7]));
    }

    #[tokio::test]
    async fn who_finds_another_state_does_not_act() {
        let (address, serving) = with_a_lead("voided", 7).await;
        let (server, seat) = (Server::at(&address).unwrap(), Seat::new("unit_leader01", "x"));
        let lead = server.act(&seat, "1", ("fixing", 5), "fix", &json!({})).await.unwrap();
        assert_eq!((lead["state"].as_str(), serving.await.unwrap()), (Some("voided"), vec![5]));
    }
}
