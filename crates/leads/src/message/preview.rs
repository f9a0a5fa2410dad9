//! Try a mapping on a message, without keeping anything (试读报文).

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{mapping, receive};
use crate::{Leads, import::Mapping, lead::Source, rights, source::SourceSetting};

/// A message and the mapping to read it by.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Trial {
    /// Field of a lead to JSON pointer.
    mapping: Mapping,
    /// A message in the source's own form.
    #[schema(value_type = Object)]
    message: Value,
}

/// The lead that the message would make. Name and telephone are only said to be there.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReadMessage {
    /// The source's own number.
    source_key: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    /// The unit grid it lies in, if its position lies in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    grid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    class_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    occurred_at: Option<chrono::DateTime<chrono::Utc>>,
    has_position: bool,
    has_name: bool,
    has_telephone: bool,
}

/// Reads a message by a mapping that need not be saved yet.
///
/// # Errors
/// `mapping-invalid`, `message-invalid`, `source-invalid`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/sources/{code}/messages/preview", tag = "sources", operation_id = "preview_message", request_body = Trial,
    params(("code" = String, Path, description = "The source's code")), responses((status = 200, body = ReadMessage, description = "What it says")))]
pub(crate) async fn preview(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Configure>,
    Path(code): Path<String>,
    Json(trial): Json<Trial>,
) -> Answer<Json<ReadMessage>> {
    crate::settings::require_ground(&allowed.scope(), leads.home_region())?;
    let source: Source = code.parse().map_err(|_| kernel::problem::Problem::invalid("source-invalid", "来源编码不符合要求"))?;
    let settings = leads.settings().await?;
    let standing = settings.source(&source).cloned().unwrap_or_else(|| SourceSetting::new(source));
    let setting = SourceSetting { mapping: mapping::parse(&trial.mapping)?, ..standing };
    let report = receive::read(&leads, &setting, &trial.message)?;
    let place = report.position.map(|position| leads.catalogue().place(position));
    Ok(Json(ReadMessage {
        title: report.details.get("title").and_then(Value::as_str).map(str::to_owned),
        grid: place.as_ref().and_then(|place| place.grid_code()).map(str::to_owned),
        source_key: report.source_key,
        description: report.description,
        address: report.address,
        class_code: report.class_code,
        occurred_at: report.occurred_at,
        has_position: report.position.is_some(),
        has_name: report.name.is_some(),
        has_telephone: report.telephone.is_some(),
    }))
}
