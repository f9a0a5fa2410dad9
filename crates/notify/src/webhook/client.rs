//! The HTTP client of the webhooks: patient for ten seconds, following no redirects, going nowhere it may not.

use std::{sync::Arc, time::Duration};

use hmac::{Hmac, KeyInit, Mac};
use kernel::problem::Problem;
use reqwest::{StatusCode, Url, redirect::Policy};
use sha2::Sha256;

use super::guard::{Guarded, refuse_url};

#[derive(Clone)]
pub(crate) struct Client {
    http: reqwest::Client,
    allow_private: bool,
}

/// What came of one try.
pub(super) enum Tried {
    /// The receiver answered.
    Answered(StatusCode),
    /// Nobody answered; why, in a few words without addresses inside our network.
    Failed(String),
}

impl Client {
    pub(crate) fn new(allow_private: bool) -> Result<Self, reqwest::Error> {
        // The first one to set it wins; it is the same everywhere in this program.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .connect_timeout(Duration::from_secs(5))
            .timeout(Duration::from_secs(10))
            .pool_max_idle_per_host(2)
            .pool_idle_timeout(Duration::from_secs(30))
            .dns_resolver(Arc::new(Guarded { allow_private }))
            .user_agent(concat!("bihuan/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { http, allow_private })
    }

    pub(super) fn refuse(&self, url: &str) -> Result<Url, Problem> {
        refuse_url(url, self.allow_private)
    }

    pub(super) async fn post(&self, url: &str, secret: &[u8], delivery: i64, topic: &str, body: String) -> Tried {
        // Checked again: the settings may be stricter than when it was entered.
        let Ok(url) = self.refuse(url) else { return Tried::Failed("推送地址不被允许".to_owned()) };
        let request = self
            .http
            .post(url)
            .header("content-type", "application/cloudevents+json; charset=utf-8")
            .header("bihuan-delivery", delivery.to_string())
            .header("bihuan-topic", topic)
            .header("bihuan-signature", format!("sha256={}", signature(secret, body.as_bytes())))
            .body(body);
        match request.send().await {
            Ok(answer) => Tried::Answered(answer.status()),
            Err(error) if error.is_timeout() => Tried::Failed("对方超过 10 秒没有应答".to_owned()),
            Err(error) if error.is_connect() => Tried::Failed("无法连接对方".to_owned()),
            Err(_) => Tried::Failed("连接中断".to_owned()),
        }
    }
}

/// HMAC-SHA256 of the body, in hexadecimal.
fn signature(secret: &[u8], body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes keys of any length");
    mac.update(body);
    hex::encode(mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_the_standards() {
        // RFC 4231, test case 2.
        assert_eq!(signature(b"Jefe", b"what do ya want for nothing?"), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }
}
