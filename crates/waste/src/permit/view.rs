//! `GET /api/v1/waste/permits/{id}`: a permit whole, with what may be done with it.

use axum::{extract::State, response::IntoResponse};
use chrono::{DateTime, Utc};
use http_api::{Answer, Json, Path, etag};
use identity::{Allowed, Caller, Scope};
use kernel::procedure::Procedure;
use serde::Serialize;
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Material, PermitProcedure, PermitState, PermitVerb, act,
    list::{WastePermitRow, rows_of, store::Wanted},
    no_permit,
    store::{self, PermitRow, VersionRow},
};
use crate::{
    Waste, carrier,
    hours::WasteHours,
    place::{self, list::WastePlace, no_place},
    rights,
    service::{Names, WastePerson},
    shape::{self, Spot},
    vehicle,
};

/// A vehicle that a permit names (车辆).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WastePermitVehicle {
    id: Uuid,
    pub plate: String,
    pub colour_label: &'static str,
    rated_kg: i32,
    closed: bool,
}

/// What a version permits (核准内容).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WastePermitVersion {
    pub ordinal: i32,
    pub carrier: Uuid,
    pub disposals: Vec<WastePlace>,
    pub vehicles: Vec<WastePermitVehicle>,
    material: Material,
    pub material_label: &'static str,
    #[schema(value_type = Vec<Vec<f64>>)]
    pub corridor: Vec<Spot>,
    pub length_m: f64,
    pub half_width_m: i32,
    pub hours: Vec<WasteHours>,
    pub volume_m3: i64,
    pub valid_from: chrono::NaiveDate,
    pub valid_until: chrono::NaiveDate,
    note: Option<String>,
    asked_by: WastePerson,
    asked_at: DateTime<Utc>,
    reviewed_by: Option<WastePerson>,
    reviewed_at: Option<DateTime<Utc>>,
    review: Option<String>,
    decided_by: Option<WastePerson>,
    decided_at: Option<DateTime<Utc>>,
    granted: Option<bool>,
    decision: Option<String>,
    /// While it was in force.
    from_at: Option<DateTime<Utc>>,
    until_at: Option<DateTime<Utc>>,
    /// Until when it holds because its extension counts as granted.
    pub extended_until: Option<chrono::NaiveDate>,
}

/// Something that can be done now, or why not (可办事项).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WastePermitOffer {
    verb: PermitVerb,
    label: &'static str,
    /// Why not.
    refusal: Option<String>,
    /// By what rule.
    citation: Option<&'static str>,
}

/// A permit whole (处置核准).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WholeWastePermit {
    pub permit: WastePermitRow,
    pub site: WastePlace,
    /// The enterprise that applied; none where it came on paper.
    applicant: Option<String>,
    pub organ_name: Option<String>,
    pub granted_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
    ended_for: Option<String>,
    /// The ordinal of the version in force.
    pub current: Option<i32>,
    /// The ordinal of the version that is applied for, or was at last.
    pending: Option<i32>,
    /// The newest first.
    pub versions: Vec<WastePermitVersion>,
    offers: Vec<WastePermitOffer>,
    /// What stands against granting what was reviewed; the house's to know.
    against: Vec<String>,
    /// Since when the version in force stands in the place of another.
    pub changed_at: Option<DateTime<Utc>>,
}

fn version(
    names: &Names,
    (places, scope): (&[place::store::PlaceRow], &Scope),
    vehicles: &[vehicle::store::NamedVehicle],
    row: VersionRow,
) -> Option<WastePermitVersion> {
    let material: Material = row.material.parse().ok()?;
    let person = |id: Option<Uuid>| id.map(|id| names.person(id));
    let named = vehicles.iter().filter(|it| row.vehicles.contains(&it.row.id)).map(|it| WastePermitVehicle {
        id: it.row.id,
        plate: it.row.plate.clone(),
        colour_label: vehicle::colour_label(it.row.colour),
        rated_kg: it.row.rated_kg,
        closed: it.row.closed,
    });
    Some(WastePermitVersion {
        ordinal: row.ordinal,
        carrier: row.carrier,
        disposals: places.iter().filter(|it| row.disposals.contains(&it.id)).cloned().filter_map(|it| WastePlace::of(it, scope)).collect(),
        vehicles: named.collect(),
        material,
        material_label: material.label(),
        length_m: shape::length(&row.corridor),
        corridor: row.corridor.0,
        half_width_m: row.half_width_m,
        hours: row.hours.written(),
        volume_m3: row.volume_m3,
        valid_from: row.valid_from,
        valid_until: row.valid_until,
        note: row.note,
        asked_by: names.person(row.asked_by),
        asked_at: row.asked_at,
        reviewed_by: person(row.reviewed_by),
        reviewed_at: row.reviewed_at,
        review: row.review,
        decided_by: person(row.decided_by),
        decided_at: row.decided_at,
        granted: row.granted,
        decision: row.decision,
        from_at: row.from_at,
        until_at: row.until_at,
        extended_until: row.extended_until,
    })
}

