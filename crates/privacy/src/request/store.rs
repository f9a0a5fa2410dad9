//! SQL of requests.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection, PgExecutor, PgPool, Postgres, QueryBuilder};
use uuid::Uuid;

use super::{Kind, RequestState};

/// A request's row.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct RequestRow {
    pub region: String,
    pub id: Uuid,
    pub number: String,
    pub kind: String,
    pub channel: String,
    pub identified: String,
    pub leads: Vec<Uuid>,
    pub wanted: Option<Uuid>,
    pub note: String,
    pub state: String,
    pub received_at: DateTime<Utc>,
    pub due_at: DateTime<Utc>,
    pub entered_by: Option<Uuid>,
    pub decided_at: Option<DateTime<Utc>>,
    pub decided_by: Option<Uuid>,
    pub ground: Option<String>,
    pub reason: Option<String>,
    pub version: i64,
}

pub(super) async fn insert(connection: &mut PgConnection, row: &RequestRow) -> sqlx::Result<()> {
    sqlx::query(
        "insert into privacy_request (region, id, number, kind, channel, identified, leads, wanted, note, state, received_at, due_at,
            entered_by, decided_at, decided_by, ground, reason)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
    )
    .bind(&row.region)
    .bind(row.id)
    .bind(&row.number)
    .bind(&row.kind)
    .bind(&row.channel)
    .bind(&row.identified)
    .bind(&row.leads)
    .bind(row.wanted)
    .bind(&row.note)
    .bind(&row.state)
    .bind(row.received_at)
    .bind(row.due_at)
    .bind(row.entered_by)
    .bind(row.decided_at)
    .bind(row.decided_by)
    .bind(&row.ground)
    .bind(&row.reason)
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn decide(connection: &mut PgConnection, row: &RequestRow) -> sqlx::Result<()> {
    sqlx::query(
        "update privacy_request set state = $3, decided_at = $4, decided_by = $5, ground = $6, reason = $7, wanted = null,
            version = version + 1
         where region = $1 and id = $2",
    )
    .bind(&row.region)
    .bind(row.id)
    .bind(&row.state)
    .bind(row.decided_at)
    .bind(row.decided_by)
    .bind(&row.ground)
    .bind(&row.reason)
    .execute(connection)
    .await?;
    Ok(())
}

/// A line of a request's history.
#[derive(Debug, Clone, FromRow)]
pub(super) struct StepRow {
    pub at: DateTime<Utc>,
    pub actor: Option<Uuid>,
    pub action: String,
    pub note: String,
}

/// Adds a line. The request's row is locked, so that no two lines want the same place.
pub(super) async fn step(connection: &mut PgConnection, region: &str, request: Uuid, step: &StepRow) -> sqlx::Result<()> {
    sqlx::query(
        "insert into privacy_step (region, request, seq, at, actor, action, note)
         select $1, $2, coalesce(max(seq), 0) + 1, $3, $4, $5, $6 from privacy_step where region = $1 and request = $2",
    )
    .bind(region)
    .bind(request)
    .bind(step.at)
    .bind(step.actor)
    .bind(&step.action)
    .bind(&step.note)
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn steps(executor: impl PgExecutor<'_>, region: &str, request: Uuid) -> sqlx::Result<Vec<StepRow>> {
    sqlx::query_as("select at, actor, action, note from privacy_step where region = $1 and request = $2 order by seq limit 500")
        .bind(region)
        .bind(request)
        .fetch_all(executor)
        .await
}

pub(super) async fn read(executor: impl PgExecutor<'_>, region: &str, id: Uuid) -> sqlx::Result<Option<RequestRow>> {
    sqlx::query_as("select * from privacy_request where region = $1 and id = $2").bind(region).bind(id).fetch_optional(executor).await
}

pub(super) async fn lock(connection: &mut PgConnection, region: &str, id: Uuid) -> sqlx::Result<Option<RequestRow>> {
    sqlx::query_as("select * from privacy_request where region = $1 and id = $2 for update")
        .bind(region)
        .bind(id)
        .fetch_optional(connection)
        .await
}

/// What was asked for about one lead with its own code, the newest first.
pub(super) async fn about(pool: &PgPool, region: &str, lead: Uuid) -> sqlx::Result<Vec<RequestRow>> {
    sqlx::query_as(
        "select * from privacy_request where region = $1 and leads @> array[$2::uuid] and channel = 'code' order by id desc limit 20",
    )
    .bind(region)
    .bind(lead)
    .fetch_all(pool)
    .await
}

/// Whether the same is asked for about a lead and waits.
pub(super) async fn waits(connection: &mut PgConnection, region: &str, lead: Uuid, kind: Kind) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "select exists (select from privacy_request where region = $1 and leads @> array[$2::uuid] and kind = $3 and state = 'open')",
    )
    .bind(region)
    .bind(lead)
    .bind(kind.code())
    .fetch_one(connection)
    .await
}

/// Which requests, and where the page begins.
pub(super) struct Wanted {
    pub state: Option<RequestState>,
    pub kind: Option<Kind>,
    pub before: Option<Uuid>,
}

pub(super) async fn page(pool: &PgPool, region: &str, wanted: &Wanted, most: i64) -> sqlx::Result<Vec<RequestRow>> {
    let mut query = QueryBuilder::<Postgres>::new("select * from privacy_request where region = ");
    query.push_bind(region);
    if let Some(state) = wanted.state {
        query.push(" and state = ").push_bind(state.code());
    }
    if let Some(kind) = wanted.kind {
        query.push(" and kind = ").push_bind(kind.code());
    }
    if let Some(before) = wanted.before {
        query.push(" and id < ").push_bind(before);
    }
    query.push(" order by id desc limit ").push_bind(most);
    query.build_query_as().fetch_all(pool).await
}

/// Corrections that wait, the oldest first.
pub(super) async fn open_corrections(pool: &PgPool, region: &str, most: i64) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar(
        "select id from privacy_request where region = $1 and state = 'open' and kind = 'correct' and wanted is not null order by due_at, id limit $2",
    )
    .bind(region)
    .bind(most)
    .fetch_all(pool)
    .await
}
