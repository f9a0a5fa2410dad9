//! Settings of the loop: dispatch rules, automatic intake, duty. Read from a snapshot that is at most two seconds old.

pub(crate) mod dispatch;
pub(crate) mod dispatch_rules;
pub(crate) mod duty;
pub(crate) mod intake_settings;
pub(crate) mod store;
pub(crate) mod trace;

use std::{collections::HashMap, sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use database::Database;
use identity::Scope;
use kernel::{clock::shanghai, problem::Problem};
use moka::future::Cache;
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    Leads,
    class_model::store::Choice,
    joint::straight::JointPair,
    layers::{Layers, Level},
    lights::LightRule,
    nearest::Sharing,
    precedent::Precedent,
    reply_check::ReplyChecking,
    source::SourceSetting,
    text_code::TextCodes,
};

/// A dispatch rule (派遣规则), of the draft or of a published set.
#[derive(Debug, Clone, PartialEq, Eq, FromRow, Serialize, Deserialize)]
pub(crate) struct Rule {
    pub id: Uuid,
    pub region: String,
    pub priority: i32,
    pub class_prefix: String,
    pub region_prefix: String,
    pub weekdays: Option<Vec<i16>>,
    pub from_hour: Option<i16>,
    pub to_hour: Option<i16>,
    pub on_duty: bool,
    pub unit_id: Uuid,
    pub note: String,
    pub version: i64,
}

/// Whether a source and class go through without an operator (自动受理).
#[derive(Debug, Clone, FromRow)]
pub(crate) struct IntakeSetting {
    pub region: String,
    pub source: String,
    pub class_prefix: String,
    pub automatic: bool,
}

/// A unit's turn on duty (值班).
#[derive(Debug, Clone, FromRow)]
pub(crate) struct Duty {
    pub id: Uuid,
    pub region: String,
    pub unit_id: Uuid,
    pub person_id: Option<Uuid>,
    pub from_at: DateTime<Utc>,
    pub to_at: DateTime<Utc>,
}

/// All settings at one time.
#[derive(Debug, Default)]
pub(crate) struct Snapshot {
    /// The rules of the set in force.
    pub rules: Vec<Rule>,
    /// The number of that set; 0 before there is any.
    pub rule_set: i64,
    pub intake: Vec<IntakeSetting>,
    pub duty: Vec<Duty>,
    pub sources: Vec<SourceSetting>,
    pub class_model: Choice,
    pub lights: Vec<LightRule>,
    pub reply_check: ReplyChecking,
    pub layers: Layers,
    /// The level of each unit.
    pub levels: HashMap<Uuid, Level>,
    /// Between which units is called straight through.
    pub straight: Vec<JointPair>,
    pub nearest: Sharing,
    /// Those in force.
    pub precedents: Vec<Precedent>,
    pub text_codes: TextCodes,
}

/// The snapshot, read again when it is old or was changed here.
pub(crate) struct Cached {
    database: Database,
    cache: Cache<(), Arc<Snapshot>>,
}

/// How long another program's change may go unseen.
const KEEP: Duration = Duration::from_secs(2);

impl Cached {
    pub(crate) fn new(database: Database) -> Self {
        Self { database, cache: Cache::builder().max_capacity(1).time_to_live(KEEP).build() }
    }

    pub(crate) fn forget(&self) {
        self.cache.invalidate_all();
    }
}

/// Whether a caller's ground touches the home district at all: the settings of another county are not shown to him.
pub(crate) fn touches_home(leads: &Leads, scope: &Scope) -> bool {
    let home = leads.home_region();
    scope.covers_region(home) || scope.regions.iter().any(|region| region.starts_with(home))
}

/// Refuses to change a setting of ground that is not the caller's.
///
/// # Errors
/// `scope-exceeded`.
pub(crate) fn require_ground(scope: &Scope, ground: &str) -> Result<(), Problem> {
    if scope.covers_region(ground) {
        return Ok(());
    }
    Err(Problem::forbidden("scope-exceeded", "这项设置管的区域超出了您的辖区，请由上级办理"))
}

impl Leads {
    /// The settings as they are now.
    pub(crate) async fn settings(&self) -> sqlx::Result<Arc<Snapshot>> {
        let cached = self.settings_cache();
        let now = self.clock().now();
        let load = async {
            let mut snapshot = store::snapshot(cached.database.pool(), self.home_region(), now).await?;
            let organisations = self.identity().organisations().await.map_err(|error| match error {
                identity::IdentityError::Database(error) => error,
                error => sqlx::Error::Protocol(error.to_string()),
            })?;
            let hours = crate::hours::store::all(cached.database.pool(), self.home_region()).await?;
            let day = now.with_timezone(&shanghai()).date_naive();
            self.keep_unit_calendars(crate::hours::calendars(&self.house_calendar(), &organisations, hours, day));
            snapshot.levels = organisations.all().into_iter().map(|unit| (unit.id, Level::of(&unit.region))).collect();
            // A unit that is no more takes nothing: its precedents wait until somebody names its heir.
            snapshot.precedents.retain(|one| organisations.get(one.unit_id).is_some_and(|unit| unit.active));
            Ok::<_, sqlx::Error>(Arc::new(snapshot))
        };
        cached.cache.try_get_with((), load).await.map_err(database::shared)
    }
}
