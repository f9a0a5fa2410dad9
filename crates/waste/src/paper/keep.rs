//! Adding and removing a paper; both stand in the history of settings.

use axum::{extract::State, http::StatusCode};
use chrono::NaiveDate;
use http_api::{Answer, Json, Path};
use identity::{Allowed, Scope};
use kernel::{id::uuid_at, problem::Problem};
use serde::Deserialize;
use serde_json::{Value, json};
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{PaperKind, PaperOwner, WastePaper, store};
use crate::{
    Waste, carrier, driver, place, rights, scope, vehicle,
    words::{optional, wrong},
};

/// Papers of one owner at most.
const MOST: usize = 100;

/// A new paper (登记证照).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewWastePaper {
    owner_kind: PaperOwner,
    owner: Uuid,
    kind: PaperKind,
    number: Option<String>,
    /// The last day on which it holds; none where it has no end.
    valid_until: Option<NaiveDate>,
    /// A picture that was uploaded.
    file: Option<String>,
}

fn no_paper() -> Problem {
    Problem::not_found("waste-paper-not-found", "没有这份证照，或者不在您的查看范围内")
}

/// Where an owner belongs, and what it is called.
async fn ground(room: &Waste, connection: &mut PgConnection, scope: &Scope, owner: PaperOwner, id: Uuid) -> Answer<(String, String)> {
    let home = room.home();
    Ok(match owner {
        PaperOwner::Place => {
            place::store::one(connection, scope, home, id).await?.map(|it| (it.jurisdiction, it.name)).ok_or_else(place::no_place)?
        }
        PaperOwner::Carrier => {
            let found = carrier::store::one(connection, scope, home, id).await?;
            found.map(|it| (it.row.jurisdiction, it.row.name)).ok_or_else(carrier::no_carrier)?
        }
        PaperOwner::Vehicle => {
            let found = vehicle::store::one(connection, scope, home, id).await?;
            found.map(|it| (it.row.jurisdiction, it.row.plate)).ok_or_else(vehicle::no_vehicle)?
        }
        PaperOwner::Driver => {
            let found = driver::store::one(connection, scope, home, id).await?;
            found.map(|it| (it.row.jurisdiction, it.row.masked)).ok_or_else(driver::no_driver)?
        }
    })
}

/// Adds a paper.
///
/// # Errors
/// The owner's `…-not-found`, `scope-exceeded`, `waste-papers-many`, `photo-missing`; a field that is wrong.
#[utoipa::path(post, path = "/api/v1/waste/papers", tag = "waste", operation_id = "add_waste_paper", request_body = NewWastePaper,
    responses((status = 201, body = WastePaper, description = "Added")))]
pub(crate) async fn add(
    State(room): State<Waste>,
    allowed: Allowed<rights::KeepWaste>,
    Json(wanted): Json<NewWastePaper>,
) -> Answer<(StatusCode, Json<WastePaper>)> {
    let (now, scope) = (room.now(), allowed.scope());
    // A driver's licence and certificate stand in his own file, with their last days.
    if wanted.owner_kind == PaperOwner::Driver {
        return Err(wrong("owner_kind", "驾驶员的驾驶证、从业资格证期限请登记在驾驶员档案里").into());
    }
    room.picture(wanted.file.as_deref()).await?;
    let mut transaction = room.database().pool().begin().await?;
    let (jurisdiction, name) = ground(&room, &mut transaction, &scope, wanted.owner_kind, wanted.owner).await?;
    scope::require(&scope, room.home(), &jurisdiction)?;
    if store::of(&mut transaction, room.home(), &[wanted.owner]).await?.len() >= MOST {
        return Err(Problem::conflict("waste-papers-many", format!("一份档案最多 {MOST} 份证照，请先移除过期的")).into());
    }
    let row = store::PaperRow {
        id: uuid_at(now),
        region: room.home().to_owned(),
        owner: wanted.owner,
        owner_kind: wanted.owner_kind.code().to_owned(),
        kind: wanted.kind.code().to_owned(),
        number: optional("number", "证号", wanted.number.as_deref(), 60)?,
        valid_until: wanted.valid_until,
        file: wanted.file,
        simulated: room.parts().demo,
        added_by: allowed.caller.person.uuid(),
        added_at: now,
    };
    store::add(&mut transaction, &row).await?;
    let after = json!({ "owner_kind": row.owner_kind, "kind": row.kind, "number": row.number, "valid_until": row.valid_until });
    room.leave(&mut transaction, &allowed.caller, "waste-paper-added", &name, (Value::Null, after)).await?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(WastePaper::of(row, room.today()).ok_or_else(no_paper)?)))
}

/// Removes a paper; it stays in the history.
///
/// # Errors
/// `waste-paper-not-found`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/waste/papers/{id}/actions/remove", tag = "waste", operation_id = "remove_waste_paper",
    params(("id" = Uuid, Path, description = "The paper")), responses((status = 204, description = "Removed")))]
pub(crate) async fn remove(State(room): State<Waste>, allowed: Allowed<rights::KeepWaste>, Path(id): Path<Uuid>) -> Answer<StatusCode> {
    let scope = allowed.scope();
    let mut transaction = room.database().pool().begin().await?;
    let row = store::one(&mut transaction, room.home(), id).await?.ok_or_else(no_paper)?;
    let owner: PaperOwner = row.owner_kind.parse().map_err(|()| no_paper())?;
    let (jurisdiction, name) = ground(&room, &mut transaction, &scope, owner, row.owner).await.map_err(|_| no_paper())?;
    scope::require(&scope, room.home(), &jurisdiction)?;
    if !store::remove(&mut transaction, id, allowed.caller.person.uuid(), room.now()).await? {
        return Err(no_paper().into());
    }
    let before = json!({ "owner_kind": row.owner_kind, "kind": row.kind, "number": row.number, "valid_until": row.valid_until });
    room.leave(&mut transaction, &allowed.caller, "waste-paper-removed", &name, (before, Value::Null)).await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
