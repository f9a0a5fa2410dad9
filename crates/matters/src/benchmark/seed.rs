//! The sample that comes with the program: shows how a benchmark is written, is marked as a sample, and is never published.

use chrono::{DateTime, Utc};
use kernel::id::uuid_at;
use sqlx::{PgPool, types::Json};

use super::store::{self, Row};
use crate::MattersError;

/// Puts the sample there where no benchmark was ever written.
///
/// # Errors
/// The database, or a sample that does not read.
pub(crate) async fn seed(pool: &PgPool, now: DateTime<Utc>) -> Result<(), MattersError> {
    let rules: law::discretion::Benchmark = serde_json::from_str(include_str!("../../../../data/discretion-sample.json"))
        .map_err(|error| MattersError::Data(format!("discretion-sample.json: {error}")))?;
    let mut transaction = pool.begin().await?;
    let _held = store::of_matter(&mut transaction, &rules.matter).await?;
    if !store::any(&mut transaction).await? {
        let row = Row {
            id: uuid_at(now),
            matter: rules.matter.clone(),
            number: 1,
            state: "draft".into(),
            rules: Json(rules),
            reason: "示例：说明裁量基准怎么写，数字不是任何机关公布的".into(),
            sample: true,
            drafted_by: None,
            drafted_at: now,
            reviewed_by: None,
            reviewed_at: None,
            review_note: None,
            effective_from: None,
            published_by: None,
            published_at: None,
            withdrawn_from: None,
            withdrawn_by: None,
            withdrawn_at: None,
            withdrawn_reason: None,
            version: 1,
        };
        store::insert(&mut transaction, &row).await?;
    }
    transaction.commit().await?;
    Ok(())
}
