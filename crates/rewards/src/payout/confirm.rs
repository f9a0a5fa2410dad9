//! What finance says (发放结果导入): each row once; what does not fit is rejected with its reason, and every row is accounted for.

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{not_found, store};
use crate::{
    Rewards,
    award::{
        AwardState,
        store::{self as awards, AwardRow},
    },
    journal::{self, Account, Line, What},
    programme, rights,
};

/// Rows of one file.
const MOST: usize = 2_000;

/// The file that came back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PayoutResults {
    /// CSV with the columns of the payout's file; 结果 is 成功 or 失败, 流水号 the number of the payment.
    csv: String,
}

/// A row that was not taken.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RejectedPayoutRow {
    /// The row, from 2: the first is the head.
    row: usize,
    reason: String,
}

/// What became of the rows: `imported + already + rejected = rows`.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PayoutImported {
    rows: usize,
    /// Taken now, of which the failed ones wait for the next payout.
    imported: usize,
    failed: usize,
    /// Said before in the same words.
    already: usize,
    rejected: usize,
    rejections: Vec<RejectedPayoutRow>,
}

struct Row {
    award: Option<Uuid>,
    result: String,
    reference: String,
}

fn read(text: &str) -> Result<Vec<Row>, Problem> {
    let wrong = |words: &str| Problem::invalid("payout-file-invalid", words.to_owned()).field("csv", words.to_owned());
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let head = reader.headers().map_err(|_| wrong("文件无法读取"))?.clone();
    let column = |name: &str| head.iter().position(|cell| cell.trim() == name);
    let (Some(id), Some(result), Some(reference)) = (column("编号"), column("结果"), column("流水号")) else {
        return Err(wrong("文件应有“编号”“结果”“流水号”三列"));
    };
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|_| wrong("文件无法读取"))?;
        if rows.len() == MOST {
            return Err(wrong("一次最多导入 2000 行"));
        }
        // The mark against formulas, which our own file sets, is no part of what stands there.
        let plain = |text: &str| text.strip_prefix('\'').unwrap_or(text).to_owned();
        let cell = |at: usize| plain(record.get(at).unwrap_or_default().trim()).chars().take(100).collect::<String>();
        rows.push(Row { award: cell(id).parse().ok(), result: cell(result), reference: cell(reference) });
    }
    Ok(rows)
}

/// Takes what finance says about a payout. Sent again, nothing changes.
///
/// # Errors
/// `reward-payout-not-found`, `payout-file-invalid`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/reward-payouts/{id}/confirmations", tag = "rewards", operation_id = "confirm_reward_payout",
    request_body = PayoutResults, params(("id" = Uuid, Path, description = "The payout")),
    responses((status = 200, body = PayoutImported, description = "Row by row")))]
pub(crate) async fn confirm(
    State(room): State<Rewards>,
    allowed: Allowed<rights::PayRewards>,
    Path(id): Path<Uuid>,
    Json(request): Json<PayoutResults>,
) -> Answer<Json<PayoutImported>> {
    room.require_ground(&allowed.scope())?;
    let rows = read(&request.csv)?;
    let (now, by) = (room.clock().now(), allowed.caller.person.uuid());
    let mut transaction = room.database().pool().begin().await?;
    let payout = store::one(&mut transaction, room.home_region(), id).await?.ok_or_else(not_found)?;
    programme::store::locked(&mut transaction, room.home_region(), payout.programme).await?.ok_or_else(programme::not_found)?;
    let mut report = PayoutImported { rows: rows.len(), imported: 0, failed: 0, already: 0, rejected: 0, rejections: Vec::new() };
    for (at, row) in rows.into_iter().enumerate() {
        let award = match row.award {
            Some(award) => awards::one(&mut transaction, room.home_region(), award).await?,
            None => None,
        };
        let used = row.result == "成功"
            && !row.reference.is_empty()
            && awards::has_reference(&mut transaction, room.home_region(), &row.reference, row.award).await?;
        match judge(&row, award, &payout, (by, used)) {
            Said::Paid(award) => {
                let line = Line::between(Account::Granted, Account::Paid, award.fen, What::Pay).of(award.id).by(by);
                journal::store::write(&mut transaction, payout.programme, &line, now).await?;
                awards::paid(&mut transaction, award.id, &row.reference, now).await?;
                report.imported += 1;
            }
            Said::PaidAfterAll(award) => {
                // Its fen went back into the budget when it was taken back; they left the house all the same.
                let line = Line::between(Account::Budget, Account::Recover, award.fen, What::Pay).of(award.id).by(by);
                journal::store::write(&mut transaction, payout.programme, &line, now).await?;
                awards::paid_after_all(&mut transaction, award.id, &row.reference, now).await?;
                report.imported += 1;
            }
            Said::Failed(award) => {
                let note = format!("财务发放失败 {}", kernel::personal::redact(&row.reference));
                awards::unpaid(&mut transaction, award.id, note.trim()).await?;
                report.imported += 1;
                report.failed += 1;
            }
            Said::Already => report.already += 1,
            Said::Rejected(reason) => {
                report.rejected += 1;
                report.rejections.push(RejectedPayoutRow { row: at + 2, reason: reason.to_owned() });
            }
        }
    }
    transaction.commit().await?;
    Ok(Json(report))
}

enum Said {
    Paid(AwardRow),
    /// It was taken back before finance answered: to be had back from the payee.
    PaidAfterAll(AwardRow),
    Failed(AwardRow),
    Already,
    Rejected(&'static str),
}

/// Whether a spreadsheet made a number like `2.02E+17` of a long one: its last digits are lost.
fn rounded(reference: &str) -> bool {
    let Some((digits, power)) = reference.split_once(['E', 'e']) else { return false };
    let digits = digits.strip_prefix('-').unwrap_or(digits);
    let numeric = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.split('.').all(numeric) && power.strip_prefix('+').is_some_and(numeric)
}

fn judge(row: &Row, award: Option<AwardRow>, payout: &store::PayoutRow, (by, used): (Uuid, bool)) -> Said {
    let Some(award) = award.filter(|it| it.programme == payout.programme) else {
        return Said::Rejected("编号不是这个方案的奖励");
    };
    let ours = award.payout == Some(payout.id);
    match row.result.as_str() {
        // Taken back afterwards, it was paid all the same.
        "成功" if award.paid_at.is_some() && ours && award.reference.as_deref() == Some(row.reference.as_str()) => Said::Already,
        "成功" if award.paid_at.is_some() => Said::Rejected("已按另一流水号发放"),
        "成功" | "失败" if award.approved_by == Some(by) => Said::Rejected("这件是您审核的，应由其他人确认发放"),
        "成功" if row.reference.is_empty() => Said::Rejected("没有流水号"),
        "成功" if rounded(&row.reference) => Said::Rejected("流水号被表格软件改成了科学计数，请把该列设为文本，重新填写"),
        "成功" if used => Said::Rejected("这个流水号已用于另一件奖励"),
        "成功" if ours && award.state() == AwardState::TakenBack => Said::PaidAfterAll(award),
        "成功" if ours && award.state() == AwardState::Claimed => Said::Paid(award),
        "失败" if ours && award.state() == AwardState::Claimed => Said::Failed(award),
        "失败" if award.payout.is_none() && award.state() == AwardState::Claimed => Said::Already,
        "成功" | "失败" => Said::Rejected("这件奖励不在本批次内，或已不能发放"),
        _ => Said::Rejected("结果应为“成功”或“失败”"),
    }
}