/// What of the versions an enterprise reads: all of what it applied for, otherwise those that go with its vehicles or come from its site; and
/// no opinion before it was decided or given back. The house reads everything.
async fn readable(
    connection: &mut PgConnection,
    (scope, home): (&Scope, &str),
    (row, site): (&PermitRow, Option<Uuid>),
    (state, versions): (PermitState, Vec<VersionRow>),
) -> Answer<Vec<VersionRow>> {
    let Some(units) = &scope.units else { return Ok(versions) };
    let own = |organisation: Option<Uuid>| organisation.is_some_and(|it| units.contains(&it));
    let whole = own(row.applicant) || own(site);
    // Whatever was reviewed before the first was granted, and is not the last, was given back.
    let last = versions.first().map_or(0, |it| it.ordinal);
    let granted = versions.iter().filter(|it| it.from_at.is_some()).map(|it| it.ordinal).min().unwrap_or(last);
    let mut read = Vec::with_capacity(versions.len());
    for mut version in versions {
        let carrier = if whole { None } else { carrier::store::named(connection, home, version.carrier).await? };
        if !whole && !carrier.is_some_and(|it| own(it.organisation)) {
            continue;
        }
        let told = version.decided_by.is_some() || version.ordinal < granted || state == PermitState::Returned;
        if !told {
            (version.reviewed_by, version.reviewed_at, version.review) = (None, None, None);
        }
        read.push(version);
    }
    Ok(read)
}

/// A permit whole, for a caller who may see it.
pub(crate) async fn whole(room: &Waste, caller: &Caller, id: Uuid) -> Answer<WholeWastePermit> {
    let scope = caller.scope::<rights::SeeWaste>().ok_or_else(no_permit)?;
    let mut connection = room.database().pool().acquire().await?;
    let header = store::header(&mut connection, &scope, room.home(), id).await?.ok_or_else(no_permit)?;
    let wanted = Wanted { id: Some(id), most: 1, ..Wanted::default() };
    let permit = rows_of(&mut connection, &scope, room, &wanted).await?.pop().ok_or_else(no_permit)?;
    let row: PermitRow = store::one(&mut connection, &header.key()).await?.ok_or_else(no_permit)?;
    let versions = store::versions(&mut connection, &header.key()).await?;
    let facts = act::facts(room, &mut connection, (caller, &scope), &row, &versions).await?;
    let site = place::store::some(&mut connection, room.home(), &[row.site]).await?.pop();
    let before = versions.iter().any(|it| it.from_at.is_some() && Some(it.ordinal) < row.current);
    let changed_at = versions.iter().find(|it| before && Some(it.ordinal) == row.current).and_then(|it| it.from_at);
    let owner = site.as_ref().and_then(|it| it.organisation);
    let versions = readable(&mut connection, (&scope, room.home()), (&row, owner), (permit.state, versions)).await?;
    let mut ids: Vec<Uuid> = versions.iter().flat_map(|it| it.disposals.clone()).collect();
    ids.sort_unstable();
    ids.dedup();
    let places = place::store::some(&mut connection, room.home(), &ids).await?;
    let mut cars: Vec<Uuid> = versions.iter().flat_map(|it| it.vehicles.clone()).collect();
    cars.sort_unstable();
    cars.dedup();
    let vehicles = vehicle::store::some(&mut connection, room.home(), &cars).await?;
    drop(connection);
    let names = room.names(versions.iter().flat_map(|it| [Some(it.asked_by), it.reviewed_by, it.decided_by].into_iter().flatten())).await?;
    let tree = room.parts().identity.organisations().await?;
    let offers = PermitProcedure::offers(permit.state, &facts).into_iter().map(|offer| WastePermitOffer {
        verb: offer.verb,
        label: offer.verb.label(),
        citation: offer.refusal.as_ref().and_then(|it| it.citation),
        refusal: offer.refusal.map(|it| it.reason),
    });
    let site = site.and_then(|it| WastePlace::of(it, &scope)).ok_or_else(no_place)?;
    Ok(WholeWastePermit {
        permit,
        site,
        applicant: row.applicant.map(|id| tree.name(id).to_owned()),
        organ_name: row.organ_name,
        granted_at: row.granted_at,
        ended_at: row.ended_at,
        ended_for: row.ended_for,
        current: row.current,
        pending: row.pending,
        versions: versions.into_iter().filter_map(|it| version(&names, (&places, &scope), &vehicles, it)).collect(),
        offers: offers.collect(),
        against: if scope.units.is_none() { facts.against } else { Vec::new() },
        changed_at,
    })
}

/// Shows a permit with its versions and what may be done with it.
///
/// # Errors
/// `waste-permit-not-found`.
#[utoipa::path(get, path = "/api/v1/waste/permits/{id}", tag = "waste", operation_id = "read_waste_permit",
    params(("id" = Uuid, Path, description = "The permit")),
    responses((status = 200, body = WholeWastePermit, description = "The permit")))]
pub(crate) async fn show(State(room): State<Waste>, allowed: Allowed<rights::SeeWaste>, Path(id): Path<Uuid>) -> Answer<impl IntoResponse> {
    let whole = whole(&room, &allowed.caller, id).await?;
    Ok((etag(whole.permit.version), Json(whole)))
}
