//! Issue a prompt (签发提示单): the first step of the ladder.

use axum::{extract::State, http::StatusCode};
use docket::Actor;
use http_api::{Answer, Json};
use identity::Allowed;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    MOST_LEADS, Stage,
    open::{self, ToIssue},
    optional,
    view::{self, WrittenNotice},
};
use crate::{Pressure, rights};

/// The prompt.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct IssueNotice {
    /// The leads, 1 to 20 of one unit.
    leads: Vec<Uuid>,
    /// What is asked besides.
    demand: Option<String>,
}

/// Issues a prompt to the unit of these leads. Sent twice, the second is refused: a lead has one open notice at most.
///
/// # Errors
/// `notice-invalid`, `notice-refused`, `notice-open`, `lead-moved`, or a faulty field.
#[utoipa::path(post, path = "/api/v1/notices", tag = "notices", operation_id = "issue_notice", request_body = IssueNotice,
    responses((status = 201, body = WrittenNotice, description = "The prompt")))]
pub(crate) async fn issue(
    State(room): State<Pressure>,
    allowed: Allowed<rights::IssueNotices>,
    Json(request): Json<IssueNotice>,
) -> Answer<(StatusCode, Json<WrittenNotice>)> {
    let demand = optional("demand", "要求", request.demand.as_deref())?;
    let mut ids = request.leads;
    ids.sort_unstable();
    ids.dedup();
    // One more than fits is enough to refuse.
    ids.truncate(MOST_LEADS + 1);
    let asked = ids.len();
    let mut leads = room.leads().standings(Some(&allowed.scope()), &ids).await?;
    if leads.len() < asked {
        leads.clear();
    }
    let unit = open::one_unit(&leads)?;
    let caller = &allowed.caller;
    let notice = ToIssue {
        stage: Stage::Prompt,
        unit,
        leads,
        demand: demand.as_deref(),
        before: None,
        actor: Actor::Person(caller.person),
        issued_by: Some(caller.person.uuid()),
        role: caller.roles.first().cloned(),
    };
    let mut transaction = room.database().pool().begin().await?;
    let key = open::issue(&room, &mut transaction, &notice).await?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(view::after_action(&room, caller, key.id.uuid()).await?)))
}
