//! SQL of periods.

use chrono::{DateTime, Utc};
use docket::KeyOf;
use law::procedure::Clock;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::Measure;

/// Ends these running periods; `ran_out` where their time came.
pub(in crate::case) async fn end(
    connection: &mut PgConnection,
    key: &KeyOf,
    now: DateTime<Utc>,
    clocks: &[Clock],
    ran_out: bool,
) -> sqlx::Result<()> {
    sqlx::query(
        "update case_clock set ended_at = $3, ran_out = $5, waiting = false
         where region = $1 and case_id = $2 and clock = any($4) and ended_at is null",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(now)
    .bind(clocks.iter().map(|clock| clock.code()).collect::<Vec<_>>())
    .bind(ran_out)
    .execute(connection)
    .await?;
    Ok(())
}

pub(in crate::case) async fn start(
    connection: &mut PgConnection,
    key: &KeyOf,
    clock: Clock,
    measure: Measure,
    (from, due): (DateTime<Utc>, DateTime<Utc>),
) -> sqlx::Result<()> {
    let (rule, days) = match measure {
        Measure::Rule(id) => (Some(id), None),
        Measure::Days(days) => (None, Some(days)),
    };
    sqlx::query(
        "insert into case_clock (region, case_id, clock, round, rule, days, from_at, due_at)
         values ($1, $2, $3, coalesce((select max(round) from case_clock where region = $1 and case_id = $2 and clock = $3), 0) + 1, $4, $5, $6, $7)",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(clock.code())
    .bind(rule)
    .bind(days)
    .bind(from)
    .bind(due)
    .execute(connection)
    .await?;
    Ok(())
}

/// After a step every period whose time has come is looked at again.
pub(in crate::case) async fn look_again(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<()> {
    sqlx::query("update case_clock set waiting = false where region = $1 and case_id = $2 and waiting and ended_at is null")
        .bind(&key.region)
        .bind(key.id.uuid())
        .execute(connection)
        .await?;
    Ok(())
}

/// Notes that the end of a period does nothing where the case stands now.
pub(in crate::case) async fn wait(connection: &mut PgConnection, key: &KeyOf, clock: Clock) -> sqlx::Result<()> {
    sqlx::query("update case_clock set waiting = true where region = $1 and case_id = $2 and clock = $3 and ended_at is null")
        .bind(&key.region)
        .bind(key.id.uuid())
        .bind(clock.code())
        .execute(connection)
        .await?;
    Ok(())
}

/// Whether the period still runs and its time has come, under the docket's lock.
pub(in crate::case) async fn is_due(connection: &mut PgConnection, key: &KeyOf, clock: Clock, now: DateTime<Utc>) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "select exists (select from case_clock where region = $1 and case_id = $2 and clock = $3 and ended_at is null and not waiting and due_at < $4)",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(clock.code())
    .bind(now)
    .fetch_one(connection)
    .await
}

/// Periods whose time has come, earliest first.
pub(in crate::case) async fn due(pool: &PgPool, region: &str, now: DateTime<Utc>, most: i64) -> sqlx::Result<Vec<(Uuid, String)>> {
    sqlx::query_as(
        "select case_id, clock from case_clock where region = $1 and ended_at is null and not waiting and due_at < $2
         order by due_at, case_id limit $3",
    )
    .bind(region)
    .bind(now)
    .bind(most)
    .fetch_all(pool)
    .await
}
