//! `POST /api/v1/centre/sessions/{id}/actions/{action}`: what becomes of a session, step by step.

use axum::extract::State;
use chrono::{DateTime, TimeDelta, Utc};
use docket::KeyOf;
use http_api::{Answer, Json, Path};
use identity::{Allowed, Caller, Scope};
use kernel::{
    clock::shanghai,
    id::uuid_at,
    personal::{PersonName, Telephone},
    problem::Problem,
};
use serde::Deserialize;
use serde_json::json;
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Purpose, Role, Step, no_session, rules, show, store};
use crate::{
    Centre, CentreCase, rights,
    service::Told,
    words::{LINE, NOTE, optional, required, wrong},
};

/// Who came (到场人员): sealed, shown to nobody without a reason.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CentreVisitor {
    name: String,
    telephone: Option<String>,
    id_number: Option<String>,
    /// Under eighteen.
    #[serde(default)]
    minor: bool,
    /// The name of the guardian who is present.
    guardian_name: Option<String>,
    /// What he is to the minor: 父亲, 母亲, 其他监护人.
    guardian: Option<String>,
}

/// A step of a session (办理场次).
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CentreSessionChange {
    /// The version that the caller saw.
    seen: i32,
    /// Of `arrive`.
    visitor: Option<CentreVisitor>,
    /// Of `start`: certificates were shown and rights were told.
    #[serde(default)]
    rights_told: bool,
    /// Of `rest`, `no-show`, `cancel`, `unrecorded`: why.
    note: Option<String>,
}

/// Takes a step. Whoever holds the session takes it; cancelling, whoever booked it too.
///
/// # Errors
/// `session-not-found`, `version-conflict`, `session-state`, `session-early`, `session-not-yours`; `rights-untold`, `guardian-missing`;
/// of `start`: `case-not-found`, `case-over`, `session-officers`, `room-in-use`; a field that is missing.
#[utoipa::path(post, path = "/api/v1/centre/sessions/{id}/actions/{action}", tag = "centre", operation_id = "take_centre_session_step",
    request_body = CentreSessionChange,
    params(("id" = Uuid, Path, description = "The session"), ("action" = String, Path, description = "arrive, start, rest, resume, end, no-show, cancel, unrecorded")),
    responses((status = 200, body = show::WholeCentreSession, description = "The session")))]
pub(crate) async fn step(
    State(centre): State<Centre>,
    allowed: Allowed<rights::HoldSessions>,
    Path((id, action)): Path<(Uuid, String)>,
    Json(wanted): Json<CentreSessionChange>,
) -> Answer<Json<show::WholeCentreSession>> {
    let (caller, scope, now) = (&allowed.caller, allowed.scope(), centre.now());
    let step: Step = action.parse().map_err(|()| Problem::not_found("session-step-unknown", "没有这个操作"))?;
    // Asked before a transaction takes its connection: whoever holds cases has one of his own.
    let case = if step == Step::Start { Some(case_of(&centre, caller, &scope, id).await?) } else { None };
    let mut transaction = centre.database().pool().begin().await?;
    let mut row = store::hold(&mut transaction, &scope, centre.home_region(), id).await?.ok_or_else(no_session)?;
    let me = caller.person.uuid();
    if !row.officers.contains(&me) && row.booked_by != me {
        return Err(Problem::forbidden("session-not-yours", "由这个场次的办理人办理").citing("行政处罚法第四十二条第一款").into());
    }
    if row.version != wanted.seen {
        return Err(Problem::precondition_failed("version-conflict", "这个场次已被他人更新，请刷新后重试").into());
    }
    if let Some(refused) = rules::refusal(&row, step, now) {
        return Err(refused.into());
    }
    if let Some(case) = &case {
        startable(&mut transaction, &row, case).await?;
    }
    apply(&centre, &mut transaction, &mut row, step, &wanted, now).await?;
    store::update(&mut transaction, &row).await?;
    let facts = json!({ "session": row.id, "state": row.state, "purpose": row.purpose, "at": now,
        "reason": row.over_reason.as_ref().or(row.unrecorded.as_ref()) });
    let (action, topic) = verbs(step);
    let key = KeyOf { region: row.region.clone(), id: row.docket.into() };
    centre.note(&mut transaction, &key, Some(caller), Told { action, topic: Some(topic), facts }).await?;
    if matches!(step, Step::Cancel | Step::NoShow) {
        tell_others(&centre, &mut transaction, caller, &row, step).await?;
    }
    transaction.commit().await?;
    show::whole(&centre, (caller, &scope), id).await
}

