//! SQL of what stands against closing.

use docket::KeyOf;
use sqlx::PgConnection;
use uuid::Uuid;

/// Sets a mark.
pub(crate) async fn hold(connection: &mut PgConnection, key: &KeyOf, mark: Uuid) -> sqlx::Result<()> {
    sqlx::query("update lead set closing_holds = closing_holds || $3 where region = $1 and id = $2 and not closing_holds @> array[$3]")
        .bind(&key.region)
        .bind(key.id.uuid())
        .bind(mark)
        .execute(connection)
        .await
        .map(drop)
}

/// Takes a mark away.
pub(crate) async fn release(connection: &mut PgConnection, key: &KeyOf, mark: Uuid) -> sqlx::Result<()> {
    sqlx::query("update lead set closing_holds = array_remove(closing_holds, $3) where region = $1 and id = $2")
        .bind(&key.region)
        .bind(key.id.uuid())
        .bind(mark)
        .execute(connection)
        .await
        .map(drop)
}

/// Takes all marks away.
pub(crate) async fn release_all(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<()> {
    sqlx::query("update lead set closing_holds = '{}' where region = $1 and id = $2 and closing_holds <> '{}'")
        .bind(&key.region)
        .bind(key.id.uuid())
        .execute(connection)
        .await
        .map(drop)
}
