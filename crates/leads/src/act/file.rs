//! File a lead (立案).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::perform::{Command, perform};
use crate::{Leads, lead::Action, rights, view::Lead};

/// The filing.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    /// The filing standard that is met.
    standard: String,
    /// The disposal limit, where several fit; without one, the shortest.
    limit_id: Option<String>,
    /// A note.
    note: Option<String>,
}

/// Files a lead and fixes its disposal limit. A dispatch rule that fits dispatches it at once.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/file", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = File, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn file(
    State(leads): State<Leads>,
    allowed: Allowed<rights::FileAndClose>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<File>,
) -> Answer<Json<Lead>> {
    let note = super::optional("note", "说明", request.note.as_deref())?;
    let standard = super::required("standard", "立案标准", &request.standard)?;
    let room = leads.clone();
    let payload = docket::ledger::payload([("standard", json!(standard)), ("note", json!(note))]);
    let command = Command::new(Action::File { standard: true }, payload).deciding(move |draft| {
        // The class as it stands now: somebody may have corrected it since the page was opened.
        let class = draft.lead.class_code.as_deref().unwrap_or_default();
        let (limit, provisional) = match request.limit_id {
            Some(chosen) => room.chosen_limit(class, &chosen)?,
            None => room.catalogue().proposed_limit(class),
        };
        draft.payload["limit"] = json!(limit);
        draft.lead.limit_value = Some(limit.value());
        draft.lead.limit_unit = Some(limit.unit().code().to_owned());
        draft.lead.limit_provisional = provisional;
        draft.lead.standard = Some(standard);
        Ok(())
    });
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}
