//! People of the house who hand things over and take them.

use std::collections::HashMap;

use axum::extract::State;
use http_api::{Answer, Json};
use identity::Allowed;
use serde::Serialize;
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Property, rights};

/// Roles whose people handle things. The role that keeps a place is among them.
pub(crate) const KEEPERS: [&str; 2] = ["officer", "leader"];
/// People looked at for one ground at most: more than a county employs.
const MOST: i64 = 2_000;

/// A person of the house (人员).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PropertyPerson {
    pub id: Uuid,
    pub name: String,
}

/// Those who may hand over and take (经手人).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PropertyPeople {
    items: Vec<PropertyPerson>,
}

/// The names of some people, asked for once.
pub(crate) struct Names(HashMap<Uuid, String>);

impl Names {
    /// Over a connection of its own: nobody holds two.
    pub async fn of(room: &Property, mut people: Vec<Uuid>) -> Answer<Self> {
        people.sort_unstable();
        people.dedup();
        Ok(Self(room.identity().names_of(&people).await?))
    }

    pub fn person(&self, id: Uuid) -> PropertyPerson {
        PropertyPerson { id, name: self.0.get(&id).cloned().unwrap_or_default() }
    }
}

/// The active people of these roles on a ground.
pub(crate) async fn on_ground(room: &Property, connection: &mut PgConnection, roles: &[&str], region: &str) -> Answer<Vec<Uuid>> {
    let people = room.identity().people_of(connection, roles, None, Some(region), MOST).await?;
    Ok(people.into_iter().map(Uuid::from).collect())
}

/// Lists who may hand over and take on the caller's ground.
///
/// # Errors
/// The database's.
#[utoipa::path(get, path = "/api/v1/property/people", tag = "property", operation_id = "list_property_people",
    responses((status = 200, body = PropertyPeople, description = "The people")))]
pub(crate) async fn list(State(room): State<Property>, allowed: Allowed<rights::KeepProperty>) -> Answer<Json<PropertyPeople>> {
    let mut people = Vec::new();
    let mut connection = room.database().pool().acquire().await?;
    for region in &allowed.scope().regions {
        let region = if region.is_empty() { room.home_region() } else { region };
        people.extend(on_ground(&room, &mut connection, &KEEPERS, region).await?);
    }
    drop(connection);
    people.sort_unstable();
    people.dedup();
    let names = Names::of(&room, people.clone()).await?;
    let mut items: Vec<PropertyPerson> = people.into_iter().map(|id| names.person(id)).collect();
    items.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(Json(PropertyPeople { items }))
}
