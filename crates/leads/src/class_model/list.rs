//! List the class models, or show one (类别模型列表).

use axum::extract::State;
use chrono::{DateTime, Utc};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::{id::uuid_at, problem::Problem};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    ModelState, Report,
    samples::{LEAST, LEAST_OF_A_CLASS},
    store::{self, ModelRecord},
    work::ENOUGH,
};
use crate::{
    Leads,
    list::row::{NamedId, Names},
    rights,
    settings::require_ground,
};

/// A class model as people read it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClassModel {
    /// Counted from 1 in each district.
    number: i64,
    state: ModelState,
    state_label: &'static str,
    /// Who asked for it; none where the program did by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    asked_by: Option<NamedId>,
    asked_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_at: Option<DateTime<Utc>>,
    /// Why nothing was learned.
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<String>,
    /// What it was learned from and how it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<Report>,
    /// It is kept and can be chosen.
    choosable: bool,
}

/// The class models and which of them proposes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClassModels {
    /// The newest first.
    items: Vec<ClassModel>,
    /// The one in use; none where the table of words proposes alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    used: Option<i64>,
    /// A new one is learned when enough leads came, and used when it is better.
    automatic: bool,
    /// For `If-Match` when choosing.
    version: i64,
    /// Leads that came since the newest model was asked for, counted up to `enough`.
    since: i64,
    /// New leads after which a model is learned by itself.
    enough: i64,
    /// Samples without which nothing is learned.
    least: usize,
    /// Samples without which a class is left to the table of words.
    least_of_a_class: usize,
}

/// Lists the class models.
///
/// # Errors
/// `scope-exceeded`.
#[utoipa::path(get, path = "/api/v1/class-models", tag = "classes", operation_id = "list_class_models",
    responses((status = 200, body = ClassModels, description = "The models")))]
pub(crate) async fn list(State(leads): State<Leads>, allowed: Allowed<rights::Configure>) -> Answer<Json<ClassModels>> {
    require_ground(&allowed.scope(), leads.home_region())?;
    Ok(Json(all(&leads).await?))
}

/// The models as they stand.
pub(super) async fn all(leads: &Leads) -> Answer<ClassModels> {
    let (pool, region) = (leads.database().pool(), leads.home_region());
    let choice = store::choice(pool, region).await?;
    let records = store::list(pool, region).await?;
    let begin = records.first().map_or_else(uuid::Uuid::nil, |newest| uuid_at(newest.asked_at));
    let since = store::leads_since(pool, region, begin, ENOUGH).await?;
    let names = Names::of(leads, records.iter().filter_map(|record| record.asked_by)).await?;
    Ok(ClassModels {
        items: records.into_iter().map(|record| view(leads, record, &names)).collect(),
        used: choice.number,
        automatic: choice.automatic,
        version: choice.version,
        since,
        enough: ENOUGH,
        least: LEAST,
        least_of_a_class: LEAST_OF_A_CLASS,
    })
}

/// Shows one class model.
///
/// # Errors
/// `class-model-not-found`, `scope-exceeded`.
#[utoipa::path(get, path = "/api/v1/class-models/{number}", tag = "classes", operation_id = "show_class_model",
    params(("number" = i64, Path, description = "The model's number")), responses((status = 200, body = ClassModel, description = "The model")))]
pub(crate) async fn show(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Configure>,
    Path(number): Path<i64>,
) -> Answer<Json<ClassModel>> {
    require_ground(&allowed.scope(), leads.home_region())?;
    let record = store::one(leads.database().pool(), leads.home_region(), number).await?.ok_or_else(not_found)?;
    let names = Names::of(&leads, record.asked_by).await?;
    Ok(Json(view(&leads, record, &names)))
}

pub(super) fn view(leads: &Leads, record: ModelRecord, names: &Names) -> ClassModel {
    let state = record.state.parse().unwrap_or(ModelState::Failed);
    let mut report = record.report.map(|report| report.0);
    // Codes are for programs; people read names.
    for class in report.iter_mut().flat_map(|report| &mut report.by_class) {
        class.name = leads.class_name(&class.code);
    }
    for confusion in report.iter_mut().flat_map(|report| &mut report.confusions) {
        confusion.name = leads.class_name(&confusion.code);
        confusion.proposed_name = confusion.proposed.as_deref().and_then(|code| leads.class_name(code));
    }
    ClassModel {
        number: record.number,
        state,
        state_label: state.label(),
        asked_by: names.person(record.asked_by),
        asked_at: record.asked_at,
        ended_at: record.ended_at,
        failure: record.failure,
        report,
        choosable: record.has_body,
    }
}

pub(super) fn not_found() -> Problem {
    Problem::not_found("class-model-not-found", "没有这个类别模型")
}
