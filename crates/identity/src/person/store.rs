//! The SQL of people and of machines' keys.

use chrono::{DateTime, Utc};
use kernel::id::{OrganisationId, PersonId};
use sqlx::{PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

use super::Person;
use crate::{
    caller::{Profile, Scope},
    session::{self, NamedOrganisation, TokenHash},
};

/// A person as a caller.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct ProfileRow {
    pub id: Uuid,
    pub name: String,
    pub account: String,
    pub organisation_id: Uuid,
    pub organisation_name: String,
    pub organisation_region: String,
    pub roles: Vec<String>,
    pub regions: Vec<String>,
    pub auxiliary: bool,
    pub must_change: bool,
    pub totp_enabled: bool,
}

impl From<ProfileRow> for Profile {
    fn from(row: ProfileRow) -> Self {
        Profile {
            person: PersonId::from(row.id),
            name: row.name,
            account: row.account,
            organisation: OrganisationId::from(row.organisation_id),
            organisation_name: row.organisation_name,
            roles: row.roles,
            regions: if row.regions.is_empty() { vec![row.organisation_region] } else { row.regions },
            auxiliary: row.auxiliary,
            must_change_password: row.must_change,
            totp_enabled: row.totp_enabled,
        }
    }
}

/// An active person as a caller.
pub(crate) async fn profile(pool: &PgPool, person: Uuid) -> sqlx::Result<Option<ProfileRow>> {
    sqlx::query_as(
        "SELECT p.id, p.name, p.account, p.organisation_id, o.name AS organisation_name, o.region AS organisation_region,
                p.roles, p.regions, p.auxiliary, coalesce(c.must_change, false) AS must_change,
                t.confirmed_at IS NOT NULL AS totp_enabled
         FROM person p
         JOIN organisation o ON o.id = p.organisation_id
         LEFT JOIN credential c ON c.person_id = p.id
         LEFT JOIN totp t ON t.person_id = p.id
         WHERE p.id = $1 AND p.active",
    )
    .bind(person)
    .fetch_optional(pool)
    .await
}

/// The machine whose key this is, and the note that the key was used, at most once a minute: a machine that sends a thousand times a
/// second would otherwise wait for its own last note.
pub(crate) async fn profile_of_key(pool: &PgPool, key: &TokenHash, now: DateTime<Utc>) -> sqlx::Result<Option<ProfileRow>> {
    sqlx::query_as(
        "WITH used AS (SELECT person_id FROM api_key WHERE key_hash = $1),
              noted AS (UPDATE api_key SET last_used_at = $2
                        WHERE key_hash = $1 AND (last_used_at IS NULL OR last_used_at < $2 - interval '1 minute'))
         SELECT p.id, p.name, p.account, p.organisation_id, o.name AS organisation_name, o.region AS organisation_region,
                p.roles, p.regions, p.auxiliary, false AS must_change, false AS totp_enabled
         FROM used
         JOIN person p ON p.id = used.person_id AND p.active AND p.kind = 'machine'
         JOIN organisation o ON o.id = p.organisation_id",
    )
    .bind(key.bytes())
    .bind(now)
    .fetch_optional(pool)
    .await
}

/// The names of these people.
pub(crate) async fn names(pool: &PgPool, people: &[Uuid]) -> sqlx::Result<Vec<(Uuid, String)>> {
    sqlx::query_as("SELECT id, name FROM person WHERE id = ANY ($1)").bind(people).fetch_all(pool).await
}

/// Active staff of any of these roles, in these units, whose ground holds a region or lies in its township.
pub(crate) async fn of_roles(
    connection: &mut PgConnection,
    roles: &[&str],
    units: Option<&[Uuid]>,
    region: Option<&str>,
    most: i64,
) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar(
        "SELECT p.id FROM person p JOIN organisation o ON o.id = p.organisation_id
         WHERE p.active AND p.kind = 'staff' AND p.roles && $1 AND ($2::uuid[] IS NULL OR p.organisation_id = ANY ($2))
           AND ($3::text IS NULL OR EXISTS (
                SELECT FROM unnest(CASE WHEN cardinality(p.regions) = 0 THEN ARRAY[o.region] ELSE p.regions END) AS ground
                WHERE $3 ^@ ground OR ground ^@ left($3, 9)))
         ORDER BY p.account LIMIT $4",
    )
    .bind(roles)
    .bind(units)
    .bind(region)
    .bind(most)
    .fetch_all(connection)
    .await
}

