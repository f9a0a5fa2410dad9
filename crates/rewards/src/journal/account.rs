//! The account of a programme (奖励账目): balances, and the lines that they come from.

use axum::extract::State;
use chrono::{DateTime, Utc};
use database::keyset;
use http_api::{Answer, Json, Path, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{Account, What, store};
use crate::{Rewards, programme, rights};

/// Lines of a page.
const ROWS: usize = 100;

/// Which lines are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// Where the page begins, from `next_cursor`.
    cursor: Option<String>,
}

/// A balance.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RewardBalance {
    account: Account,
    account_label: &'static str,
    fen: i64,
}

/// A line.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RewardEntry {
    at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    what: Option<What>,
    what_label: &'static str,
    from_label: &'static str,
    to_label: &'static str,
    fen: i64,
    /// The report.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    person_name: Option<String>,
}

/// An account.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RewardAccount {
    balances: Vec<RewardBalance>,
    items: Vec<RewardEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

/// Reads the account, the newest lines first.
///
/// # Errors
/// `reward-programme-not-found`, `cursor-invalid`, `scope-exceeded`.
#[utoipa::path(get, path = "/api/v1/reward-programmes/{id}/account", tag = "rewards", operation_id = "read_reward_account",
    params(("id" = Uuid, Path, description = "The programme"), Ask), responses((status = 200, body = RewardAccount, description = "The account")))]
pub(crate) async fn account(
    State(room): State<Rewards>,
    allowed: Allowed<rights::SeeRewards>,
    Path(id): Path<Uuid>,
    Query(ask): Query<Ask>,
) -> Answer<Json<RewardAccount>> {
    room.require_ground(&allowed.scope())?;
    let before = ask.cursor.as_deref().map(keyset::decode::<i64>).transpose();
    let before = before.map_err(|_| Problem::invalid("cursor-invalid", "翻页标记无效，请从第一页重新查询"))?;
    let mut transaction = room.database().pool().begin().await?;
    programme::store::locked(&mut transaction, room.home_region(), id).await?.ok_or_else(programme::not_found)?;
    let balances = store::balances(&mut transaction, id).await?;
    transaction.commit().await?;
    let rows = store::lines(room.database().pool(), id, before, ROWS as i64 + 1).await?;
    let (rows, next_cursor) = keyset::page(rows, ROWS, |row| row.id);
    let names = room.identity().names_of(&rows.iter().filter_map(|row| row.person).collect::<Vec<_>>()).await?;
    let label = |code: &str| code.parse::<Account>().map_or("", Account::label);
    let line = |row: store::EntryRow| {
        let what: Option<What> = row.what.parse().ok();
        RewardEntry {
            at: row.at,
            what_label: what.map_or("", What::label),
            what,
            from_label: label(&row.from_account),
            to_label: label(&row.to_account),
            fen: row.fen,
            number: row.number,
            person_name: row.person.and_then(|id| names.get(&id).cloned()),
        }
    };
    let balance = |account: &Account| RewardBalance { account: *account, account_label: account.label(), fen: balances.of(*account) };
    Ok(Json(RewardAccount {
        balances: Account::ALL.iter().map(balance).collect(),
        items: rows.into_iter().map(line).collect(),
        next_cursor,
    }))
}
