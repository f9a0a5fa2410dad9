//! `POST /api/v1/disclosures/{id}/actions/{action}`: another person publishes or sends back; what is public is withdrawn with a reason.

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{DisclosureKind, DisclosureState, no_disclosure, shown_until, store, whole};
use crate::{Publications, decision::required, rights};

/// A step (公开办理).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DisclosureStep {
    /// Of `refuse` and `withdraw`: why.
    #[serde(default)]
    reason: String,
}

/// Takes a step: `publish` and `refuse` by another than who drafted it, `withdraw` of what is public.
///
/// # Errors
/// `disclosure-not-found`, `scope-exceeded`, `disclosure-state`, `disclosure-two-persons`; a missing reason.
#[utoipa::path(post, path = "/api/v1/disclosures/{id}/actions/{action}", tag = "publication", operation_id = "take_disclosure_step",
    request_body = DisclosureStep,
    params(("id" = Uuid, Path, description = "The list or notice"), ("action" = String, Path, description = "publish, refuse, withdraw")),
    responses((status = 204, description = "Done")))]
pub(crate) async fn step(
    State(room): State<Publications>,
    allowed: Allowed<rights::CheckPublications>,
    Path((id, action)): Path<(Uuid, String)>,
    Json(wanted): Json<DisclosureStep>,
) -> Answer<StatusCode> {
    whole(&room, &allowed.scope())?;
    let (me, now) = (allowed.caller.person.uuid(), room.clock().now());
    let mut transaction = room.database().pool().begin().await?;
    let mut row = store::hold(&mut transaction, room.home_region(), id).await?.ok_or_else(no_disclosure)?;
    let state: DisclosureState = row.state.parse().map_err(|()| no_disclosure())?;
    let kind: DisclosureKind = row.kind.parse().map_err(|()| no_disclosure())?;
    let next = match (state, action.as_str()) {
        (DisclosureState::Drafted, "publish" | "refuse") => {
            if row.drafted_by == me {
                let why = "由起草人以外的另一人审核公开";
                return Err(Problem::forbidden("disclosure-two-persons", why).cured_by("请另一名有核对权限的人员办理", None).into());
            }
            if action == "publish" {
                if kind.is_list() {
                    store::replace(&mut transaction, &row.region, &row.kind, me, now).await?;
                }
                (row.published_by, row.published_at) = (Some(me), Some(now));
                row.shown_until = shown_until(room.today(), row.days);
                DisclosureState::Published
            } else {
                row.reason = Some(required("reason", "退回的理由", &wanted.reason)?);
                DisclosureState::Dropped
            }
        }
        (DisclosureState::Published, "withdraw") => {
            row.reason = Some(required("reason", "撤回的理由", &wanted.reason)?);
            (row.ended_by, row.ended_at) = (Some(me), Some(now));
            DisclosureState::Withdrawn
        }
        (_, "publish" | "refuse" | "withdraw") => {
            let why = format!("这项内容{}，不能这样办理", state.label());
            return Err(Problem::conflict("disclosure-state", why).cured_by("刷新后再看", None).into());
        }
        _ => return Err(Problem::not_found("disclosure-step-unknown", "没有这个操作").into()),
    };
    next.code().clone_into(&mut row.state);
    store::update(&mut transaction, &row).await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
