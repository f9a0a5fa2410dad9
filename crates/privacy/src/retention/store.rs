//! SQL of periods, runs and holds.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::{FromRow, PgConnection, PgExecutor, PgPool, types::Json};
use uuid::Uuid;

use super::kind::Days;

pub(super) async fn setting(executor: impl PgExecutor<'_>, region: &str) -> sqlx::Result<(i64, Days)> {
    let row: Option<(i64, Json<Days>)> =
        sqlx::query_as("select version, days from retention_setting where region = $1").bind(region).fetch_optional(executor).await?;
    Ok(row.map_or_else(Default::default, |(version, days)| (version, days.0)))
}

/// Writes it as `version`; false when somebody else wrote that version first.
pub(super) async fn save_setting(connection: &mut PgConnection, region: &str, version: i64, days: &Days) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "insert into retention_setting as s (region, days, version) values ($1, $2, $3)
         on conflict (region) do update set days = excluded.days, version = excluded.version where s.version = excluded.version - 1",
    )
    .bind(region)
    .bind(Json(days))
    .bind(version)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A run.
#[derive(Debug, Clone, FromRow)]
pub(super) struct RunRow {
    pub region: String,
    pub id: Uuid,
    pub state: String,
    pub days: Json<Days>,
    pub counts: Value,
    pub kind: Option<String>,
    pub after_at: Option<DateTime<Utc>>,
    pub after_id: Option<Uuid>,
    pub asked_by: Option<Uuid>,
    pub started_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
}

/// Begins a run; false where one is under way.
pub(super) async fn begin(
    connection: &mut PgConnection,
    region: &str,
    id: Uuid,
    days: &Days,
    by: Option<Uuid>,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "insert into retention_run (region, id, state, days, asked_by, started_at) values ($1, $2, 'running', $3, $4, $5)
         on conflict (region) where state = 'running' do nothing",
    )
    .bind(region)
    .bind(id)
    .bind(Json(days))
    .bind(by)
    .bind(now)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The run under way, locked; nothing where there is none or another program is at it.
pub(super) async fn under_way(connection: &mut PgConnection, region: &str) -> sqlx::Result<Option<RunRow>> {
    sqlx::query_as("select * from retention_run where region = $1 and state = 'running' for update skip locked")
        .bind(region)
        .fetch_optional(connection)
        .await
}

pub(super) async fn progress(connection: &mut PgConnection, run: &RunRow) -> sqlx::Result<()> {
    sqlx::query(
        "update retention_run set state = $3, counts = $4, kind = $5, after_at = $6, after_id = $7, ended_at = $8
         where region = $1 and id = $2",
    )
    .bind(&run.region)
    .bind(run.id)
    .bind(&run.state)
    .bind(&run.counts)
    .bind(&run.kind)
    .bind(run.after_at)
    .bind(run.after_id)
    .bind(run.ended_at)
    .execute(connection)
    .await?;
    Ok(())
}

/// When the last run began.
pub(super) async fn last_begun(pool: &PgPool, region: &str) -> sqlx::Result<Option<DateTime<Utc>>> {
    sqlx::query_scalar("select max(started_at) from retention_run where region = $1").bind(region).fetch_one(pool).await
}

/// The newest runs.
pub(super) async fn runs(pool: &PgPool, region: &str) -> sqlx::Result<Vec<RunRow>> {
    sqlx::query_as("select * from retention_run where region = $1 order by id desc limit 50").bind(region).fetch_all(pool).await
}

/// Drops logs; of the last six months by the database's own clock none goes, whatever `before` is.
pub(super) async fn drop_logs(connection: &mut PgConnection, before: DateTime<Utc>, most: i32) -> sqlx::Result<i64> {
    sqlx::query_scalar("select retention_drop_logs($1, $2)").bind(before).bind(most).fetch_one(connection).await
}

/// How many lines of the logs [`drop_logs`] would drop.
pub(super) async fn count_logs(pool: &PgPool, before: DateTime<Utc>) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "with cut (at) as (select least($1, now() - interval '6 months'))
         select (select count(*) from sign_in s, cut where s.at < cut.at) + (select count(*) from identity_change c, cut where c.at < cut.at)
            + (select count(*) from export_audit e, cut where e.at < cut.at)",
    )
    .bind(before)
    .fetch_one(pool)
    .await
}

/// A hold.
#[derive(Debug, Clone, FromRow)]
pub(super) struct HoldRow {
    pub id: Uuid,
    pub lead: Uuid,
    pub number: String,
    pub reason: String,
    pub placed_by: Uuid,
    pub placed_at: DateTime<Utc>,
    pub released_by: Option<Uuid>,
    pub released_at: Option<DateTime<Utc>>,
}

/// Places a hold; false where one stands.
pub(super) async fn hold(connection: &mut PgConnection, region: &str, hold: &HoldRow) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "insert into retention_hold (region, id, lead, number, reason, placed_by, placed_at) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (region, lead) where released_at is null do nothing",
    )
    .bind(region)
    .bind(hold.id)
    .bind(hold.lead)
    .bind(&hold.number)
    .bind(&hold.reason)
    .bind(hold.placed_by)
    .bind(hold.placed_at)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A standing hold's lead, by number and id.
pub(super) async fn standing(connection: &mut PgConnection, region: &str, id: Uuid) -> sqlx::Result<Option<(String, Uuid)>> {
    sqlx::query_as("select number, lead from retention_hold where region = $1 and id = $2 and released_at is null")
        .bind(region)
        .bind(id)
        .fetch_optional(connection)
        .await
}

/// Releases a hold; false where none stands.
pub(super) async fn release(connection: &mut PgConnection, region: &str, id: Uuid, by: Uuid, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let done =
        sqlx::query("update retention_hold set released_by = $3, released_at = $4 where region = $1 and id = $2 and released_at is null")
            .bind(region)
            .bind(id)
            .bind(by)
            .bind(now)
            .execute(connection)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// Holds, the standing ones first.
pub(super) async fn holds(pool: &PgPool, region: &str) -> sqlx::Result<Vec<HoldRow>> {
    sqlx::query_as(
        "select id, lead, number, reason, placed_by, placed_at, released_by, released_at from retention_hold where region = $1
         order by released_at is not null, id desc limit 500",
    )
    .bind(region)
    .fetch_all(pool)
    .await
}

/// Lets nobody place or release a hold until the caller commits.
pub(super) async fn no_new_holds(connection: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query("lock table retention_hold in share mode").execute(connection).await?;
    Ok(())
}

/// The leads that are held.
pub(super) async fn held(connection: &mut PgConnection, region: &str) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar("select lead from retention_hold where region = $1 and released_at is null").bind(region).fetch_all(connection).await
}

/// Those of these leads that are held, or about which a person's request waits.
pub(super) async fn spared(connection: &mut PgConnection, region: &str, leads: &[Uuid]) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar(
        "select lead from retention_hold where region = $1 and lead = any($2) and released_at is null
         union select unnest(leads) from privacy_request where region = $1 and leads && $2 and state = 'open'",
    )
    .bind(region)
    .bind(leads)
    .fetch_all(connection)
    .await
}
