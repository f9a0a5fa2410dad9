//! The SQL of sessions, sign-ins and counted failures.

use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::{PgConnection, PgPool};
use utoipa::ToSchema;
use uuid::Uuid;

use super::TokenHash;
use crate::person::store::ProfileRow;

/// A session with its person.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct SessionRow {
    #[sqlx(flatten)]
    pub profile: ProfileRow,
    pub last_seen_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// The session of this token, if its person may still use it.
pub(crate) async fn find(pool: &PgPool, token: &TokenHash) -> sqlx::Result<Option<SessionRow>> {
    sqlx::query_as(
        "SELECT p.id, p.name, p.account, p.organisation_id, o.name AS organisation_name, o.region AS organisation_region,
                p.roles, p.regions, p.auxiliary, coalesce(c.must_change, false) AND s.through = 'password' AS must_change,
                t.confirmed_at IS NOT NULL AS totp_enabled, s.last_seen_at, s.expires_at
         FROM session s
         JOIN person p ON p.id = s.person_id AND p.active
         JOIN organisation o ON o.id = p.organisation_id
         LEFT JOIN credential c ON c.person_id = p.id
         LEFT JOIN totp t ON t.person_id = p.id
         WHERE s.token_hash = $1",
    )
    .bind(token.bytes())
    .fetch_optional(pool)
    .await
}

/// Starts a session.
pub(crate) async fn start(
    connection: &mut PgConnection,
    token: &TokenHash,
    person: Uuid,
    now: DateTime<Utc>,
    expires: DateTime<Utc>,
    from: &SignIn,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO session (token_hash, person_id, created_at, last_seen_at, expires_at, address, agent, through)
         VALUES ($1, $2, $3, $3, $4, $5, $6, $7)",
    )
    .bind(token.bytes())
    .bind(person)
    .bind(now)
    .bind(expires)
    .bind(&from.address)
    .bind(&from.agent)
    .bind(from.through)
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes a session's last request.
pub(crate) async fn touch(pool: &PgPool, token: &TokenHash, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query("UPDATE session SET last_seen_at = greatest(last_seen_at, $2) WHERE token_hash = $1")
        .bind(token.bytes())
        .bind(now)
        .execute(pool)
        .await?;
    Ok(())
}

/// Ends a session.
pub(crate) async fn end(executor: impl sqlx::PgExecutor<'_>, token: &TokenHash) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM session WHERE token_hash = $1").bind(token.bytes()).execute(executor).await?;
    Ok(())
}

/// Ends every session of a person, but the one kept.
pub(crate) async fn end_all(connection: &mut PgConnection, person: Uuid, kept: Option<&TokenHash>) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM session WHERE person_id = $1 AND token_hash IS DISTINCT FROM $2")
        .bind(person)
        .bind(kept.map(TokenHash::bytes))
        .execute(connection)
        .await?;
    Ok(())
}

/// Throws away what is long past.
pub(crate) async fn sweep(pool: &PgPool, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM session WHERE expires_at <= $1 OR last_seen_at <= $1 - interval '2 hours'").bind(now).execute(pool).await?;
    sqlx::query("DELETE FROM sign_in_attempt WHERE since <= $1 - interval '1 day' AND coalesce(locked_until, since) <= $1")
        .bind(now)
        .execute(pool)
        .await?;
    Ok(())
}

/// What a sign-in compares with.
#[derive(sqlx::FromRow)]
pub(crate) struct CredentialRow {
    pub person_id: Uuid,
    pub phc: String,
    pub active: bool,
    /// The sealed secret of a confirmed second factor.
    pub totp: Option<Vec<u8>>,
}

/// The credential of an account.
pub(crate) async fn credential(pool: &PgPool, account: &str) -> sqlx::Result<Option<CredentialRow>> {
    sqlx::query_as(
        "SELECT p.id AS person_id, c.phc, p.active AND p.kind = 'staff' AS active,
                CASE WHEN t.confirmed_at IS NOT NULL THEN t.sealed END AS totp
         FROM person p
         JOIN credential c ON c.person_id = p.id
         LEFT JOIN totp t ON t.person_id = p.id
         WHERE p.account = $1",
    )
    .bind(account)
    .fetch_optional(pool)
    .await
}

/// The failures within fifteen minutes that lock an account out for as long.
const FAILURES: i32 = 5;

