//! Withdraw a precedent (撤销判例).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Precedent,
    list::{PrecedentView, show},
    save, store,
};
use crate::{
    Leads, rights,
    settings::{require_ground, trace},
};

/// The withdrawal.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PrecedentWithdrawal)]
pub(crate) struct Withdrawal {
    /// Why it no longer holds.
    reason: String,
}

/// Withdraws a precedent: it decides nothing from now on, and stays readable.
///
/// # Errors
/// `precedent-not-found`, `precedent-changed`, `precedent-withdrawn`, `scope-exceeded`, a faulty field.
#[utoipa::path(post, path = "/api/v1/precedents/{id}/actions/withdraw", tag = "settings", operation_id = "withdraw_precedent",
    request_body = Withdrawal, params(("id" = Uuid, Path, description = "The precedent")),
    responses((status = 200, body = PrecedentView, description = "The precedent")))]
pub(crate) async fn withdraw(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Configure>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(withdrawal): Json<Withdrawal>,
) -> Answer<Json<PrecedentView>> {
    let reason = crate::act::required("reason", "撤销理由", &withdrawal.reason)?;
    let mut transaction = leads.database().pool().begin().await?;
    let old = save::standing(&leads, &mut transaction, id, seen).await?;
    require_ground(&allowed.scope(), old.ground())?;
    let new = Precedent { active: false, withdrawn_for: Some(reason), ..old.clone() };
    store::update(&mut transaction, &new).await?;
    let sides = (old.traced(), new.traced());
    trace::leave(&leads, &mut transaction, &allowed.caller, "precedent-withdrawn", &id.to_string(), sides).await?;
    transaction.commit().await?;
    leads.settings_cache().forget();
    Ok(Json(show(&leads, Precedent { version: new.version + 1, ..new }).await?))
}
