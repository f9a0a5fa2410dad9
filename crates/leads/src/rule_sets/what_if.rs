//! Ask what the draft would have done in the last 90 days (试算), watch it, cancel it.

use axum::{extract::State, http::StatusCode};
use chrono::{DateTime, Duration, Utc};
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use kernel::codes;
use kernel::problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    difference::differences,
    draft::require_draft,
    replay::Report,
    store::{self, Asked, WhatIfRecord},
    work::DAYS,
};
use crate::{
    Leads,
    list::row::{NamedId, Names},
    rights,
    settings::{self, require_ground},
};

codes! {
    /// How far a replay has come (试算状态).
    WhatIfState {
        /// It waits for the worker (等待试算).
        Waiting = "waiting", "等待试算";
        /// It is being worked on (试算中).
        Running = "running", "试算中";
        /// It is over (试算完成).
        Done = "done", "试算完成";
        /// Somebody cancelled it (已取消).
        Cancelled = "cancelled", "已取消";
    }
}

/// A replay of past filings under a draft.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WhatIf {
    id: Uuid,
    state: WhatIfState,
    state_label: &'static str,
    /// The revision of the draft that was tried.
    revision: i64,
    /// The number of the rule set that it was compared with; 0 where there was none.
    base: i64,
    /// Draft and rules in force are still those that were compared.
    current: bool,
    /// Filings from here.
    from: DateTime<Utc>,
    /// To here.
    to: DateTime<Utc>,
    /// Leads to look at.
    total: i64,
    /// Leads looked at.
    done: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<Report>,
    #[serde(skip_serializing_if = "Option::is_none")]
    asked_by: Option<NamedId>,
    asked_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_at: Option<DateTime<Utc>>,
}

/// A replay as people read it, beside the draft's revision and the number in force.
pub(super) fn view(record: WhatIfRecord, names: &Names, now: (i64, i64)) -> WhatIf {
    let state = record.state.parse().unwrap_or(WhatIfState::Cancelled);
    let mut report = record.report.map(|report| report.0);
    for way in report.iter_mut().flat_map(|report| &mut report.moves) {
        let name = |unit: Option<Uuid>| unit.map(|unit| names.organisations.name(unit).to_owned());
        (way.from_name, way.to_name) = (name(way.from), name(way.to));
    }
    WhatIf {
        id: record.id,
        state,
        state_label: state.label(),
        revision: record.revision,
        base: record.base,
        current: (record.revision, record.base) == now,
        from: record.from_at,
        to: record.to_at,
        total: record.total,
        done: record.done,
        report,
        asked_by: names.person(record.asked_by),
        asked_at: record.asked_at,
        ended_at: record.ended_at,
    }
}

pub(super) fn not_found() -> Problem {
    Problem::not_found("what-if-not-found", "没有这次试算，或它已不再保存")
}

async fn one(leads: &Leads, id: Uuid) -> Answer<WhatIf> {
    let (pool, region) = (leads.database().pool(), leads.home_region());
    let record = store::what_if(pool, region, id).await?.ok_or_else(not_found)?;
    let (revision, ..) = store::draft(pool, region).await?;
    let (in_force, _) = store::in_force(pool, region).await?;
    let names = Names::of(leads, record.asked_by).await?;
    Ok(view(record, &names, (revision, in_force)))
}

/// Asks for a replay of the last 90 days under the draft as it stands. It is worked on beside the requests and changes no lead.
///
/// # Errors
/// `what-if-running`, `draft-changed`, `draft-unchanged`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/dispatch-what-ifs", tag = "settings", operation_id = "ask_dispatch_what_if",
    params(("If-Match" = Option<String>, Header, description = "The revision of the draft that was seen")),
    responses((status = 202, body = WhatIf, description = "The replay, which waits for the worker")))]
pub(crate) async fn ask(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Configure>,
    IfMatch(seen): IfMatch,
) -> Answer<(StatusCode, Json<WhatIf>)> {
    require_ground(&allowed.scope(), leads.home_region())?;
    let (region, now) = (leads.home_region(), leads.clock().now());
    let mut transaction = leads.database().pool().begin().await?;
    let revision = store::lock_draft(&mut transaction, region, now).await?;
    let (base, standing) = store::in_force(&mut *transaction, region).await?;
    let rules = settings::store::rules(&mut *transaction, region).await?;
    require_draft(seen, revision, &differences(&standing, &rules))?;
    let id = kernel::id::uuid_at(now);
    let asked = Asked { id, revision, base, rules: &rules, from: now - Duration::days(DAYS), by: allowed.caller.person.uuid(), now };
    if !store::ask(&mut transaction, region, &asked).await? {
        return Err(Problem::conflict("what-if-running", "已有一次试算在进行，请等它结束或取消它").into());
    }
    transaction.commit().await?;
    Ok((StatusCode::ACCEPTED, Json(one(&leads, id).await?)))
}

/// Shows a replay: how far it has come, and what it found.
///
/// # Errors
/// `what-if-not-found`, `scope-exceeded`.
#[utoipa::path(get, path = "/api/v1/dispatch-what-ifs/{id}", tag = "settings", operation_id = "show_dispatch_what_if",
    params(("id" = Uuid, Path, description = "The replay")), responses((status = 200, body = WhatIf, description = "The replay")))]
pub(crate) async fn show(State(leads): State<Leads>, allowed: Allowed<rights::Configure>, Path(id): Path<Uuid>) -> Answer<Json<WhatIf>> {
    require_ground(&allowed.scope(), leads.home_region())?;
    Ok(Json(one(&leads, id).await?))
}

/// Cancels a replay that is not over.
///
/// # Errors
/// `what-if-not-found`, `what-if-over`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/dispatch-what-ifs/{id}/actions/cancel", tag = "settings", operation_id = "cancel_dispatch_what_if",
    params(("id" = Uuid, Path, description = "The replay")), responses((status = 200, body = WhatIf, description = "The replay")))]
pub(crate) async fn cancel(State(leads): State<Leads>, allowed: Allowed<rights::Configure>, Path(id): Path<Uuid>) -> Answer<Json<WhatIf>> {
    require_ground(&allowed.scope(), leads.home_region())?;
    let (pool, region) = (leads.database().pool(), leads.home_region());
    store::what_if(pool, region, id).await?.ok_or_else(not_found)?;
    if !store::cancel(pool, region, id, leads.clock().now()).await? {
        return Err(Problem::conflict("what-if-over", "这次试算已经结束").into());
    }
    Ok(Json(one(&leads, id).await?))
}
