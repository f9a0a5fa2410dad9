//! One request, whole (权利请求详情): the reports it is about, and its history. What is to be corrected is shown masked.

use axum::{extract::State, response::IntoResponse};
use chrono::{DateTime, Utc};
use http_api::{Answer, Json, Path, etag};
use identity::Allowed;
use kernel::personal::{PersonName, Telephone};
use leads::NamedId;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Ground, Kind, not_found,
    row::{self, PrivacyRequest},
    store,
};
use crate::{Privacy, rights};

/// A report that a request is about.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RequestedLead {
    id: Uuid,
    number: String,
    state_label: &'static str,
}

/// A line of its history.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PrivacyStep {
    at: DateTime<Utc>,
    label: &'static str,
    /// Who; the person himself where nobody is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    actor: Option<NamedId>,
    note: String,
}

/// A ground that fits the request.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RefusalGround {
    code: &'static str,
    label: &'static str,
}

/// A request, whole.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WholePrivacyRequest {
    #[serde(flatten)]
    row: PrivacyRequest,
    /// How the person was known to be the one.
    identified: String,
    note: String,
    about: Vec<RequestedLead>,
    /// The name as it should read, masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    wanted_name: Option<String>,
    /// The telephone as it should read, masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    wanted_telephone: Option<String>,
    steps: Vec<PrivacyStep>,
    /// On what grounds it may be refused.
    grounds: Vec<RefusalGround>,
}

/// Shows a request.
///
/// # Errors
/// `privacy-request-not-found`, `vault-unreadable`, `scope-exceeded`.
#[utoipa::path(get, path = "/api/v1/privacy-requests/{id}", tag = "privacy", operation_id = "show_privacy_request",
    params(("id" = Uuid, Path, description = "The request")),
    responses((status = 200, body = WholePrivacyRequest, description = "The request; its version is the ETag")))]
pub(crate) async fn show(
    State(room): State<Privacy>,
    allowed: Allowed<rights::SeePrivacy>,
    Path(id): Path<Uuid>,
) -> Answer<impl IntoResponse> {
    room.require_ground(&allowed.scope())?;
    let whole = whole(&room, id).await?;
    Ok((etag(whole.row.version), Json(whole)))
}

pub(super) async fn whole(room: &Privacy, id: Uuid) -> Answer<WholePrivacyRequest> {
    let mut connection = room.database().pool().acquire().await?;
    let row = store::read(&mut *connection, room.home_region(), id).await?.ok_or_else(not_found)?;
    let steps = store::steps(&mut *connection, &row.region, id).await?;
    let fields = match row.wanted {
        Some(subject) => room.vault().read(&mut connection, &row.region, subject.into()).await??,
        None => Vec::new(),
    };
    drop(connection);
    let wanted = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str());
    let people: Vec<Uuid> = steps.iter().filter_map(|step| step.actor).collect();
    let names = room.identity().names_of(&people).await?;
    let named = |id: Option<Uuid>| id.map(|id| NamedId { id, name: names.get(&id).cloned().unwrap_or_default() });
    let about = room.leads().standings(None, &row.leads).await?.into_iter();
    let kind = row.kind.parse::<Kind>();
    let grounds = Ground::ALL.iter().filter(|ground| kind.is_ok_and(|kind| ground.fits(kind)));
    Ok(WholePrivacyRequest {
        about: about.map(|lead| RequestedLead { id: lead.key.id.uuid(), number: lead.number, state_label: lead.state.label() }).collect(),
        wanted_name: wanted("name").map(PersonName::parse).transpose()?.map(|name| name.masked()),
        wanted_telephone: wanted("telephone").map(Telephone::parse).transpose()?.map(|telephone| telephone.masked()),
        steps: steps
            .into_iter()
            .map(|step| PrivacyStep { at: step.at, label: label(&step.action), actor: named(step.actor), note: step.note })
            .collect(),
        grounds: grounds.map(|ground| RefusalGround { code: ground.code(), label: ground.label() }).collect(),
        identified: row.identified.clone(),
        note: row.note.clone(),
        row: row::show(&row, room.clock().now()),
    })
}

fn label(action: &str) -> &'static str {
    match action {
        "received" => "收到请求",
        "granted" => "同意",
        "refused" => "拒绝",
        "copied" => "提供副本",
        _ => "其他",
    }
}
