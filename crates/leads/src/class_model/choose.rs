//! Choose which class model proposes (启用、回退或停用类别模型).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::{
    list::{ClassModels, all, not_found},
    store::{self, Choice},
};
use crate::{
    Leads, rights,
    settings::{require_ground, trace},
};

/// Which model is to propose.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClassModelChoice {
    /// Its number; none leaves proposing to the table of words.
    number: Option<i64>,
    /// Learn a new one when enough leads came, and use it when it is better.
    automatic: bool,
}

/// Chooses a model, goes back to an earlier one, or to the table of words alone. Leads that stand keep their classes.
///
/// # Errors
/// `class-model-not-found`, `class-model-not-kept`, `version-conflict`, `scope-exceeded`.
#[utoipa::path(put, path = "/api/v1/class-models/choice", tag = "classes", operation_id = "choose_class_model", request_body = ClassModelChoice,
    params(("If-Match" = Option<String>, Header, description = "The version that was seen")),
    responses((status = 200, body = ClassModels, description = "The models")))]
pub(crate) async fn choose(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Configure>,
    IfMatch(seen): IfMatch,
    Json(wanted): Json<ClassModelChoice>,
) -> Answer<Json<ClassModels>> {
    require_ground(&allowed.scope(), leads.home_region())?;
    let region = leads.home_region();
    let mut transaction = leads.database().pool().begin().await?;
    let standing = store::choice(&mut *transaction, region).await?;
    if seen.is_some_and(|seen| seen != standing.version) {
        return Err(changed().into());
    }
    if let Some(number) = wanted.number {
        let record = store::one(&mut *transaction, region, number).await?.ok_or_else(not_found)?;
        if !record.has_body {
            return Err(Problem::conflict("class-model-not-kept", "这个类别模型没有可用的内容，不能启用").into());
        }
    }
    let choice = Choice { number: wanted.number, automatic: wanted.automatic, version: standing.version + 1 };
    if !store::choose(&mut transaction, region, &choice).await? {
        return Err(changed().into());
    }
    let sides = (traced(&standing), traced(&choice));
    trace::leave(&leads, &mut transaction, &allowed.caller, "class-model-chosen", region, sides).await?;
    transaction.commit().await?;
    leads.settings_cache().forget();
    Ok(Json(all(&leads).await?))
}

/// The choice as the history of settings keeps it.
pub(super) fn traced(choice: &Choice) -> Value {
    json!({ "number": choice.number, "automatic": choice.automatic })
}

fn changed() -> Problem {
    Problem::precondition_failed("version-conflict", "类别模型刚被别人改过，请刷新后再选")
}
