//! Drafts of withdrawal (收回公告草稿): a power that is not used, or badly, is noted for an announcement; the announcement itself is entered as
//! any other, and settles the drafts that it carries out.

use std::collections::BTreeSet;

use axum::{extract::State, http::StatusCode};
use chrono::{DateTime, Utc};
use http_api::{Answer, Json, Path};
use identity::{
    Allowed,
    audit::{self, SettingChange},
};
use kernel::{id::uuid_at, problem::Problem};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::store;
use crate::{ManageLaw, Matters, ReadLaw};

/// Powers of one request.
const MOST: usize = 500;

/// A power to be taken back, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WithdrawalItem {
    matter: String,
    township: String,
    /// Why, as it was found.
    reasons: String,
}

/// Powers to be taken back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewWithdrawalDrafts {
    items: Vec<WithdrawalItem>,
}

/// A draft of withdrawal (收回公告草稿).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WithdrawalDraft {
    id: Uuid,
    matter: String,
    township: String,
    reasons: String,
    drafted_at: DateTime<Utc>,
    drafted_by: String,
}

/// The open drafts, by matter and township.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WithdrawalDrafts {
    items: Vec<WithdrawalDraft>,
    /// There are more than one answer holds: settle or throw away some first.
    cut: bool,
}

impl Matters {
    async fn withdrawal_drafts(&self, county: &str) -> Answer<WithdrawalDrafts> {
        let mut rows = store::drafts(self.pool(), county, MOST as i64 + 1).await?;
        let cut = rows.len() > MOST;
        rows.truncate(MOST);
        let names = self.identity().names_of(&rows.iter().map(|row| row.drafted_by).collect::<Vec<_>>()).await?;
        let items = rows.into_iter().map(|row| WithdrawalDraft {
            id: row.id,
            matter: row.matter,
            township: row.township,
            reasons: row.reasons,
            drafted_at: row.drafted_at,
            drafted_by: names.get(&row.drafted_by).cloned().unwrap_or_default(),
        });
        Ok(WithdrawalDrafts { items: items.collect(), cut })
    }
}

/// Lists the open drafts of withdrawal of the county.
///
/// # Errors
/// The database's.
#[utoipa::path(get, path = "/api/v1/empowerment-drafts", tag = "law", operation_id = "list_withdrawal_drafts",
    responses((status = 200, body = WithdrawalDrafts)), extensions(("x-right" = json!("law.read"))))]
pub(crate) async fn drafts(State(room): State<Matters>, _allowed: Allowed<ReadLaw>) -> Answer<Json<WithdrawalDrafts>> {
    Ok(Json(room.withdrawal_drafts(room.home_region()).await?))
}

/// Notes powers to be taken back; what is noted already gets the reasons of now.
///
/// # Errors
/// `draft-invalid`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/empowerment-drafts", tag = "law", operation_id = "draft_withdrawal", request_body = NewWithdrawalDrafts,
    responses((status = 201, body = WithdrawalDrafts)), extensions(("x-right" = json!("law.manage"))))]
pub(crate) async fn draft(
    State(room): State<Matters>,
    allowed: Allowed<ManageLaw>,
    Json(new): Json<NewWithdrawalDrafts>,
) -> Answer<(StatusCode, Json<WithdrawalDrafts>)> {
    let county = room.home_region().to_owned();
    if !allowed.scope().covers_region(&county) {
        return Err(Problem::forbidden("scope-exceeded", "收回赋权由区县级管理员提出").into());
    }
    let library = room.library().await?;
    let fits = |it: &WithdrawalItem| {
        let reasons = it.reasons.trim().chars().count();
        !library.versions(&it.matter).is_empty()
            && it.township.len() == 9
            && it.township.starts_with(&county)
            && (1..=2_000).contains(&reasons)
            && !it.reasons.contains('\0')
    };
    if new.items.is_empty() || new.items.len() > MOST || !new.items.iter().all(fits) {
        let detail = format!("为 1 至 {MOST} 项，每项写明事项、镇街和理由");
        return Err(Problem::invalid("draft-invalid", "收回的事项不符合要求").field("items", detail).into());
    }
    let (standing, _) = room.standing_powers(&county, room.today(), usize::MAX).await?;
    let held: BTreeSet<(&str, &str)> = standing.iter().map(|it| (it.matter.as_str(), it.township.as_str())).collect();
    if let Some(it) = new.items.iter().find(|it| !held.contains(&(it.matter.as_str(), it.township.as_str()))) {
        let detail = format!("事项 {} 现在没有赋权给 {}，无从收回", it.matter, it.township);
        return Err(Problem::invalid("draft-invalid", "收回的事项不符合要求").field("items", detail).into());
    }
    let (now, person) = (room.now(), allowed.caller.person);
    let mut transaction = room.pool().begin().await?;
    for it in &new.items {
        let row = store::DraftRow {
            id: uuid_at(now),
            matter: it.matter.clone(),
            township: it.township.clone(),
            reasons: it.reasons.trim().to_owned(),
            drafted_by: person.uuid(),
            drafted_at: now,
        };
        store::add_draft(&mut transaction, &county, &row).await?;
    }
    let after = json!({ "powers": new.items.len() });
    let change = SettingChange { region: &county, action: "withdrawal-drafted", target: "empowerment-drafts", before: Value::Null, after };
    audit::record(&mut transaction, now, person, change).await?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(room.withdrawal_drafts(&county).await?)))
}

/// Throws a draft of withdrawal away.
///
/// # Errors
/// `draft-unknown`, `scope-exceeded`.
#[utoipa::path(delete, path = "/api/v1/empowerment-drafts/{id}", tag = "law", operation_id = "discard_withdrawal",
    params(("id" = Uuid, Path, description = "The draft")), responses((status = 200, body = WithdrawalDrafts)),
    extensions(("x-right" = json!("law.manage"))))]
pub(crate) async fn discard(
    State(room): State<Matters>,
    allowed: Allowed<ManageLaw>,
    Path(id): Path<Uuid>,
) -> Answer<Json<WithdrawalDrafts>> {
    let county = room.home_region().to_owned();
    if !allowed.scope().covers_region(&county) {
        return Err(Problem::forbidden("scope-exceeded", "收回赋权由区县级管理员提出").into());
    }
    let (now, person) = (room.now(), allowed.caller.person);
    let mut transaction = room.pool().begin().await?;
    if !store::discard_draft(&mut transaction, &county, id, (person.uuid(), now)).await? {
        return Err(Problem::not_found("draft-unknown", "没有这份草稿，或者已经录入公告").into());
    }
    let target = id.to_string();
    let change =
        SettingChange { region: &county, action: "withdrawal-discarded", target: &target, before: Value::Null, after: Value::Null };
    audit::record(&mut transaction, now, person, change).await?;
    transaction.commit().await?;
    Ok(Json(room.withdrawal_drafts(&county).await?))
}
