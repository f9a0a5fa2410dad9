//! Correct class, place or address (更正).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::perform::{Command, perform};
use crate::{Leads, lead::Action, report::PositionInput, rights, view::Lead};

/// What is right.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Correct {
    /// The class.
    class_code: Option<String>,
    /// The place, in any of the four coordinate systems.
    position: Option<PositionInput>,
    /// The place in words.
    address: Option<String>,
    /// Why.
    reason: Option<String>,
}

/// Corrects class, place or address; what was before stays in the ledger.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/correct", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = Correct, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn correct(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Triage>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<Correct>,
) -> Answer<Json<Lead>> {
    let reason = super::optional("reason", "理由", request.reason.as_deref())?;
    let address = super::optional("address", "地址", request.address.as_deref())?;
    let class = request.class_code.map(|code| leads.known_class(&code)).transpose()?;
    let version = leads.catalogue().class_version();
    let position = request.position.map(PositionInput::parse).transpose()?;
    if class.is_none() && address.is_none() && position.is_none() {
        return Err(Problem::invalid("nothing-to-correct", "请填写要更正的类别、位置或地址").into());
    }
    let grid = position.and_then(|position| leads.catalogue().place(position).grid_code().map(str::to_owned));
    if position.is_some() && grid.is_none() {
        return Err(Problem::invalid("outside-the-district", "该位置不在本区任何单元网格内").field("position", "不在本区范围内").into());
    }
    let payload = docket::ledger::payload([
        ("class", json!(class)),
        ("grid", json!(grid)),
        ("position", json!(position.map(|position| [position.lon, position.lat]))),
        ("address", json!(address)),
        ("reason", json!(reason)),
    ]);
    let command = Command::new(Action::Correct, payload).editing(move |lead, change| {
        if let Some(class) = class {
            lead.class_code = Some(class);
            lead.class_version = Some(version);
        }
        if let (Some(position), Some(grid)) = (position, grid) {
            change.position = Some((position.lon, position.lat));
            change.jurisdiction = Some(grid.clone());
            lead.grid = Some(grid);
        }
        lead.address = address.or(lead.address.take());
    });
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}