/// A person as lists show him.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct PersonRow {
    pub id: Uuid,
    pub account: String,
    pub name: String,
    pub organisation_id: Uuid,
    pub organisation_name: String,
    pub organisation_region: String,
    pub roles: Vec<String>,
    pub regions: Vec<String>,
    pub kind: String,
    pub active: bool,
    pub locked_until: Option<DateTime<Utc>>,
    pub auxiliary: bool,
    pub totp_enabled: bool,
    pub provider_linked: bool,
    pub version: i64,
}

impl PersonRow {
    /// The regions that count: the person's, or else the organisation's.
    pub(crate) fn effective_regions(&self) -> Vec<String> {
        if self.regions.is_empty() { vec![self.organisation_region.clone()] } else { self.regions.clone() }
    }
}

impl From<PersonRow> for Person {
    fn from(row: PersonRow) -> Self {
        Person {
            id: row.id,
            account: row.account,
            name: row.name,
            organisation: NamedOrganisation { id: row.organisation_id, name: row.organisation_name },
            roles: row.roles,
            regions: row.regions,
            active: row.active,
            locked_until: row.locked_until,
            auxiliary: row.auxiliary,
            totp_enabled: row.totp_enabled,
            provider_linked: row.provider_linked,
            version: row.version,
        }
    }
}

/// What to look for among people.
#[derive(Clone, Debug, Default)]
pub(crate) struct Search {
    /// Only in these organisations.
    pub organisations: Option<Vec<Uuid>>,
    /// Part of the name or account.
    pub words: Option<String>,
    /// Only who fills this role.
    pub role: Option<String>,
    /// After this account.
    pub after: Option<String>,
}

