//! List the bills, and take the list out as a file (缴款通知列表).

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, NaiveDate, Utc};
use database::keyset;
use http_api::{Answer, Json, Page, Query};
use identity::Allowed;
use kernel::{clock::shanghai, problem::Problem};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    BillState, code,
    store::{self, BillRow, Wanted},
    why_label,
};
use crate::{Payments, rights};

/// Rows of a page.
const ROWS: usize = 50;
/// Rows of a file; what is beyond is said in its last line.
const MOST: usize = 50_000;

/// Which bills are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// In one state.
    #[param(inline)]
    state: Option<BillState>,
    /// Only those whose next part is overdue.
    overdue: Option<bool>,
    /// The number of the case or the code of the bill.
    q: Option<String>,
    /// Where the page begins, from `next_cursor`.
    cursor: Option<String>,
}

/// A bill in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FineBillLine {
    id: Uuid,
    code: String,
    case_id: Uuid,
    case_number: String,
    matter: String,
    state: BillState,
    state_label: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'static str>,
    fine_fen: i64,
    fine_paid_fen: i64,
    surcharge_paid_fen: i64,
    due_on: NaiveDate,
    made_at: DateTime<Utc>,
    simulated: bool,
}

impl From<BillRow> for FineBillLine {
    fn from(row: BillRow) -> Self {
        Self {
            state: row.state(),
            state_label: row.state().label(),
            why: row.why.as_deref().map(why_label),
            id: row.id,
            code: row.code,
            case_id: row.case_id,
            case_number: row.case_number,
            matter: row.matter,
            fine_fen: row.fine_fen,
            fine_paid_fen: row.fine_paid_fen,
            surcharge_paid_fen: row.surcharge_paid_fen,
            due_on: row.due_on,
            made_at: row.made_at,
            simulated: row.simulated,
        }
    }
}

impl Ask {
    fn wanted(self, today: NaiveDate) -> Result<Wanted, Problem> {
        let before = self.cursor.as_deref().map(keyset::decode::<Uuid>).transpose();
        let q = self.q.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty());
        Ok(Wanted {
            state: self.state,
            overdue: (self.overdue == Some(true)).then_some(today),
            q: q.map(|q| code::read(&q).unwrap_or(q)),
            before: before.map_err(|_| Problem::invalid("cursor-invalid", "翻页标记无效，请从第一页重新查询"))?,
        })
    }
}

/// Lists bills on the caller's ground, the newest first.
///
/// # Errors
/// `cursor-invalid`.
#[utoipa::path(get, path = "/api/v1/fine-bills", tag = "payments", operation_id = "list_fine_bills", params(Ask),
    responses((status = 200, body = Page<FineBillLine>, description = "Bills")))]
pub(crate) async fn list(
    State(room): State<Payments>,
    allowed: Allowed<rights::SeePayments>,
    Query(ask): Query<Ask>,
) -> Answer<Json<Page<FineBillLine>>> {
    let wanted = ask.wanted(room.today())?;
    let rows = store::list(room.database().pool(), room.home_region(), &allowed.scope(), &wanted, ROWS as i64 + 1).await?;
    let (rows, next_cursor) = keyset::page(rows, ROWS, |row| row.id);
    Ok(Json(Page { items: rows.into_iter().map(FineBillLine::from).collect(), next_cursor }))
}

/// Exports the same list as CSV.
///
/// # Errors
/// `cursor-invalid`.
#[utoipa::path(get, path = "/api/v1/fine-bills/export", tag = "payments", operation_id = "export_fine_bills", params(Ask),
    responses((status = 200, description = "The file", content((Vec<u8> = "text/csv")))))]
pub(crate) async fn export(
    State(room): State<Payments>,
    allowed: Allowed<rights::SeePayments>,
    Query(ask): Query<Ask>,
) -> Answer<Response> {
    let wanted = ask.wanted(room.today())?;
    let mut rows = store::list(room.database().pool(), room.home_region(), &allowed.scope(), &wanted, MOST as i64 + 1).await?;
    let cut = rows.len() > MOST;
    rows.truncate(MOST);
    // A spreadsheet reads what begins so as a formula, and cuts long numbers.
    let plain = |text: &str| if text.starts_with(['=', '+', '-', '@', '\t']) { format!("'{text}") } else { text.to_owned() };
    let yuan = |fen: i64| format!("{}.{:02}", fen / 100, fen % 100);
    let mut lines = vec![
        ["案件编号", "缴款码", "案由", "罚款（元）", "已缴罚款", "已缴加处罚款", "缴款期限", "状态", "开具时间", "模拟"]
            .map(str::to_owned)
            .to_vec(),
    ];
    lines.extend(rows.into_iter().map(FineBillLine::from).map(|it| {
        vec![
            it.case_number,
            format!("{}\t", it.code),
            plain(&it.matter),
            yuan(it.fine_fen),
            yuan(it.fine_paid_fen),
            yuan(it.surcharge_paid_fen),
            it.due_on.to_string(),
            it.state_label.to_owned(),
            it.made_at.with_timezone(&shanghai()).format("%Y-%m-%d %H:%M").to_string(),
            if it.simulated { "模拟".to_owned() } else { String::new() },
        ]
    }));
    if cut {
        lines.push(vec![format!("（已达 {MOST} 行上限，其余未导出）")]);
    }
    let mut writer = csv::WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer(b"\xEF\xBB\xBF".to_vec());
    let written =
        lines.iter().try_for_each(|line| writer.write_record(line)).map_err(|_| ()).and_then(|()| writer.into_inner().map_err(|_| ()));
    let bytes = written.map_err(|()| Problem::internal("export-failed", "导出失败，请稍后重试"))?;
    let head = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"fine-bills.csv\""),
    ];
    Ok((head, bytes).into_response())
}
