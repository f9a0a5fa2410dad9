//! SQL of units' working hours.

use chrono::{DateTime, NaiveDate, Utc};
use docket::KeyOf;
use sqlx::{FromRow, PgConnection, PgExecutor, PgPool, types::Json};
use uuid::Uuid;

/// More versions than this no city enters; the reader is bounded all the same.
pub(super) const MOST: i64 = 5_000;

/// A version as it was entered.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct Version {
    pub number: i64,
    pub unit_id: Uuid,
    pub from_day: NaiveDate,
    pub week: Option<Json<Vec<Vec<String>>>>,
    pub through_holidays: bool,
    pub reason: String,
    pub made_by: Uuid,
    pub made_at: DateTime<Utc>,
    pub recounted_at: Option<DateTime<Utc>>,
    pub moved: i64,
}

/// All versions, in the order in which they were entered.
pub(crate) async fn all(executor: impl PgExecutor<'_>, region: &str) -> sqlx::Result<Vec<Version>> {
    sqlx::query_as(
        "select number, unit_id, from_day, week, through_holidays, reason, made_by, made_at, recounted_at, moved from unit_hours
         where region = $1 order by number limit $2",
    )
    .bind(region)
    .bind(MOST)
    .fetch_all(executor)
    .await
}

/// Locks the table for whoever adds to it.
pub(super) async fn lock(connection: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query("lock table unit_hours in share row exclusive mode").execute(connection).await?;
    Ok(())
}

/// A version as it is entered.
pub(super) struct New<'a> {
    pub unit: Uuid,
    pub from_day: NaiveDate,
    pub week: Option<Vec<Vec<String>>>,
    pub through_holidays: bool,
    pub reason: &'a str,
    pub made_by: Uuid,
}

pub(super) async fn insert(connection: &mut PgConnection, region: &str, now: DateTime<Utc>, new: New<'_>) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "insert into unit_hours (region, unit_id, from_day, week, through_holidays, reason, made_by, made_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8) returning number",
    )
    .bind(region)
    .bind(new.unit)
    .bind(new.from_day)
    .bind(new.week.map(Json))
    .bind(new.through_holidays)
    .bind(new.reason)
    .bind(new.made_by)
    .bind(now)
    .fetch_one(connection)
    .await
}

/// The first version that was entered by `before` and whose unit's limits were not counted again since.
pub(super) async fn waiting(pool: &PgPool, region: &str, before: DateTime<Utc>) -> sqlx::Result<Option<(i64, Uuid)>> {
    sqlx::query_as(
        "select number, unit_id from unit_hours where region = $1 and recounted_at is null and made_at <= $2 order by number limit 1",
    )
    .bind(region)
    .bind(before)
    .fetch_optional(pool)
    .await
}

/// Notes that the limits were counted again with this version and those of the unit before it.
pub(super) async fn recounted(pool: &PgPool, region: &str, number: i64, unit: Uuid, moved: i64, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(
        "update unit_hours set recounted_at = $4, moved = case number when $2 then $5 else moved end
         where region = $1 and unit_id = $3 and number <= $2 and recounted_at is null",
    )
    .bind(region)
    .bind(number)
    .bind(unit)
    .bind(now)
    .bind(moved)
    .execute(pool)
    .await?;
    Ok(())
}

/// The next open leads that a unit has or assists, after `after`, in the order of their ids.
pub(super) async fn running_of(pool: &PgPool, region: &str, unit: Uuid, after: Uuid, most: i64) -> sqlx::Result<Vec<KeyOf>> {
    let ids: Vec<Uuid> = sqlx::query_scalar(
        "(select id from docket where region = $1 and unit = $2 and id > $3 and open and kind = 'lead' order by id limit $4)
         union
         (select lead_id from joint_task where region = $1 and unit = $2 and lead_id > $3 and state in ('waiting', 'taken')
          order by lead_id limit $4)
         order by 1 limit $4",
    )
    .bind(region)
    .bind(unit)
    .bind(after)
    .bind(most)
    .fetch_all(pool)
    .await?;
    Ok(ids.into_iter().map(|id| KeyOf { region: region.to_owned(), id: id.into() }).collect())
}
