//! The organs and what they say of themselves (机关信息列表).

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use http_api::{Answer, Json};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{OrganFacts, store};
use crate::{Documents, rights};

/// A version of what an organ says of itself.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OrganVersion {
    version: i32,
    facts: OrganFacts,
    /// The first day it holds.
    effective_from: NaiveDate,
    /// It holds today.
    in_force: bool,
    set_by: String,
    set_at: DateTime<Utc>,
}

/// An organ (行政机关).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OrganSetting {
    /// The organisation.
    organisation: Uuid,
    /// What the tree of units calls it.
    organisation_name: String,
    /// What is not set today and documents need, in words.
    lacks: Vec<String>,
    /// What holds last first.
    versions: Vec<OrganVersion>,
}

/// The organs.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OrganSettings {
    items: Vec<OrganSetting>,
}

/// What documents need of these facts and is not set.
fn lacks(facts: Option<&OrganFacts>) -> Vec<String> {
    let Some(it) = facts else { return vec!["今天还没有生效的机关信息".to_owned()] };
    let wanted = [(&it.address, "地址"), (&it.telephone, "联系电话"), (&it.review_body, "行政复议机关"), (&it.court, "有管辖权的人民法院")];
    wanted.into_iter().filter(|(said, _)| said.is_empty()).map(|(_, name)| name.to_owned()).collect()
}

impl Documents {
    /// Every organ with its versions.
    pub(super) async fn organs(&self) -> Answer<OrganSettings> {
        let rows = store::all(self.database().pool(), self.home_region()).await?;
        let (tree, today) = (self.organisations().await?, self.today());
        let names = self.names_of(rows.iter().map(|row| row.set_by).collect()).await?;
        let mut items: Vec<OrganSetting> = Vec::new();
        for row in rows {
            if items.last().is_none_or(|last| last.organisation != row.organisation) {
                let organisation_name = tree.name(row.organisation).to_owned();
                items.push(OrganSetting { organisation: row.organisation, organisation_name, lacks: lacks(None), versions: Vec::new() });
            }
            let Some(of) = items.last_mut() else { continue };
            let in_force = row.effective_from <= today && !of.versions.iter().any(|version| version.in_force);
            if in_force {
                of.lacks = lacks(Some(&row.facts));
            }
            of.versions.push(OrganVersion {
                version: row.version,
                effective_from: row.effective_from,
                in_force,
                set_by: names.get(&row.set_by).cloned().unwrap_or_default(),
                set_at: row.set_at,
                facts: row.facts,
            });
        }
        items.sort_by(|one, other| one.organisation_name.cmp(&other.organisation_name));
        Ok(OrganSettings { items })
    }
}

/// Lists the organs that issue documents. What they say of themselves stands on every document, and is no secret.
///
/// # Errors
/// None of its own.
#[utoipa::path(get, path = "/api/v1/document-organs", tag = "documents", operation_id = "list_document_organs",
    responses((status = 200, body = OrganSettings, description = "The organs")))]
pub(crate) async fn list(State(room): State<Documents>, _: Allowed<rights::SeeDocuments>) -> Answer<Json<OrganSettings>> {
    Ok(Json(room.organs().await?))
}
