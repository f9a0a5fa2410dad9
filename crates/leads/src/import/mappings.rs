//! Keep column mappings for the next file of the same system (列对应方案).

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    mapping::{self, Mapping},
    store::{self, MappingRecord},
};
use crate::{Leads, rights};

/// A mapping as it is saved.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MappingInput {
    /// The name; the same name again replaces it.
    name: String,
    /// `hotline`, `letters` or `import`.
    source: String,
    /// Field name → column name.
    columns: Mapping,
}

/// A saved mapping.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ImportMapping {
    id: Uuid,
    name: String,
    source: String,
    /// Field name → column name.
    #[schema(value_type = std::collections::HashMap<String, String>)]
    columns: serde_json::Value,
}

/// The saved mappings.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ImportMappings {
    items: Vec<ImportMapping>,
}

fn show(record: MappingRecord) -> ImportMapping {
    ImportMapping { id: record.id, name: record.name, source: record.source, columns: record.columns }
}

/// Lists the saved mappings.
///
/// # Errors
/// None of its own.
#[utoipa::path(get, path = "/api/v1/import-mappings", tag = "imports", operation_id = "list_import_mappings",
    responses((status = 200, body = ImportMappings, description = "The mappings")))]
pub(crate) async fn list(State(leads): State<Leads>, allowed: Allowed<rights::Import>) -> Answer<Json<ImportMappings>> {
    super::whole_district(&leads, &allowed.scope())?;
    let records = store::mappings(leads.database().pool(), leads.home_region()).await?;
    Ok(Json(ImportMappings { items: records.into_iter().map(show).collect() }))
}

/// Saves a mapping.
///
/// # Errors
/// `mapping-invalid`, `source-invalid`, a missing name.
#[utoipa::path(post, path = "/api/v1/import-mappings", tag = "imports", operation_id = "save_import_mapping", request_body = MappingInput,
    responses((status = 201, body = ImportMapping, description = "The mapping")))]
pub(crate) async fn save(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Import>,
    Json(input): Json<MappingInput>,
) -> Answer<(StatusCode, Json<ImportMapping>)> {
    super::whole_district(&leads, &allowed.scope())?;
    let name = crate::act::required("name", "名称", &input.name)?;
    if name.chars().count() > 100 {
        return Err(Problem::invalid("name-too-long", "名称不能超过 100 字").field("name", "不能超过 100 字").into());
    }
    let source = super::source(&leads, Some(&input.source)).await?;
    let columns = json!(mapping::parse(&input.columns)?);
    let now = leads.clock().now();
    let mut record = MappingRecord { id: kernel::id::uuid_at(now), name, source: source.code().to_owned(), columns };
    record.id = store::save_mapping(leads.database().pool(), leads.home_region(), &record, allowed.caller.person.uuid(), now).await?;
    Ok((StatusCode::CREATED, Json(show(record))))
}

/// Removes a mapping.
///
/// # Errors
/// `mapping-not-found`.
#[utoipa::path(delete, path = "/api/v1/import-mappings/{id}", tag = "imports", operation_id = "remove_import_mapping",
    params(("id" = Uuid, Path, description = "The mapping")), responses((status = 204, description = "Removed")))]
pub(crate) async fn remove(State(leads): State<Leads>, allowed: Allowed<rights::Import>, Path(id): Path<Uuid>) -> Answer<StatusCode> {
    super::whole_district(&leads, &allowed.scope())?;
    if !store::remove_mapping(leads.database().pool(), leads.home_region(), id).await? {
        return Err(Problem::not_found("mapping-not-found", "没有这个列对应方案").into());
    }
    Ok(StatusCode::NO_CONTENT)
}
