//! Holding a lead's data back from being dropped (暂停删除), and letting them go.

use axum::{extract::State, http::StatusCode};
use chrono::{DateTime, Utc};
use docket::KeyOf;
use http_api::{Answer, Json, Path};
use identity::{
    Allowed,
    audit::{self, SettingChange},
};
use kernel::{id::uuid_at, problem::Problem};
use leads::NamedId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::store::{self, HoldRow};
use crate::{
    Privacy, rights,
    words::{NOTE, required, unnumbered},
};

/// A hold.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RetentionHold {
    id: Uuid,
    /// The lead's number.
    number: String,
    reason: String,
    placed_by: NamedId,
    placed_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    released_by: Option<NamedId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    released_at: Option<DateTime<Utc>>,
}

/// The holds.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RetentionHolds {
    /// Standing ones first.
    items: Vec<RetentionHold>,
}

/// What is to be held, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewHold {
    /// The lead's number.
    number: String,
    reason: String,
}

/// Lists the holds.
///
/// # Errors
/// `scope-exceeded`.
#[utoipa::path(get, path = "/api/v1/retention-holds", tag = "privacy", operation_id = "list_retention_holds",
    responses((status = 200, body = RetentionHolds, description = "The holds")))]
pub(crate) async fn list(State(room): State<Privacy>, allowed: Allowed<rights::SeePrivacy>) -> Answer<Json<RetentionHolds>> {
    room.require_ground(&allowed.scope())?;
    all(&room).await
}

/// Places a hold.
///
/// # Errors
/// `field-required`, `lead-not-found`, `already-held`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/retention-holds", tag = "privacy", operation_id = "place_retention_hold", request_body = NewHold,
    responses((status = 201, body = RetentionHolds, description = "The holds")))]
pub(crate) async fn place(
    State(room): State<Privacy>,
    allowed: Allowed<rights::HandleRequests>,
    Json(new): Json<NewHold>,
) -> Answer<(StatusCode, Json<RetentionHolds>)> {
    room.require_ground(&allowed.scope())?;
    let (region, now) = (room.home_region(), room.clock().now());
    let reason = unnumbered(&required("reason", "理由", &new.reason, NOTE)?);
    let number = required("number", "线索编号", &new.number, 40)?;
    let unknown = || Problem::not_found("lead-not-found", "没有找到这个编号的线索").field("number", "没有这个编号");
    let lead = room.leads().by_number(region, &number).await?.ok_or_else(unknown)?;
    let person = allowed.caller.person;
    let hold =
        HoldRow { id: uuid_at(now), lead, number, reason, placed_by: person.uuid(), placed_at: now, released_by: None, released_at: None };
    let mut transaction = room.database().pool().begin().await?;
    // Under the lead's lock: who is erasing it at this moment is done before, or finds it held.
    room.leads().hold_data(&mut transaction, &KeyOf { region: region.to_owned(), id: lead.into() }, true).await?;
    if !store::hold(&mut transaction, region, &hold).await? {
        return Err(Problem::conflict("already-held", "这条线索已经暂停删除").into());
    }
    let after = json!({ "number": hold.number, "reason": hold.reason });
    let change = SettingChange { region, action: "retention-hold-placed", target: &hold.number, before: Value::Null, after };
    audit::record(&mut transaction, now, person, change).await?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, all(&room).await?))
}

/// Releases a hold.
///
/// # Errors
/// `hold-not-found`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/retention-holds/{id}/actions/release", tag = "privacy", operation_id = "release_retention_hold",
    params(("id" = Uuid, Path, description = "The hold")), responses((status = 200, body = RetentionHolds, description = "The holds")))]
pub(crate) async fn release(
    State(room): State<Privacy>,
    allowed: Allowed<rights::HandleRequests>,
    Path(id): Path<Uuid>,
) -> Answer<Json<RetentionHolds>> {
    room.require_ground(&allowed.scope())?;
    let (region, now, person) = (room.home_region(), room.clock().now(), allowed.caller.person);
    let mut transaction = room.database().pool().begin().await?;
    let unknown = || Problem::not_found("hold-not-found", "没有找到这项暂停删除，或已经解除");
    // The lead's lock first, as whoever places one takes it; who released it meanwhile leaves nothing to release.
    let (number, lead) = store::standing(&mut transaction, region, id).await?.ok_or_else(unknown)?;
    room.leads().hold_data(&mut transaction, &KeyOf { region: region.to_owned(), id: lead.into() }, false).await?;
    if !store::release(&mut transaction, region, id, person.uuid(), now).await? {
        return Err(unknown().into());
    }
    let before = json!({ "number": number });
    let change = SettingChange { region, action: "retention-hold-released", target: &number, before, after: Value::Null };
    audit::record(&mut transaction, now, person, change).await?;
    transaction.commit().await?;
    all(&room).await
}

async fn all(room: &Privacy) -> Answer<Json<RetentionHolds>> {
    let rows = store::holds(room.database().pool(), room.home_region()).await?;
    let people: Vec<Uuid> = rows.iter().flat_map(|row| [Some(row.placed_by), row.released_by]).flatten().collect();
    let names = room.identity().names_of(&people).await?;
    let named = |id: Uuid| NamedId { id, name: names.get(&id).cloned().unwrap_or_default() };
    let items = rows.into_iter().map(|row| RetentionHold {
        id: row.id,
        number: row.number,
        reason: row.reason,
        placed_by: named(row.placed_by),
        placed_at: row.placed_at,
        released_by: row.released_by.map(named),
        released_at: row.released_at,
    });
    Ok(Json(RetentionHolds { items: items.collect() }))
}