/// The case of a session as it stands now.
async fn case_of(centre: &Centre, caller: &Caller, scope: &Scope, id: Uuid) -> Answer<CentreCase> {
    let mut connection = centre.database().pool().acquire().await?;
    let wanted = store::Wanted { id: Some(id), most: 1, ..store::Wanted::default() };
    let found = store::list(&mut connection, scope, centre.home_region(), &wanted).await?.pop().ok_or_else(no_session)?;
    drop(connection);
    centre.cases().opened(caller, found.session.docket).await
}

/// Refuses to begin where the case has changed since the room was booked, or the room is in use still.
async fn startable(connection: &mut PgConnection, row: &store::SessionRow, case: &CentreCase) -> Answer<()> {
    if case.is_over {
        return Err(Problem::conflict("case-over", "案件已经归档或者并入他案，不能再开始").cured_by("取消这个场次", None).into());
    }
    if row.officers.iter().filter(|officer| case.officers.contains(officer)).count() < 2 {
        let why = "预约以后承办人有变动或者回避，现在不足两名本案执法人员，不能开始";
        return Err(Problem::conflict("session-officers", why)
            .citing("行政处罚法第四十二条第一款、第四十三条")
            .cured_by("取消后由现在的承办人重新预约", None)
            .into());
    }
    if store::in_use(connection, row.room, row.id).await? {
        let why = "这个房间还有一场没有结束，不能开始";
        return Err(Problem::conflict("room-in-use", why).cured_by("先结束前一场；不在原房间的，取消后重新预约", None).into());
    }
    Ok(())
}

const fn verbs(step: Step) -> (&'static str, &'static str) {
    match step {
        Step::Arrive => ("centre-arrived", "centre.arrived"),
        Step::Start => ("centre-started", "centre.started"),
        Step::Rest => ("centre-rested", "centre.rested"),
        Step::Resume => ("centre-resumed", "centre.resumed"),
        Step::End => ("centre-ended", "centre.ended"),
        Step::NoShow => ("centre-no-show", "centre.no-show"),
        Step::Cancel => ("centre-cancelled", "centre.cancelled"),
        Step::Unrecorded => ("centre-unrecorded", "centre.unrecorded"),
    }
}

async fn apply(
    centre: &Centre,
    connection: &mut PgConnection,
    row: &mut store::SessionRow,
    step: Step,
    wanted: &CentreSessionChange,
    now: DateTime<Utc>,
) -> Answer<()> {
    let why = |name: &'static str| required("note", name, wanted.note.as_deref().unwrap_or_default(), NOTE);
    match step {
        Step::Arrive => {
            let visitor = wanted.visitor.as_ref().ok_or_else(|| wrong("visitor", "请登记到场人员"))?;
            row.guardian = guardian(visitor, row)?;
            (row.minor, row.arrived_at) = (visitor.minor, Some(now));
            row.subject = Some(keep(centre, connection, &row.region, visitor, now).await?);
        }
        Step::Start => {
            if !wanted.rights_told {
                let why = "先出示执法证件，告知权利义务，再开始";
                return Err(Problem::invalid("rights-untold", why)
                    .field("rights_told", why)
                    .citing("行政处罚法第五十五条第一款、第四十五条")
                    .into());
            }
            (row.rights_told_at, row.started_at) = (Some(now), Some(now));
        }
        Step::Rest => {
            let note = optional("note", "说明", wanted.note.as_deref(), LINE)?;
            store::rest(connection, row.id, now, note.as_deref()).await?;
        }
        Step::Resume => store::end_rest(connection, row.id, now).await?,
        Step::End => {
            store::end_rest(connection, row.id, now).await?;
            row.ended_at = Some(now);
            // The room is free again from now on; the minute keeps the stretch from being empty.
            row.ends_at = row.ends_at.min(now.max(row.starts_at + TimeDelta::minutes(1)));
        }
        Step::NoShow => row.over_reason = Some(why("怎样通知的、怎样处理")?),
        Step::Cancel => row.over_reason = Some(why("取消理由")?),
        Step::Unrecorded => row.unrecorded = Some(why("没有录音录像的原因")?),
    }
    if let Some(after) = row.state.parse().ok().and_then(|state| rules::after(state, step)) {
        after.code().clone_into(&mut row.state);
    }
    Ok(())
}