/// People within a scope, by account.
pub(crate) async fn list_within(
    pool: &PgPool,
    scope: &Scope,
    search: &Search,
    now: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<Vec<PersonRow>> {
    let pattern = search.words.as_ref().map(|words| format!("%{}%", words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")));
    sqlx::query_as(
        "SELECT p.id, p.account, p.name, p.organisation_id, o.name AS organisation_name, o.region AS organisation_region,
                p.roles, p.regions, p.kind, p.active, p.auxiliary, p.version,
                t.confirmed_at IS NOT NULL AS totp_enabled,
                EXISTS (SELECT FROM oidc_subject s WHERE s.person_id = p.id) AS provider_linked, a.locked_until
         FROM person p
         JOIN organisation o ON o.id = p.organisation_id
         LEFT JOIN totp t ON t.person_id = p.id
         LEFT JOIN sign_in_attempt a ON a.account = p.account AND a.locked_until > $1
         WHERE o.region ^@ ANY ($2)
           AND ($3::uuid[] IS NULL OR p.organisation_id = ANY ($3))
           AND ($4::uuid[] IS NULL OR p.organisation_id = ANY ($4))
           AND ($5::text IS NULL OR p.name ILIKE $5 OR p.account ILIKE $5)
           AND ($6::text IS NULL OR p.roles @> ARRAY[$6])
           AND ($7::text IS NULL OR p.account > $7)
         ORDER BY p.account LIMIT $8",
    )
    .bind(now)
    .bind(&scope.regions)
    .bind(&scope.units)
    .bind(&search.organisations)
    .bind(pattern)
    .bind(&search.role)
    .bind(&search.after)
    .bind(limit)
    .fetch_all(pool)
    .await
}

/// The person of this id within a scope.
pub(crate) async fn find_within(
    executor: impl PgExecutor<'_>,
    scope: &Scope,
    person: Uuid,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<PersonRow>> {
    sqlx::query_as(
        "SELECT p.id, p.account, p.name, p.organisation_id, o.name AS organisation_name, o.region AS organisation_region,
                p.roles, p.regions, p.kind, p.active, p.auxiliary, p.version,
                t.confirmed_at IS NOT NULL AS totp_enabled,
                EXISTS (SELECT FROM oidc_subject s WHERE s.person_id = p.id) AS provider_linked, a.locked_until
         FROM person p
         JOIN organisation o ON o.id = p.organisation_id
         LEFT JOIN totp t ON t.person_id = p.id
         LEFT JOIN sign_in_attempt a ON a.account = p.account AND a.locked_until > $1
         WHERE p.id = $4 AND o.region ^@ ANY ($2) AND ($3::uuid[] IS NULL OR p.organisation_id = ANY ($3))",
    )
    .bind(now)
    .bind(&scope.regions)
    .bind(&scope.units)
    .bind(person)
    .fetch_optional(executor)
    .await
}

/// Locks a person's row until the transaction ends.
pub(crate) async fn lock(connection: &mut PgConnection, person: Uuid) -> sqlx::Result<()> {
    sqlx::query("SELECT 1 FROM person WHERE id = $1 FOR UPDATE").bind(person).execute(connection).await?;
    Ok(())
}

/// What makes a person.
#[derive(Clone, Debug)]
pub(crate) struct NewPersonRow<'a> {
    pub id: Uuid,
    pub account: &'a str,
    pub name: &'a str,
    pub organisation_id: Uuid,
    pub roles: &'a [String],
    pub regions: &'a [String],
    pub auxiliary: bool,
    pub kind: &'a str,
}

/// Adds a person. What was tried under his name before it was anybody's says nothing about him, and is forgotten: he does not begin locked out.
/// (Names that nobody has are locked like others, so that a lock tells no stranger which names there are.)
pub(crate) async fn insert(connection: &mut PgConnection, row: &NewPersonRow<'_>, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO person (id, account, name, organisation_id, roles, regions, auxiliary, kind, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)",
    )
    .bind(row.id)
    .bind(row.account)
    .bind(row.name)
    .bind(row.organisation_id)
    .bind(row.roles)
    .bind(row.regions)
    .bind(row.auxiliary)
    .bind(row.kind)
    .bind(now)
    .execute(&mut *connection)
    .await?;
    session::store::clear_attempts(connection, row.account).await
}

/// Writes a person anew and raises the version.
pub(crate) async fn update(connection: &mut PgConnection, row: &PersonRow, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE person SET name = $2, organisation_id = $3, roles = $4, regions = $5, auxiliary = $6, kind = $7, active = $8,
                updated_at = $9, version = version + 1
         WHERE id = $1",
    )
    .bind(row.id)
    .bind(&row.name)
    .bind(row.organisation_id)
    .bind(&row.roles)
    .bind(&row.regions)
    .bind(row.auxiliary)
    .bind(&row.kind)
    .bind(row.active)
    .bind(now)
    .execute(connection)
    .await?;
    Ok(())
}

/// A machine's key, without the key.
#[derive(Clone, Debug, serde::Serialize, utoipa::ToSchema, sqlx::FromRow)]
pub struct ApiKey {
    /// Its id.
    pub id: Uuid,
    /// What it is for.
    pub name: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<DateTime<Utc>>,
}

/// The keys of a machine.
pub(crate) async fn keys(pool: &PgPool, person: Uuid) -> sqlx::Result<Vec<ApiKey>> {
    sqlx::query_as("SELECT id, name, created_at, last_used_at FROM api_key WHERE person_id = $1 ORDER BY created_at")
        .bind(person)
        .fetch_all(pool)
        .await
}

/// Keeps a key's hash.
pub(crate) async fn insert_key(
    connection: &mut PgConnection,
    id: Uuid,
    key: &TokenHash,
    person: Uuid,
    name: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO api_key (id, key_hash, person_id, name, created_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(id)
        .bind(key.bytes())
        .bind(person)
        .bind(name)
        .bind(now)
        .execute(connection)
        .await?;
    Ok(())
}

/// Takes a key away; says whether it was there.
pub(crate) async fn remove_key(connection: &mut PgConnection, person: Uuid, key: Uuid) -> sqlx::Result<bool> {
    let done = sqlx::query("DELETE FROM api_key WHERE id = $1 AND person_id = $2").bind(key).bind(person).execute(connection).await?;
    Ok(done.rows_affected() == 1)
}

/// The units in which somebody active fills a role.
pub(crate) async fn units_with(pool: &PgPool, role: &str) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar("SELECT DISTINCT organisation_id FROM person WHERE active AND $1 = ANY (roles) ORDER BY 1")
        .bind(role)
        .fetch_all(pool)
        .await
}
