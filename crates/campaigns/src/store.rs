//! SQL of campaigns and their grids.

use chrono::{DateTime, NaiveDate, Utc};
use identity::Scope;
use sqlx::{FromRow, PgConnection, PgPool, Postgres, QueryBuilder};
use uuid::Uuid;

use crate::{campaign::GridState, scope};

/// A campaign before it is kept.
pub(crate) struct NewCampaign<'a> {
    pub id: Uuid,
    pub region: &'a str,
    pub name: &'a str,
    pub class_code: &'a str,
    pub look_for: &'a str,
    pub area: &'a str,
    /// The lead whose exposure begins it, with its number.
    pub lead: Option<(Uuid, &'a str)>,
    pub due_on: NaiveDate,
    pub started_by: Uuid,
    pub started_at: DateTime<Utc>,
}

/// Keeps a campaign with its grids.
pub(crate) async fn insert(connection: &mut PgConnection, new: &NewCampaign<'_>, grids: &[String]) -> sqlx::Result<()> {
    sqlx::query(
        "insert into campaign (id, region, name, class_code, look_for, area, lead_id, lead_number, due_on, started_by, started_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(new.id)
    .bind(new.region)
    .bind(new.name)
    .bind(new.class_code)
    .bind(new.look_for)
    .bind(new.area)
    .bind(new.lead.map(|lead| lead.0))
    .bind(new.lead.map(|lead| lead.1))
    .bind(new.due_on)
    .bind(new.started_by)
    .bind(new.started_at)
    .execute(&mut *connection)
    .await?;
    sqlx::query("insert into campaign_grid (campaign, grid) select $1, unnest($2::text[])")
        .bind(new.id)
        .bind(grids)
        .execute(connection)
        .await?;
    Ok(())
}

/// A campaign as it stands.
#[derive(Debug, FromRow)]
pub(crate) struct CampaignRecord {
    pub id: Uuid,
    pub name: String,
    pub class_code: String,
    pub look_for: String,
    pub area: String,
    pub lead_id: Option<Uuid>,
    pub lead_number: Option<String>,
    pub due_on: NaiveDate,
    pub started_by: Uuid,
    pub started_at: DateTime<Utc>,
    pub ended_by: Option<Uuid>,
    pub ended_at: Option<DateTime<Utc>>,
    pub end_note: Option<String>,
    pub version: i64,
    pub grids: i64,
    pub checked: i64,
    pub found: i64,
    pub closed: i64,
}

/// Campaigns with the counts of their grids on the scope's ground.
fn counted(scope: &Scope) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new(
        "select c.*, n.grids, n.checked, n.found, n.closed from campaign c cross join lateral (
            select count(*) as grids, count(*) filter (where g.state <> 'waiting') as checked, count(*) filter (where g.state = 'found') as found,
                count(*) filter (where d.state = 'closed') as closed
            from campaign_grid g left join docket d on d.region = c.region and d.id = g.lead_id where g.campaign = c.id",
    );
    scope::grids(&mut query, scope);
    query.push(") n where true");
    scope::campaigns(&mut query, scope);
    query
}

/// The newest campaigns on the scope's ground.
pub(crate) async fn list(pool: &PgPool, scope: &Scope, region: &str, open: Option<bool>, most: i64) -> sqlx::Result<Vec<CampaignRecord>> {
    let mut query = counted(scope);
    query.push(" and c.region = ").push_bind(region.to_owned());
    match open {
        Some(true) => drop(query.push(" and c.ended_at is null")),
        Some(false) => drop(query.push(" and c.ended_at is not null")),
        None => {}
    }
    query.push(" order by c.id desc limit ").push_bind(most);
    query.build_query_as().fetch_all(pool).await
}

/// One campaign on the scope's ground.
pub(crate) async fn one(pool: &PgPool, scope: &Scope, id: Uuid) -> sqlx::Result<Option<CampaignRecord>> {
    let mut query = counted(scope);
    query.push(" and c.id = ").push_bind(id);
    query.build_query_as().fetch_optional(pool).await
}

/// Ends a campaign of this version; false where it changed or ended meanwhile.
pub(crate) async fn end(pool: &PgPool, id: Uuid, version: i64, by: Uuid, at: DateTime<Utc>, note: &str) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "update campaign set ended_by = $3, ended_at = $4, end_note = $5, version = version + 1 where id = $1 and version = $2 and ended_at is null",
    )
    .bind(id)
    .bind(version)
    .bind(by)
    .bind(at)
    .bind(note)
    .execute(pool)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A grid of a campaign as it stands.
#[derive(Debug, FromRow)]
pub(crate) struct GridRecord {
    pub grid: String,
    pub state: String,
    pub checked_by: Option<Uuid>,
    pub checked_at: Option<DateTime<Utc>>,
    pub note: Option<String>,
    pub photos: Vec<String>,
    pub lead_id: Option<Uuid>,
    pub lead_number: Option<String>,
}

