//! The SQL of volumes.

use chrono::{DateTime, NaiveDate, Utc};
use identity::Scope;
use sqlx::{FromRow, PgConnection, QueryBuilder};
use uuid::Uuid;

use crate::{scope, words::like};

/// A row of `centre_volume`.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct VolumeRow {
    pub id: Uuid,
    pub region: String,
    pub jurisdiction: String,
    pub docket: Uuid,
    pub case_number: String,
    pub code: String,
    pub store: String,
    pub rack: String,
    #[sqlx(rename = "box")]
    pub container: String,
    pub volumes: i32,
    pub pages: Option<i32>,
    pub keep_until: Option<NaiveDate>,
    pub state: String,
    pub simulated: bool,
    pub shelved_by: Uuid,
    pub shelved_at: DateTime<Utc>,
    pub moved_at: DateTime<Utc>,
}

/// A volume with who has it.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct Listed {
    #[sqlx(flatten)]
    pub volume: VolumeRow,
    pub borrower: Option<Uuid>,
    pub due_on: Option<NaiveDate>,
}

/// Which volumes.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    pub words: Option<String>,
    pub code: Option<String>,
    pub state: Option<String>,
    pub case: Option<Uuid>,
    pub id: Option<Uuid>,
    /// Only those whose time was over on that day.
    pub past: Option<NaiveDate>,
    pub before: Option<Uuid>,
    pub most: i64,
}

/// Volumes on a scope's ground, the newest first.
pub(crate) async fn list(connection: &mut PgConnection, scope: &Scope, region: &str, wanted: &Wanted) -> sqlx::Result<Vec<Listed>> {
    let mut query = QueryBuilder::new(
        "select v.*, l.asked_by as borrower, l.due_on from centre_volume v
            left join centre_loan l on l.volume = v.id and l.state = 'lent' and l.form = 'paper' where v.region = ",
    );
    query.push_bind(region.to_owned());
    scope::push_inside(&mut query, scope, "v.jurisdiction");
    if let Some(code) = &wanted.code {
        query.push(" and v.code = ").push_bind(code.clone());
    }
    if let Some(words) = &wanted.words {
        query.push(" and (v.case_number ilike ").push_bind(like(words));
        query.push(" or v.code ilike ").push_bind(like(words));
        query.push(" or v.store || ' ' || v.rack || ' ' || v.box ilike ").push_bind(like(words)).push(")");
    }
    if let Some(state) = &wanted.state {
        query.push(" and v.state = ").push_bind(state.clone());
    }
    if let Some(case) = wanted.case {
        query.push(" and v.docket = ").push_bind(case);
    }
    if let Some(id) = wanted.id {
        query.push(" and v.id = ").push_bind(id);
    }
    if let Some(day) = wanted.past {
        query.push(" and v.state <> 'destroyed' and v.keep_until < ").push_bind(day);
    }
    if let Some(before) = wanted.before {
        query.push(" and v.id < ").push_bind(before);
    }
    query.push(" order by v.id desc limit ").push_bind(wanted.most);
    query.build_query_as().fetch_all(connection).await
}

/// Holds a volume on a scope's ground until the commit.
pub(crate) async fn hold(connection: &mut PgConnection, scope: &Scope, region: &str, id: Uuid) -> sqlx::Result<Option<VolumeRow>> {
    let mut query = QueryBuilder::new("select * from centre_volume v where v.region = ");
    query.push_bind(region.to_owned()).push(" and v.id = ").push_bind(id);
    scope::push_inside(&mut query, scope, "v.jurisdiction");
    query.push(" for update");
    query.build_query_as().fetch_optional(connection).await
}

/// Shelves a volume; `false` where the case has one.
pub(crate) async fn insert(connection: &mut PgConnection, row: &VolumeRow) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "insert into centre_volume (id, region, jurisdiction, docket, case_number, code, store, rack, box, volumes, pages, keep_until, state,
            simulated, shelved_by, shelved_at, moved_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) on conflict (region, docket) do nothing",
    )
    .bind(row.id)
    .bind(&row.region)
    .bind(&row.jurisdiction)
    .bind(row.docket)
    .bind(&row.case_number)
    .bind(&row.code)
    .bind(&row.store)
    .bind(&row.rack)
    .bind(&row.container)
    .bind(row.volumes)
    .bind(row.pages)
    .bind(row.keep_until)
    .bind(&row.state)
    .bind(row.simulated)
    .bind(row.shelved_by)
    .bind(row.shelved_at)
    .bind(row.moved_at)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Puts a volume elsewhere; one that was missing was found.
pub(crate) async fn put(
    connection: &mut PgConnection,
    id: Uuid,
    (store, rack, container): (&str, &str, &str),
    at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query(
        "update centre_volume set store = $2, rack = $3, box = $4, moved_at = $5, state = case state when 'missing' then 'shelved' else state end
         where id = $1",
    )
    .bind(id)
    .bind(store)
    .bind(rack)
    .bind(container)
    .bind(at)
    .execute(connection)
    .await
    .map(drop)
}

/// Writes how a volume stands.
pub(crate) async fn stand(connection: &mut PgConnection, id: Uuid, state: &str) -> sqlx::Result<()> {
    sqlx::query("update centre_volume set state = $2 where id = $1").bind(id).bind(state).execute(connection).await.map(drop)
}
