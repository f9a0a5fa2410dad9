//! Take a party's code back (收回查询码): it opens nothing any more, and whoever is inside is out.

use axum::{extract::State, http::StatusCode};
use docket::ledger::payload;
use http_api::{Answer, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde_json::json;
use uuid::Uuid;

use super::store;
use crate::{Parties, rights};

/// Takes the code of a party back.
///
/// # Errors
/// `case-not-found`, `case-not-handled`, `party-code-none`.
#[utoipa::path(delete, path = "/api/v1/cases/{id}/parties/{ordinal}/code", tag = "parties", operation_id = "revoke_party_code",
    params(("id" = Uuid, Path, description = "The case"), ("ordinal" = i16, Path, description = "Which party")),
    responses((status = 204, description = "Taken back")))]
pub(crate) async fn revoke(
    State(room): State<Parties>,
    allowed: Allowed<rights::ServeParties>,
    Path((id, ordinal)): Path<(Uuid, i16)>,
) -> Answer<StatusCode> {
    let (caller, parts) = (&allowed.caller, room.parts());
    let key = room.handled(caller, id).await?.header.key();
    let mut transaction = parts.database.pool().begin().await?;
    parts.cases.note(&mut transaction, &key, Some(caller), "party-code-revoked", payload([("party", json!(ordinal))])).await?;
    if !store::revoke(&mut transaction, &key, ordinal, caller.person.uuid(), parts.clock.now()).await? {
        return Err(Problem::conflict("party-code-none", "这个当事人没有在用的查询码").into());
    }
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
