//! The provider: discovered, asked for tokens, and what its tokens say once they are verified.

use std::{
    fmt,
    sync::Arc,
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use kernel::problem::Problem;
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, DiscoveryError, HttpRequest, HttpResponse, IssuerUrl, Nonce, PkceCodeChallenge,
    PkceCodeVerifier, ProviderMetadataWithLogout, RedirectUrl, RequestTokenError, Scope, TokenResponse,
    core::{CoreAuthenticationFlow, CoreClient, CoreJwsSigningAlgorithm},
};
use serde_json::Value;
use tokio::sync::Mutex;

use super::OidcSettings;

/// How long what the provider says of itself is believed; its keys change more seldom.
const KEEP: Duration = Duration::from_secs(3_600);
/// How long it may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// The largest answer that is read.
const LARGEST: usize = 1 << 20;
/// Two clocks may differ by so much.
const SKEW: TimeDelta = TimeDelta::seconds(60);

/// The provider. Cheap to clone.
#[derive(Clone)]
pub struct Provider(Arc<Inner>);

struct Inner {
    settings: OidcSettings,
    http: reqwest::Client,
    known: Mutex<Option<(Instant, Arc<ProviderMetadataWithLogout>)>>,
}

impl fmt::Debug for Provider {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Provider").field(&self.0.settings).finish()
    }
}

/// Setting out: where to send the browser, and what to keep until it is back.
pub(super) struct Leave {
    pub url: String,
    pub state: String,
    pub nonce: String,
    pub verifier: String,
}

/// Who the provider says came back.
#[derive(Debug)]
pub(super) struct Who {
    pub subject: String,
    /// The claim that holds the account, as the provider wrote it.
    pub account: Option<String>,
    pub name: Option<String>,
    /// Whether the provider's word for a second factor is there.
    pub second_factor: bool,
}

