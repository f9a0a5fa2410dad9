//! `POST /api/v1/centre/destructions/{id}/actions/{action}`: a list is agreed to, refused, carried out.

use axum::{extract::State, http::StatusCode};
use docket::KeyOf;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{ListState, destroyable, store};
use crate::{
    Centre,
    archive::{VolumeState, store as volumes},
    rights,
    service::Told,
    words::{NOTE, optional, required, wrong},
};

/// A step of a list (销毁办理).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CentreDestructionStep {
    /// Of `refuse`: why.
    note: Option<String>,
    /// Of `carry-out`: who watches it, another person of the house.
    watched_by: Option<Uuid>,
}

fn no_list() -> Problem {
    Problem::not_found("destruction-not-found", "没有这份销毁清单，或者不在您的查看范围内")
}

/// Takes a step: `agree` and `refuse` by another than who proposed it, `carry-out` before a second person.
///
/// # Errors
/// `destruction-not-found`, `destruction-state`, `destruction-hands`, `volume-not-destroyable`, `volume-lent`; `forbidden` without the step's
/// own right; a missing field.
#[utoipa::path(post, path = "/api/v1/centre/destructions/{id}/actions/{action}", tag = "centre",
    operation_id = "take_centre_destruction_step", request_body = CentreDestructionStep,
    params(("id" = Uuid, Path, description = "The list"), ("action" = String, Path, description = "agree, refuse, carry-out")),
    responses((status = 204, description = "Done")))]
pub(crate) async fn step(
    State(centre): State<Centre>,
    allowed: Allowed<rights::KeepStores>,
    Path((id, action)): Path<(Uuid, String)>,
    Json(wanted): Json<CentreDestructionStep>,
) -> Answer<StatusCode> {
    let (caller, scope, now) = (&allowed.caller, allowed.scope(), centre.now());
    let me = caller.person.uuid();
    let mut transaction = centre.database().pool().begin().await?;
    let mut row = store::hold(&mut transaction, &scope, centre.home_region(), id).await?.ok_or_else(no_list)?;
    let state: ListState = row.state.parse().map_err(|()| no_list())?;
    let next = match (state, action.as_str()) {
        (ListState::Proposed, "agree" | "refuse") => {
            let _decides = Allowed::<rights::DecideLoans>::check(caller.clone())?;
            if row.proposed_by == me {
                return Err(Problem::forbidden("destruction-hands", "销毁清单由提出人以外的另一人审批").into());
            }
            let agreed = action == "agree";
            let note = wanted.note.as_deref();
            row.decision = if agreed {
                optional("note", "意见", note, NOTE)?
            } else {
                Some(required("note", "理由", note.unwrap_or_default(), NOTE)?)
            };
            (row.decided_by, row.decided_at) = (Some(me), Some(now));
            if agreed { ListState::Agreed } else { ListState::Refused }
        }
        (ListState::Agreed, "carry-out") => {
            let watched_by = wanted.watched_by.filter(|person| *person != me);
            let watched_by = watched_by.ok_or_else(|| wrong("watched_by", "销毁由两人进行，请选择另一名监销人"))?;
            let keepers =
                centre.identity().people_of(&mut transaction, &["officer", "leader"], None, Some(&row.jurisdiction), 2_000).await?;
            if !keepers.into_iter().map(Uuid::from).any(|person| person == watched_by) {
                return Err(wrong("watched_by", "监销人应为本辖区在职人员").into());
            }
            // Asked again: one volume that was borrowed since it was agreed to stops the whole list.
            for volume in destroyable(&centre, &mut transaction, &scope, &row.volumes).await? {
                volumes::stand(&mut transaction, volume.id, VolumeState::Destroyed.code()).await?;
                let key = KeyOf { region: volume.region, id: volume.docket.into() };
                let facts = json!({ "volume": volume.code, "list": row.id, "watched_by": watched_by });
                let told = Told { action: "centre-destroyed", topic: Some("centre.destroyed"), facts };
                centre.note(&mut transaction, &key, Some(caller), told).await?;
            }
            (row.done_by, row.watched_by, row.done_at) = (Some(me), Some(watched_by), Some(now));
            ListState::Done
        }
        (_, "agree" | "refuse" | "carry-out") => {
            return Err(Problem::conflict("destruction-state", format!("这份清单{}", state.label())).cured_by("刷新后再看", None).into());
        }
        _ => return Err(Problem::not_found("destruction-step-unknown", "没有这个操作").into()),
    };
    next.code().clone_into(&mut row.state);
    store::update(&mut transaction, &row).await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
