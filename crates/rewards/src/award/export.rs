//! Take the list of awards out as a file (导出奖励): the rows of the list, without who is paid.

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use http_api::{Answer, Query};
use identity::Allowed;
use kernel::clock::shanghai;

use super::{list::Ask, store};
use crate::{Rewards, payout::file::sheet, programme::yuan, rights};

/// Rows of one file; what is beyond is said in its last line.
const MOST: usize = 50_000;

/// Exports awards as CSV.
///
/// # Errors
/// `cursor-invalid`, `query-invalid`, `scope-exceeded`.
#[utoipa::path(get, path = "/api/v1/reward-awards/export", tag = "rewards", operation_id = "export_reward_awards", params(Ask),
    responses((status = 200, description = "The file", content((Vec<u8> = "text/csv")))))]
pub(crate) async fn export(State(room): State<Rewards>, allowed: Allowed<rights::SeeRewards>, Query(ask): Query<Ask>) -> Answer<Response> {
    room.require_ground(&allowed.scope())?;
    let mut rows = store::list(room.database().pool(), room.home_region(), &ask.wanted()?, MOST as i64 + 1).await?;
    let cut = rows.len() > MOST;
    rows.truncate(MOST);
    let head = ["线索编号", "上报时间", "核定日", "类别", "金额", "状态", "原因", "需人工核实", "审核人", "模拟"].map(str::to_owned);
    let mut lines = vec![head.to_vec()];
    for it in room.awards(rows).await? {
        lines.push(vec![
            it.number,
            it.received_at.with_timezone(&shanghai()).format("%Y-%m-%d %H:%M").to_string(),
            it.day.to_string(),
            it.class_name.unwrap_or_default(),
            yuan(it.fen),
            it.state_label.to_owned(),
            it.reason_label.unwrap_or_default().to_owned(),
            it.hold.unwrap_or_default(),
            it.approved_by.unwrap_or_default(),
            if it.simulated { "模拟".to_owned() } else { String::new() },
        ]);
    }
    if cut {
        lines.push(vec![format!("（已达 {MOST} 行上限，其余未导出）")]);
    }
    Ok(csv_file(sheet(&lines), "rewards.csv"))
}

/// A file for a spreadsheet, which nobody on the way keeps.
pub(crate) fn csv_file(bytes: Vec<u8>, name: &str) -> Response {
    let mut response = bytes.into_response();
    let head = response.headers_mut();
    head.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    head.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        head.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}