/// The grids of a campaign on the scope's ground; no more than a campaign may have.
pub(crate) async fn grids(pool: &PgPool, scope: &Scope, campaign: Uuid) -> sqlx::Result<Vec<GridRecord>> {
    let mut query = QueryBuilder::<Postgres>::new("select g.* from campaign_grid g where g.campaign = ");
    query.push_bind(campaign);
    scope::grids(&mut query, scope);
    query.push(" order by g.grid");
    query.build_query_as().fetch_all(pool).await
}

/// A grid that waits to be looked at.
#[derive(Debug, FromRow)]
pub(crate) struct TaskRecord {
    pub campaign: Uuid,
    pub name: String,
    pub look_for: String,
    pub class_code: String,
    pub due_on: NaiveDate,
    pub grid: String,
}

fn tasks(scope: &Scope) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new(
        "select c.id as campaign, c.name, c.look_for, c.class_code, c.due_on, g.grid
         from campaign_grid g join campaign c on c.id = g.campaign where g.state = 'waiting' and c.ended_at is null",
    );
    scope::grids(&mut query, scope);
    query
}

/// The grids on the scope's ground that wait, those due first at the top.
pub(crate) async fn waiting(pool: &PgPool, scope: &Scope, region: &str, most: i64) -> sqlx::Result<Vec<TaskRecord>> {
    let mut query = tasks(scope);
    query.push(" and c.region = ").push_bind(region.to_owned());
    query.push(" order by c.due_on, c.id, g.grid limit ").push_bind(most);
    query.build_query_as().fetch_all(pool).await
}

/// One grid on the scope's ground that waits.
pub(crate) async fn task(pool: &PgPool, scope: &Scope, campaign: Uuid, grid: &str) -> sqlx::Result<Option<TaskRecord>> {
    let mut query = tasks(scope);
    query.push(" and c.id = ").push_bind(campaign).push(" and g.grid = ").push_bind(grid.to_owned());
    query.build_query_as().fetch_optional(pool).await
}

/// What a person answered for a grid before.
#[derive(Debug, FromRow)]
pub(crate) struct KeptRecord {
    pub state: String,
    pub lead_id: Option<Uuid>,
    pub lead_number: Option<String>,
}

/// What `by` answered for a grid on the scope's ground.
pub(crate) async fn kept(pool: &PgPool, scope: &Scope, campaign: Uuid, grid: &str, by: Uuid) -> sqlx::Result<Option<KeptRecord>> {
    let mut query = QueryBuilder::<Postgres>::new("select g.state, g.lead_id, g.lead_number from campaign_grid g where g.campaign = ");
    query.push_bind(campaign).push(" and g.grid = ").push_bind(grid.to_owned()).push(" and g.checked_by = ").push_bind(by);
    scope::grids(&mut query, scope);
    query.build_query_as().fetch_optional(pool).await
}

/// What is kept of a look at a grid.
pub(crate) struct Checked<'a> {
    pub state: GridState,
    pub by: Uuid,
    pub at: DateTime<Utc>,
    pub note: Option<&'a str>,
    pub photos: &'a [String],
    pub position: Option<(f64, f64)>,
    pub lead: Option<(Uuid, &'a str)>,
}

/// Keeps a look; false where the grid waits no more, or its campaign ended.
pub(crate) async fn check(pool: &PgPool, campaign: Uuid, grid: &str, it: &Checked<'_>) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "update campaign_grid g set state = $3, checked_by = $4, checked_at = $5, note = $6, photos = $7, lon = $8, lat = $9, lead_id = $10,
            lead_number = $11
         from campaign c where g.campaign = $1 and g.grid = $2 and g.state = 'waiting' and c.id = g.campaign and c.ended_at is null",
    )
    .bind(campaign)
    .bind(grid)
    .bind(it.state.code())
    .bind(it.by)
    .bind(it.at)
    .bind(it.note)
    .bind(it.photos)
    .bind(it.position.map(|at| at.0))
    .bind(it.position.map(|at| at.1))
    .bind(it.lead.map(|lead| lead.0))
    .bind(it.lead.map(|lead| lead.1))
    .execute(pool)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether a look at a grid within the scope came with this photo.
pub(crate) async fn has_photo(pool: &PgPool, scope: &Scope, file: &str) -> sqlx::Result<bool> {
    let mut query = QueryBuilder::<Postgres>::new("select exists (select from campaign_grid g where g.photos @> array[");
    query.push_bind(file.to_owned()).push("]");
    scope::grids(&mut query, scope);
    query.push(")");
    query.build_query_scalar().fetch_one(pool).await
}
