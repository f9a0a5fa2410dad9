//! Model cases (典型案例): nominated with a masked summary, looked through by another person, shown to officers by matter.

use axum::{extract::State, http::StatusCode};
use chrono::{DateTime, Utc};
use database::keyset;
use http_api::{Answer, Json, Page, Path, Query};
use identity::{Allowed, Caller};
use kernel::{id::uuid_at, problem::Problem};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    ModelCaseLevel, ModelCaseState, ModelCaseStep, no_model,
    store::{self, ModelRow},
};
use crate::{Quality, rights, scope::touches, service::text};

/// Rows of a page.
const ROWS: usize = 50;

/// A case to be nominated.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NominateCase {
    case: Uuid,
    level: ModelCaseLevel,
    title: String,
    /// Without names and numbers of anybody.
    summary: String,
    /// What others learn from it.
    merits: String,
}

/// A step of a model case.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StepOfModel {
    /// Its version as it was seen.
    seen: i32,
    step: ModelCaseStep,
    /// Why it is withdrawn.
    #[serde(default)]
    reason: String,
}

/// Which are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// Of one state; those that are not withdrawn otherwise.
    #[param(inline)]
    state: Option<ModelCaseState>,
    /// Where the page begins, from `next_cursor`.
    cursor: Option<String>,
}

/// A model case (典型案例).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ModelCase {
    id: Uuid,
    case_id: Uuid,
    version: i32,
    state: ModelCaseState,
    state_label: &'static str,
    level: ModelCaseLevel,
    level_label: &'static str,
    title: String,
    matter_code: String,
    matter_name: String,
    summary: String,
    merits: String,
    nominated_by: String,
    nominated_at: DateTime<Utc>,
    /// The caller nominated it: another person looks it through.
    mine: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_reason: Option<String>,
}

impl Quality {
    pub(super) async fn model_views(&self, rows: Vec<ModelRow>, caller: &Caller) -> Answer<Vec<ModelCase>> {
        let names = self.identity().names_of(&rows.iter().map(|row| row.nominated_by).collect::<Vec<_>>()).await?;
        let view = |row: ModelRow| {
            let (state, level) =
                (row.state.parse().unwrap_or(ModelCaseState::Withdrawn), row.level.parse().unwrap_or(ModelCaseLevel::County));
            ModelCase {
                mine: row.nominated_by == caller.person.uuid(),
                nominated_by: names.get(&row.nominated_by).cloned().unwrap_or_default(),
                id: row.id,
                case_id: row.case_id,
                version: row.version,
                state,
                state_label: state.label(),
                level,
                level_label: level.label(),
                title: row.title,
                matter_code: row.matter_code,
                matter_name: row.matter_name,
                summary: row.summary,
                merits: row.merits,
                nominated_at: row.nominated_at,
                end_reason: row.end_reason,
            }
        };
        Ok(rows.into_iter().map(view).collect())
    }
}

/// Lists model cases, the newest first.
///
/// # Errors
/// `cursor-invalid`.
#[utoipa::path(get, path = "/api/v1/model-cases", tag = "quality", operation_id = "list_model_cases", params(Ask),
    responses((status = 200, body = Page<ModelCase>)))]
pub(crate) async fn list(
    State(room): State<Quality>,
    allowed: Allowed<rights::SeeReviews>,
    Query(ask): Query<Ask>,
) -> Answer<Json<Page<ModelCase>>> {
    let before = ask.cursor.as_deref().map(keyset::decode::<Uuid>).transpose();
    let before = before.map_err(|_| Problem::invalid("cursor-invalid", "翻页标记无效，请从第一页重新查询"))?;
    let state = ask.state.map(ModelCaseState::code);
    let rows = store::models(room.database().pool(), &allowed.scope(), state, before, ROWS as i64 + 1).await?;
    let (rows, next_cursor) = keyset::page(rows, ROWS, |row| row.id);
    Ok(Json(Page { items: room.model_views(rows, &allowed.caller).await?, next_cursor }))
}

