//! SQL of levels.

use chrono::{DateTime, Utc};
use docket::KeyOf;
use sqlx::{PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

use super::{Layers, Shares};

/// The setting of a district; off where it made none.
pub(crate) async fn read(executor: impl PgExecutor<'_>, region: &str) -> sqlx::Result<Layers> {
    type Row = (bool, Option<i16>, Option<i16>, Option<i16>);
    let row: Option<Row> = sqlx::query_as("select automatic, township, county, city from layer_setting where region = $1")
        .bind(region)
        .fetch_optional(executor)
        .await?;
    let percent = |value: Option<i16>| value.and_then(|value| u8::try_from(value).ok());
    Ok(row.map_or_else(Layers::default, |(automatic, township, county, city)| {
        let shares = percent(township).zip(percent(county)).zip(percent(city));
        Layers { automatic, shares: shares.map(|((township, county), city)| Shares { township, county, city }) }
    }))
}

/// Locks the setting until the transaction ends: what the history calls "before" is then what was replaced.
pub(super) async fn lock(connection: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query("lock table layer_setting in share row exclusive mode").execute(connection).await.map(drop)
}

/// Replaces the setting of a district.
pub(super) async fn replace(connection: &mut PgConnection, region: &str, layers: &Layers) -> sqlx::Result<()> {
    let share = |percent: fn(&Shares) -> u8| layers.shares.as_ref().map(|shares| i16::from(percent(shares)));
    sqlx::query(
        "insert into layer_setting (region, automatic, township, county, city) values ($1, $2, $3, $4, $5)
         on conflict (region) do update set automatic = excluded.automatic, township = excluded.township, county = excluded.county,
            city = excluded.city",
    )
    .bind(region)
    .bind(layers.automatic)
    .bind(share(|shares| shares.township))
    .bind(share(|shares| shares.county))
    .bind(share(|shares| shares.city))
    .execute(connection)
    .await
    .map(drop)
}

/// Leads of a district whose disposal limit ran out at one of these units, which has not raised it before and waits for no extension; what ran
/// out first, first, each with when it did.
pub(super) async fn run_out(
    pool: &PgPool,
    region: &str,
    units: &[Uuid],
    now: DateTime<Utc>,
    after: Option<(DateTime<Utc>, Uuid)>,
    most: i64,
) -> sqlx::Result<Vec<(KeyOf, DateTime<Utc>)>> {
    let rows: Vec<(String, Uuid, DateTime<Utc>)> = sqlx::query_as(
        "select d.region, d.id, t.due_at from docket d join lead l on l.region = d.region and l.id = d.id
         join deadline t on t.region = d.region and t.docket_id = d.id and t.name = 'fix' and t.state = 'running'
         where d.kind = 'lead' and d.open and d.region = $1 and d.due_at <= $2 and d.state in ('dispatched', 'fixing') and d.unit = any($3)
            and t.due_at <= $2 and not d.unit = any(l.raised_by) and l.extension_hours is null
            and ($5::timestamptz is null or (t.due_at, d.id) > ($5, $6))
         order by t.due_at, d.id limit $4",
    )
    .bind(region)
    .bind(now)
    .bind(units)
    .bind(most)
    .bind(after.map(|after| after.0))
    .bind(after.map(|after| after.1))
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(|(region, id, due)| (KeyOf { region, id: id.into() }, due)).collect())
}