/// Until when an account is locked out, if it is.
pub(crate) async fn locked_until(pool: &PgPool, account: &str, now: DateTime<Utc>) -> sqlx::Result<Option<DateTime<Utc>>> {
    sqlx::query_scalar("SELECT locked_until FROM sign_in_attempt WHERE account = $1 AND locked_until > $2")
        .bind(account)
        .bind(now)
        .fetch_optional(pool)
        .await
}

/// Counts a failure.
pub(crate) async fn count_failure(pool: &PgPool, account: &str, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO sign_in_attempt AS a (account, failures, since) VALUES ($1, 1, $2)
         ON CONFLICT (account) DO UPDATE SET
             failures = CASE WHEN a.locked_until <= $2 OR a.since <= $2 - interval '15 minutes' THEN 1 ELSE a.failures + 1 END,
             since = CASE WHEN a.locked_until <= $2 OR a.since <= $2 - interval '15 minutes' THEN $2 ELSE a.since END,
             locked_until = CASE
                 WHEN a.locked_until > $2 THEN a.locked_until
                 WHEN a.locked_until <= $2 OR a.since <= $2 - interval '15 minutes' THEN NULL
                 WHEN a.failures + 1 >= $3 THEN $2 + interval '15 minutes' END",
    )
    .bind(account)
    .bind(now)
    .bind(FAILURES)
    .execute(pool)
    .await?;
    Ok(())
}

/// Forgets an account's failures.
pub(crate) async fn clear_attempts(executor: impl sqlx::PgExecutor<'_>, account: &str) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM sign_in_attempt WHERE account = $1").bind(account).execute(executor).await?;
    Ok(())
}

/// How a sign-in went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema, sqlx::Type)]
#[serde(rename_all = "kebab-case")]
#[sqlx(type_name = "text", rename_all = "kebab-case")]
pub enum Outcome {
    /// Signed in.
    Success,
    /// Wrong account or password, or a disabled account.
    Failed,
    /// Refused because of too many failures before.
    Locked,
    /// The password was right, the one-time code was not.
    TotpFailed,
}

impl Outcome {
    /// Its code.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failed => "failed",
            Self::Locked => "locked",
            Self::TotpFailed => "totp-failed",
        }
    }
}

/// By what somebody signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema, sqlx::Type)]
#[serde(rename_all = "kebab-case")]
#[sqlx(type_name = "text", rename_all = "kebab-case")]
pub enum Through {
    /// The program's own password.
    Password,
    /// The city's identity provider.
    Oidc,
}

/// One line of the audit of sign-ins.
#[derive(Clone, Debug, Serialize, ToSchema, sqlx::FromRow)]
pub struct SignIn {
    /// Its id.
    pub id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// The account as it was typed.
    pub account: String,
    /// Whose account it is, if anybody's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person_id: Option<Uuid>,
    /// How it went.
    pub outcome: Outcome,
    /// The client's address.
    pub address: String,
    /// What the client said it is.
    pub agent: String,
    /// By what.
    pub through: Through,
}

impl SignIn {
    /// The same, by the word of the identity provider.
    pub(crate) fn through_provider(self) -> Self {
        Self { through: Through::Oidc, ..self }
    }
}

/// Whether a session began by the word of the identity provider.
pub(crate) async fn is_through_provider(pool: &PgPool, token: &TokenHash) -> sqlx::Result<bool> {
    let found: Option<bool> =
        sqlx::query_scalar("SELECT through = 'oidc' FROM session WHERE token_hash = $1").bind(token.bytes()).fetch_optional(pool).await?;
    Ok(found.unwrap_or(false))
}

/// Writes one line of the audit of sign-ins.
pub(crate) async fn record(executor: impl sqlx::PgExecutor<'_>, line: &SignIn) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO sign_in (id, at, account, person_id, outcome, address, agent, through) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(line.id)
    .bind(line.at)
    .bind(&line.account)
    .bind(line.person_id)
    .bind(line.outcome)
    .bind(&line.address)
    .bind(&line.agent)
    .bind(line.through)
    .execute(executor)
    .await?;
    metrics::counter!("bihuan_sign_ins_total", "outcome" => line.outcome.code()).increment(1);
    Ok(())
}

