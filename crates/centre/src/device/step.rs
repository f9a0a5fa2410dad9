//! `POST /api/v1/centre/devices/{id}/actions/{action}`: a device is issued, returned, broken, mended, looked after, written off.

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{DeviceState, DeviceStep, list, no_device, store};
use crate::{
    Centre, rights,
    words::{NOTE, optional, required, wrong},
};

/// A step of a device (装备办理).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CentreDeviceChange {
    /// The count of movements that the caller saw.
    seen: i32,
    /// Of `issue`: to whom.
    person: Option<Uuid>,
    /// Of `fault` and `gone`: what is broken, why; else a remark.
    note: Option<String>,
}

/// The state after a step, and the code of its line; nothing where the state does not allow it.
const fn after(state: DeviceState, step: DeviceStep) -> Option<(DeviceState, &'static str)> {
    use DeviceState as S;
    match (state, step) {
        (S::In, DeviceStep::Issue) => Some((S::Out, "issued")),
        (S::Out, DeviceStep::Return) => Some((S::In, "returned")),
        (S::In, DeviceStep::Fault) => Some((S::Fault, "fault")),
        (S::Fault, DeviceStep::Mend) => Some((S::In, "mended")),
        (S::In, DeviceStep::Maintain) => Some((S::In, "maintained")),
        (S::Fault, DeviceStep::Maintain) => Some((S::Fault, "maintained")),
        (S::In | S::Fault, DeviceStep::Gone) => Some((S::Gone, "gone")),
        _ => None,
    }
}

/// Takes a step. Who issues a device is another than who gets it, and who takes it back another than who had it.
///
/// # Errors
/// `centre-device-not-found`, `version-conflict`, `device-state`, `device-hands`; a missing field.
#[utoipa::path(post, path = "/api/v1/centre/devices/{id}/actions/{action}", tag = "centre", operation_id = "take_centre_device_step",
    request_body = CentreDeviceChange,
    params(("id" = Uuid, Path, description = "The device"), ("action" = String, Path, description = "issue, return, fault, mend, maintain, gone")),
    responses((status = 200, body = list::WholeCentreDevice, description = "The device")))]
pub(crate) async fn step(
    State(centre): State<Centre>,
    allowed: Allowed<rights::KeepStores>,
    Path((id, action)): Path<(Uuid, String)>,
    Json(wanted): Json<CentreDeviceChange>,
) -> Answer<Json<list::WholeCentreDevice>> {
    let (me, scope, now) = (allowed.caller.person.uuid(), allowed.scope(), centre.now());
    let mut transaction = centre.database().pool().begin().await?;
    let mut row = store::hold(&mut transaction, &scope, centre.home_region(), id).await?.ok_or_else(no_device)?;
    let step: DeviceStep = action.parse().map_err(|()| Problem::not_found("device-step-unknown", "没有这个操作"))?;
    let state: DeviceState = row.state.parse().map_err(|()| no_device())?;
    if row.moves != wanted.seen {
        return Err(Problem::precondition_failed("version-conflict", "这件装备刚刚有变化，请刷新后重试").into());
    }
    let (next, kind) = after(state, step).ok_or_else(|| {
        Problem::conflict("device-state", format!("这件装备{}，不能办理“{}”", state.label(), step.label()))
            .cured_by("刷新后按现在的状态办理", None)
    })?;
    let hands = |why: &'static str| Problem::forbidden("device-hands", why).cured_by("请另一名保管人员办理", None);
    let person = match step {
        DeviceStep::Issue => {
            let person = wanted.person.ok_or_else(|| wrong("person", "请选择领用人"))?;
            if person == me {
                return Err(hands("自己领用的由另一名保管人员发放").into());
            }
            let people =
                centre.identity().people_of(&mut transaction, &["officer", "leader"], None, Some(&row.jurisdiction), 2_000).await?;
            if !people.into_iter().map(Uuid::from).any(|it| it == person) {
                return Err(wrong("person", "领用人应为本辖区在职人员").into());
            }
            Some(person)
        }
        DeviceStep::Return if row.holder == Some(me) => return Err(hands("自己领用的由另一名保管人员收回").into()),
        DeviceStep::Return => row.holder,
        _ => None,
    };
    let note = wanted.note.as_deref();
    let note = match step {
        DeviceStep::Fault | DeviceStep::Gone => Some(required("note", "原因", note.unwrap_or_default(), NOTE)?),
        _ => optional("note", "说明", note, NOTE)?,
    };
    next.code().clone_into(&mut row.state);
    row.holder = person.filter(|_| next == DeviceState::Out);
    row.issued_at = row.holder.map(|_| now);
    if step == DeviceStep::Maintain {
        row.maintained_on = centre.today();
    }
    row.moves += 1;
    let line = store::LineRow { device: id, ordinal: row.moves, kind: kind.to_owned(), at: now, person, note, noted_by: me };
    store::add(&mut transaction, &row, &line).await?;
    transaction.commit().await?;
    list::whole(&centre, &scope, id).await
}
