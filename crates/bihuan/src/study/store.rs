//! SQL of the studies, on a throwaway database.

use sqlx::PgPool;
use uuid::Uuid;

/// The leads, the oldest first.
pub(super) async fn leads(pool: &PgPool) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar("select id from lead order by id").fetch_all(pool).await
}

/// Pairs of leads with the very same words.
pub(super) async fn same_text(pool: &PgPool) -> sqlx::Result<Vec<(Uuid, Uuid)>> {
    sqlx::query_as("select one.id, other.id from lead one join lead other on other.text_digest = one.text_digest and other.id > one.id")
        .fetch_all(pool)
        .await
}

/// How many leads have a class, and how many a position.
pub(super) async fn known(pool: &PgPool) -> sqlx::Result<(i64, i64)> {
    sqlx::query_as("select (select count(*) from lead where class_code is not null), (select count(*) from docket where lon is not null)")
        .fetch_one(pool)
        .await
}

/// Takes the classes away.
pub(super) async fn forget_classes(pool: &PgPool) -> sqlx::Result<()> {
    sqlx::query("update lead set class_code = null").execute(pool).await.map(drop)
}

/// Gathers the figures that the planner goes by.
pub(super) async fn settle(pool: &PgPool) -> sqlx::Result<()> {
    for table in ["docket", "lead", "docket_words"] {
        sqlx::query(sqlx::AssertSqlSafe(format!("vacuum analyze {table}"))).execute(pool).await?;
    }
    Ok(())
}
