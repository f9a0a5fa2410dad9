//! Show who a party is, with a reason that the ledger keeps (查看当事人信息).

use axum::extract::State;
use docket::{Actor, Change, NewEntry};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{not_found, required, store};
use crate::{Cases, rights, scope::covers};

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RevealParty {
    /// The reason, which stays in the ledger.
    reason: String,
}

/// Who the party is.
#[derive(Serialize, ToSchema)]
pub(crate) struct RevealedParty {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    telephone: Option<String>,
}

/// Shows a party. The ledger line is durable before the answer leaves.
///
/// # Errors
/// `case-not-found`, a missing reason, `vault-unreadable`.
#[utoipa::path(post, path = "/api/v1/cases/{id}/parties/{ordinal}/actions/reveal", tag = "cases", operation_id = "reveal_case_party",
    params(("id" = Uuid, Path, description = "The case"), ("ordinal" = i16, Path, description = "Which party")), request_body = RevealParty,
    responses((status = 200, body = RevealedParty, description = "The party; empty where it was erased")))]
pub(crate) async fn reveal(
    State(room): State<Cases>,
    allowed: Allowed<rights::RevealParties>,
    Path((id, ordinal)): Path<(Uuid, i16)>,
    Json(request): Json<RevealParty>,
) -> Answer<Json<RevealedParty>> {
    let (scope, reason) = (allowed.scope(), required("reason", "查看理由", &request.reason)?);
    let header = store::header(room.database().pool(), id).await?;
    let key = header.filter(|header| covers(&scope, header)).ok_or_else(not_found)?.key();
    let mut transaction = room.database().pool().begin().await?;
    let locked = docket::lock(&mut transaction, &key, None).await?.ok_or_else(not_found)??;
    if !covers(&scope, &locked.header) {
        return Err(not_found().into());
    }
    let dossier = store::dossier(&mut transaction, &key).await?.ok_or_else(not_found)?;
    let party = dossier.parties.iter().find(|party| party.ordinal == ordinal).ok_or_else(not_found)?;
    let mut fields = room.vault().read(&mut transaction, &key.region, party.subject.into()).await??;
    let entry = NewEntry {
        actor: Actor::Person(allowed.caller.person),
        role: allowed.caller.roles.first().cloned(),
        action: "reveal",
        place: None,
        payload: json!({ "reason": reason, "subject": party.subject }),
    };
    locked.change(&mut transaction, room.clock().now(), Change { entries: vec![entry], ..Change::default() }).await?;
    transaction.commit().await?;
    let mut take = |name: &str| fields.iter().position(|(field, _)| field == name).map(|at| fields.swap_remove(at).1);
    Ok(Json(RevealedParty { name: take("name"), id_number: take("id_number"), telephone: take("telephone") }))
}
