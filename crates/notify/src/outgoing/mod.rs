//! What goes out to other systems (对外推送): signed, patient for ten seconds, following no redirects, going nowhere it may not.

use std::{sync::Arc, time::Duration};

use hmac::{Hmac, KeyInit, Mac};
use kernel::problem::Problem;
use reqwest::{StatusCode, Url, redirect::Policy};
use sha2::Sha256;
use uuid::Uuid;

use guard::{Guarded, refuse_url};
use seal::Seal;

pub use ask::Asked;
pub use send::Sent;

mod ask;
mod guard;
pub(crate) mod seal;
mod send;

/// Sends to other systems, and keeps the secrets it signs with sealed. Cheap to clone.
#[derive(Clone)]
pub struct Outgoing {
    http: reqwest::Client,
    seal: Seal,
    allow_private: bool,
}

/// Of an answer, at most so many bytes are read.
const LONGEST_ANSWER: usize = 16 * 1024;

/// What came of one try.
#[derive(Debug)]
pub enum Tried {
    /// The receiver answered: the status, and the beginning of what it said.
    Answered(StatusCode, Vec<u8>),
    /// Nobody answered, though it may have arrived; why, in a few words without addresses inside our network.
    Failed(String),
    /// It did not even leave.
    Unreached(String),
}

impl Outgoing {
    /// `seal_key` seals the secrets and is kept outside the database; `allow_private` lets it reach private networks, and servers without TLS.
    ///
    /// # Errors
    /// When the HTTP client cannot be made, for lack of any trusted certificate authority.
    pub fn new(seal_key: &[u8; 32], allow_private: bool) -> Result<Self, reqwest::Error> {
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
        Ok(Self { http, seal: Seal::new(seal_key), allow_private })
    }

    /// Checks an address as an administrator typed it.
    ///
    /// # Errors
    /// `webhook-url-invalid`.
    pub fn refuse(&self, url: &str) -> Result<Url, Problem> {
        refuse_url(url, self.allow_private)
    }

    /// A new secret, and how `owner` keeps it.
    ///
    /// # Errors
    /// When it cannot be sealed.
    pub fn new_secret(&self, owner: Uuid) -> Result<(String, Vec<u8>), Problem> {
        let secret = seal::new_secret();
        let sealed = self.seal(owner, &secret)?;
        Ok((secret, sealed))
    }

    /// Seals a secret for its owner alone.
    ///
    /// # Errors
    /// When it cannot be sealed.
    pub fn seal(&self, owner: Uuid, secret: &str) -> Result<Vec<u8>, Problem> {
        self.seal.close(owner, secret.as_bytes())
    }

    /// Posts `body`, signed with the secret that `owner` keeps sealed: `Bihuan-Signature: sha256=<HMAC-SHA256 of the body>`.
    pub async fn post(
        &self,
        url: &str,
        (owner, sealed): (Uuid, &[u8]),
        content_type: &'static str,
        headers: &[(&'static str, String)],
        body: String,
    ) -> Tried {
        // Checked again: the settings may be stricter than when it was entered.
        let Ok(url) = self.refuse(url) else { return Tried::Unreached("推送地址不被允许".to_owned()) };
        let secret = match self.seal.open(owner, sealed) {
            Ok(secret) => secret,
            Err(problem) => return Tried::Unreached(problem.detail),
        };
        let mut request = self
            .http
            .post(url)
            .header("content-type", content_type)
            .header("bihuan-signature", format!("sha256={}", signature(&secret, body.as_bytes())));
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        match request.body(body).send().await {
            Ok(mut answer) => {
                let (status, mut said) = (answer.status(), Vec::new());
                // What it says is kept as a proof; that it said so at all is in the status.
                while said.len() < LONGEST_ANSWER
                    && let Ok(Some(chunk)) = answer.chunk().await
                {
                    said.extend_from_slice(&chunk[..chunk.len().min(LONGEST_ANSWER - said.len())]);
                }
                Tried::Answered(status, said)
            }
            Err(error) => failure(&error),
        }
    }
}

/// Why nobody answered, without addresses inside our network.
fn failure(error: &reqwest::Error) -> Tried {
    match error {
        error if error.is_connect() => Tried::Unreached("无法连接对方".to_owned()),
        error if error.is_timeout() => Tried::Failed("对方没有按时应答".to_owned()),
        _ => Tried::Failed("连接中断".to_owned()),
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
