//! `POST /api/v1/centre/sessions/{id}/reveal`: who was questioned, with a reason that is kept.

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{no_session, store};
use crate::{
    Centre, rights,
    service::Told,
    words::{LINE, required},
};

/// Why (查看理由).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RevealCentrePerson {
    reason: String,
}

/// Who came (到场人员).
#[derive(Serialize, ToSchema)]
pub(crate) struct RevealedCentrePerson {
    name: Option<String>,
    telephone: Option<String>,
    id_number: Option<String>,
    guardian: Option<String>,
}

/// Shows who came to a session. Who asked and why is kept before the answer leaves.
///
/// # Errors
/// `session-not-found`, `person-not-found`; a missing reason; `vault-unreadable`.
#[utoipa::path(post, path = "/api/v1/centre/sessions/{id}/reveal", tag = "centre", operation_id = "reveal_centre_person",
    request_body = RevealCentrePerson, params(("id" = Uuid, Path, description = "The session")),
    responses((status = 200, body = RevealedCentrePerson, description = "Who came; empty where he was erased")))]
pub(crate) async fn reveal(
    State(centre): State<Centre>,
    allowed: Allowed<rights::RevealPersons>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<RevealCentrePerson>,
) -> Answer<Json<RevealedCentrePerson>> {
    let reason = required("reason", "查看理由", &wanted.reason, LINE)?;
    let mut transaction = centre.database().pool().begin().await?;
    let row = store::hold(&mut transaction, &allowed.scope(), centre.home_region(), id).await?.ok_or_else(no_session)?;
    let subject = row.subject.ok_or_else(|| Problem::not_found("person-not-found", "这个场次没有登记到场人员"))?;
    let facts = json!({ "session": row.id, "reason": reason, "subject": subject });
    let key = docket::KeyOf { region: row.region.clone(), id: row.docket.into() };
    let told = Told { action: "reveal", topic: None, facts };
    centre.note(&mut transaction, &key, Some(&allowed.caller), told).await?;
    let mut fields = centre.vault().read(&mut transaction, &row.region, subject.into()).await??;
    store::keep_reveal(&mut transaction, id, allowed.caller.person.uuid(), centre.now(), &reason).await?;
    transaction.commit().await?;
    let mut take = |name: &str| fields.iter().position(|(field, _)| field == name).map(|at| fields.swap_remove(at).1);
    Ok(Json(RevealedCentrePerson {
        name: take("name"),
        telephone: take("telephone"),
        id_number: take("id_number"),
        guardian: take("guardian"),
    }))
}
