//! Listing classes.

use axum::extract::State;
use http_api::{Answer, Json, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Class, ClassKind};
use crate::{handle::Catalogue, rights::ReadCatalogue};

/// What to look for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Words of the name, or the beginning of the code.
    q: Option<String>,
    /// `matter` (default: what a lead can be about) or `component`.
    kind: Option<ClassKind>,
    /// The category, two digits.
    category: Option<String>,
    /// At most so many, 1 to 500.
    limit: Option<u32>,
}

/// Classes of the edition in force.
#[derive(Debug, Serialize, ToSchema)]
pub struct Classes {
    /// The edition, such as GB/T 47678.5-2026.
    version: String,
    items: Vec<Class>,
}

/// 现行部件与事项类别，含处置时限。
#[utoipa::path(get, path = "/api/v1/classes", tag = "catalogue", params(Wanted),
    responses((status = 200, body = Classes)), extensions(("x-right" = json!("catalogue.read"))))]
pub(crate) async fn list(
    State(catalogue): State<Catalogue>,
    _allowed: Allowed<ReadCatalogue>,
    Query(wanted): Query<Wanted>,
) -> Answer<Json<Classes>> {
    let limit = wanted.limit.unwrap_or(500);
    if !(1..=500).contains(&limit) {
        return Err(Problem::invalid("query-invalid", "查询参数不符合要求").field("limit", "每次 1 至 500 条").into());
    }
    let kind = wanted.kind.unwrap_or(ClassKind::Matter);
    let words: Vec<&str> = wanted.q.as_deref().unwrap_or_default().split_whitespace().collect();
    let snapshot = catalogue.snapshot();
    let edition = snapshot.current();
    let items = edition
        .ordered
        .iter()
        .filter(|c| c.kind == kind)
        .filter(|c| wanted.category.as_ref().is_none_or(|code| *code == c.category_code))
        .filter(|c| words.iter().all(|word| c.name.contains(word) || c.code.starts_with(word)))
        .take(limit as usize)
        .map(|c| c.as_ref().clone())
        .collect();
    Ok(Json(Classes { version: edition.id.clone(), items }))
}