/// A minor is spoken with while the guardian is there.
fn guardian(visitor: &CentreVisitor, row: &store::SessionRow) -> Answer<Option<String>> {
    let kin = optional("visitor.guardian", "与未成年人的关系", visitor.guardian.as_deref(), 40)?;
    let named = visitor.guardian_name.as_deref().is_some_and(|name| !name.trim().is_empty());
    if visitor.minor && (kin.is_none() || !named) {
        let why = format!("不满十八周岁的{}，应当有监护人在场", row.role.parse::<Role>().map_or("人员", Role::label));
        return Err(Problem::invalid("guardian-missing", why)
            .field("visitor.guardian", "请登记在场的监护人和关系")
            .citing("行政处罚法第三十条（监护人的责任）；监护人在场为本机关的办案要求")
            .into());
    }
    Ok(kin.filter(|_| visitor.minor))
}

/// Keeps who came in the vault.
async fn keep(centre: &Centre, connection: &mut PgConnection, region: &str, visitor: &CentreVisitor, now: DateTime<Utc>) -> Answer<Uuid> {
    let name = PersonName::parse(&visitor.name).map_err(|problem| problem.field("visitor.name", "请填写到场人员姓名"))?;
    let telephone = visitor.telephone.as_deref().map(str::trim).filter(|it| !it.is_empty()).map(Telephone::parse).transpose()?;
    let number = visitor.id_number.as_deref().map(str::trim).filter(|it| !it.is_empty());
    if number.is_some_and(|number| number.chars().count() > 40 || number.chars().any(char::is_control)) {
        return Err(wrong("visitor.id_number", "请检查证件号码").into());
    }
    let guardian = visitor.guardian_name.as_deref().map(str::trim).filter(|it| visitor.minor && !it.is_empty());
    let guardian = guardian.map(PersonName::parse).transpose()?;
    let subject = uuid_at(now);
    let mut fields = vec![("name", name.expose())];
    fields.extend(telephone.as_ref().map(|telephone| ("telephone", telephone.expose())));
    fields.extend(number.map(|number| ("id_number", number)));
    fields.extend(guardian.as_ref().map(|guardian| ("guardian", guardian.expose())));
    centre.vault().keep(connection, region, subject.into(), &fields).await?;
    Ok(subject)
}

async fn tell_others(centre: &Centre, connection: &mut PgConnection, caller: &Caller, row: &store::SessionRow, step: Step) -> Answer<()> {
    let me = caller.person.uuid();
    let others: Vec<Uuid> = row.officers.iter().copied().chain([row.booked_by]).filter(|person| *person != me).collect();
    let at = row.starts_at.with_timezone(&shanghai()).format("%m-%d %H:%M");
    let purpose = row.purpose.parse::<Purpose>().map_or("场次", Purpose::label);
    let what = if step == Step::Cancel { "已取消" } else { "未到场" };
    // Why stands in the session and in the ledger of the case: people write there about whoever did not come.
    let title = format!("{at} 的{purpose}（案件 {}）{what}，原因见场次", row.case_number);
    centre.tell(connection, &others, &title, Some(row.docket)).await
}