/// The provider's answer did not come, or was no answer.
#[derive(Debug, thiserror::Error)]
enum Unanswered {
    #[error("the provider cannot be reached")]
    Http(#[from] reqwest::Error),
    #[error("the provider's answer is too large")]
    TooLarge,
    #[error("the provider's answer cannot be read")]
    Unreadable(#[from] openidconnect::http::Error),
}

impl Provider {
    /// A provider by its settings; it is asked when somebody first signs in.
    ///
    /// # Errors
    /// A TLS client cannot be made on this machine.
    pub fn new(settings: OidcSettings) -> Result<Self, reqwest::Error> {
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).timeout(PATIENCE).build()?;
        Ok(Self(Arc::new(Inner { settings, http, known: Mutex::new(None) })))
    }

    pub(super) fn settings(&self) -> &OidcSettings {
        &self.0.settings
    }

    async fn metadata(&self) -> Result<Arc<ProviderMetadataWithLogout>, Problem> {
        let mut known = self.0.known.lock().await;
        if let Some((since, metadata)) = &*known
            && since.elapsed() < KEEP
        {
            return Ok(metadata.clone());
        }
        let issuer = IssuerUrl::new(self.0.settings.issuer.clone()).map_err(|error| misconfigured(&error))?;
        let http = |request: HttpRequest| ask(self.0.http.clone(), request);
        let found = match (ProviderMetadataWithLogout::discover_async(issuer, &http).await, &*known) {
            // What it said an hour ago is better than nothing; it is asked again at the next sign-in.
            (Err(error), Some((_, stale))) => {
                tracing::warn!(%error, "the identity provider could not be asked what it offers; what it said before stands");
                return Ok(stale.clone());
            }
            (found, _) => found,
        };
        let metadata = Arc::new(found.map_err(|error| match &error {
            DiscoveryError::Request(_) | DiscoveryError::Response(..) => unavailable(&error),
            _ => misconfigured(&error),
        })?);
        *known = Some((Instant::now(), metadata.clone()));
        Ok(metadata)
    }

    /// Forgets what is known, so that new keys of the provider are seen.
    async fn forget(&self) {
        *self.0.known.lock().await = None;
    }

    pub(super) async fn leave(&self) -> Result<Leave, Problem> {
        let metadata = self.metadata().await?;
        let settings = &self.0.settings;
        let back = RedirectUrl::new(settings.back()).map_err(|error| misconfigured(&error))?;
        let client =
            CoreClient::from_provider_metadata((*metadata).clone(), ClientId::new(settings.client_id.clone()), None).set_redirect_uri(back);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (url, state, nonce) = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
            .add_scope(Scope::new("profile".to_owned()))
            .set_pkce_challenge(challenge)
            .url();
        Ok(Leave { url: url.into(), state: state.into_secret(), nonce: nonce.secret().clone(), verifier: verifier.into_secret() })
    }

    /// Changes the code for a token and reads it. The code is the provider's to accept once.
    pub(super) async fn who(&self, code: String, nonce: &str, verifier: String, now: DateTime<Utc>) -> Result<Who, Problem> {
        let metadata = self.metadata().await?;
        let settings = &self.0.settings;
        let back = RedirectUrl::new(settings.back()).map_err(|error| misconfigured(&error))?;
        let secret = settings.client_secret.clone().map(ClientSecret::new);
        let client = CoreClient::from_provider_metadata((*metadata).clone(), ClientId::new(settings.client_id.clone()), secret)
            .set_redirect_uri(back);
        let http = |request: HttpRequest| ask(self.0.http.clone(), request);
        let asked = client.exchange_code(AuthorizationCode::new(code)).map_err(|error| misconfigured(&error))?;
        let answer = asked.set_pkce_verifier(PkceCodeVerifier::new(verifier)).request_async(&http).await;
        let answer = answer.map_err(|error| match &error {
            RequestTokenError::ServerResponse(_) => refused(&error),
            RequestTokenError::Request(_) => unavailable(&error),
            _ => untrusted(&error),
        })?;
        let token = answer.id_token().ok_or_else(|| untrusted(&"no id token"))?;
        let earliest = now - SKEW;
        let latest = now + SKEW;
        let checks = client
            .id_token_verifier()
            .set_allowed_algs([
                CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
                CoreJwsSigningAlgorithm::RsaSsaPssSha256,
                CoreJwsSigningAlgorithm::EcdsaP256Sha256,
                CoreJwsSigningAlgorithm::EcdsaP384Sha384,
                CoreJwsSigningAlgorithm::EdDsa,
            ])
            .set_time_fn(move || earliest)
            .set_issue_time_verifier_fn(move |issued| if issued > latest { Err("issued in the future".to_owned()) } else { Ok(()) });
        let claims = match token.claims(&checks, &Nonce::new(nonce.to_owned())) {
            Ok(claims) => claims,
            Err(error) => {
                // Its keys may have changed since: the next sign-in reads them anew.
                self.forget().await;
                return Err(untrusted(&error));
            }
        };
        // What is read here was signed, since the claims above were verified over the same text.
        let all = payload(&token.to_string()).ok_or_else(|| untrusted(&"no payload"))?;
        let text = |name: &str| all.get(name).and_then(Value::as_str).map(str::to_owned);
        let methods = claims.auth_method_refs().map(Vec::as_slice).unwrap_or_default();
        Ok(Who {
            subject: claims.subject().to_string(),
            // Anybody may have typed an address that was not verified.
            account: text(&settings.account_claim).filter(|_| settings.account_claim != "email" || claims.email_verified() == Some(true)),
            name: text("name"),
            second_factor: settings.second_factor.as_ref().is_some_and(|word| methods.iter().any(|method| method.as_str() == word)),
        })
    }

    /// Where a browser ends the provider's session too, if the provider offers it.
    pub(crate) async fn sign_out_url(&self) -> Option<String> {
        // What is known, and no question to the provider: every page asks this, and nobody may wait for a provider that hangs.
        let metadata = self.0.known.try_lock().ok()?.as_ref().map(|(_, metadata)| metadata.clone())?;
        let end = metadata.additional_metadata().end_session_endpoint.as_ref()?;
        let mut url = end.url().clone();
        url.query_pairs_mut()
            .append_pair("client_id", &self.0.settings.client_id)
            .append_pair("post_logout_redirect_uri", &format!("{}/desk/", self.0.settings.url));
        Some(url.into())
    }
}

async fn ask(http: reqwest::Client, request: HttpRequest) -> Result<HttpResponse, Unanswered> {
    let mut answer = http.execute(reqwest::Request::try_from(request)?).await?;
    let mut response = openidconnect::http::Response::builder().status(answer.status());
    for (name, value) in answer.headers() {
        response = response.header(name, value);
    }
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await? {
        if body.len() + chunk.len() > LARGEST {
            return Err(Unanswered::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(response.body(body)?)
}

/// The claims of a JWT, unverified.
fn payload(token: &str) -> Option<Value> {
    let part = token.split('.').nth(1)?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

/// An error with its causes, which name addresses and statuses and never a token.
fn log(error: &impl fmt::Display, what: &str) {
    tracing::warn!(%error, "{what}");
}

fn unavailable(error: &impl fmt::Display) -> Problem {
    log(error, "the identity provider does not answer");
    Problem::unavailable("oidc-unavailable", "统一身份认证暂时连不上，请稍后再试，或用账号和密码登录。")
}

fn misconfigured(error: &impl fmt::Display) -> Problem {
    log(error, "the identity provider is not what the settings say");
    Problem::unavailable("oidc-misconfigured", "统一身份认证的设置与对方不符，请告知系统管理员，或用账号和密码登录。")
}

fn refused(error: &impl fmt::Display) -> Problem {
    log(error, "the identity provider refused a code");
    Problem::unauthenticated("oidc-refused", "统一身份认证没有通过这次登录，请重新登录。")
}

fn untrusted(error: &impl fmt::Display) -> Problem {
    log(error, "an answer of the identity provider does not hold");
    Problem::unauthenticated("oidc-untrusted", "统一身份认证的应答不可信，已拒绝。请重新登录；仍不行请告知系统管理员。")
}
