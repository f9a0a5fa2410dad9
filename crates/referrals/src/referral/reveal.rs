//! Show who is suspected, with a reason that the ledger keeps (查看嫌疑人信息).

use axum::extract::State;
use docket::{Actor, Change, NewEntry};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{not_found, store};
use crate::{Referrals, rights, text};

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CaseReferralReveal)]
pub(crate) struct Reveal {
    /// The reason, which stays in the ledger.
    reason: String,
}

/// Who is suspected.
#[derive(Serialize, ToSchema)]
#[schema(as = CaseReferralSuspect)]
pub(crate) struct Revealed {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    telephone: Option<String>,
}

/// Shows who is suspected. The ledger line is durable before the answer leaves.
///
/// # Errors
/// `referral-not-found`, a missing reason, `vault-unreadable`.
#[utoipa::path(post, path = "/api/v1/referrals/{id}/suspect/actions/reveal", tag = "referrals", operation_id = "reveal_referral_suspect",
    params(("id" = Uuid, Path, description = "The referral")), request_body = Reveal,
    responses((status = 200, body = Revealed, description = "Who it is; empty where nobody is named, or was erased")))]
pub(crate) async fn reveal(
    State(room): State<Referrals>,
    allowed: Allowed<rights::RevealSuspects>,
    Path(id): Path<Uuid>,
    Json(request): Json<Reveal>,
) -> Answer<Json<Revealed>> {
    let (scope, parts) = (allowed.scope(), room.parts());
    let mut transaction = parts.database.pool().begin().await?;
    let key = store::header(&mut *transaction, &scope, id).await?.ok_or_else(not_found)?.key();
    let reason = text::required("reason", "查看理由", Some(&request.reason), 500)?;
    let locked = docket::lock(&mut transaction, &key, None).await?.ok_or_else(not_found)??;
    let record = store::record(&mut *transaction, &key).await?.ok_or_else(not_found)?;
    let mut fields = match record.suspect {
        Some(subject) => parts.vault.read(&mut transaction, &key.region, subject.into()).await??,
        None => Vec::new(),
    };
    let entry = NewEntry {
        actor: Actor::Person(allowed.caller.person),
        role: allowed.caller.roles.first().cloned(),
        action: "reveal",
        place: None,
        payload: json!({ "reason": reason, "subject": record.suspect }),
    };
    locked.change(&mut transaction, parts.clock.now(), Change { entries: vec![entry], ..Change::default() }).await?;
    transaction.commit().await?;
    let mut take = |name: &str| fields.iter().position(|(field, _)| field == name).map(|at| fields.swap_remove(at).1);
    Ok(Json(Revealed { name: take("name"), id_number: take("id_number"), telephone: take("telephone") }))
}
