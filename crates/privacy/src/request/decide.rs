//! Decide a request (办理权利请求): granted and done, or refused with ground and reason.

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Ground, Kind, RequestState,
    fulfil::{self, Decision},
    not_found,
    show::{self, WholePrivacyRequest},
    store,
};
use crate::{
    Privacy, rights,
    words::{NOTE, bounded, required, unnumbered},
};

/// How it is decided.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PrivacyDecision {
    granted: bool,
    /// The ground of a refusal.
    ground: Option<Ground>,
    /// The reason, which the person reads. Must be there for a refusal (art. 50).
    #[serde(default)]
    reason: String,
}

/// Decides a request.
///
/// # Errors
/// `privacy-request-not-found`, `privacy-request-decided`, `ground-missing`, `ground-unfit`, `field-required`, `no-contact-kept`,
/// `version-conflict`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/privacy-requests/{id}/actions/decide", tag = "privacy", operation_id = "decide_privacy_request",
    params(("id" = Uuid, Path, description = "The request"), ("If-Match" = Option<String>, Header, description = "The version that was seen")),
    request_body = PrivacyDecision, responses((status = 200, body = WholePrivacyRequest, description = "The request as it stands now")))]
pub(crate) async fn decide(
    State(room): State<Privacy>,
    allowed: Allowed<rights::HandleRequests>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(wanted): Json<PrivacyDecision>,
) -> Answer<Json<WholePrivacyRequest>> {
    room.require_ground(&allowed.scope())?;
    let now = room.clock().now();
    let mut transaction = room.database().pool().begin().await?;
    let row = store::lock(&mut transaction, room.home_region(), id).await?.ok_or_else(not_found)?;
    if seen.is_some_and(|seen| seen != row.version) {
        return Err(Problem::precondition_failed("version-conflict", "这件请求刚被别人办理过，请刷新后再看").into());
    }
    if row.state != RequestState::Open.code() {
        return Err(Problem::conflict("privacy-request-decided", "这件请求已经办结").into());
    }
    let decision = if wanted.granted {
        let reason = unnumbered(&bounded("reason", "说明", &wanted.reason, NOTE)?);
        Decision::Granted(Some(reason).filter(|reason| !reason.is_empty()))
    } else {
        let missing = || Problem::invalid("ground-missing", "拒绝请求必须说明依据").field("ground", "请选择依据");
        let ground = wanted.ground.ok_or_else(missing)?;
        if !row.kind.parse::<Kind>().is_ok_and(|kind| ground.fits(kind)) {
            return Err(Problem::invalid("ground-unfit", "这一依据不适用于这类请求").field("ground", "请改选依据").into());
        }
        Decision::Refused(ground, unnumbered(&required("reason", "理由", &wanted.reason, NOTE)?))
    };
    let region = row.region.clone();
    let by = (Some(allowed.caller.person), allowed.caller.roles.first().cloned());
    let erased = fulfil::decide(&room, &mut transaction, row, by, decision, now).await?;
    transaction.commit().await?;
    room.leads().outlast_backups(&region, &erased, now).await;
    Ok(Json(show::whole(&room, id).await?))
}
