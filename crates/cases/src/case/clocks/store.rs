//! SQL of periods.

use chrono::{DateTime, Utc};
use docket::KeyOf;
use law::procedure::Clock;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::{super::record::ClockRow, Measure};

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

/// The period, where it still runs and its time has come; read under the docket's lock.
pub(in crate::case) async fn ending(
    connection: &mut PgConnection,
    key: &KeyOf,
    clock: Clock,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<ClockRow>> {
    sqlx::query_as(
        "select clock, rule, days, from_at, due_at, ended_at, ran_out from case_clock
         where region = $1 and case_id = $2 and clock = $3 and ended_at is null and not waiting and due_at < $4 limit 1",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(clock.code())
    .bind(now)
    .fetch_optional(connection)
    .await
}

/// Puts off the end of a running period, which counts longer by the calendar in force than when it began.
pub(in crate::case) async fn put_off(connection: &mut PgConnection, key: &KeyOf, clock: Clock, due: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query("update case_clock set due_at = $4 where region = $1 and case_id = $2 and clock = $3 and ended_at is null and due_at < $4")
        .bind(&key.region)
        .bind(key.id.uuid())
        .bind(clock.code())
        .bind(due)
        .execute(connection)
        .await?;
    Ok(())
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
