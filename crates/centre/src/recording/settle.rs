//! `POST /api/v1/centre/recordings/{id}/actions/settle`: a recording of a device gets its case, its evidence, or a reason why it has none.

use axum::extract::State;
use docket::KeyOf;
use http_api::{Answer, Json, Path};
use identity::{Allowed, Caller, Scope};
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    item_of, no_recording, store, used,
    view::{CentreRecording, recordings},
};
use crate::{
    Centre, rights,
    service::Told,
    words::{LINE, optional, wrong},
};

/// Where it belongs (认领录音录像).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SettleCentreRecording {
    /// The case; one that the caller handles.
    case: Option<Uuid>,
    /// The item of evidence that holds its file.
    item: Option<Uuid>,
    /// Why it belongs to no case.
    aside: Option<String>,
}

/// Settles where a recording of a device belongs.
///
/// # Errors
/// `recording-not-found`, `recording-not-yours`, `case-not-found`, `case-not-handled`, also of the case that it belongs to so far;
/// `recording-item`, `recording-used`, `version-conflict`; a missing field.
#[utoipa::path(post, path = "/api/v1/centre/recordings/{id}/actions/settle", tag = "centre", operation_id = "settle_centre_recording",
    params(("id" = Uuid, Path, description = "The recording")), request_body = SettleCentreRecording,
    responses((status = 200, body = CentreRecording, description = "The recording")))]
pub(crate) async fn settle(
    State(centre): State<Centre>,
    allowed: Allowed<rights::HoldSessions>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<SettleCentreRecording>,
) -> Answer<Json<CentreRecording>> {
    let (me, scope) = (allowed.caller.person.uuid(), allowed.scope());
    // Asked before a transaction takes its connection: whoever holds cases has one of his own.
    let case = match wanted.case {
        Some(case) => Some(centre.cases().opened(&allowed.caller, case).await?),
        None => None,
    };
    if case.as_ref().is_some_and(|case| !case.officers.contains(&me)) {
        return Err(Problem::forbidden("case-not-handled", "只有本案的承办人可以认领").citing("行政处罚法第四十二条第一款").into());
    }
    let before = settled(&centre, &allowed.caller, &scope, id).await?;
    let aside = optional("aside", "不属于案件的原因", wanted.aside.as_deref(), LINE)?;
    let mut transaction = centre.database().pool().begin().await?;
    let mut row = store::hold(&mut transaction, &scope, centre.home_region(), id).await?.ok_or_else(no_recording)?;
    if row.docket != before {
        return Err(Problem::precondition_failed("version-conflict", "这份录音录像刚刚被他人认领，请刷新后重试").into());
    }
    if row.officer.is_some_and(|officer| officer != me) && row.docket.is_none() {
        return Err(Problem::forbidden("recording-not-yours", "由当时领用设备的人员认领").into());
    }
    if let Some(case) = &case {
        if row.docket.is_some_and(|docket| docket != case.key.id.uuid()) {
            row.session = None;
            if row.item.is_some() {
                return Err(Problem::conflict("recording-used", "已经编入证据的不能改到另一个案件").into());
            }
        }
        (row.docket, row.case_number) = (Some(case.key.id.uuid()), Some(case.number.clone()));
        (row.aside, row.keep_until, row.jurisdiction) = (None, None, case.jurisdiction.clone());
    }
    match (row.docket, wanted.item) {
        (Some(docket), Some(item)) => {
            item_of(&centre, &mut transaction, item, docket).await?;
            if row.item.is_some_and(|known| known != item) {
                let why = "已经编入证据的不能换成另一份证据";
                return Err(Problem::conflict("recording-used", why).cured_by("证据有误的，在证据页说明理由排除原来的证据", None).into());
            }
            if row.item.is_none() && store::is_used(&mut transaction, item).await? {
                return Err(used().into());
            }
            row.item = Some(item);
        }
        (None, Some(_)) => return Err(wrong("case", "请先选择案件").into()),
        (None, None) if aside.is_none() => return Err(wrong("aside", "请选择案件，或者写明不属于案件的原因").into()),
        (None, None) => row.aside = aside,
        (Some(_), None) => {}
    }
    store::settle(&mut transaction, &row).await?;
    // The case that it leaves keeps a line of it. In one order, so that two who move recordings the opposite ways do not wait for each other.
    let left = before.filter(|docket| row.docket != Some(*docket)).map(|docket| (docket, "centre-recording-left", "centre.recording-left"));
    let mut lines: Vec<_> = left.into_iter().chain(row.docket.map(|docket| (docket, "centre-recorded", "centre.recorded"))).collect();
    lines.sort_unstable();
    for (docket, action, topic) in lines {
        let key = KeyOf { region: row.region.clone(), id: docket.into() };
        let facts = json!({ "recording": row.id, "evidence": row.item });
        centre.note(&mut transaction, &key, Some(&allowed.caller), Told { action, topic: Some(topic), facts }).await?;
    }
    transaction.commit().await?;
    let shown = recordings(&centre, &allowed.caller, &scope, &store::Wanted { most: 1, id: Some(id), ..store::Wanted::default() }).await?;
    Ok(Json(shown.into_iter().next().ok_or_else(no_recording)?))
}

/// The case that a recording belongs to so far, which the caller must handle.
async fn settled(centre: &Centre, caller: &Caller, scope: &Scope, id: Uuid) -> Answer<Option<Uuid>> {
    let mut connection = centre.database().pool().acquire().await?;
    let wanted = store::Wanted { most: 1, id: Some(id), ..store::Wanted::default() };
    let found = store::list(&mut connection, scope, centre.home_region(), &wanted).await?.pop().ok_or_else(no_recording)?;
    drop(connection);
    if let Some(docket) = found.recording.docket
        && !centre.cases().opened(caller, docket).await?.officers.contains(&caller.person.uuid())
    {
        let why = "已经对应到案件的，由那个案件的承办人办理";
        return Err(Problem::forbidden("case-not-handled", why).citing("行政处罚法第四十二条第一款").into());
    }
    Ok(found.recording.docket)
}
