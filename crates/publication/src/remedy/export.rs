//! Take the records of reviews and suits out as a file (导出复议诉讼台账).

use axum::{extract::State, response::Response};
use http_api::{Answer, Query};
use identity::Allowed;
use kernel::clock::shanghai;

use super::{
    list::{Ask, listed},
    store,
};
use crate::{
    Publications,
    decision::export::{csv_file, sheet},
    rights,
};

/// Rows of one file; what is beyond is said in its last line.
const MOST: usize = 20_000;

/// Exports reviews and suits as CSV.
///
/// # Errors
/// `cursor-invalid`, `query-invalid`.
#[utoipa::path(get, path = "/api/v1/remedies/export", tag = "publication", operation_id = "export_remedies", params(Ask),
    responses((status = 200, description = "The file", content((Vec<u8> = "text/csv")))))]
pub(crate) async fn export(
    State(room): State<Publications>,
    allowed: Allowed<rights::SeePublications>,
    Query(ask): Query<Ask>,
) -> Answer<Response> {
    let mut rows = store::list(room.database().pool(), &allowed.scope(), &ask.wanted()?, MOST as i64 + 1).await?;
    let cut = rows.len() > MOST;
    rows.truncate(MOST);
    let head = ["案件编号", "种类", "机关或者法院", "案号", "案由", "收到日期", "答复期限", "答复日期", "承办人", "结果", "后续"];
    let mut lines = vec![head.map(str::to_owned).to_vec()];
    for it in listed(&room, rows).await? {
        lines.push(vec![
            it.case_number.unwrap_or_default(),
            it.kind_label.to_owned(),
            it.body,
            it.number,
            it.matter,
            it.received_on.to_string(),
            it.answer_due_at.with_timezone(&shanghai()).date_naive().to_string(),
            it.answered_on.map(|day| day.to_string()).unwrap_or_default(),
            it.answers_name.unwrap_or_default(),
            it.outcome_label.unwrap_or_default().to_owned(),
            it.followed,
        ]);
    }
    if cut {
        lines.push(vec![format!("（已达 {MOST} 行上限，其余未导出）")]);
    }
    Ok(csv_file(sheet(&lines)?, "remedies.csv"))
}
