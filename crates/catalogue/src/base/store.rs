//! The SQL of base layers.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::{FromRow, PgConnection, PgPool};

/// A layer.
#[derive(Debug, FromRow)]
pub(crate) struct Layer {
    /// A JSON array of GeoJSON features.
    pub features: Value,
}

/// All layers, the background first.
pub(crate) async fn all(pool: &PgPool) -> sqlx::Result<Vec<Layer>> {
    sqlx::query_as("SELECT features FROM base_layer ORDER BY name").fetch_all(pool).await
}

/// Replaces a layer.
pub(crate) async fn put(connection: &mut PgConnection, name: &str, features: &Value, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO base_layer (name, features, updated_at) VALUES ($1, $2, $3)
         ON CONFLICT (name) DO UPDATE SET features = EXCLUDED.features, updated_at = EXCLUDED.updated_at",
    )
    .bind(name)
    .bind(features)
    .bind(now)
    .execute(connection)
    .await?;
    Ok(())
}
