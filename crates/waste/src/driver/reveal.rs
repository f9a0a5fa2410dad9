//! `POST /api/v1/waste/drivers/{id}/actions/reveal`: who a driver is, with a reason that is kept.

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{no_driver, store};
use crate::{
    Waste, rights,
    words::{LINE, required},
};

/// Why (查看理由).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RevealWasteDriver {
    reason: String,
}

/// Who drives (驾驶员信息).
#[derive(Serialize, ToSchema)]
pub(crate) struct RevealedWasteDriver {
    name: Option<String>,
    telephone: Option<String>,
    id_number: Option<String>,
}

/// Shows who a driver is. Who asked and why is kept before the answer leaves.
///
/// # Errors
/// `waste-driver-not-found`; a missing reason; `vault-unreadable`.
#[utoipa::path(post, path = "/api/v1/waste/drivers/{id}/actions/reveal", tag = "waste", operation_id = "reveal_waste_driver",
    request_body = RevealWasteDriver, params(("id" = Uuid, Path, description = "The driver")),
    responses((status = 200, body = RevealedWasteDriver, description = "Who drives; empty where he was erased")))]
pub(crate) async fn reveal(
    State(room): State<Waste>,
    allowed: Allowed<rights::RevealDrivers>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<RevealWasteDriver>,
) -> Answer<Json<RevealedWasteDriver>> {
    let reason = required("reason", "查看理由", &wanted.reason, LINE)?;
    let mut transaction = room.database().pool().begin().await?;
    let found = store::list(&mut transaction, &allowed.scope(), room.home(), (Some(id), None, None, 1)).await?.pop();
    let row = found.ok_or_else(no_driver)?.row;
    let mut fields = room.parts().vault.read(&mut transaction, &row.region, row.subject.into()).await??;
    store::keep_reveal(&mut transaction, id, allowed.caller.person.uuid(), room.now(), &reason).await?;
    transaction.commit().await?;
    let mut take = |name: &str| fields.iter().position(|(field, _)| field == name).map(|at| fields.swap_remove(at).1);
    Ok(Json(RevealedWasteDriver { name: take("name"), telephone: take("telephone"), id_number: take("id_number") }))
}
