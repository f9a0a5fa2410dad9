//! What a prompt about some leads would say (文书草稿), before it is issued.

use axum::extract::State;
use chrono::{DateTime, Utc};
use docket::Actor;
use http_api::{Answer, Json, Query};
use identity::Allowed;
use kernel::problem::Problem;
use leads::NamedId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    MOST_LEADS, Stage,
    open::{self, ToIssue},
    store,
};
use crate::{Pressure, rights};

/// About which leads.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// Ids of leads, separated by commas, at most 20.
    leads: String,
}

/// The draft.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NoticeDraft {
    unit: NamedId,
    title: String,
    text: String,
    reply_by: DateTime<Utc>,
    /// Why it could not be issued now.
    #[serde(skip_serializing_if = "Option::is_none")]
    refusal: Option<String>,
}

/// Drafts a prompt.
///
/// # Errors
/// `notice-invalid`, `query-invalid`.
#[utoipa::path(get, path = "/api/v1/notices/draft", tag = "notices", operation_id = "draft_notice", params(Ask),
    responses((status = 200, body = NoticeDraft, description = "What a prompt would say")))]
pub(crate) async fn draft(
    State(room): State<Pressure>,
    allowed: Allowed<rights::IssueNotices>,
    Query(ask): Query<Ask>,
) -> Answer<Json<NoticeDraft>> {
    let ids = ask.leads.split(',').filter(|id| !id.is_empty()).take(MOST_LEADS + 1).map(|id| id.trim().parse::<Uuid>());
    let ids = ids.collect::<Result<Vec<_>, _>>().map_err(|_| Problem::invalid("query-invalid", "leads 参数应为线索的编号，用逗号分隔"))?;
    let leads = room.leads().standings(Some(&allowed.scope()), &ids).await?;
    let unit = open::one_unit(&leads)?;
    let mut connection = room.database().pool().acquire().await?;
    let taken = store::already_open(&mut connection, room.home_region(), &ids).await?;
    let refusal = leads.iter().find_map(|lead| match open::pressing(lead, false) {
        Err(problem) => Some(problem.detail),
        Ok(_) => {
            let (_, number) = taken.iter().find(|(id, _)| *id == lead.key.id.uuid())?;
            Some(format!("{} 已有未办结的督办文书 {number}", lead.number))
        }
    });
    let notice = ToIssue {
        stage: Stage::Prompt,
        unit,
        leads,
        demand: None,
        before: None,
        actor: Actor::Person(allowed.caller.person),
        issued_by: None,
        role: None,
    };
    let (title, text, _, reply_by) = open::compose(&room, &mut connection, &notice, room.clock().now()).await?;
    let name = room.identity().organisations().await?.name(unit).to_owned();
    Ok(Json(NoticeDraft { unit: NamedId { id: unit, name }, title, text, reply_by, refusal }))
}
