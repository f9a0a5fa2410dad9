//! What the rules propose for a lead, each with its reason: class, duplicates, unit, limits. All correctable, nothing done silently.

use axum::extract::State;
use catalogue::suggest::ClassSuggestion;
use http_api::{Answer, Json, Path};
use identity::{Allowed, OrganisationTree};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::LimitView;
use crate::{
    Leads,
    acceptance::{Past, UnitPast},
    act::{covers, not_found},
    caution::{self, Caution},
    hotspots::{self, Near},
    lead::store,
    likeness::{self, Duplicate},
    rights,
    settings::dispatch::Proposed,
};

/// A proposed unit.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UnitSuggestion {
    id: Uuid,
    name: String,
    reason: String,
    /// The precedent that names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    precedent: Option<Uuid>,
    /// What past dispatches of the class to it came to; absent where there were none.
    #[serde(skip_serializing_if = "Option::is_none")]
    past: Option<UnitPast>,
}

/// Units proposed at most.
const MOST_UNITS: usize = 5;
/// Of these by what was learned alone.
const MOST_LEARNED: usize = 2;

/// A limit that may be chosen at filing.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LimitChoice {
    /// What to send as `limit_id`.
    id: String,
    /// The conditions it is for.
    conditions: Vec<String>,
    #[serde(flatten)]
    limit: LimitView,
}

/// The proposals.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Suggestions {
    classes: Vec<ClassSuggestion>,
    duplicates: Vec<Duplicate>,
    units: Vec<UnitSuggestion>,
    /// The shortest first.
    limits: Vec<LimitChoice>,
    /// Like leads around this one lately, itself among them; absent without a place or a class.
    #[serde(skip_serializing_if = "Option::is_none")]
    near: Option<Near>,
    /// What to look at before a citizen's report is believed, each with its reason.
    cautions: Vec<Caution>,
}

/// Units by precedent and rule, then those that past dispatches speak for; each once, with what past dispatches to it came to.
fn propose(named: Vec<Proposed>, past: &Past, organisations: &OrganisationTree) -> Vec<UnitSuggestion> {
    let mut units: Vec<UnitSuggestion> = Vec::new();
    let learned = past.likely(MOST_LEARNED).into_iter().map(|unit| (unit, "按以往办结情况".to_owned(), None));
    let named = named.into_iter().map(|found| {
        let precedent = found.rule_set.is_none().then_some(found.rule);
        (found.unit.uuid(), found.reason, precedent)
    });
    for (id, reason, precedent) in named.chain(learned) {
        let usable = organisations.get(id).is_some_and(|unit| unit.active);
        if units.len() < MOST_UNITS && usable && units.iter().all(|unit| unit.id != id) {
            units.push(UnitSuggestion { id, name: organisations.name(id).to_owned(), reason, precedent, past: past.unit(id) });
        }
    }
    units
}

/// Proposes class, duplicates, unit and limits.
///
/// # Errors
/// `lead-not-found` when there is none within the caller's scope.
#[utoipa::path(get, path = "/api/v1/leads/{id}/suggestions", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    responses((status = 200, body = Suggestions, description = "The proposals")))]
pub(crate) async fn suggestions(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Read>,
    Path(id): Path<Uuid>,
) -> Answer<Json<Suggestions>> {
    let pool = leads.database().pool();
    let scope = allowed.scope();
    let header = store::header(pool, id).await?.filter(|header| covers(&scope, header)).ok_or_else(not_found)?;
    let record = store::record(&mut *pool.acquire().await?, &header.region, id).await?.ok_or_else(not_found)?;
    let classes = leads.proposer().await?.classes(&record.description);
    let settings = leads.settings().await?;
    let organisations = leads.identity().organisations().await?;
    let units = match (&record.class_code, &record.grid) {
        (Some(class), Some(grid)) => {
            let past = leads.past_of(&mut *pool.acquire().await?, &header.region, class, grid).await?;
            propose(settings.units_for(&header.region, class, grid, leads.clock().now()), &past, &organisations)
        }
        _ => Vec::new(),
    };
    let limits = record.class_code.as_deref().map(|class| leads.limit_choices(class)).unwrap_or_default();
    let limits = limits
        .into_iter()
        .map(|choice| LimitChoice {
            limit: LimitView {
                value: choice.limit.value(),
                unit: choice.limit.unit().code().to_owned(),
                label: choice.limit.label(),
                provisional: choice.provisional,
            },
            id: choice.id,
            conditions: choice.conditions,
        })
        .collect();
    let duplicates = likeness::duplicates(&leads, &scope, &header, &record).await?;
    let near = hotspots::near(&leads, &scope, &header, &record).await?;
    let cautions = caution::cautions(&leads, &scope, &header, &record).await?;
    Ok(Json(Suggestions { classes, duplicates, units, limits, near, cautions }))
}
