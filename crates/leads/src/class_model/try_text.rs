//! Try a class model on a text (试一试).

use axum::extract::State;
use catalogue::suggest::ClassSuggestion;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{list::not_found, propose::Proposer};
use crate::{Leads, act, rights, settings::require_ground};

/// A text to try.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClassTrialText {
    /// What a citizen might write.
    text: String,
}

/// What is proposed for it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClassTrial {
    /// By this model and the table of words.
    with_model: Vec<ClassSuggestion>,
    /// By the table of words alone.
    by_words: Vec<ClassSuggestion>,
}

/// Tries a model on a text; nothing is kept.
///
/// # Errors
/// `class-model-not-found`, a faulty field, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/class-models/{number}/try", tag = "classes", operation_id = "try_class_model", request_body = ClassTrialText,
    params(("number" = i64, Path, description = "The model's number")), responses((status = 200, body = ClassTrial, description = "The proposals")))]
pub(crate) async fn try_text(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Configure>,
    Path(number): Path<i64>,
    Json(request): Json<ClassTrialText>,
) -> Answer<Json<ClassTrial>> {
    require_ground(&allowed.scope(), leads.home_region())?;
    let text = act::required("text", "一段描述", &request.text)?;
    let used = leads.class_model(number).await?.ok_or_else(not_found)?;
    let with_model = Proposer::new(leads.catalogue().clone(), Some(used)).classes(&text);
    let by_words = leads.catalogue().suggest(&text);
    Ok(Json(ClassTrial { with_model, by_words }))
}
