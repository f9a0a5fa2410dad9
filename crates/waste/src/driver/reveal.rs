//! `POST /api/v1/waste/drivers/{id}/actions/reveal`: who a driver is, with a reason that is kept; and who looked.

use axum::extract::State;
use chrono::{DateTime, Utc};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{no_driver, store};
use crate::{
    Waste, rights,
    service::WastePerson,
    words::{LINE, required},
};

/// Looks of one answer at most.
const LOOKS: i64 = 100;

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
    let row = store::one(&mut transaction, &allowed.scope(), room.home(), id).await?.ok_or_else(no_driver)?.row;
    let mut fields = room.parts().vault.read(&mut transaction, &row.region, row.subject.into()).await??;
    store::keep_reveal(&mut transaction, id, allowed.caller.person.uuid(), room.now(), &reason).await?;
    transaction.commit().await?;
    let mut take = |name: &str| fields.iter().position(|(field, _)| field == name).map(|at| fields.swap_remove(at).1);
    Ok(Json(RevealedWasteDriver { name: take("name"), telephone: take("telephone"), id_number: take("id_number") }))
}

/// A look at a driver's data (查看记录).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WasteReveal {
    person: WastePerson,
    at: DateTime<Utc>,
    reason: String,
}

/// Who looked at a driver's data (查看记录).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WasteReveals {
    /// The newest first, a hundred at most.
    items: Vec<WasteReveal>,
}

/// Lists who looked at a driver's data, when and why.
///
/// # Errors
/// `waste-driver-not-found`.
#[utoipa::path(get, path = "/api/v1/waste/drivers/{id}/reveals", tag = "waste", operation_id = "list_waste_reveals",
    params(("id" = Uuid, Path, description = "The driver")), responses((status = 200, body = WasteReveals, description = "Who looked")))]
pub(crate) async fn reveals(
    State(room): State<Waste>,
    allowed: Allowed<rights::RevealDrivers>,
    Path(id): Path<Uuid>,
) -> Answer<Json<WasteReveals>> {
    let mut connection = room.database().pool().acquire().await?;
    store::one(&mut connection, &allowed.scope(), room.home(), id).await?.ok_or_else(no_driver)?;
    let rows = store::reveals(&mut connection, id, LOOKS).await?;
    drop(connection);
    let names = room.names(rows.iter().map(|it| it.person)).await?;
    let items = rows.into_iter().map(|it| WasteReveal { person: names.person(it.person), at: it.at, reason: it.reason }).collect();
    Ok(Json(WasteReveals { items }))
}
