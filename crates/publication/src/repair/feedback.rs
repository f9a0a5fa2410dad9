//! Tell the credit platform which publications were repaired (信用修复反馈): a file, as long as no wire to the platform is agreed.

use axum::{extract::State, response::Response};
use chrono::NaiveDate;
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::clock::shanghai;
use serde::Deserialize;
use utoipa::ToSchema;

use super::store;
use crate::{
    Publications,
    decision::export::{csv_file, sheet},
    rights,
};

/// Rows of one file; the rest is the next one's.
const MOST: i64 = 5_000;

/// Which are wanted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RepairFeedback {
    /// All since this day, told or not; those that were not told yet where left out.
    since: Option<NaiveDate>,
}

/// Takes out what was granted, and notes that the platform was told. Natural persons stand in it as 姓某某, by the number of their decision.
///
/// # Errors
/// The database's.
#[utoipa::path(post, path = "/api/v1/credit-repairs/actions/feedback", tag = "publication", operation_id = "take_repair_feedback",
    request_body = RepairFeedback, responses((status = 200, description = "The file", content((Vec<u8> = "text/csv")))))]
pub(crate) async fn feedback(
    State(room): State<Publications>,
    allowed: Allowed<rights::WorkPublications>,
    Json(wanted): Json<RepairFeedback>,
) -> Answer<Response> {
    let mut transaction = room.database().pool().begin().await?;
    let rows = store::granted(&mut transaction, &allowed.scope(), wanted.since, MOST).await?;
    let ids: Vec<_> = rows.iter().map(|(id, ..)| *id).collect();
    store::told(&mut transaction, &ids, room.clock().now()).await?;
    transaction.commit().await?;
    let mut lines = vec![["决定书文号", "当事人", "统一社会信用代码", "准予修复日期"].map(str::to_owned).to_vec()];
    for (_, number, party, code, at) in rows {
        let day = at.with_timezone(&shanghai()).date_naive().to_string();
        lines.push(vec![number.unwrap_or_default(), party.unwrap_or_default(), code.unwrap_or_default(), day]);
    }
    Ok(csv_file(sheet(&lines)?, "repairs.csv"))
}
