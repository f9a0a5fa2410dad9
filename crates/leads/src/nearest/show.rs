//! Who on duty is nearest to a lead (就近值班人员).

use axum::extract::State;
use chrono::TimeDelta;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::position::Position;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    on_duty_until,
    rank::{self, Candidate},
    store,
};
use crate::{
    Leads,
    act::{covers, not_found},
    lead,
    list::row::{NamedId, Names},
    rights,
};

/// So many are shown: whoever is further away is no help.
const SHOWN: usize = 20;

/// Somebody on duty, or a unit whose turn names nobody (值班人员).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NearestOnDuty {
    unit: NamedId,
    /// None where the unit's turn names nobody and nobody of it shares where he is.
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<NamedId>,
    /// Within how far he is from the lead in a straight line: 200, 500, 1,000 metres, then whole kilometres, so that nobody is traced by asking for
    /// several leads; none where he does not share it.
    #[serde(skip_serializing_if = "Option::is_none")]
    metres: Option<i64>,
    /// Within so many metres, as his device says.
    #[serde(skip_serializing_if = "Option::is_none")]
    accuracy: Option<i64>,
    /// Seconds since it was measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    age_seconds: Option<i64>,
    /// The lead lies on his unit's ground.
    own_ground: bool,
}

/// Who is on duty, the nearest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OnDutyNear {
    /// The district lets places be shared.
    sharing: bool,
    items: Vec<NearestOnDuty>,
}

/// Shows who on duty is nearest to a lead; never where he is.
///
/// # Errors
/// `lead-not-found` when there is none within the caller's scope.
#[utoipa::path(get, path = "/api/v1/leads/{id}/nearest", tag = "leads", operation_id = "nearest_on_duty",
    params(("id" = Uuid, Path, description = "The lead")), responses((status = 200, body = OnDutyNear, description = "At most twenty")))]
pub(crate) async fn nearest(
    State(leads): State<Leads>,
    allowed: Allowed<rights::SeeNearest>,
    Path(id): Path<Uuid>,
) -> Answer<Json<OnDutyNear>> {
    let (pool, now, scope) = (leads.database().pool(), leads.clock().now(), allowed.scope());
    let header = lead::store::header(pool, id).await?.filter(|header| covers(&scope, header)).ok_or_else(not_found)?;
    let (settings, tree) = (leads.settings().await?, leads.identity().organisations().await?);
    let here = header.lon.zip(header.lat).and_then(|(lon, lat)| Position::new(lon, lat).ok());
    let ground = |unit: Uuid| tree.get(unit).map_or(0, |unit| rank::ground(&unit.region, &header.jurisdiction));
    let within = |unit: Uuid| tree.get(unit).is_some_and(|unit| unit.active && scope.covers_region(&unit.region));
    let mut candidates: Vec<Candidate> = Vec::new();
    // Of a lead that is over nobody needs to know who is near.
    if settings.nearest.on && header.open {
        let since = now - TimeDelta::hours(i64::from(settings.nearest.hours));
        for at in store::since(pool, leads.home_region(), since, now).await? {
            // The roster may have changed since he shared it.
            if !within(at.unit_id) || on_duty_until(&settings.duty, &tree, (at.person_id, at.unit_id), now).is_none() {
                continue;
            }
            let metres = here.zip(Position::new(at.lon, at.lat).ok()).map(|(here, there)| here.distance_m(there));
            candidates.push(Candidate {
                unit: at.unit_id,
                person: Some(at.person_id),
                metres,
                accuracy: at.accuracy,
                age: Some((now - at.at).num_seconds()),
                ground: ground(at.unit_id),
            });
        }
    }
    for turn in settings.duty.iter().filter(|turn| turn.from_at <= now && now < turn.to_at && within(turn.unit_id)) {
        let known = |it: &Candidate| match turn.person_id {
            Some(person) => it.person == Some(person),
            None => it.person.is_none() && it.unit == turn.unit_id,
        };
        if !candidates.iter().any(known) {
            let unit = turn.unit_id;
            candidates.push(Candidate { unit, person: turn.person_id, metres: None, accuracy: None, age: None, ground: ground(unit) });
        }
    }
    candidates.sort_by(rank::order);
    candidates.truncate(SHOWN);
    let names = Names::of(&leads, candidates.iter().filter_map(|it| it.person)).await?;
    let shown = |it: Candidate| NearestOnDuty {
        unit: NamedId { id: it.unit, name: names.organisations.name(it.unit).to_owned() },
        person: names.person(it.person),
        metres: it.metres.map(rank::steps),
        accuracy: it.accuracy.map(|metres| metres.ceil() as i64),
        age_seconds: it.age,
        own_ground: it.ground > 0,
    };
    Ok(Json(OnDutyNear { sharing: settings.nearest.on, items: candidates.into_iter().map(shown).collect() }))
}
