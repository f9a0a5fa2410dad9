//! Issue the next stage in a notice's place (升级): only after it ran out, or its reply was returned.

use axum::extract::State;
use docket::{Actor, KeyOf};
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::json;
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    HOUSE, NoticeVerb,
    open::{self, ToIssue},
    optional,
    perform::{Command, Who, carry_out, find, stage_of},
    store,
    view::{self, WrittenNotice},
    wording::Before,
};
use crate::{Pressure, rights};

/// The escalation.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EscalateNotice {
    /// What is asked besides.
    demand: Option<String>,
}

/// Issues the next stage about those of the leads that the unit still has; answers the new notice.
///
/// # Errors
/// `notice-not-found`, `version-conflict`, `action-refused`, `notice-refused` when none of the leads is with the unit any more.
#[utoipa::path(post, path = "/api/v1/notices/{id}/actions/escalate", tag = "notices", operation_id = "escalate_notice",
    params(("id" = Uuid, Path, description = "The notice")), request_body = EscalateNotice,
    responses((status = 200, body = WrittenNotice, description = "The notice of the next stage")))]
pub(crate) async fn escalate(
    State(room): State<Pressure>,
    allowed: Allowed<rights::Supervise>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<EscalateNotice>,
) -> Answer<Json<WrittenNotice>> {
    let scope = allowed.scope();
    let key = find(&room, &scope, id).await?;
    let demand = optional("demand", "要求", request.demand.as_deref())?;
    let mut transaction = room.database().pool().begin().await?;
    let next = raise(&room, &mut transaction, &key, seen, &Who::Person(&allowed.caller, &scope), demand.as_deref()).await?;
    transaction.commit().await?;
    Ok(Json(view::after_action(&room, &allowed.caller, next.id.uuid()).await?))
}

/// Ends a notice as escalated and issues the next stage, in one transaction. Locks the leads before the notice, as whoever issues one does: two
/// that meet wait for each other in turn, never in a ring.
pub(super) async fn raise(
    room: &Pressure,
    connection: &mut PgConnection,
    key: &KeyOf,
    seen: Option<i64>,
    who: &Who<'_>,
    demand: Option<&str>,
) -> Answer<KeyOf> {
    let mut ids: Vec<Uuid> = store::leads(&mut *connection, &key.region, key.id.uuid()).await?.into_iter().map(|it| it.lead_id).collect();
    ids.sort_unstable();
    for lead in &ids {
        docket::lock(&mut *connection, &KeyOf { region: key.region.clone(), id: (*lead).into() }, None).await?;
    }
    let command = Command { verb: NoticeVerb::Escalate, payload: json!({}), photos: Vec::new(), edit: Box::new(|_, _| {}) };
    let (before, record) = carry_out(room, connection, key, seen, who, command).await?;
    let stage = stage_of(&record)?;
    let (Some(next), Some(unit)) = (stage.next(), before.unit) else {
        return Err(Problem::internal("stage-unknown", "该文书的种类无法识别，请联系管理员").into());
    };
    let mut leads = room.leads().standings(None, &ids).await?;
    // What was done since, or has time again, is pressed for no further: a new round of the limit, or an extension, is another beginning.
    let pressed = store::pressed_rounds(&mut *connection, &key.region, key.id.uuid()).await?;
    leads.retain(|lead| {
        let limit = open::pressing(lead, false).ok();
        lead.unit == Some(unit) && limit.is_some_and(|limit| pressed.contains(&(lead.key.id.uuid(), limit.name.to_owned(), limit.round)))
    });
    if leads.is_empty() {
        let detail = "文书所列线索都已不在该单位这一轮计时里，或已不再预警，无须升级；请审核或撤回本文书";
        return Err(Problem::conflict("notice-refused", detail).citing(HOUSE).into());
    }
    let (actor, issued_by, role) = match who {
        Who::Person(caller, _) => (Actor::Person(caller.person), Some(caller.person.uuid()), caller.roles.first().cloned()),
        Who::Rule => (Actor::System("supervision"), None, None),
    };
    let returned = before.state == super::NoticeState::Returned.code();
    let verdict = record.verdict.filter(|_| returned);
    let before = Before { stage, number: before.number, issued_at: before.opened_at, verdict };
    let notice = ToIssue { stage: next, unit, leads, demand, before: Some((key.id.uuid(), before)), actor, issued_by, role };
    open::issue(room, connection, &notice).await
}
