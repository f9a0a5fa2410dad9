//! Adding and changing a storage place; both stand in the history of settings.

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, Json, Path};
use identity::{
    Allowed, Caller,
    audit::{self, SettingChange},
};
use kernel::{id::uuid_at, problem::Problem};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{PlaceKind, no_place, store};
use crate::{
    Property,
    people::KEEPERS,
    rights,
    words::{LINE, optional, required},
};

/// Items of one place at most.
const MOST_ITEMS: i32 = 100_000;

/// A new storage place (新增保管场所).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPropertyPlace {
    /// The ground that it serves: a region's code within the caller's ground.
    jurisdiction: String,
    name: String,
    kind: PlaceKind,
    address: Option<String>,
    /// Items at most.
    capacity: Option<i32>,
    /// `officer` or `leader`.
    keeper_role: String,
}

/// A change of a storage place (修改保管场所).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PropertyPlaceChange {
    /// The version that the caller saw.
    version: i64,
    address: Option<String>,
    capacity: Option<i32>,
    keeper_role: String,
    /// Nothing goes in any more; it must be empty.
    closed: bool,
}

/// What was saved.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SavedPropertyPlace {
    id: Uuid,
}

fn checked(capacity: Option<i32>, role: &str) -> Result<(), Problem> {
    if capacity.is_some_and(|capacity| !(1..=MOST_ITEMS).contains(&capacity)) {
        let wrong = format!("容量应为 1 至 {MOST_ITEMS} 件");
        return Err(Problem::invalid("field-invalid", wrong.clone()).field("capacity", wrong));
    }
    if !KEEPERS.contains(&role) {
        return Err(Problem::invalid("field-invalid", "保管角色应为执法队员或者局领导").field("keeper_role", "请选择保管角色"));
    }
    Ok(())
}

fn told(row: &store::PlaceRow) -> Value {
    json!({ "name": row.name, "kind": row.kind, "jurisdiction": row.jurisdiction, "address": row.address, "capacity": row.capacity,
        "keeper_role": row.keeper_role, "closed": row.closed })
}

async fn leave(
    room: &Property,
    connection: &mut PgConnection,
    caller: &Caller,
    before: Option<&store::PlaceRow>,
    after: &store::PlaceRow,
) -> Answer<()> {
    let action = if before.is_some() { "property-place-changed" } else { "property-place-added" };
    let change =
        SettingChange { region: &after.region, action, target: &after.name, before: before.map_or(Value::Null, told), after: told(after) };
    audit::record(connection, room.clock().now(), caller.person, change).await?;
    Ok(())
}

/// Adds a storage place.
///
/// # Errors
/// `scope-exceeded`, `property-place-known`; a field that is missing or wrong.
#[utoipa::path(post, path = "/api/v1/property/places", tag = "property", operation_id = "add_property_place",
    request_body = NewPropertyPlace, responses((status = 201, body = SavedPropertyPlace, description = "Added")))]
pub(crate) async fn add(
    State(room): State<Property>,
    allowed: Allowed<rights::KeepPlaces>,
    Json(wanted): Json<NewPropertyPlace>,
) -> Answer<(StatusCode, Json<SavedPropertyPlace>)> {
    let digits = wanted.jurisdiction.chars().all(|c| c.is_ascii_digit());
    if !digits || !wanted.jurisdiction.starts_with(room.home_region()) || !allowed.scope().covers_region(&wanted.jurisdiction) {
        return Err(Problem::forbidden("scope-exceeded", "只能在自己的辖区内设置保管场所").into());
    }
    checked(wanted.capacity, &wanted.keeper_role)?;
    let now = room.clock().now();
    let row = store::PlaceRow {
        id: uuid_at(now),
        region: room.home_region().to_owned(),
        jurisdiction: wanted.jurisdiction,
        name: required("name", "名称", &wanted.name, 80)?,
        kind: wanted.kind.code().to_owned(),
        address: optional("address", "地址", wanted.address.as_deref(), LINE)?,
        capacity: wanted.capacity,
        keeper_role: wanted.keeper_role,
        closed: false,
        version: 1,
        changed_by: allowed.caller.person.uuid(),
        changed_at: now,
    };
    let mut transaction = room.database().pool().begin().await?;
    if !store::insert(&mut transaction, &row).await? {
        return Err(Problem::conflict("property-place-known", "已经有同名的保管场所").field("name", "换一个名称").into());
    }
    leave(&room, &mut transaction, &allowed.caller, None, &row).await?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(SavedPropertyPlace { id: row.id })))
}

/// Changes a storage place; its name, kind and ground stay, since labels and papers bear them.
///
/// # Errors
/// `property-place-not-found`, `property-place-changed`, `property-place-not-empty`; a field that is wrong.
#[utoipa::path(put, path = "/api/v1/property/places/{id}", tag = "property", operation_id = "change_property_place",
    params(("id" = Uuid, Path, description = "The place")), request_body = PropertyPlaceChange,
    responses((status = 200, body = SavedPropertyPlace, description = "Changed")))]
pub(crate) async fn change(
    State(room): State<Property>,
    allowed: Allowed<rights::KeepPlaces>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<PropertyPlaceChange>,
) -> Answer<Json<SavedPropertyPlace>> {
    checked(wanted.capacity, &wanted.keeper_role)?;
    let mut transaction = room.database().pool().begin().await?;
    store::hold_alone(&mut transaction, id).await?;
    let before = store::one(&mut transaction, &allowed.scope(), id).await?;
    let before = before.filter(|place| allowed.scope().covers_region(&place.jurisdiction)).ok_or_else(no_place)?;
    if wanted.closed && store::items(&mut transaction, id).await? > 0 {
        return Err(Problem::conflict("property-place-not-empty", "场所里还有财物，不能停用").cured_by("先移库或者办理出库", None).into());
    }
    let row = store::PlaceRow {
        address: optional("address", "地址", wanted.address.as_deref(), LINE)?,
        capacity: wanted.capacity,
        keeper_role: wanted.keeper_role,
        closed: wanted.closed,
        version: wanted.version + 1,
        changed_by: allowed.caller.person.uuid(),
        changed_at: room.clock().now(),
        ..before.clone()
    };
    if !store::update(&mut transaction, &row).await? {
        return Err(Problem::precondition_failed("property-place-changed", "这个场所刚刚被他人修改，请刷新后再改").into());
    }
    leave(&room, &mut transaction, &allowed.caller, Some(&before), &row).await?;
    transaction.commit().await?;
    Ok(Json(SavedPropertyPlace { id }))
}
