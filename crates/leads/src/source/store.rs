//! SQL of the sources.

use serde_json::json;
use sqlx::{FromRow, PgConnection, PgPool, Row, postgres::PgRow, types::Json};

use super::{SourceSetting, built_in};

/// More sources than this no city has; the reader is bounded all the same.
const MOST: i64 = 1_000;

impl FromRow<'_, PgRow> for SourceSetting {
    fn from_row(row: &PgRow) -> sqlx::Result<Self> {
        let unreadable = |what: &str| sqlx::Error::Protocol(format!("a source has an unreadable {what}"));
        let code: String = row.try_get("code")?;
        let kind: String = row.try_get("kind")?;
        let limit = |column: &str| row.try_get::<Option<Json<_>>, _>(column).map(|found| found.map(|Json(limit)| limit));
        Ok(Self {
            source: code.parse().map_err(|_| unreadable("code"))?,
            name: row.try_get("name")?,
            kind: kind.parse().map_err(|()| unreadable("kind"))?,
            active: row.try_get("active")?,
            accept: limit("accept")?,
            reply: limit("reply")?,
            mapping: row.try_get::<Json<_>, _>("mapping")?.0,
            reply_url: row.try_get("reply_url")?,
            senders: row.try_get("senders")?,
            version: row.try_get("version")?,
        })
    }
}

/// All sources of a district: the program's, as the city set them, and the city's own.
pub(crate) async fn all(pool: &PgPool, region: &str) -> sqlx::Result<Vec<SourceSetting>> {
    let mut own: Vec<SourceSetting> =
        sqlx::query_as("select * from source where region = $1 order by code limit $2").bind(region).bind(MOST).fetch_all(pool).await?;
    let mut all: Vec<SourceSetting> = built_in::settings()
        .map(|built_in| match own.iter().position(|setting| setting.source == built_in.source) {
            Some(at) => own.remove(at),
            None => built_in,
        })
        .collect();
    all.append(&mut own);
    Ok(all)
}

/// A source as it was set, locked until the transaction ends; none if it was never set here.
pub(crate) async fn lock(connection: &mut PgConnection, region: &str, code: &str) -> sqlx::Result<Option<SourceSetting>> {
    sqlx::query_as("select * from source where region = $1 and code = $2 for update")
        .bind(region)
        .bind(code)
        .fetch_optional(connection)
        .await
}

/// Whether a source has a secret that its answers are signed with.
pub(crate) async fn has_secret(connection: &mut PgConnection, region: &str, code: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar("select reply_secret is not null from source where region = $1 and code = $2")
        .bind(region)
        .bind(code)
        .fetch_one(connection)
        .await
}

/// Keeps a source's secret, sealed.
pub(crate) async fn keep_secret(connection: &mut PgConnection, region: &str, code: &str, sealed: &[u8]) -> sqlx::Result<()> {
    sqlx::query("update source set reply_secret = $3 where region = $1 and code = $2")
        .bind(region)
        .bind(code)
        .bind(sealed)
        .execute(connection)
        .await
        .map(drop)
}

/// Writes a source as version `setting.version`; false when somebody else wrote that version first.
pub(crate) async fn save(connection: &mut PgConnection, region: &str, setting: &SourceSetting) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "insert into source as s (region, code, name, kind, active, accept, reply, mapping, reply_url, version, senders)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         on conflict (region, code) do update set name = excluded.name, active = excluded.active, accept = excluded.accept,
            reply = excluded.reply, mapping = excluded.mapping, reply_url = excluded.reply_url, version = excluded.version,
            senders = excluded.senders
         where s.version = excluded.version - 1",
    )
    .bind(region)
    .bind(setting.source.code())
    .bind(&setting.name)
    .bind(setting.kind.code())
    .bind(setting.active)
    .bind(setting.accept.map(Json))
    .bind(setting.reply.map(Json))
    .bind(json!(setting.mapping))
    .bind(&setting.reply_url)
    .bind(setting.version)
    .bind(&setting.senders)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}
