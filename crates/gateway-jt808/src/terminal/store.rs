//! SQL of the terminals.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection, PgPool};

/// A terminal as it is kept.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct Kept {
    pub id: i64,
    pub phone: String,
    pub plate: String,
    pub colour: i16,
    pub vendor: String,
    pub visitor: bool,
    pub active: bool,
    pub simulated: bool,
    pub claim: Option<String>,
    pub code: Option<String>,
    pub registered_at: Option<DateTime<Utc>>,
    pub version: i64,
}

pub(crate) async fn find(pool: &PgPool, phone: &str) -> sqlx::Result<Option<Kept>> {
    sqlx::query_as("select * from jt808_terminal where phone = $1").bind(phone).fetch_optional(pool).await
}

pub(crate) async fn by_id(pool: &PgPool, region: &str, id: i64) -> sqlx::Result<Option<Kept>> {
    sqlx::query_as("select * from jt808_terminal where region = $1 and id = $2").bind(region).bind(id).fetch_optional(pool).await
}

/// A terminal, locked until the transaction ends.
pub(crate) async fn lock(connection: &mut PgConnection, phone: &str) -> sqlx::Result<Option<Kept>> {
    sqlx::query_as("select * from jt808_terminal where phone = $1 for update").bind(phone).fetch_optional(connection).await
}

pub(crate) async fn count_visitors(connection: &mut PgConnection, region: &str) -> sqlx::Result<i64> {
    sqlx::query_scalar("select count(*) from jt808_terminal where region = $1 and visitor").bind(region).fetch_one(connection).await
}

/// A visitor; the one that came meanwhile under the same number.
pub(crate) async fn add_visitor(connection: &mut PgConnection, region: &str, phone: &str, plate: &str, colour: i16) -> sqlx::Result<Kept> {
    sqlx::query_as(
        "insert into jt808_terminal (region, phone, plate, colour, visitor) values ($1, $2, $3, $4, true)
         on conflict (phone) do update set phone = excluded.phone returning *",
    )
    .bind(region)
    .bind(phone)
    .bind(plate)
    .bind(colour)
    .fetch_one(connection)
    .await
}

pub(crate) async fn registered(connection: &mut PgConnection, id: i64, claim: &str, code: &str, at: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query("update jt808_terminal set claim = $2, code = $3, registered_at = $4 where id = $1")
        .bind(id)
        .bind(claim)
        .bind(code)
        .bind(at)
        .execute(connection)
        .await?;
    Ok(())
}

/// A terminal as somebody enters it.
#[derive(Debug)]
pub(crate) struct Wanted {
    pub region: String,
    pub phone: String,
    pub plate: String,
    pub colour: i16,
    pub vendor: String,
    pub active: bool,
    pub simulated: bool,
    /// Forgets what it called itself and its code, so that another device may register.
    pub forget: bool,
    /// A visitor's device stays the terminal's.
    pub adopt: bool,
    pub version: i64,
}

/// Writes a terminal as version `wanted.version`; none when somebody else wrote that version first. A visitor is one no longer, and what it
/// called itself and its code are forgotten unless they are adopted.
pub(crate) async fn save(connection: &mut PgConnection, wanted: &Wanted) -> sqlx::Result<Option<Kept>> {
    sqlx::query_as(
        "insert into jt808_terminal as t (region, phone, plate, colour, vendor, active, simulated, version)
         values ($1, $2, $3, $4, $5, $6, $7, $9)
         on conflict (phone) do update set plate = excluded.plate, colour = excluded.colour, vendor = excluded.vendor,
            active = excluded.active, simulated = excluded.simulated, visitor = false, version = excluded.version,
            claim = case when $8 or t.visitor and not $10 then null else t.claim end,
            code = case when $8 or t.visitor and not $10 then null else t.code end
         where t.version = excluded.version - 1 and t.region = excluded.region
         returning *",
    )
    .bind(&wanted.region)
    .bind(&wanted.phone)
    .bind(&wanted.plate)
    .bind(wanted.colour)
    .bind(&wanted.vendor)
    .bind(wanted.active)
    .bind(wanted.simulated)
    .bind(wanted.forget)
    .bind(wanted.version)
    .bind(wanted.adopt)
    .fetch_optional(connection)
    .await
}

/// The active terminals of a district, so many at most; of these numbers, where some are named.
pub(crate) async fn believed(pool: &PgPool, region: &str, ids: Option<&[i64]>, most: i64) -> sqlx::Result<Vec<Kept>> {
    sqlx::query_as(
        "select * from jt808_terminal where region = $1 and active and ($2::bigint[] is null or id = any($2)) order by id limit $3",
    )
    .bind(region)
    .bind(ids)
    .bind(most)
    .fetch_all(pool)
    .await
}

