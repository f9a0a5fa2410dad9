//! SQL of attempts and links.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection, PgPool};
use uuid::Uuid;

use super::LASTS;
use crate::session::TokenHash;

/// An attempt to keep.
pub(super) struct Attempt {
    pub state: TokenHash,
    pub browser: TokenHash,
    pub nonce: String,
    pub verifier: String,
    pub back_to: String,
    pub person_id: Option<Uuid>,
}

/// An attempt that was taken up again.
#[derive(FromRow)]
pub(super) struct Taken {
    pub nonce: String,
    pub verifier: String,
    pub back_to: String,
    pub person_id: Option<Uuid>,
}

pub(super) async fn keep(pool: &PgPool, attempt: &Attempt, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO oidc_attempt (state_hash, browser_hash, nonce, verifier, back_to, person_id, started_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(attempt.state.bytes())
    .bind(attempt.browser.bytes())
    .bind(&attempt.nonce)
    .bind(&attempt.verifier)
    .bind(&attempt.back_to)
    .bind(attempt.person_id)
    .bind(now)
    .execute(pool)
    .await?;
    Ok(())
}

/// Takes an attempt up again, once.
pub(super) async fn take(pool: &PgPool, state: &TokenHash, browser: &TokenHash, now: DateTime<Utc>) -> sqlx::Result<Option<Taken>> {
    sqlx::query_as(
        "DELETE FROM oidc_attempt WHERE state_hash = $1 AND browser_hash = $2 AND started_at > $3
         RETURNING nonce, verifier, back_to, person_id",
    )
    .bind(state.bytes())
    .bind(browser.bytes())
    .bind(now - LASTS)
    .fetch_optional(pool)
    .await
}

/// A person who is back and owes the one-time code.
#[derive(FromRow)]
pub(super) struct Waiting {
    pub person_id: Uuid,
    pub account: String,
    pub sealed: Vec<u8>,
}

pub(super) async fn waiting(pool: &PgPool, ticket: &TokenHash, browser: &TokenHash, now: DateTime<Utc>) -> sqlx::Result<Option<Waiting>> {
    sqlx::query_as(
        "SELECT p.id AS person_id, p.account, t.sealed FROM oidc_attempt a
         JOIN person p ON p.id = a.person_id AND p.active
         JOIN totp t ON t.person_id = p.id AND t.confirmed_at IS NOT NULL
         WHERE a.state_hash = $1 AND a.browser_hash = $2 AND a.started_at > $3",
    )
    .bind(ticket.bytes())
    .bind(browser.bytes())
    .bind(now - LASTS)
    .fetch_optional(pool)
    .await
}

/// Throws away attempts that nobody came back to.
pub(crate) async fn sweep(pool: &PgPool, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM oidc_attempt WHERE started_at <= $1").bind(now - LASTS).execute(pool).await?;
    Ok(())
}

/// A person as the provider's word finds him.
#[derive(FromRow)]
pub(super) struct Known {
    pub id: Uuid,
    pub account: String,
    /// In use, and a person.
    pub active: bool,
    pub has_totp: bool,
}

pub(super) async fn linked(pool: &PgPool, issuer: &str, subject: &str) -> sqlx::Result<Option<Known>> {
    sqlx::query_as(
        "SELECT p.id, p.account, p.active AND p.kind = 'staff' AS active, t.confirmed_at IS NOT NULL AS has_totp
         FROM oidc_subject s JOIN person p ON p.id = s.person_id LEFT JOIN totp t ON t.person_id = p.id
         WHERE s.issuer = $1 AND s.subject = $2",
    )
    .bind(issuer)
    .bind(subject)
    .fetch_optional(pool)
    .await
}

pub(super) async fn by_account(pool: &PgPool, account: &str) -> sqlx::Result<Option<Known>> {
    sqlx::query_as(
        "SELECT p.id, p.account, p.active AND p.kind = 'staff' AS active, t.confirmed_at IS NOT NULL AS has_totp
         FROM person p LEFT JOIN totp t ON t.person_id = p.id WHERE p.account = $1",
    )
    .bind(account)
    .fetch_optional(pool)
    .await
}

/// Links a subject to a person; false where the person is another subject's already.
pub(super) async fn link(
    connection: &mut PgConnection,
    issuer: &str,
    subject: &str,
    person: Uuid,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done =
        sqlx::query("INSERT INTO oidc_subject (issuer, subject, person_id, linked_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING")
            .bind(issuer)
            .bind(subject)
            .bind(person)
            .bind(now)
            .execute(connection)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// Undoes every link of a person: whoever comes back through the provider is looked up by his account again.
pub(crate) async fn unlink(connection: &mut PgConnection, person: Uuid) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM oidc_subject WHERE person_id = $1").bind(person).execute(connection).await?;
    Ok(())
}
