//! Beginning a session, by the password or by the identity provider's word.

use axum_extra::extract::{CookieJar, cookie::Cookie};
use chrono::{DateTime, Utc};
use http_api::{Answer, ForwardedHttps};
use kernel::id::uuid_at;
use uuid::Uuid;

use super::{
    ABSOLUTE, Session, TokenHash, cookie, new_token,
    store::{self, Outcome, SignIn, Through},
};
use crate::service::Identity;

/// Whence somebody signs in.
pub(crate) struct Begin {
    /// The client's address.
    pub address: String,
    /// What the client says it is.
    pub agent: String,
    /// Whether a trusted proxy was reached over HTTPS.
    pub forwarded: ForwardedHttps,
    /// The session's cookie from before.
    pub old: Option<Cookie<'static>>,
}

impl Begin {
    /// A line of the audit of sign-ins, by the password unless it is said otherwise.
    pub(crate) fn line(&self, at: DateTime<Utc>, account: String, person_id: Option<Uuid>, outcome: Outcome) -> SignIn {
        let (address, agent) = (self.address.clone(), self.agent.clone());
        SignIn { id: uuid_at(at), at, account, person_id, outcome, address, agent, through: Through::Password }
    }
}

/// Begins a session for whom the provider named: its cookie, and what the page is told.
pub(crate) async fn begin_through_provider(identity: &Identity, person: Uuid, account: &str, begin: Begin) -> Answer<(CookieJar, Session)> {
    let signed = begin.line(identity.now(), account.to_owned(), Some(person), Outcome::Success).through_provider();
    let (jar, mut session) = self::begin(identity, person, signed, begin).await?;
    if let Some(provider) = identity.provider() {
        session.sign_out_url = provider.sign_out_url().await;
    }
    Ok((jar, session))
}

/// Begins a session and writes it into the audit of sign-ins.
pub(super) async fn begin(identity: &Identity, person: Uuid, signed: SignIn, begin: Begin) -> Answer<(CookieJar, Session)> {
    let token = new_token();
    let hash = TokenHash::of(&token);
    let now = identity.now();
    let mut transaction = identity.pool().begin().await?;
    store::clear_attempts(&mut *transaction, &signed.account).await?;
    // A token from before the sign-in is worth nothing after it.
    if let Some(old) = &begin.old {
        store::end(&mut *transaction, &TokenHash::of(old.value())).await?;
    }
    store::start(&mut transaction, &hash, person, now, now + ABSOLUTE, &signed).await?;
    store::record(&mut *transaction, &signed).await?;
    transaction.commit().await?;
    if begin.old.is_some() {
        identity.forget();
    }
    let caller = identity.caller_of_session(&hash).await?.ok_or_else(crate::error::not_signed_in)?;
    tracing::info!(person = %caller.person, "signed in");
    let jar = CookieJar::new().add(cookie(token, identity.settings(), begin.forwarded));
    Ok((jar, Session::of(&caller, identity)))
}
