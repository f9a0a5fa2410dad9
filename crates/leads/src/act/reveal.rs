//! Show a reporter's name and telephone, with a reason that the ledger keeps (查看联系方式).

use axum::extract::State;
use docket::{Actor, Change, Event, NewEntry};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::perform::{covers, not_found};
use crate::{
    Leads,
    events::{self, Changed},
    lead::store,
    rights,
};

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reveal {
    /// The reason, which stays in the ledger.
    reason: String,
}

/// The reporter's contact.
#[derive(Serialize, ToSchema)]
pub(crate) struct Contact {
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// The telephone.
    #[serde(skip_serializing_if = "Option::is_none")]
    telephone: Option<String>,
}

/// Shows a reporter's contact. The ledger line is durable before the answer leaves.
///
/// # Errors
/// `lead-not-found`, a missing reason, `vault-unreadable`.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/reveal", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = Reveal, responses((status = 200, body = Contact, description = "The contact; empty when none was left or it was erased")))]
pub(crate) async fn reveal(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Reveal>,
    Path(id): Path<Uuid>,
    Json(request): Json<Reveal>,
) -> Answer<Json<Contact>> {
    let reason = super::required("reason", "查看理由", &request.reason)?;
    let header =
        store::header(leads.database().pool(), id).await?.filter(|header| covers(&allowed.scope(), header)).ok_or_else(not_found)?;
    let key = header.key();
    let mut transaction = leads.database().pool().begin().await?;
    let locked = docket::lock(&mut transaction, &key, None).await?.ok_or_else(not_found)??;
    // It may have left the caller's ground since it was looked up.
    if !covers(&allowed.scope(), &locked.header) {
        return Err(not_found().into());
    }
    let record = store::record(&mut transaction, &key.region, id).await?.ok_or_else(not_found)?;
    let mut fields = match record.reporter_subject {
        Some(subject) => leads.vault().read(&mut transaction, &key.region, subject.into()).await??,
        None => Vec::new(),
    };
    let entry = NewEntry {
        actor: Actor::Person(allowed.caller.person),
        role: allowed.caller.roles.first().cloned(),
        action: "reveal",
        place: None,
        payload: json!({ "reason": reason, "subject": record.reporter_subject }),
    };
    let (now, mut change) = (leads.clock().now(), Change { entries: vec![entry], ..Change::default() });
    let told = Changed::from(&locked.header, &locked.after(now, &change)).payload("reveal");
    change.events.push(Event { topic: events::CHANGED, payload: told });
    locked.change(&mut transaction, now, change).await?;
    transaction.commit().await?;
    let mut take = |name: &str| fields.iter().position(|(field, _)| field == name).map(|at| fields.swap_remove(at).1);
    Ok(Json(Contact { name: take("name"), telephone: take("telephone") }))
}
