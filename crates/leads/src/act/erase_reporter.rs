//! Erase a reporter's name and telephone for good (删除报料人信息): the key goes, the lead and its history stay.

use axum::extract::State;
use chrono::{DateTime, Utc};
use docket::{Actor, Change, Event, KeyOf, Locked, NewEntry};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::{id::SubjectId, problem::Problem};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use super::perform::{covers, not_found};
use crate::{
    Leads,
    events::{self, Changed},
    lead::store,
    personal, rights,
};

/// Why, and how far.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EraseReporter {
    /// The reason, which stays in the ledger.
    reason: String,
    /// Also on the other leads that carry the same telephone, as far as the caller's district reaches.
    #[serde(default)]
    everywhere: bool,
}

/// What was erased.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Erased {
    /// The numbers of the leads whose reporter is gone.
    erased: Vec<String>,
    /// Other leads that still carry the same telephone.
    remaining: usize,
}

/// Erases a reporter's name and telephone. Every lead keeps its own copy, so each has its own line in its ledger.
///
/// # Errors
/// `lead-not-found`, a missing reason, `no-contact-kept`.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/erase-reporter", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = EraseReporter, responses((status = 200, body = Erased, description = "Erased; nobody can read it again")))]
pub(crate) async fn erase_reporter(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Erase>,
    Path(id): Path<Uuid>,
    Json(request): Json<EraseReporter>,
) -> Answer<Json<Erased>> {
    let reason = super::required("reason", "删除理由", &request.reason)?;
    let scope = allowed.scope();
    let header = store::header(leads.database().pool(), id).await?.filter(|header| covers(&scope, header)).ok_or_else(not_found)?;
    let region = header.region.clone();
    let now = leads.clock().now();
    let mut transaction = leads.database().pool().begin().await?;
    let record = store::record(&mut transaction, &region, id).await?.ok_or_else(not_found)?;
    let subject = record.reporter_subject.map(SubjectId::from).ok_or_else(none_kept)?;
    let fields = leads.vault().read(&mut transaction, &region, subject).await??;
    if fields.is_empty() {
        return Err(none_kept().into());
    }
    let same = match fields.iter().find(|(field, _)| field == "telephone") {
        Some((field, telephone)) => leads.vault().find(&mut transaction, &region, field, telephone).await?,
        None => Vec::new(),
    };
    let others = store::by_subjects(&mut transaction, &region, &same.iter().map(|one| one.uuid()).collect::<Vec<_>>()).await?;
    let others: Vec<_> = others.into_iter().filter(|other| other.id != id).collect();
    let mut targets = vec![id];
    if request.everywhere {
        targets.extend(others.iter().filter(|other| covers(&scope, other)).map(|other| other.id));
    }
    let remaining = others.len() + 1 - targets.len();
    // One order for everybody, so that two who erase the same person do not wait for each other.
    targets.sort_unstable();
    let mut erased = Vec::with_capacity(targets.len());
    let mut subjects = Vec::with_capacity(targets.len());
    for target in targets {
        let key = KeyOf { region: region.clone(), id: target.into() };
        let locked = docket::lock(&mut transaction, &key, None).await?.ok_or_else(not_found)??;
        // It may have left the caller's ground since it was looked up.
        if !covers(&scope, &locked.header) {
            return Err(not_found().into());
        }
        let number = locked.header.number.clone();
        let actor = Actor::Person(allowed.caller.person);
        let role = allowed.caller.roles.first().cloned();
        if let Some(subject) = erase(&leads, &mut transaction, locked, actor, role, Some(&reason), now).await? {
            erased.push(number);
            subjects.push(subject);
        }
    }
    if subjects.is_empty() {
        return Err(none_kept().into());
    }
    transaction.commit().await?;
    outlast_backups(&leads, &region, &subjects, now).await;
    Ok(Json(Erased { erased, remaining }))
}

fn none_kept() -> Problem {
    Problem::conflict("no-contact-kept", "这条线索没有留下姓名或电话，或已经删除")
}

/// Erases the reporter of a locked lead, in the caller's transaction; answers the subject, or nothing where there was none or no longer.
///
/// # Errors
/// `lead-data-held`, `vault-unreadable`, the database's.
pub(crate) async fn erase(
    leads: &Leads,
    connection: &mut PgConnection,
    locked: Locked,
    actor: Actor,
    role: Option<String>,
    reason: Option<&str>,
    now: DateTime<Utc>,
) -> Answer<Option<SubjectId>> {
    let (region, id) = (locked.header.region.clone(), locked.header.id);
    let record = store::record(connection, &region, id).await?.ok_or_else(not_found)?;
    let Some(subject) = record.reporter_subject.map(SubjectId::from) else { return Ok(None) };
    if leads.vault().erased_at(connection, &region, subject).await?.is_some() {
        return Ok(None);
    }
    if personal::store::data_held(connection, &region, id).await? {
        let detail = "这条线索正暂停删除（争议、复议、诉讼或调查期间），解除后才能删除报料人信息";
        return Err(Problem::conflict("lead-data-held", detail).into());
    }
    leads.vault().erase(connection, &region, subject, now).await?;
    let payload = docket::ledger::payload([("reason", json!(reason)), ("subject", json!(subject))]);
    let entry = NewEntry { actor, role, action: "erase-reporter", place: None, payload };
    let mut change = Change { entries: vec![entry], ..Change::default() };
    let told = Changed::from(&locked.header, &locked.after(now, &change)).payload("erase-reporter");
    change.events.push(Event { topic: events::CHANGED, payload: told });
    locked.change(connection, now, change).await?;
    Ok(Some(subject))
}

/// Puts the erased on the list beside the master key. They are erased already: a full disk is logged, and the next start tries again.
pub(crate) async fn outlast_backups(leads: &Leads, region: &str, subjects: &[SubjectId], now: DateTime<Utc>) {
    if let Err(error) = leads.vault().list_erased(region, subjects, now).await {
        tracing::error!(%error, "the list of the erased could not be written; it is completed at the next start");
    }
}