/// Nominates a decided case; a summary that names a party is refused.
///
/// # Errors
/// `case-not-found`, `model-undecided`, `model-names`, `model-exists`, `field-required`.
#[utoipa::path(post, path = "/api/v1/model-cases", tag = "quality", operation_id = "nominate_model_case", request_body = NominateCase,
    responses((status = 201, body = ModelCase)))]
pub(crate) async fn nominate(
    State(room): State<Quality>,
    allowed: Allowed<rights::NominateCases>,
    Json(new): Json<NominateCase>,
) -> Answer<(StatusCode, Json<ModelCase>)> {
    let caller = &allowed.caller;
    let of = room.cases().seen(caller, new.case).await?;
    if !of.decided {
        return Err(Problem::conflict("model-undecided", "只有已经作出决定的案件可以推荐为典型案例").into());
    }
    let now = room.clock().now();
    let row = ModelRow {
        id: uuid_at(now),
        region: of.key.region.clone(),
        case_id: new.case,
        version: 1,
        state: ModelCaseState::Nominated.code().to_owned(),
        level: new.level.code().to_owned(),
        title: text("title", "标题", &new.title, 100)?,
        matter_code: of.matter_code,
        matter_name: of.matter_name,
        summary: text("summary", "案情摘要", &new.summary, 5_000)?,
        merits: text("merits", "典型意义", &new.merits, 2_000)?,
        nominated_by: caller.person.uuid(),
        nominated_at: now,
        end_reason: None,
    };
    let mut transaction = room.database().pool().begin().await?;
    let said = format!("{} {} {}", row.title, new.summary, row.merits);
    if room.cases().names_party(&mut transaction, &of.key, &said).await? {
        let why = "摘要里有当事人的姓名或者名称，请改为“当事人某某”";
        return Err(Problem::invalid("model-names", why).field("summary", why).into());
    }
    if !store::nominate(&mut transaction, &row).await? {
        return Err(Problem::conflict("model-exists", "这个案件已经推荐过").into());
    }
    transaction.commit().await?;
    let view = room.model_views(vec![row], caller).await?.pop().ok_or_else(no_model)?;
    Ok((StatusCode::CREATED, Json(view)))
}

/// Shows a nominated case after another person looked it through, or withdraws it.
///
/// # Errors
/// `model-not-found`, `model-own`, `model-settled`, `version-conflict`, `field-required`.
#[utoipa::path(post, path = "/api/v1/model-cases/{id}/actions/settle", tag = "quality", operation_id = "settle_model_case",
    params(("id" = Uuid, Path, description = "The model case")), request_body = StepOfModel, responses((status = 200, body = ModelCase)))]
pub(crate) async fn settle(
    State(room): State<Quality>,
    allowed: Allowed<rights::NominateCases>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<StepOfModel>,
) -> Answer<Json<ModelCase>> {
    let (person, now) = (allowed.caller.person.uuid(), room.clock().now());
    let mut transaction = room.database().pool().begin().await?;
    let row = store::model(&mut transaction, id).await?.filter(|row| touches(&allowed.scope(), &row.region)).ok_or_else(no_model)?;
    if row.version != wanted.seen {
        return Err(Problem::precondition_failed("version-conflict", "典型案例已被他人更新，请刷新").into());
    }
    match (wanted.step, row.state.parse()) {
        (ModelCaseStep::Show, Ok(ModelCaseState::Nominated)) => {
            if row.nominated_by == person {
                return Err(Problem::forbidden("model-own", "推荐人不能核对自己推荐的案例").into());
            }
            store::show(&mut transaction, id, (person, now)).await?;
        }
        (ModelCaseStep::Withdraw, Ok(ModelCaseState::Nominated | ModelCaseState::Shown)) => {
            let reason = text("reason", "撤下的理由", &wanted.reason, 500)?;
            store::withdraw(&mut transaction, id, &reason, (person, now)).await?;
        }
        _ => return Err(Problem::conflict("model-settled", "典型案例已经核对或者撤下").into()),
    }
    let row = store::model(&mut transaction, id).await?.ok_or_else(no_model)?;
    transaction.commit().await?;
    Ok(Json(room.model_views(vec![row], &allowed.caller).await?.pop().ok_or_else(no_model)?))
}
