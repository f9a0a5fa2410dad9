//! List a lead's receptions and enter one (登记接访).

use axum::{extract::State, http::StatusCode};
use chrono::{DateTime, NaiveDate, Utc};
use docket::{Actor, Change, Event, Header, NewEntry};
use http_api::{Answer, Json, Path};
use identity::{Allowed, Scope};
use kernel::{clock::shanghai, personal::redact, problem::Problem};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::store::{self, ReceptionRow};
use crate::{
    Leads,
    act::{covers, not_found, optional, required},
    events::{self, Changed},
    lead,
    list::row::NamedId,
    rights,
};

/// A visitor may be told to come again so many days ahead.
const LONGEST_AHEAD_DAYS: i64 = 366;
/// A reception may be entered so many days after it was.
const LATEST_DAYS: i64 = 31;

/// A visitor that was received about a lead (接访).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Reception {
    /// Counted from 1 for each lead.
    round: i32,
    received_by: NamedId,
    received_at: DateTime<Utc>,
    /// What was said.
    summary: String,
    /// When the visitor comes again, or is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_on: Option<NaiveDate>,
    /// What the visitor was told in the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    reply: Option<String>,
    entered_by: NamedId,
    entered_at: DateTime<Utc>,
}

/// The receptions of a lead, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Receptions {
    items: Vec<Reception>,
}

/// A reception to enter.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewReception {
    /// Who received; the one who enters it without.
    received_by: Option<Uuid>,
    /// When, at most 31 days ago.
    received_at: DateTime<Utc>,
    /// What was said. Telephones in it are hidden.
    summary: String,
    /// When the visitor comes again, or is called.
    next_on: Option<NaiveDate>,
    /// What the visitor was told in the end.
    reply: Option<String>,
}

async fn header_of(leads: &Leads, scope: &Scope, id: Uuid) -> Answer<Header> {
    let header = lead::store::header(leads.database().pool(), id).await?;
    Ok(header.filter(|header| covers(scope, header)).ok_or_else(not_found)?)
}

async fn all(leads: &Leads, header: &Header) -> Answer<Receptions> {
    let rows = store::of(&mut *leads.database().pool().acquire().await?, &header.key()).await?;
    let people: Vec<Uuid> = rows.iter().flat_map(|row| [row.received_by, row.entered_by]).collect();
    let names = leads.identity().names_of(&people).await?;
    let named = |id: Uuid| NamedId { id, name: names.get(&id).cloned().unwrap_or_default() };
    let shown = |row: ReceptionRow| Reception {
        round: row.round,
        received_by: named(row.received_by),
        received_at: row.received_at,
        summary: row.summary,
        next_on: row.next_on,
        reply: row.reply,
        entered_by: named(row.entered_by),
        entered_at: row.entered_at,
    };
    Ok(Receptions { items: rows.into_iter().map(shown).collect() })
}

/// Lists the receptions of a lead.
///
/// # Errors
/// `lead-not-found`.
#[utoipa::path(get, path = "/api/v1/leads/{id}/receptions", tag = "leads", operation_id = "list_receptions",
    params(("id" = Uuid, Path, description = "The lead")), responses((status = 200, body = Receptions, description = "The receptions")))]
pub(crate) async fn list(State(leads): State<Leads>, allowed: Allowed<rights::Read>, Path(id): Path<Uuid>) -> Answer<Json<Receptions>> {
    let header = header_of(&leads, &allowed.scope(), id).await?;
    Ok(Json(all(&leads, &header).await?))
}

/// Enters a reception; also of a lead that is over, whose visitor came again.
///
/// # Errors
/// `lead-not-found`, `reception-invalid` with the faulty field, `reception-entered` when the same person received somebody about it at the
/// same time, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/receptions", tag = "leads", operation_id = "enter_reception",
    params(("id" = Uuid, Path, description = "The lead")), request_body = NewReception,
    responses((status = 201, body = Receptions, description = "The receptions")))]
pub(crate) async fn enter(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Remark>,
    Path(id): Path<Uuid>,
    Json(new): Json<NewReception>,
) -> Answer<(StatusCode, Json<Receptions>)> {
    let scope = allowed.scope();
    let key = header_of(&leads, &scope, id).await?.key();
    let now = leads.clock().now();
    let row = read(&leads, allowed.caller.person.uuid(), new, now).await?;
    let mut transaction = leads.database().pool().begin().await?;
    let locked = docket::lock(&mut transaction, &key, None).await?.ok_or_else(not_found)??;
    // It may have left the caller's ground since it was looked up.
    if !covers(&scope, &locked.header) {
        return Err(not_found().into());
    }
    let entered = || Problem::conflict("reception-entered", "这次接访已经登记过").field("received_at", "同一接访人同一时间已有登记");
    let round = store::insert(&mut transaction, &key, &row).await?.ok_or_else(entered)?;
    let header = locked.header.clone();
    let entry = NewEntry {
        actor: Actor::Person(allowed.caller.person),
        role: allowed.caller.roles.first().cloned(),
        action: "reception",
        place: None,
        payload: json!({ "round": round, "person": row.received_by, "next_on": row.next_on, "answered": row.reply.is_some() }),
    };
    let mut change = Change { entries: vec![entry], ..Change::default() };
    let told = Changed::from(&locked.header, &locked.after(now, &change)).payload("reception");
    change.events.push(Event { topic: events::CHANGED, payload: told });
    locked.change(&mut transaction, now, change).await?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(all(&leads, &header).await?)))
}

async fn read(leads: &Leads, caller: Uuid, new: NewReception, now: DateTime<Utc>) -> Answer<ReceptionRow> {
    let invalid =
        |field: &'static str, detail: &str| Problem::invalid("reception-invalid", detail.to_owned()).field(field, detail.to_owned());
    let received_by = new.received_by.unwrap_or(caller);
    if received_by != caller && leads.identity().caller_of(received_by.into()).await?.is_none() {
        return Err(invalid("received_by", "没有这个人员，或账号已停用").into());
    }
    if new.received_at > now || (now - new.received_at).num_days() >= LATEST_DAYS {
        return Err(invalid("received_at", "接访时间应在过去 31 天之内").into());
    }
    let today = now.with_timezone(&shanghai()).date_naive();
    if new.next_on.is_some_and(|next| !(0..=LONGEST_AHEAD_DAYS).contains(&(next - today).num_days())) {
        return Err(invalid("next_on", "下次约定应在今天之后一年以内").into());
    }
    let summary = required("summary", "接访情况", &new.summary)?;
    let reply = optional("reply", "答复", new.reply.as_deref())?;
    Ok(ReceptionRow {
        round: 0,
        received_by,
        received_at: new.received_at,
        summary: redact(&summary).into_owned(),
        next_on: new.next_on,
        reply: reply.map(|reply| redact(&reply).into_owned()),
        entered_by: caller,
        entered_at: now,
    })
}
