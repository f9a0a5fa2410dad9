//! `POST /api/v1/waste/permits/{id}/actions/{action}`: one operation for every verb; the procedure says who may, when, and why not.

use axum::{extract::State, response::IntoResponse};
use docket::{Actor, Change, KeyOf, Locked, NewEntry, ledger::payload};
use http_api::{Answer, ApiProblem, IfMatch, Json, Path, etag};
use identity::{Allowed, Caller, Scope};
use kernel::{
    problem::Problem,
    procedure::{Procedure, Refusal},
};
use serde::Deserialize;
use serde_json::json;
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    PermitFacts, PermitProcedure, PermitState, PermitVerb,
    apply::{holder, told},
    clock,
    content::{Checked, WastePermitContent, against, checked, fits},
    no_permit, number,
    store::{self, PermitRow, VersionRow},
    view,
};
use crate::{
    Waste, WasteOrgan, rights,
    words::{NOTE, optional, required},
};

/// What is done, with what (办理内容).
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WastePermitAct {
    /// Opinion, reason, or what is missing.
    text: Option<String>,
    /// Of `resubmit` and `change`: what is applied for now.
    content: Option<WastePermitContent>,
}

/// A refusal as a problem.
fn refused(refusal: Refusal) -> ApiProblem {
    let mut problem = Problem::conflict("action-refused", refusal.reason);
    problem.citation = refusal.citation.map(str::to_owned);
    problem.into()
}

/// What the guards need to know of a permit, of its versions, the newest first, and of who asks.
pub(super) async fn facts(
    room: &Waste,
    connection: &mut PgConnection,
    (caller, scope): (&Caller, &Scope),
    row: &PermitRow,
    versions: &[VersionRow],
) -> Answer<PermitFacts> {
    // The house acts for who came on paper and for nobody else: what an enterprise applied for is its own to change and to take back.
    let own = match &scope.units {
        None => row.applicant.is_none(),
        Some(units) => row.applicant.is_some_and(|it| units.contains(&it)),
    };
    let of = |ordinal: Option<i32>| versions.iter().find(|it| Some(it.ordinal) == ordinal);
    let (current, pending) = (of(row.current), of(row.pending));
    let round: Vec<&VersionRow> = versions.iter().take_while(|it| it.decided_by.is_none()).collect();
    let reviewed = pending.filter(|it| it.reviewed_by.is_some() && it.decided_by.is_none());
    let against = match reviewed {
        Some(version) => against(room, connection, row.site, version).await?,
        None => Vec::new(),
    };
    Ok(PermitFacts {
        me: caller.person.uuid(),
        applies: own && caller.may::<rights::ApplyForPermits>(),
        reviews: caller.may::<rights::ReviewPermits>(),
        decides: caller.may::<rights::DecidePermits>(),
        askers: round.iter().map(|it| it.asked_by).collect(),
        reviewers: round.iter().filter_map(|it| it.reviewed_by).collect(),
        // Before it is granted nothing but giving back makes another version.
        returned: row.number.is_none() && versions.len() > 1,
        complete: pending.is_some_and(|it| clock::complete(&room.parts().calendar, it.asked_at, room.now())),
        versions: versions.len(),
        extended: current.zip(pending).is_some_and(|(current, pending)| clock::counts_as_granted(current, pending)),
        against,
    })
}

/// The words that a verb must come with.
fn words(verb: PermitVerb, text: Option<&str>) -> Result<Option<String>, Problem> {
    let name = match verb {
        PermitVerb::Review => "审查意见",
        PermitVerb::Return => "需要补正的内容",
        PermitVerb::Refuse => "不予核准的理由",
        PermitVerb::Revoke => "撤销的理由",
        PermitVerb::Withdraw | PermitVerb::Cancel => "理由",
        PermitVerb::Grant | PermitVerb::Resubmit | PermitVerb::Change => return optional("text", "说明", text, NOTE),
    };
    required("text", name, text.unwrap_or_default(), NOTE).map(Some)
}

/// Does something with a permit; answers it as it then stands.
///
/// # Errors
/// `waste-permit-not-found`, `version-conflict`, `action-unknown`, `action-refused`, `organ-missing`, `field-required`; a field that is wrong.
#[utoipa::path(post, path = "/api/v1/waste/permits/{id}/actions/{action}", tag = "waste", operation_id = "act_on_waste_permit",
    params(("id" = Uuid, Path, description = "The permit"),
        ("action" = String, Path, description = "review, return, resubmit, withdraw, grant, refuse, change, revoke or cancel"),
        ("If-Match" = Option<String>, Header, description = "The version that was seen")),
    request_body = WastePermitAct, responses((status = 200, body = view::WholeWastePermit, description = "The permit as it then stands")))]
