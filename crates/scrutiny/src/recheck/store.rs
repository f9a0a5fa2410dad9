//! SQL of blind re-verification.

use chrono::{DateTime, NaiveDate, Utc};
use identity::Scope;
use sqlx::{FromRow, PgConnection, PgPool, Postgres, QueryBuilder};
use uuid::Uuid;

/// A draw as it is kept.
#[derive(Debug, Clone, FromRow)]
pub(super) struct DrawRecord {
    pub id: Uuid,
    pub region: String,
    pub from_day: NaiveDate,
    pub to_day: NaiveDate,
    pub seed: String,
    pub half_width: f64,
    pub population: i64,
    pub size: i64,
    pub drawn_by: Uuid,
    pub drawn_at: DateTime<Utc>,
}

pub(super) async fn insert_draw(connection: &mut PgConnection, draw: &DrawRecord) -> sqlx::Result<()> {
    sqlx::query(
        "insert into reverification (id, region, from_day, to_day, seed, half_width, population, size, drawn_by, drawn_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(draw.id)
    .bind(&draw.region)
    .bind(draw.from_day)
    .bind(draw.to_day)
    .bind(&draw.seed)
    .bind(draw.half_width)
    .bind(draw.population)
    .bind(draw.size)
    .bind(draw.drawn_by)
    .bind(draw.drawn_at)
    .execute(connection)
    .await
    .map(drop)
}

/// The newest draws of a district.
pub(super) async fn draws(pool: &PgPool, region: &str, most: i64) -> sqlx::Result<Vec<DrawRecord>> {
    sqlx::query_as("select * from reverification where region = $1 order by id desc limit $2").bind(region).bind(most).fetch_all(pool).await
}

/// A lead of a sample, before it is kept.
pub(super) struct NewItem<'a> {
    pub draw: Uuid,
    pub rank: i32,
    pub region: &'a str,
    pub lead: &'a leads::ClosedLead,
    pub closed_in: NaiveDate,
    pub collector: Option<Uuid>,
}

pub(super) async fn insert_item(connection: &mut PgConnection, item: &NewItem<'_>) -> sqlx::Result<()> {
    sqlx::query(
        "insert into reverification_item (id, reverification, rank, region, docket_id, number, jurisdiction, unit, closed_in, collector, state)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, case when $10::uuid is null then 'unassigned' else 'waiting' end)",
    )
    .bind(Uuid::now_v7())
    .bind(item.draw)
    .bind(item.rank)
    .bind(item.region)
    .bind(item.lead.id)
    .bind(&item.lead.number)
    .bind(&item.lead.jurisdiction)
    .bind(item.lead.unit)
    .bind(item.closed_in)
    .bind(item.collector)
    .execute(connection)
    .await
    .map(drop)
}

/// A lead of a sample.
#[derive(Debug, Clone, FromRow)]
pub(super) struct ItemRecord {
    pub id: Uuid,
    pub region: String,
    pub docket_id: Uuid,
    pub number: String,
    pub jurisdiction: String,
    pub unit: Uuid,
    pub collector: Option<Uuid>,
    pub state: String,
    pub answered_at: Option<DateTime<Utc>>,
    pub note: Option<String>,
    pub photos: Vec<String>,
}

/// What waits for a person on his ground, the oldest first.
pub(super) async fn mine(pool: &PgPool, within: &Scope, person: Uuid, most: i64) -> sqlx::Result<Vec<ItemRecord>> {
    let mut query = QueryBuilder::<Postgres>::new("select s.* from reverification_item s where s.state = 'waiting' and s.collector = ");
    query.push_bind(person);
    push_scope(&mut query, within);
    query.push(" order by s.id limit ").push_bind(most);
    query.build_query_as().fetch_all(pool).await
}

/// Locks a draw of a district; false where there is none.
pub(super) async fn lock_draw(connection: &mut PgConnection, region: &str, id: Uuid) -> sqlx::Result<bool> {
    let found: Option<Uuid> = sqlx::query_scalar("select id from reverification where region = $1 and id = $2 for update")
        .bind(region)
        .bind(id)
        .fetch_optional(connection)
        .await?;
    Ok(found.is_some())
}

/// The leads of a draw that nobody has answered for; held against answers that come meanwhile.
pub(super) async fn unanswered(connection: &mut PgConnection, draw: Uuid) -> sqlx::Result<Vec<ItemRecord>> {
    sqlx::query_as(
        "select * from reverification_item where reverification = $1 and state in ('waiting', 'unassigned') order by rank for update",
    )
    .bind(draw)
    .fetch_all(connection)
    .await
}

/// Gives a lead of a sample to a collector, or to nobody.
pub(super) async fn assign(connection: &mut PgConnection, item: Uuid, collector: Option<Uuid>) -> sqlx::Result<()> {
    sqlx::query(
        "update reverification_item set collector = $2, state = case when $2::uuid is null then 'unassigned' else 'waiting' end where id = $1",
    )
    .bind(item)
    .bind(collector)
    .execute(connection)
    .await
    .map(drop)
}

