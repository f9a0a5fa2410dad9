//! List the kinds (识别种类列表).

use std::collections::HashMap;

use axum::extract::State;
use chrono::{DateTime, Utc};
use http_api::{Answer, Json};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;

use super::{KindSetting, Rules, store};
use crate::{Machines, precision::Precision, rights, scope::require_ground};

/// A kind as people read it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MachineKind {
    number: i16,
    name: &'static str,
    /// One of the 48 that every city should watch for.
    core: bool,
    /// About persons more than about things.
    personal: bool,
    class_code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    class_name: Option<String>,
    rules: Rules,
    /// Since when it files nothing by itself, because too many were wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    paused_at: Option<DateTime<Utc>>,
    /// Devices on which it is paused.
    paused_devices: i64,
    /// How often it was right.
    precision: Precision,
    /// Sightings that wait for a person.
    waiting: i64,
    /// For `If-Match`; 0 as long as nobody set anything.
    version: i64,
}

/// All kinds.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MachineKinds {
    items: Vec<MachineKind>,
}

/// Lists the 64 kinds with their rules and how often they were right.
///
/// # Errors
/// `scope-exceeded`.
#[utoipa::path(get, path = "/api/v1/machine-kinds", tag = "machines", operation_id = "list_machine_kinds",
    responses((status = 200, body = MachineKinds, description = "The kinds")))]
pub(crate) async fn list(State(machines): State<Machines>, allowed: Allowed<rights::SeeSightings>) -> Answer<Json<MachineKinds>> {
    require_ground(&allowed.scope(), machines.home_region())?;
    Ok(Json(MachineKinds { items: machines.kinds().await? }))
}

impl Machines {
    pub(super) async fn kinds(&self) -> Answer<Vec<MachineKind>> {
        let (pool, region) = (self.database().pool(), self.home_region());
        let standing: HashMap<i16, _> = store::standing(pool, region).await?.into_iter().map(|it| (it.0, it)).collect();
        let view = |setting: KindSetting| {
            let (_, confirmed, refuted, waiting, paused_devices) = standing.get(&setting.kind.number).copied().unwrap_or_default();
            MachineKind {
                number: setting.kind.number,
                name: &setting.kind.name,
                core: setting.kind.core,
                personal: setting.kind.personal,
                class_name: self.catalogue().class(&setting.kind.class_code).map(|class| class.name.clone()),
                class_code: &setting.kind.class_code,
                rules: setting.rules,
                paused_at: setting.paused_at,
                paused_devices,
                precision: Precision::of(confirmed, refuted),
                waiting,
                version: setting.version,
            }
        };
        Ok(store::all(pool, region).await?.into_iter().map(view).collect())
    }
}