/// A page of terminals, by number.
pub(crate) async fn list(pool: &PgPool, region: &str, words: Option<&str>, after: Option<&str>, most: i64) -> sqlx::Result<Vec<Kept>> {
    let like = words.map(|words| format!("%{}%", words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")));
    sqlx::query_as(
        "select * from jt808_terminal where region = $1 and ($2::text is null or phone like $2 or plate like $2)
            and ($3::text is null or phone > $3) order by phone limit $4",
    )
    .bind(region)
    .bind(like)
    .bind(after)
    .bind(most)
    .fetch_all(pool)
    .await
}

/// Every terminal of a district, so many at most.
pub(crate) async fn all(pool: &PgPool, region: &str, most: i64) -> sqlx::Result<Vec<Kept>> {
    sqlx::query_as("select * from jt808_terminal where region = $1 order by id limit $2").bind(region).bind(most).fetch_all(pool).await
}

/// The active terminals of a district that are entered under these plates and colours; of each the one entered last.
pub(crate) async fn of_plates(pool: &PgPool, region: &str, plates: &[String], colours: &[i16]) -> sqlx::Result<Vec<Kept>> {
    sqlx::query_as(
        "select distinct on (t.plate, t.colour) t.* from jt808_terminal t
            join unnest($2::text[], $3::smallint[]) as asked(plate, colour) on asked.plate = t.plate and asked.colour = t.colour
         where t.region = $1 and t.active order by t.plate, t.colour, t.visitor, t.id desc",
    )
    .bind(region)
    .bind(plates)
    .bind(colours)
    .fetch_all(pool)
    .await
}

/// These terminals of a district, 20,000 at most.
pub(crate) async fn some(pool: &PgPool, region: &str, ids: &[i64]) -> sqlx::Result<Vec<Kept>> {
    sqlx::query_as("select * from jt808_terminal where region = $1 and id = any($2) order by id limit 20001")
        .bind(region)
        .bind(ids)
        .fetch_all(pool)
        .await
}

/// Whether visitors are let in.
#[derive(Debug, Clone, Copy, FromRow)]
pub(crate) struct Visitors {
    pub visitors: bool,
    pub version: i64,
}

pub(crate) async fn visitors(connection: &mut PgConnection, region: &str) -> sqlx::Result<Option<Visitors>> {
    sqlx::query_as("select visitors, version from jt808_setting where region = $1").bind(region).fetch_optional(connection).await
}

/// Writes the setting as a version; false when somebody else wrote that version first.
pub(crate) async fn save_visitors(connection: &mut PgConnection, region: &str, wanted: Visitors) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "insert into jt808_setting as s (region, visitors, version) values ($1, $2, $3)
         on conflict (region) do update set visitors = excluded.visitors, version = excluded.version where s.version = excluded.version - 1",
    )
    .bind(region)
    .bind(wanted.visitors)
    .bind(wanted.version)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(adopt: bool, version: i64) -> Wanted {
        Wanted {
            region: "330482".to_owned(),
            phone: "13900000001".to_owned(),
            plate: "浙F00001".to_owned(),
            colour: 2,
            vendor: "standard".to_owned(),
            active: true,
            simulated: false,
            forget: false,
            adopt,
            version,
        }
    }

    #[tokio::test]
    async fn a_visitors_code_is_the_entered_terminals_only_where_it_is_adopted() {
        for adopt in [false, true] {
            let test = testkit::fresh(&[tracks::MIGRATIONS, crate::MIGRATIONS]).await;
            let mut connection = test.database.pool().acquire().await.expect("a connection");
            let visitor = add_visitor(&mut connection, "330482", "13900000001", "浙F00001", 2).await.expect("added");
            registered(&mut connection, visitor.id, "TEST/T1/D1", "digest", Utc::now()).await.expect("registered");
            let kept = save(&mut connection, &wanted(adopt, 2)).await.expect("saved").expect("its version");
            assert!(!kept.visitor && kept.claim.is_some() == adopt && kept.code.is_some() == adopt);
            // Who is entered keeps what he registered with when something else changes.
            registered(&mut connection, visitor.id, "TEST/T1/D2", "digest", Utc::now()).await.expect("registered");
            let kept = save(&mut connection, &wanted(false, 3)).await.expect("saved").expect("its version");
            assert!(kept.claim.is_some() && kept.code.is_some());
        }
    }
}
