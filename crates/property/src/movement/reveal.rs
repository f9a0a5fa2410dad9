//! `POST /api/v1/property/items/{id}/movements/{ordinal}/actions/reveal`: who fetched something, with a reason that is kept.

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::store;
use crate::{
    Property, item, rights,
    words::{LINE, required},
};

/// Why (查看理由).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RevealPropertyFetcher {
    reason: String,
}

/// Who fetched it (取回人).
#[derive(Serialize, ToSchema)]
pub(crate) struct RevealedPropertyFetcher {
    name: Option<String>,
    telephone: Option<String>,
    id_number: Option<String>,
}

/// Shows who fetched an item. Who asked and why is kept before the answer leaves.
///
/// # Errors
/// `property-not-found`, `fetcher-not-found`; a missing reason; `vault-unreadable`.
#[utoipa::path(post, path = "/api/v1/property/items/{id}/movements/{ordinal}/actions/reveal", tag = "property",
    operation_id = "reveal_property_fetcher", request_body = RevealPropertyFetcher,
    params(("id" = Uuid, Path, description = "The item"), ("ordinal" = i32, Path, description = "The movement")),
    responses((status = 200, body = RevealedPropertyFetcher, description = "Who fetched it; empty where he was erased")))]
pub(crate) async fn reveal(
    State(room): State<Property>,
    allowed: Allowed<rights::RevealFetchers>,
    Path((id, ordinal)): Path<(Uuid, i32)>,
    Json(wanted): Json<RevealPropertyFetcher>,
) -> Answer<Json<RevealedPropertyFetcher>> {
    let reason = required("reason", "查看理由", &wanted.reason, LINE)?;
    let row = item::store::one(room.database().pool(), &allowed.scope(), id).await?.ok_or_else(item::no_item)?;
    let mut transaction = room.database().pool().begin().await?;
    let gone = || Problem::not_found("fetcher-not-found", "这次出入库没有登记取回人");
    let subject = store::one(&mut transaction, id, ordinal).await?.and_then(|line| line.subject).ok_or_else(gone)?;
    if let Some(key) = row.key() {
        let payload = json!({ "item": row.code, "ordinal": ordinal, "reason": reason, "subject": subject });
        room.note(&mut transaction, &key, &allowed.caller, "reveal", payload).await?;
    }
    let mut fields = room.vault().read(&mut transaction, &row.region, subject.into()).await??;
    store::keep_reveal(&mut transaction, (id, ordinal), allowed.caller.person.uuid(), room.clock().now(), &reason).await?;
    transaction.commit().await?;
    let mut take = |name: &str| fields.iter().position(|(field, _)| field == name).map(|at| fields.swap_remove(at).1);
    Ok(Json(RevealedPropertyFetcher { name: take("name"), telephone: take("telephone"), id_number: take("id_number") }))
}
