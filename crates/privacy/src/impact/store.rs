//! SQL of impact assessments.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::ImpactAssessment;

/// Rows of the register that are shown; a city enters a few a year.
const MOST: i64 = 500;

pub(super) async fn all(pool: &PgPool, region: &str) -> sqlx::Result<Vec<ImpactAssessment>> {
    sqlx::query_as(
        "select id, title, occasion, text, reviewer, assessed_on, entered_at from impact_assessment where region = $1
         order by assessed_on desc, id desc limit $2",
    )
    .bind(region)
    .bind(MOST)
    .fetch_all(pool)
    .await
}

pub(super) async fn insert(connection: &mut PgConnection, region: &str, of: &ImpactAssessment, by: Uuid) -> sqlx::Result<()> {
    let entered_at: DateTime<Utc> = of.entered_at;
    sqlx::query(
        "insert into impact_assessment (region, id, title, occasion, text, reviewer, assessed_on, entered_by, entered_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(region)
    .bind(of.id)
    .bind(&of.title)
    .bind(&of.occasion)
    .bind(&of.text)
    .bind(&of.reviewer)
    .bind(of.assessed_on)
    .bind(by)
    .bind(entered_at)
    .execute(connection)
    .await?;
    Ok(())
}
