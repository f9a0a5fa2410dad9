//! The file for the finance system (发放文件): telephones masked; whole ones with a right of their own, and each taking is noted.

use axum::{extract::State, response::Response};
use http_api::{Answer, Path, Query};
use identity::{Allowed, Right};
use kernel::{id::SubjectId, personal::Telephone, problem::Problem};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::{not_found, store};
use crate::{
    Rewards,
    award::{AwardState, export::csv_file, store as awards},
    rights,
};

/// How the file is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// With whole telephones; needs the right `reward.reveal`.
    #[serde(default)]
    plain: bool,
}

/// Takes the file of a payout out.
///
/// # Errors
/// `reward-payout-not-found`, `forbidden`, `vault-unreadable`, `scope-exceeded`.
#[utoipa::path(get, path = "/api/v1/reward-payouts/{id}/file", tag = "rewards", operation_id = "take_reward_payout_file",
    params(("id" = Uuid, Path, description = "The payout"), Ask), responses((status = 200, description = "The file", content((Vec<u8> = "text/csv")))))]
pub(crate) async fn file(
    State(room): State<Rewards>,
    allowed: Allowed<rights::PayRewards>,
    Path(id): Path<Uuid>,
    Query(ask): Query<Ask>,
) -> Answer<Response> {
    room.require_ground(&allowed.scope())?;
    if ask.plain && !allowed.caller.may::<rights::RevealPayees>() {
        return Err(Problem::forbidden("forbidden", format!("导出完整电话需要权限 {}", rights::RevealPayees::NAME)).into());
    }
    let now = room.clock().now();
    let mut transaction = room.database().pool().begin().await?;
    let payout = store::one(&mut transaction, room.home_region(), id).await?.ok_or_else(not_found)?;
    let mut lines = vec![["编号", "线索编号", "金额（元）", "收款手机", "结果", "流水号", "模拟"].map(str::to_owned).to_vec()];
    for award in awards::of_payout(&mut transaction, id).await? {
        // Taken out again, the file says what was paid already; what ended otherwise is nobody's to pay any more.
        let paid = award.paid_at.is_some();
        if !paid && award.state() != AwardState::Claimed {
            continue;
        }
        let telephone = match award.subject {
            Some(subject) => {
                let fields = room.vault().read(&mut transaction, room.home_region(), SubjectId::from(subject)).await??;
                fields.into_iter().find(|(field, _)| field == "payee").map(|(_, value)| value)
            }
            None => None,
        };
        let shown =
            telephone.and_then(|text| Telephone::parse(&text).ok()).map(|it| if ask.plain { it.expose().to_owned() } else { it.masked() });
        let amount = format!("{}.{:02}", award.fen / 100, award.fen % 100);
        let (result, reference) = if paid { ("成功", award.reference.unwrap_or_default()) } else { ("", String::new()) };
        let simulated = if award.simulated { "模拟" } else { "" };
        let cells =
            [award.id.to_string(), award.number, amount, shown.unwrap_or_default(), result.to_owned(), reference, simulated.to_owned()];
        lines.push(cells.to_vec());
    }
    store::read_by(&mut transaction, id, allowed.caller.person.uuid(), ask.plain, now).await?;
    transaction.commit().await?;
    Ok(csv_file(sheet(&lines), &format!("{}.csv", payout.number)))
}

/// Lines as a spreadsheet reads them: UTF-8 with a mark in front, and no cell that is taken for a formula.
pub(crate) fn sheet(lines: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    for line in lines {
        let guarded =
            line.iter().map(|cell| if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.clone() });
        // A vector takes every write.
        let _ = writer.write_record(guarded);
    }
    writer.into_inner().unwrap_or_default()
}
