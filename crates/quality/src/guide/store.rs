//! SQL of guides and model cases.

use chrono::{DateTime, Utc};
use identity::Scope;
use sqlx::{FromRow, PgConnection, PgExecutor, PgPool, Postgres, QueryBuilder};
use uuid::Uuid;

/// A version of a guide.
#[derive(Debug, Clone, FromRow)]
pub(super) struct GuideRow {
    pub id: Uuid,
    pub region: String,
    pub code: String,
    pub number: i32,
    pub title: String,
    pub matters: Vec<String>,
    pub field: String,
    pub text: String,
    pub withdrawn: bool,
    pub reason: String,
    pub written_by: Uuid,
    pub written_at: DateTime<Utc>,
}

/// The newest version of each guide, those that are withdrawn left out unless `all`.
pub(super) async fn guides(executor: impl PgExecutor<'_>, region: &str, all: bool, most: i64) -> sqlx::Result<Vec<GuideRow>> {
    sqlx::query_as(
        "select * from (select distinct on (code) * from case_guide where region = $1 order by code, number desc) newest
         where $2 or not withdrawn order by title, code limit $3",
    )
    .bind(region)
    .bind(all)
    .bind(most)
    .fetch_all(executor)
    .await
}

/// The versions of a guide, the newest first.
pub(super) async fn versions(executor: impl PgExecutor<'_>, region: &str, code: &str, most: i64) -> sqlx::Result<Vec<GuideRow>> {
    sqlx::query_as("select * from case_guide where region = $1 and code = $2 order by number desc limit $3")
        .bind(region)
        .bind(code)
        .bind(most)
        .fetch_all(executor)
        .await
}

/// Adds a version under a number; says whether nobody else did.
pub(super) async fn add_guide(connection: &mut PgConnection, row: &GuideRow) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "insert into case_guide (id, region, code, number, title, matters, field, text, withdrawn, reason, written_by, written_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing",
    )
    .bind(row.id)
    .bind(&row.region)
    .bind(&row.code)
    .bind(row.number)
    .bind(&row.title)
    .bind(&row.matters)
    .bind(&row.field)
    .bind(&row.text)
    .bind(row.withdrawn)
    .bind(&row.reason)
    .bind(row.written_by)
    .bind(row.written_at)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The guides for a matter, its field, or every case.
pub(super) async fn guides_for(pool: &PgPool, region: &str, matter: &str, field: &str, most: i64) -> sqlx::Result<Vec<GuideRow>> {
    sqlx::query_as(
        "select * from (select distinct on (code) * from case_guide where region = $1 order by code, number desc) newest
         where not withdrawn and (matters @> array[$2] or (matters = '{}' and field <> '' and field = $3) or (matters = '{}' and field = ''))
         order by cardinality(matters) = 0, field = '', title limit $4",
    )
    .bind(region)
    .bind(matter)
    .bind(field)
    .bind(most)
    .fetch_all(pool)
    .await
}

/// A model case.
#[derive(Debug, Clone, FromRow)]
pub(super) struct ModelRow {
    pub id: Uuid,
    pub region: String,
    pub case_id: Uuid,
    pub version: i32,
    pub state: String,
    pub level: String,
    pub title: String,
    pub matter_code: String,
    pub matter_name: String,
    pub summary: String,
    pub merits: String,
    pub nominated_by: Uuid,
    pub nominated_at: DateTime<Utc>,
    pub end_reason: Option<String>,
}

const MODEL: &str = "select id, region, case_id, version, state, level, title, matter_code, matter_name, summary, merits, nominated_by,
    nominated_at, end_reason from model_case m where true";

/// Narrows to what a scope reaches from above or within: model cases are of the whole county.
fn ground(query: &mut QueryBuilder<Postgres>, scope: &Scope) {
    query.push(" and exists (select from unnest(").push_bind(scope.regions.clone());
    query.push("::text[]) as own where m.region ^@ own or own ^@ m.region)");
}

pub(super) async fn models(
    pool: &PgPool,
    scope: &Scope,
    state: Option<&str>,
    before: Option<Uuid>,
    most: i64,
) -> sqlx::Result<Vec<ModelRow>> {
    let mut query = QueryBuilder::new(MODEL);
    ground(&mut query, scope);
    match state {
        Some(state) => query.push(" and state = ").push_bind(state.to_owned()),
        None => query.push(" and state <> 'withdrawn'"),
    };
    if let Some(before) = before {
        query.push(" and id < ").push_bind(before);
    }
    query.push(" order by id desc limit ").push_bind(most);
    query.build_query_as().fetch_all(pool).await
}

/// Those of a matter that are shown, the highest first.
pub(super) async fn models_for(pool: &PgPool, matter: &str, most: i64) -> sqlx::Result<Vec<ModelRow>> {
    let mut query = QueryBuilder::new(MODEL);
    query.push(" and state = 'shown' and matter_code = ").push_bind(matter.to_owned());
    query.push(" order by case level when 'province' then 0 when 'city' then 1 else 2 end, id desc limit ").push_bind(most);
    query.build_query_as().fetch_all(pool).await
}

/// A model case, held.
pub(super) async fn model(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<ModelRow>> {
    let mut query = QueryBuilder::new(MODEL);
    query.push(" and id = ").push_bind(id).push(" for update");
    query.build_query_as().fetch_optional(connection).await
}

/// Adds a nomination; says whether the case had none.
pub(super) async fn nominate(connection: &mut PgConnection, row: &ModelRow) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "insert into model_case (id, region, case_id, state, level, title, matter_code, matter_name, summary, merits, nominated_by, nominated_at)
         values ($1, $2, $3, 'nominated', $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing",
    )
    .bind(row.id)
    .bind(&row.region)
    .bind(row.case_id)
    .bind(&row.level)
    .bind(&row.title)
    .bind(&row.matter_code)
    .bind(&row.matter_name)
    .bind(&row.summary)
    .bind(&row.merits)
    .bind(row.nominated_by)
    .bind(row.nominated_at)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn show(connection: &mut PgConnection, id: Uuid, (by, at): (Uuid, DateTime<Utc>)) -> sqlx::Result<()> {
    sqlx::query("update model_case set state = 'shown', version = version + 1, checked_by = $2, checked_at = $3 where id = $1")
        .bind(id)
        .bind(by)
        .bind(at)
        .execute(connection)
        .await
        .map(drop)
}

pub(super) async fn withdraw(connection: &mut PgConnection, id: Uuid, reason: &str, (by, at): (Uuid, DateTime<Utc>)) -> sqlx::Result<()> {
    sqlx::query(
        "update model_case set state = 'withdrawn', version = version + 1, ended_by = $2, ended_at = $3, end_reason = $4 where id = $1",
    )
    .bind(id)
    .bind(by)
    .bind(at)
    .bind(reason)
    .execute(connection)
    .await
    .map(drop)
}
