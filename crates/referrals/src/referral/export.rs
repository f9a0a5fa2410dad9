//! Take the referrals out as a file (导出移交台账).

use axum::{extract::State, response::Response};
use chrono::{DateTime, Utc};
use http_api::{Answer, Query};
use identity::Allowed;
use kernel::clock::shanghai;

use super::{
    list::{Ask, store, units_of},
    row,
};
use crate::{
    Referrals, rights,
    sheet::{csv_file, sheet},
};

/// Rows of one file; what is beyond is said in its last line.
const MOST: usize = 20_000;

/// Exports referrals as CSV, as they are filtered.
///
/// # Errors
/// `cursor-invalid`, `query-invalid`, `query-too-short`.
#[utoipa::path(get, path = "/api/v1/referrals/export", tag = "referrals", operation_id = "export_referrals", params(Ask),
    responses((status = 200, description = "The file", content((Vec<u8> = "text/csv")))))]
pub(crate) async fn export(
    State(room): State<Referrals>,
    allowed: Allowed<rights::SeeReferrals>,
    Query(ask): Query<Ask>,
) -> Answer<Response> {
    let (scope, parts) = (allowed.scope(), room.parts());
    let wanted = ask.wanted(&allowed.caller, units_of(&room, &allowed.caller).await?, parts.clock.now())?;
    let mut rows = store::page(parts.database.pool(), &scope, &wanted, MOST as i64 + 1).await?;
    let cut = rows.len() > MOST;
    rows.truncate(MOST);
    let day = |at: DateTime<Utc>| at.with_timezone(&shanghai()).format("%Y-%m-%d %H:%M").to_string();
    let head = ["编号", "事由", "提出部门", "状态", "去向", "接办单位", "线索", "案件", "结果", "提出时间", "希望答复", "期限", "模拟"];
    let mut lines = vec![head.map(str::to_owned).to_vec()];
    for it in row::show(&room, rows, scope.units.as_deref()).await? {
        lines.push(vec![
            it.number,
            it.title,
            it.asker.name,
            it.state_label.to_owned(),
            it.way_label.unwrap_or_default().to_owned(),
            it.target.map(|it| it.name).unwrap_or_default(),
            it.lead_number.unwrap_or_default(),
            it.case_number.unwrap_or_default(),
            it.result.unwrap_or_default(),
            day(it.opened_at),
            it.wished_on.map(|day| day.to_string()).unwrap_or_default(),
            it.due_at.map(day).unwrap_or_default(),
            if it.simulated { "模拟".to_owned() } else { String::new() },
        ]);
    }
    if cut {
        lines.push(vec![format!("（已达 {MOST} 行上限，其余未导出）")]);
    }
    Ok(csv_file(sheet(&lines)?))
}
