//! Keep the duty roster (值班).

use axum::{extract::State, http::StatusCode};
use chrono::{DateTime, Duration, Utc};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Duty, require_ground, store, touches_home, trace};
use crate::{Leads, list::row::Names, rights};

/// A turn as it is written.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DutyInput {
    /// The unit.
    unit_id: Uuid,
    /// The person, if one is named.
    person_id: Option<Uuid>,
    /// From.
    from: DateTime<Utc>,
    /// To.
    to: DateTime<Utc>,
}

/// A turn as it stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DutyView {
    id: Uuid,
    unit_id: Uuid,
    unit_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    person_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    person_name: Option<String>,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
}

/// The roster.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Roster {
    items: Vec<DutyView>,
}

/// The longest turn, in days.
const LONGEST_TURN: i64 = 31;

fn show(names: &Names, duty: Duty) -> DutyView {
    DutyView {
        id: duty.id,
        unit_id: duty.unit_id,
        unit_name: names.organisations.name(duty.unit_id).to_owned(),
        person_id: duty.person_id,
        person_name: names.person(duty.person_id).map(|person| person.name),
        from: duty.from_at,
        to: duty.to_at,
    }
}

/// Lists the turns that are not over.
///
/// # Errors
/// None of its own.
#[utoipa::path(get, path = "/api/v1/duty", tag = "settings", responses((status = 200, body = Roster, description = "The roster")))]
pub(crate) async fn list(State(leads): State<Leads>, allowed: Allowed<rights::Read>) -> Answer<Json<Roster>> {
    let turns = if touches_home(&leads, &allowed.scope()) {
        store::duty(leads.database().pool(), leads.home_region(), leads.clock().now()).await?
    } else {
        Vec::new()
    };
    let names = Names::of(&leads, turns.iter().filter_map(|duty| duty.person_id)).await?;
    Ok(Json(Roster { items: turns.into_iter().map(|duty| show(&names, duty)).collect() }))
}

/// Adds a turn.
///
/// # Errors
/// `duty-invalid`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/duty", tag = "settings", request_body = DutyInput, responses((status = 201, body = DutyView, description = "The turn")))]
pub(crate) async fn add(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Configure>,
    Json(input): Json<DutyInput>,
) -> Answer<(StatusCode, Json<DutyView>)> {
    let length = input.to - input.from;
    if length <= Duration::zero() || length > Duration::days(LONGEST_TURN) {
        let detail = format!("止应晚于起，一次值班不超过 {LONGEST_TURN} 天");
        return Err(Problem::invalid("duty-invalid", detail.clone()).field("to", detail).into());
    }
    let organisations = leads.identity().organisations().await?;
    let Some(unit) = organisations.get(input.unit_id).filter(|unit| unit.active) else {
        return Err(Problem::invalid("duty-invalid", "没有这个单位，或它已停用").field("unit_id", "没有这个单位").into());
    };
    require_ground(&allowed.scope(), &unit.region)?;
    let duty = Duty {
        id: kernel::id::uuid_at(leads.clock().now()),
        region: leads.home_region().to_owned(),
        unit_id: input.unit_id,
        person_id: input.person_id,
        from_at: input.from,
        to_at: input.to,
    };
    let mut transaction = leads.database().pool().begin().await?;
    store::insert_duty(&mut transaction, &duty).await?;
    let sides = (Value::Null, duty.traced());
    trace::leave(&leads, &mut transaction, &allowed.caller, "duty-added", &duty.id.to_string(), sides).await?;
    transaction.commit().await?;
    leads.settings_cache().forget();
    let names = Names::of(&leads, duty.person_id).await?;
    Ok((StatusCode::CREATED, Json(show(&names, duty))))
}

/// Removes a turn.
///
/// # Errors
/// `duty-not-found`, `scope-exceeded`.
#[utoipa::path(delete, path = "/api/v1/duty/{id}", tag = "settings", params(("id" = Uuid, Path, description = "The turn")),
    responses((status = 204, description = "Removed")))]
pub(crate) async fn remove(State(leads): State<Leads>, allowed: Allowed<rights::Configure>, Path(id): Path<Uuid>) -> Answer<StatusCode> {
    let mut transaction = leads.database().pool().begin().await?;
    let gone = store::delete_duty(&mut transaction, leads.home_region(), id).await?;
    let gone = gone.ok_or_else(|| Problem::not_found("duty-not-found", "没有这次值班"))?;
    let ground = leads.identity().organisations().await?.get(gone.unit_id).map(|unit| unit.region.clone());
    require_ground(&allowed.scope(), ground.as_deref().unwrap_or(leads.home_region()))?;
    let sides = (gone.traced(), Value::Null);
    trace::leave(&leads, &mut transaction, &allowed.caller, "duty-removed", &id.to_string(), sides).await?;
    transaction.commit().await?;
    leads.settings_cache().forget();
    Ok(StatusCode::NO_CONTENT)
}