/// An answer of the person who was given it.
pub(super) struct NewAnswer<'a> {
    pub id: Uuid,
    pub person: Uuid,
    pub held: bool,
    pub note: Option<&'a str>,
    pub photos: &'a [String],
    pub place: Option<(f64, f64)>,
    pub accuracy: Option<f64>,
}

/// Keeps an answer; false where nothing waits under this id for this person.
pub(super) async fn answer(connection: &mut PgConnection, now: DateTime<Utc>, answer: &NewAnswer<'_>) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "update reverification_item set state = case when $3 then 'held' else 'broken' end, answered_at = $4, note = $5, photos = $6,
            lon = $7, lat = $8, accuracy = $9
         where id = $1 and collector = $2 and state = 'waiting'",
    )
    .bind(answer.id)
    .bind(answer.person)
    .bind(answer.held)
    .bind(now)
    .bind(answer.note)
    .bind(answer.photos)
    .bind(answer.place.map(|place| place.0))
    .bind(answer.place.map(|place| place.1))
    .bind(answer.accuracy)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Which leads of samples are asked for.
pub(super) struct Wanted {
    pub draw: Option<Uuid>,
    pub unit: Option<Uuid>,
    pub state: Option<&'static str>,
    pub days: Option<(NaiveDate, NaiveDate)>,
    pub before: Option<Uuid>,
}

fn push_scope(query: &mut QueryBuilder<Postgres>, within: &Scope) {
    crate::scope::push(query, within);
}

/// Leads of samples within the scope, the newest first.
pub(super) async fn items(pool: &PgPool, within: &Scope, wanted: &Wanted, rows: i64) -> sqlx::Result<Vec<ItemRecord>> {
    let mut query = QueryBuilder::<Postgres>::new("select s.* from reverification_item s where true");
    push_scope(&mut query, within);
    for (column, value) in [(" and s.reverification = ", wanted.draw), (" and s.unit = ", wanted.unit), (" and s.id < ", wanted.before)] {
        if let Some(value) = value {
            query.push(column).push_bind(value);
        }
    }
    if let Some(state) = wanted.state {
        query.push(" and s.state = ").push_bind(state);
    }
    if let Some((from, to)) = wanted.days {
        query.push(" and s.closed_in between ").push_bind(from).push(" and ").push_bind(to);
    }
    query.push(" order by s.id desc limit ").push_bind(rows);
    query.build_query_as().fetch_all(pool).await
}

/// What stands beside a unit's closing rate.
#[derive(Debug, Clone, FromRow)]
pub(super) struct UnitRow {
    pub unit: Uuid,
    pub held: i64,
    pub broken: i64,
    pub waiting: i64,
}

/// The samples of a period, unit by unit, each lead once: of a lead that was drawn twice the newest answer counts.
pub(super) async fn by_unit(pool: &PgPool, within: &Scope, (from, to): (NaiveDate, NaiveDate)) -> sqlx::Result<Vec<UnitRow>> {
    let mut query = QueryBuilder::<Postgres>::new(
        "select unit, count(*) filter (where state = 'held') as held, count(*) filter (where state = 'broken') as broken,
            count(*) filter (where state in ('waiting', 'unassigned')) as waiting
         from (select distinct on (s.docket_id) s.unit, s.state from reverification_item s where s.closed_in between ",
    );
    query.push_bind(from).push(" and ").push_bind(to);
    push_scope(&mut query, within);
    query.push(" order by s.docket_id, s.answered_at desc nulls last, s.id desc) as newest group by unit");
    query.build_query_as().fetch_all(pool).await
}

/// Upheld and open suspicions found in a period, unit by unit.
pub(super) async fn suspicions(
    pool: &PgPool,
    within: &Scope,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> sqlx::Result<Vec<(Uuid, i64, i64)>> {
    let mut query = QueryBuilder::<Postgres>::new(
        "select s.unit, count(*) filter (where s.state = 'upheld'), count(*) filter (where s.state = 'open')
         from suspicion s where s.unit is not null and s.found_at >= ",
    );
    query.push_bind(from).push(" and s.found_at < ").push_bind(to);
    push_scope(&mut query, within);
    query.push(" group by s.unit");
    query.build_query_as().fetch_all(pool).await
}

/// Whether an answer within the scope came with this photo.
pub(crate) async fn has_photo(pool: &PgPool, within: &Scope, file: &str) -> sqlx::Result<bool> {
    let mut query = QueryBuilder::<Postgres>::new("select exists (select from reverification_item s where s.photos @> array[");
    query.push_bind(file.to_owned()).push("]");
    push_scope(&mut query, within);
    query.push(")");
    query.build_query_scalar().fetch_one(pool).await
}
