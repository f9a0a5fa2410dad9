//! Take the public list out as open data (开放数据): what the list shows, never more.

use axum::{extract::State, response::Response};
use http_api::{Answer, ClientAddress, Query};

use super::{PublicDecision, list::Ask, store};
use crate::{
    Publications,
    decision::export::{csv_file, sheet},
};

/// Rows of one file; what is beyond is said in its last line.
const MOST: usize = 10_000;

/// The public list as CSV.
///
/// # Errors
/// `too-many-requests`, `cursor-invalid`, `query-invalid`.
#[utoipa::path(get, path = "/api/v1/public/decisions/export", tag = "public", operation_id = "export_public_decisions", params(Ask),
    responses((status = 200, description = "The file", content((Vec<u8> = "text/csv")))))]
pub(crate) async fn export(
    State(room): State<Publications>,
    ClientAddress(address): ClientAddress,
    Query(ask): Query<Ask>,
) -> Answer<Response> {
    room.takes().check(address)?;
    let wanted = ask.wanted(room.today())?;
    let mut rows = store::list(room.database().pool(), room.home_region(), &wanted, MOST as i64 + 1).await?;
    let cut = rows.len() > MOST;
    rows.truncate(MOST);
    let head = [
        "决定书文号",
        "处罚机关",
        "当事人",
        "统一社会信用代码",
        "案由",
        "主要违法事实",
        "处罚依据",
        "处罚内容",
        "决定日期",
        "公开日期",
        "公示至",
        "撤回",
        "模拟",
    ];
    let mut lines = vec![head.map(str::to_owned).to_vec()];
    for it in rows.into_iter().map(PublicDecision::of) {
        let part = |of: fn(&crate::decision::PublicationContent) -> &str| it.content.as_ref().map_or("", of).to_owned();
        lines.push(vec![
            it.number.clone(),
            part(|it| &it.organ),
            part(|it| &it.party),
            part(|it| &it.credit_code),
            part(|it| &it.matter),
            part(|it| &it.facts),
            part(|it| &it.basis),
            part(|it| &it.penalty),
            it.content.as_ref().map(|content| content.decided_on.to_string()).unwrap_or_default(),
            it.published_on.to_string(),
            it.shown_until.map(|day| day.to_string()).unwrap_or_default(),
            it.withdrawn.as_ref().map(|it| format!("{} {}：{}", it.on, it.ground, it.reason)).unwrap_or_default(),
            if it.simulated { "模拟".to_owned() } else { String::new() },
        ]);
    }
    if cut {
        lines.push(vec![format!("（已达 {MOST} 行上限，其余未导出）")]);
    }
    Ok(csv_file(sheet(&lines)?, "decisions.csv"))
}
