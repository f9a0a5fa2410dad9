//! The SQL of matters.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection, PgPool, types::Json};
use uuid::Uuid;

use super::{facts::MatterFacts, version::Version};
use crate::library::Library;

#[derive(FromRow)]
struct Row {
    code: String,
    number: i32,
    state: String,
    facts: Json<MatterFacts>,
    reason: String,
    shipped: bool,
    created_at: DateTime<Utc>,
    created_by: Option<Uuid>,
    settled_at: Option<DateTime<Utc>>,
    settled_by: Option<Uuid>,
}

impl Row {
    fn version(self) -> (Version, bool) {
        let draft = self.state == "draft";
        let version = Version {
            code: self.code,
            number: self.number,
            facts: self.facts.0,
            reason: self.reason,
            shipped: self.shipped,
            created_at: self.created_at,
            created_by: self.created_by,
            settled_at: self.settled_at,
            settled_by: self.settled_by,
        };
        (version, draft)
    }
}

/// How often anything changed.
pub(crate) async fn revision(pool: &PgPool) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT revision FROM matter_library").fetch_one(pool).await
}

/// Everything that is published or a draft, in one snapshot.
pub(crate) async fn library(pool: &PgPool) -> sqlx::Result<Library> {
    let mut transaction = pool.begin().await?;
    // Writers hold this row: the versions fit the revision.
    let revision = sqlx::query_scalar("SELECT revision FROM matter_library FOR SHARE").fetch_one(&mut *transaction).await?;
    let versions = all(&mut transaction).await?;
    transaction.commit().await?;
    Ok(Library::new(revision, versions))
}

async fn all(connection: &mut PgConnection) -> sqlx::Result<Vec<(Version, bool)>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT code, number, state, facts, reason, shipped, created_at, created_by, settled_at, settled_by
         FROM matter_version WHERE state <> 'discarded' ORDER BY code, number",
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(Row::version).collect())
}

/// What stands there, for whoever writes: nobody else writes until the transaction ends.
pub(crate) struct Held {
    /// Which data were seeded last.
    pub seeded: Option<String>,
    /// The newest published version of each matter.
    pub newest: BTreeMap<String, Version>,
    /// The drafts.
    pub drafts: BTreeMap<String, Version>,
    /// The highest number of each matter, discarded ones included.
    pub highest: BTreeMap<String, i32>,
}

/// Takes hold of the library for a change.
pub(crate) async fn hold(connection: &mut PgConnection) -> sqlx::Result<Held> {
    let seeded = sqlx::query_scalar("SELECT seeded FROM matter_library FOR UPDATE").fetch_one(&mut *connection).await?;
    let (mut newest, mut drafts) = (BTreeMap::new(), BTreeMap::new());
    for (version, draft) in all(connection).await? {
        let target = if draft { &mut drafts } else { &mut newest };
        target.insert(version.code.clone(), version);
    }
    let highest: Vec<(String, i32)> =
        sqlx::query_as("SELECT code, max(number) FROM matter_version GROUP BY code").fetch_all(connection).await?;
    Ok(Held { seeded, newest, drafts, highest: highest.into_iter().collect() })
}

/// A version to write.
pub(crate) struct New<'a> {
    pub code: &'a str,
    pub number: i32,
    pub facts: &'a MatterFacts,
    pub reason: &'a str,
    /// Published at once, as what is shipped.
    pub shipped: bool,
    pub by: Option<Uuid>,
}

/// Adds versions: drafts, or published ones where they are shipped.
pub(crate) async fn add(connection: &mut PgConnection, new: &[New<'_>], now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO matter_version (code, number, state, facts, reason, shipped, created_at, created_by, settled_at)
         SELECT code, number, CASE WHEN shipped THEN 'published' ELSE 'draft' END, facts, reason, shipped, $7, by, CASE WHEN shipped THEN $7 END
         FROM unnest($1::text[], $2::int4[], $3::jsonb[], $4::text[], $5::bool[], $6::uuid[]) AS new (code, number, facts, reason, shipped, by)",
    )
    .bind(new.iter().map(|it| it.code).collect::<Vec<_>>())
    .bind(new.iter().map(|it| it.number).collect::<Vec<_>>())
    .bind(new.iter().map(|it| Json(it.facts)).collect::<Vec<_>>())
    .bind(new.iter().map(|it| it.reason).collect::<Vec<_>>())
    .bind(new.iter().map(|it| it.shipped).collect::<Vec<_>>())
    .bind(new.iter().map(|it| it.by).collect::<Vec<_>>())
    .bind(now)
    .execute(connection)
    .await?;
    Ok(())
}

/// Writes a draft anew.
pub(crate) async fn rewrite(connection: &mut PgConnection, new: &New<'_>, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE matter_version SET facts = $3, reason = $4, created_at = $5, created_by = $6
         WHERE code = $1 AND number = $2 AND state = 'draft'",
    )
    .bind(new.code)
    .bind(new.number)
    .bind(Json(new.facts))
    .bind(new.reason)
    .bind(now)
    .bind(new.by)
    .execute(connection)
    .await?;
    Ok(())
}

/// Publishes or discards the drafts of these matters; says of which there was one.
pub(crate) async fn settle(
    connection: &mut PgConnection,
    codes: &[String],
    published: bool,
    reason: Option<&str>,
    by: Uuid,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "UPDATE matter_version SET state = CASE WHEN $2 THEN 'published' ELSE 'discarded' END, reason = coalesce($3, reason),
           settled_at = $4, settled_by = $5
         WHERE code = ANY($1) AND state = 'draft' RETURNING code",
    )
    .bind(codes)
    .bind(published)
    .bind(reason)
    .bind(now)
    .bind(by)
    .fetch_all(connection)
    .await
}

/// Counts a change.
pub(crate) async fn changed(connection: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query("UPDATE matter_library SET revision = revision + 1").execute(connection).await?;
    Ok(())
}

/// Keeps which data were seeded.
pub(crate) async fn mark_seeded(connection: &mut PgConnection, checksum: &str) -> sqlx::Result<()> {
    sqlx::query("UPDATE matter_library SET seeded = $1").bind(checksum).execute(connection).await?;
    Ok(())
}