/// The audit from the newest on, of people in these regions; lines of unknown accounts belong to nobody and are shown
/// to those who keep the whole installation.
pub(crate) async fn sign_ins_within(
    pool: &PgPool,
    regions: &[String],
    unknown_too: bool,
    before: Option<(DateTime<Utc>, Uuid)>,
    limit: i64,
) -> sqlx::Result<Vec<SignIn>> {
    sqlx::query_as(
        "SELECT s.id, s.at, s.account, s.person_id, s.outcome, s.address, s.agent, s.through
         FROM sign_in s
         LEFT JOIN person p ON p.id = s.person_id
         LEFT JOIN organisation o ON o.id = p.organisation_id
         WHERE (o.region ^@ ANY ($1) OR (s.person_id IS NULL AND $2))
           AND ($3::timestamptz IS NULL OR (s.at, s.id) < ($3, $4))
         ORDER BY s.at DESC, s.id DESC LIMIT $5",
    )
    .bind(regions)
    .bind(unknown_too)
    .bind(before.map(|(at, _)| at))
    .bind(before.map(|(_, id)| id))
    .bind(limit)
    .fetch_all(pool)
    .await
}

/// A person's one-time-code secret and whether it is confirmed.
pub(crate) async fn totp(pool: &PgPool, person: Uuid) -> sqlx::Result<Option<(Vec<u8>, bool)>> {
    sqlx::query_as("SELECT sealed, confirmed_at IS NOT NULL FROM totp WHERE person_id = $1").bind(person).fetch_optional(pool).await
}

/// Keeps a secret that waits for its confirmation; says whether it could, which it cannot over a confirmed one.
pub(crate) async fn offer_totp(pool: &PgPool, person: Uuid, sealed: &[u8], now: DateTime<Utc>) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "INSERT INTO totp AS t (person_id, sealed, created_at) VALUES ($1, $2, $3)
         ON CONFLICT (person_id) DO UPDATE SET sealed = excluded.sealed, created_at = excluded.created_at
         WHERE t.confirmed_at IS NULL",
    )
    .bind(person)
    .bind(sealed)
    .bind(now)
    .execute(pool)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Confirms the secret that waits.
pub(crate) async fn confirm_totp(connection: &mut PgConnection, person: Uuid, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let done = sqlx::query("UPDATE totp SET confirmed_at = $2 WHERE person_id = $1 AND confirmed_at IS NULL")
        .bind(person)
        .bind(now)
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Uses up the code of a time step; says whether it was unused, and every later one too.
pub(crate) async fn use_totp_step(executor: impl sqlx::PgExecutor<'_>, person: Uuid, step: i64) -> sqlx::Result<bool> {
    let done = sqlx::query("UPDATE totp SET last_step = $2 WHERE person_id = $1 AND last_step < $2")
        .bind(person)
        .bind(step)
        .execute(executor)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes a person's second factor away.
pub(crate) async fn remove_totp(connection: &mut PgConnection, person: Uuid) -> sqlx::Result<bool> {
    Ok(sqlx::query("DELETE FROM totp WHERE person_id = $1").bind(person).execute(connection).await?.rows_affected() == 1)
}

/// Replaces a person's recovery codes.
pub(crate) async fn replace_recovery(connection: &mut PgConnection, person: Uuid, hashes: &[Vec<u8>]) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM totp_recovery WHERE person_id = $1").bind(person).execute(&mut *connection).await?;
    sqlx::query("INSERT INTO totp_recovery (person_id, code_hash) SELECT $1, unnest($2::bytea[])")
        .bind(person)
        .bind(hashes)
        .execute(connection)
        .await?;
    Ok(())
}

/// Uses up a recovery code; says whether it was one.
pub(crate) async fn use_recovery(connection: &mut PgConnection, person: Uuid, code: &TokenHash) -> sqlx::Result<bool> {
    let done = sqlx::query("DELETE FROM totp_recovery WHERE person_id = $1 AND code_hash = $2")
        .bind(person)
        .bind(code.bytes())
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// The recovery codes that are left.
pub(crate) async fn recovery_left(connection: &mut PgConnection, person: Uuid) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT count(*) FROM totp_recovery WHERE person_id = $1").bind(person).fetch_one(connection).await
}

/// Replaces a password.
pub(crate) async fn set_password(
    connection: &mut PgConnection,
    person: Uuid,
    phc: &str,
    must_change: bool,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO credential (person_id, phc, must_change, changed_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (person_id) DO UPDATE SET phc = excluded.phc, must_change = excluded.must_change, changed_at = excluded.changed_at",
    )
    .bind(person)
    .bind(phc)
    .bind(must_change)
    .bind(now)
    .execute(connection)
    .await?;
    Ok(())
}

/// Whether an active administrator exists.
pub(crate) async fn any_administrator(pool: &PgPool) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT FROM person WHERE active AND 'administrator' = ANY (roles))").fetch_one(pool).await
}