pub(crate) async fn act(
    State(room): State<Waste>,
    allowed: Allowed<rights::HandlePermits>,
    Path((id, action)): Path<(Uuid, String)>,
    IfMatch(seen): IfMatch,
    Json(given): Json<WastePermitAct>,
) -> Answer<impl IntoResponse> {
    let (caller, scope, home) = (&allowed.caller, allowed.scope(), room.home());
    let mut connection = room.database().pool().acquire().await?;
    let header = store::header(&mut connection, &scope, home, id).await?.ok_or_else(no_permit)?;
    drop(connection);
    let verb: PermitVerb = action.parse().map_err(|()| Problem::not_found("action-unknown", "没有这个操作"))?;
    let content = match (verb, given.content) {
        (PermitVerb::Resubmit | PermitVerb::Change, Some(content)) => Some(checked(content, room.today())?),
        (PermitVerb::Resubmit | PermitVerb::Change, None) => {
            return Err(Problem::invalid("field-required", "请填写申请内容").field("content", "请填写申请内容").into());
        }
        _ => None,
    };
    let organ = if verb == PermitVerb::Grant { room.parts().organs.organ_of(caller.organisation.uuid()).await? } else { None };
    let text = words(verb, given.text.as_deref());
    let mut transaction = room.database().pool().begin().await?;
    let locked = docket::lock(&mut transaction, &header.key(), seen).await?.ok_or_else(no_permit)??;
    carry_out(&room, &mut transaction, locked, (caller, &scope), (verb, text, content, organ)).await?;
    transaction.commit().await?;
    let whole = view::whole(&room, caller, id).await?;
    Ok((etag(whole.permit.version), Json(whole)))
}

/// Carries out what a person does on a locked permit.
async fn carry_out(
    room: &Waste,
    connection: &mut PgConnection,
    locked: Locked,
    (caller, scope): (&Caller, &Scope),
    (verb, text, content, organ): (PermitVerb, Result<Option<String>, Problem>, Option<Checked>, Option<WasteOrgan>),
) -> Answer<()> {
    let (now, me) = (room.now(), caller.person.uuid());
    let key: KeyOf = locked.header.key();
    let mut row = store::one(connection, &key).await?.ok_or_else(no_permit)?;
    let versions = store::versions(connection, &key).await?;
    let last = versions.first().map_or(0, |it| it.ordinal);
    let state: PermitState = locked.header.state.parse().map_err(|()| no_permit())?;
    let facts = facts(room, connection, (caller, scope), &row, &versions).await?;
    let current = versions.iter().find(|it| Some(it.ordinal) == row.current);
    let mut pending = versions.iter().find(|it| Some(it.ordinal) == row.pending).cloned();
    let to = PermitProcedure::apply(state, &facts, &verb).map_err(refused)?;
    // First whether it may be done at all, then whether it came with its words.
    let text = text?;
    let (mut number, mut applied, mut extends) = (None, None, None);
    if let Some(version) = &mut pending {
        match verb {
            PermitVerb::Review | PermitVerb::Return => {
                (version.reviewed_by, version.reviewed_at, version.review) = (Some(me), Some(now), text.clone());
            }
            PermitVerb::Grant | PermitVerb::Refuse => {
                (version.decided_by, version.decided_at, version.decision) = (Some(me), Some(now), text.clone());
                version.granted = Some(verb == PermitVerb::Grant);
            }
            _ => {}
        }
    }
    match verb {
        PermitVerb::Grant => {
            let version = pending.as_mut().ok_or_else(no_permit)?;
            if row.number.is_none() {
                let organ = organ.filter(|it| !it.word.trim().is_empty()).ok_or_else(organ_missing)?;
                let given = number::give(connection, &row.region, organ.word.trim(), now).await?;
                (row.number, row.year, row.serial) = (Some(given.text), Some(given.year), Some(given.serial));
                (row.organ_name, row.organ_word) = (Some(organ.name), Some(organ.word.trim().to_owned()));
                row.granted_at = Some(now);
            }
            store::end_version(connection, &row, now).await?;
            version.from_at = Some(now);
            (row.current, row.pending) = (Some(version.ordinal), None);
            number.clone_from(&row.number);
        }
        PermitVerb::Refuse | PermitVerb::Withdraw if state.in_force() => row.pending = None,
        PermitVerb::Resubmit | PermitVerb::Change => {
            let content = content.ok_or_else(no_permit)?;
            fits(room, connection, scope, row.site, &content).await?;
            let version = content.version(&row.region, row.id, last + 1, me, now);
            store::add_version(connection, &version).await?;
            row.pending = Some(version.ordinal);
            extends = current.filter(|it| clock::in_time(it, &version)).map(|it| it.valid_until);
            applied = Some(told(&version));
        }
        PermitVerb::Revoke | PermitVerb::Cancel => {
            store::end_version(connection, &row, now).await?;
            // What was asked for and never granted is no content of a permit that is over.
            row.pending = None;
        }
        _ => {}
    }
    if let Some(version) = &pending {
        store::judge_version(connection, version).await?;
    }
    if !to.is_open() {
        (row.ended_at, row.ended_for) = (Some(now), text.clone());
    }
    store::update(connection, &row).await?;
    let cancelled = !matches!(verb, PermitVerb::Grant | PermitVerb::Refuse);
    let change = Change {
        state: Some(to.code()),
        open: (to.is_open() != locked.header.open).then_some(to.is_open()),
        holder: Some(holder(to, row.applicant)),
        details: true,
        entries: vec![NewEntry {
            actor: Actor::Person(caller.person),
            role: caller.roles.first().cloned(),
            action: verb.code(),
            place: None,
            payload: payload([
                ("text", json!(text)),
                ("to", json!(to.code())),
                ("version", json!(pending.as_ref().map(|it| it.ordinal))),
                ("number", json!(number)),
                ("content", json!(applied)),
            ]),
        }],
        deadlines: clock::moved(&room.parts().calendar, now, &locked.deadlines, (state, to, cancelled), extends),
        ..Change::default()
    };
    locked.change(connection, now, change).await?;
    Ok(())
}

fn organ_missing() -> Problem {
    Problem::conflict("organ-missing", "还没有设置核准机关的名称和代字").cured_by("请管理员在“机关信息”中设置", None)
}
