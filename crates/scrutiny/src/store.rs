//! SQL of what waits to be looked at.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use docket::KeyOf;
use sqlx::PgConnection;
use uuid::Uuid;

/// Notes that a lead has changed.
pub(crate) async fn note(connection: &mut PgConnection, region: &str, docket: Uuid) -> sqlx::Result<()> {
    sqlx::query("insert into scrutiny_pending (region, docket_id) values ($1, $2)")
        .bind(region)
        .bind(docket)
        .execute(connection)
        .await
        .map(drop)
}

/// Takes notes off the list, the oldest first: how many, and of which leads.
pub(crate) async fn take_noted(connection: &mut PgConnection, most: i64) -> sqlx::Result<(usize, Vec<KeyOf>)> {
    let rows: Vec<(String, Uuid)> = sqlx::query_as(
        "delete from scrutiny_pending where id in (select id from scrutiny_pending order by id limit $1 for update skip locked)
         returning region, docket_id",
    )
    .bind(most)
    .fetch_all(connection)
    .await?;
    let taken = rows.len();
    let leads: BTreeSet<(String, Uuid)> = rows.into_iter().collect();
    Ok((taken, leads.into_iter().map(|(region, id)| KeyOf { region, id: id.into() }).collect()))
}

/// How far the first looking has come, unless it is done.
pub(crate) async fn filled_to(connection: &mut PgConnection) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar("select after from scrutiny_fill where not done").fetch_optional(connection).await
}

/// Notes how far the first looking has come.
pub(crate) async fn set_filled_to(connection: &mut PgConnection, after: Uuid, done: bool) -> sqlx::Result<()> {
    sqlx::query("update scrutiny_fill set after = $1, done = $2").bind(after).bind(done).execute(connection).await.map(drop)
}

/// Notes that the spread of replies is looked at for this day; false when it was already.
pub(crate) async fn begin_spread(connection: &mut PgConnection, day: NaiveDate) -> sqlx::Result<bool> {
    let done =
        sqlx::query("update scrutiny_fill set spread = $1 where spread is null or spread < $1").bind(day).execute(connection).await?;
    Ok(done.rows_affected() == 1)
}
