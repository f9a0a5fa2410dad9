//! Who here is meant by whom the provider names: the linked person, or the account of that name, which is linked from then on.

use http_api::Answer;
use kernel::{
    id::{OrganisationId, uuid_at},
    problem::Problem,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    Provider,
    provider::Who,
    store::{self, Known},
};
use crate::{
    audit,
    bootstrap::{self, SeedPerson},
    person,
    service::Identity,
    session::{
        Begin,
        store::{self as sessions, Outcome},
    },
};

/// The person, if in use. A refusal is written into the audit of sign-ins.
pub(super) async fn person(identity: &Identity, provider: &Provider, who: &Who, begin: &Begin) -> Answer<Known> {
    let issuer = &provider.settings().issuer;
    // Written down as an account, it can only be what an account can be.
    // Only plain letters are folded: of others some become plain ones, and would name somebody else.
    let account = who.account.as_deref().filter(|claim| claim.is_ascii()).map(person::rules::account).filter(|account| account.len() <= 64);
    let linked = store::linked(identity.pool(), issuer, &who.subject).await?;
    let (known, is_linked) = match (linked, &account) {
        (Some(known), _) => (Some(known), true),
        (None, Some(account)) => (store::by_account(identity.pool(), account).await?, false),
        (None, None) => (None, false),
    };
    let known = match (known, provider.settings().create_in, &account) {
        (Some(known), _, _) => Some(known),
        (None, Some(unit), Some(account)) => Some(make(identity, OrganisationId::from(unit), account, who).await?),
        (None, _, _) => None,
    };
    let refused = Refused { identity, begin, account: account.clone().unwrap_or_default() };
    let Some(known) = known else {
        return refused.because(None, "oidc-account-unknown", "这个身份在本系统没有账号，请联系系统管理员。").await;
    };
    if !known.active {
        return refused.because(Some(known.id), "oidc-account-disabled", "账号已停用，请联系系统管理员。").await;
    }
    if !is_linked {
        let now = identity.now();
        let mut transaction = identity.pool().begin().await?;
        if !store::link(&mut transaction, issuer, &who.subject, known.id, now).await? {
            drop(transaction);
            return refused
                .because(Some(known.id), "oidc-account-linked", "这个账号已经与统一身份认证的另一个身份关联，请联系系统管理员。")
                .await;
        }
        let payload = json!({ "account": known.account });
        audit::store::record(&mut transaction, uuid_at(now), now, Some(known.id), "oidc-linked", &known.id.to_string(), &payload).await?;
        transaction.commit().await?;
    }
    Ok(known)
}

/// A sign-in that comes to nothing.
struct Refused<'a> {
    identity: &'a Identity,
    begin: &'a Begin,
    account: String,
}

impl Refused<'_> {
    async fn because(self, person: Option<Uuid>, code: &'static str, words: &'static str) -> Answer<Known> {
        let line = self.begin.line(self.identity.now(), self.account, person, Outcome::Failed).through_provider();
        sessions::record(self.identity.pool(), &line).await?;
        Err(Problem::unauthenticated(code, words).into())
    }
}

/// An account without a role: it may sign in, and do nothing until an administrator gives it one.
async fn make(identity: &Identity, organisation: OrganisationId, account: &str, who: &Who) -> Answer<Known> {
    let seed = SeedPerson {
        id: None,
        account: account.to_owned(),
        name: who.name.clone().unwrap_or_else(|| account.to_owned()).chars().take(60).collect(),
        organisation,
        roles: Vec::new(),
        regions: Vec::new(),
        auxiliary: false,
        password: None,
        must_change_password: false,
    };
    let id = bootstrap::person(identity, seed).await?.uuid();
    Ok(Known { id, account: account.to_owned(), active: true, has_totp: false })
}
