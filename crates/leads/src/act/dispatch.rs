//! Dispatch a lead to a unit (派遣).

use axum::extract::State;
use docket::{Actor, Header};
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::json;
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use super::perform::{Command, by_system, perform};
use crate::{
    Leads,
    joint::Order,
    lead::{Action, procedure::HOUSE, store},
    rights,
    view::Lead,
};

/// The dispatch.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Dispatch {
    /// The responsible unit.
    unit: Uuid,
    /// A note.
    note: Option<String>,
    /// Units that assist it from the beginning, at most eight (1+X).
    #[serde(default)]
    assisting: Vec<Uuid>,
    /// What is asked of them.
    ask: Option<String>,
}

/// Dispatches a lead to a unit; its disposal clock starts.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/dispatch", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = Dispatch, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn dispatch(
    State(leads): State<Leads>,
    allowed: Allowed<rights::DispatchLead>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<Dispatch>,
) -> Answer<Json<Lead>> {
    let note = super::optional("note", "说明", request.note.as_deref())?;
    let organisations = leads.identity().organisations().await?;
    if organisations.get(request.unit).is_none_or(|unit| !unit.active) {
        return Err(Problem::invalid("unit-unknown", "没有这个处置单位，或它已停用").field("unit", "没有这个处置单位").into());
    }
    let unit = request.unit.into();
    let mut payload = docket::ledger::payload([("unit", json!(request.unit)), ("note", json!(note))]);
    let mut order = None;
    if !request.assisting.is_empty() {
        let ask = super::required("ask", "协办要求", request.ask.as_deref().unwrap_or_default())?;
        super::joint::require_units(&leads, "assisting", &request.assisting).await?;
        payload["assisting"] = json!(request.assisting);
        payload["ask"] = json!(ask);
        order = Some(Order::Call { units: request.assisting, ask });
    }
    let settings = leads.settings().await?;
    let mut command = Command::new(Action::Dispatch, payload).deciding(move |draft| {
        if draft.header.unit == Some(request.unit) {
            // Its disposal clock would start anew, and a limit near its end would be forgotten.
            let mut refused = Problem::conflict("action-refused", "该件已派给这个单位；催它接单请用“催办”，换单位才需要重新派遣");
            refused.citation = Some(HOUSE.to_owned());
            return Err(refused);
        }
        draft.change.unit = Some(Some(unit));
        // Whoever follows a precedent cites it, also by hand.
        if let (Some(class), Some(grid)) = (&draft.lead.class_code, &draft.lead.grid)
            && let Some(cited) = settings.precedents_for(&draft.header.region, class, grid).into_iter().next().filter(|it| it.unit == unit)
        {
            draft.payload["rule"] = json!(cited.reason);
            draft.payload["precedent"] = json!(cited.rule);
        }
        Ok(())
    });
    command.joint = order;
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}

/// After filing, a precedent or rule that fits dispatches at once; where none fits the dispatcher sees it in his queue.
pub(super) async fn by_rule(leads: &Leads, connection: &mut PgConnection, header: &Header) -> Answer<()> {
    let now = leads.clock().now();
    let Some(record) = store::record(connection, &header.region, header.id).await? else { return Ok(()) };
    let (Some(class), Some(grid)) = (&record.class_code, &record.grid) else { return Ok(()) };
    let settings = leads.settings().await?;
    let Some(proposed) = settings.unit_for(&header.region, class, grid, now) else { return Ok(()) };
    let unit = proposed.unit;
    let command = Command::new(Action::Dispatch, proposed.payload()).editing(move |_, change| change.unit = Some(Some(unit)));
    by_system(leads, connection, &header.key(), Actor::System("rules"), command).await?;
    Ok(())
}
