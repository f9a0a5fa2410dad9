//! List the sources (来源列表).

use std::collections::HashMap;

use axum::extract::State;
use http_api::{Answer, Json};
use identity::Allowed;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{SourceKind, SourceSetting};
use crate::{Leads, import::Mapping, lead::Source, list::row::NamedId, rights};

/// How long something may take, on the wire.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SourceLimit {
    /// How many units; a fraction must come out in whole minutes.
    pub value: f64,
    /// `urgent_hour`, `working_hour`, `working_day` or `urgent_day`.
    pub unit: String,
}

/// A source as people read it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SourceView {
    code: Source,
    name: String,
    kind: SourceKind,
    kind_label: &'static str,
    /// Its reports come in files or messages of another system.
    outside: bool,
    active: bool,
    /// The program brings it.
    built_in: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    accept: Option<SourceLimit>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply: Option<SourceLimit>,
    mapping: Mapping,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_url: Option<String>,
    /// The accounts that may send as it; every machine account of the county where none is named.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    senders: Vec<NamedId>,
    /// What signs the answers that are sent, only when it was just made up.
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_secret: Option<String>,
    /// For `If-Match`; 0 as long as it is as the program brings it.
    version: i64,
}

/// The sources.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Sources {
    items: Vec<SourceView>,
}

impl SourceView {
    /// With the names of people, also how it is read, who sends it and where answers go, which not everybody needs to know.
    pub(crate) fn of(setting: &SourceSetting, names: Option<&HashMap<Uuid, String>>) -> Self {
        let whole = names.is_some();
        let senders = names
            .iter()
            .flat_map(|names| setting.senders.iter().map(|id| NamedId { id: *id, name: names.get(id).cloned().unwrap_or_default() }));
        let limit =
            |limit: kernel::deadline::service::ServiceLimit| SourceLimit { value: limit.value(), unit: limit.unit().code().to_owned() };
        Self {
            code: setting.source.clone(),
            name: setting.name.clone(),
            kind: setting.kind,
            kind_label: setting.kind.label(),
            outside: setting.kind.is_outside(),
            active: setting.active,
            built_in: setting.is_built_in(),
            accept: setting.accept.map(limit),
            reply: setting.reply.map(limit),
            mapping: if whole { setting.mapping.clone() } else { Mapping::new() },
            reply_url: setting.reply_url.clone().filter(|_| whole),
            senders: senders.collect(),
            reply_secret: None,
            version: setting.version,
        }
    }
}

impl SourceView {
    /// With the secret that was just made up.
    pub(crate) fn with_secret(self, reply_secret: Option<String>) -> Self {
        Self { reply_secret, ..self }
    }
}

/// Lists the sources. Who may not set them reads no mappings and no addresses.
///
/// # Errors
/// None of its own.
#[utoipa::path(get, path = "/api/v1/sources", tag = "sources", operation_id = "list_sources",
    responses((status = 200, body = Sources, description = "The sources")))]
pub(crate) async fn list(State(leads): State<Leads>, allowed: Allowed<rights::Read>) -> Answer<Json<Sources>> {
    let whole = allowed.caller.may::<rights::Configure>();
    let settings = leads.settings().await?;
    let senders: Vec<Uuid> = settings.sources.iter().flat_map(|setting| setting.senders.iter().copied()).collect();
    let names = if whole { Some(leads.identity().names_of(&senders).await?) } else { None };
    Ok(Json(Sources { items: settings.sources.iter().map(|setting| SourceView::of(setting, names.as_ref())).collect() }))
}
