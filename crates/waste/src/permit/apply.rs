//! `POST /api/v1/waste/permits`: an application, by an enterprise or by the window for one that came on paper.

use axum::{extract::State, http::StatusCode, response::IntoResponse};
use docket::{Actor, Holder, KeyOf, NewEntry, Opening, facet, ledger::payload};
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::id::{DocketId, OrganisationId};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    KIND, PermitState, clock,
    content::{WastePermitContent, checked, fits},
    store::{self, PermitRow, VersionRow},
    view,
};
use crate::{Waste, carrier, rights, shape::Spot};

/// A new application (申请处置核准).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewWastePermit {
    /// The site that waste comes from.
    site: Uuid,
    content: WastePermitContent,
}

/// What the ledger keeps of a version: all that was applied for.
pub(super) fn told(version: &VersionRow) -> Value {
    json!({ "version": version.ordinal, "carrier": version.carrier, "disposals": version.disposals, "vehicles": version.vehicles,
        "material": version.material, "corridor": version.corridor.0, "half_width_m": version.half_width_m, "hours": version.hours.0,
        "volume_m3": version.volume_m3, "valid_from": version.valid_from, "valid_until": version.valid_until })
}

/// The middle of a ring's corners: where the docket lies on the map.
fn middle(ring: &[Spot]) -> Option<(f64, f64)> {
    let count = f64::from(u32::try_from(ring.len()).ok()?);
    (!ring.is_empty()).then(|| (ring.iter().map(|it| it[0]).sum::<f64>() / count, ring.iter().map(|it| it[1]).sum::<f64>() / count))
}

/// Who must act in a state.
pub(super) fn holder(state: PermitState, applicant: Option<Uuid>) -> Holder {
    match state {
        PermitState::Applied | PermitState::ChangeApplied => Holder::role("officer"),
        PermitState::Reviewed | PermitState::ChangeReviewed => Holder::role("leader"),
        PermitState::Returned => match applicant {
            Some(unit) => Holder { role: None, unit: Some(OrganisationId::from(unit)), person: None },
            None => Holder::role("officer"),
        },
        _ => Holder::NOBODY,
    }
}

/// Applies for a permit; answers it whole.
///
/// # Errors
/// `waste-place-not-found`, `waste-carrier-not-found`; a field that is wrong.
#[utoipa::path(post, path = "/api/v1/waste/permits", tag = "waste", operation_id = "apply_for_waste_permit", request_body = NewWastePermit,
    responses((status = 201, body = view::WholeWastePermit, description = "The application")))]
pub(crate) async fn apply(
    State(room): State<Waste>,
    allowed: Allowed<rights::ApplyForPermits>,
    Json(wanted): Json<NewWastePermit>,
) -> Answer<impl IntoResponse> {
    let (now, scope, home) = (room.now(), allowed.scope(), room.home());
    let checked = checked(wanted.content, room.today())?;
    let key = KeyOf { region: home.to_owned(), id: DocketId::new(now) };
    let number = room.numbers().next(home, KIND, now).await?;
    let mut transaction = room.database().pool().begin().await?;
    let site = fits(&room, &mut transaction, &scope, wanted.site, &checked).await?;
    let carrier = carrier::store::named(&mut transaction, home, checked.content.carrier).await?.ok_or_else(carrier::no_carrier)?;
    let applicant = scope.units.is_some().then(|| allowed.caller.organisation.uuid());
    let version = checked.version(home, key.id.uuid(), 1, allowed.caller.person.uuid(), now);
    let row = PermitRow {
        region: home.to_owned(),
        id: key.id.uuid(),
        site: site.id,
        applicant,
        number: None,
        organ_name: None,
        organ_word: None,
        year: None,
        serial: None,
        current: None,
        pending: Some(1),
        granted_at: None,
        ended_at: None,
        ended_for: None,
    };
    let title = format!("{}：{}承运", site.name, carrier.name);
    let line = payload([("site", json!(site.id)), ("applicant", json!(applicant)), ("content", told(&version))]);
    let opening = Opening {
        key: key.clone(),
        kind: KIND,
        number,
        state: PermitState::Applied.code(),
        text: title.clone(),
        title,
        jurisdiction: site.jurisdiction.clone(),
        position: middle(&site.area),
        holder: holder(PermitState::Applied, applicant),
        unit: None,
        simulated: room.parts().demo,
        facets: vec![facet("kind", KIND)],
        entries: vec![NewEntry {
            actor: Actor::Person(allowed.caller.person),
            role: allowed.caller.roles.first().cloned(),
            action: "apply",
            place: None,
            payload: line,
        }],
        deadlines: vec![clock::start(&room.parts().calendar, now, 1)],
        events: Vec::new(),
    };
    docket::open(&mut transaction, now, &[opening]).await?;
    store::insert(&mut transaction, &row).await?;
    store::add_version(&mut transaction, &version).await?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(view::whole(&room, &allowed.caller, key.id.uuid()).await?)))
}
