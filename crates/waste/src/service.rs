//! The room of construction waste as its operations see it.

use std::{collections::HashMap, path::PathBuf, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};
use database::Database;
use docket::{Numbers, vault::Vault};
use files::{FileId, Files};
use http_api::Answer;
use identity::{
    Caller, Identity,
    audit::{self, SettingChange},
};
use kernel::{
    calendar::Calendar,
    clock::{SharedClock, shanghai},
    problem::Problem,
};
use serde::Serialize;
use serde_json::Value;
use sqlx::PgConnection;
use tokio::sync::Semaphore;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{WasteOrgans, WasteTerminals};

/// Permits printed at once: each holds fonts of sixty megabytes while it is printed.
const PRINTED_AT_ONCE: usize = 1;

/// What the room stands on.
#[derive(Clone)]
pub struct Parts {
    /// The database.
    pub database: Database,
    /// The clock.
    pub clock: SharedClock,
    /// Working days.
    pub calendar: Arc<Calendar>,
    /// People and organisations.
    pub identity: Identity,
    /// Pictures of papers.
    pub files: Files,
    /// Who drives.
    pub vault: Vault,
    /// Terminals of vehicles.
    pub terminals: Arc<dyn WasteTerminals>,
    /// The organ that permits.
    pub organs: Arc<dyn WasteOrgans>,
    /// The folder of fonts that permits are printed with.
    pub fonts: PathBuf,
    /// The home district, 6 digits.
    pub home_region: String,
    /// The demo city: everything is simulated.
    pub demo: bool,
}

struct Inner {
    parts: Parts,
    numbers: Numbers,
    printing: Semaphore,
}

/// The room of construction waste. Cheap to clone.
#[derive(Clone)]
pub struct Waste(Arc<Inner>);

/// A person of the house or of an enterprise (人员).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct WastePerson {
    pub id: Uuid,
    pub name: String,
}

/// The names of some people, asked for once.
pub(crate) struct Names(HashMap<Uuid, String>);

impl Names {
    pub fn person(&self, id: Uuid) -> WastePerson {
        WastePerson { id, name: self.0.get(&id).cloned().unwrap_or_default() }
    }
}

impl Waste {
    /// Puts the room together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let numbers = Numbers::new(parts.database.clone());
        Self(Arc::new(Inner { numbers, printing: Semaphore::new(PRINTED_AT_ONCE), parts }))
    }

    pub(crate) fn parts(&self) -> &Parts {
        &self.0.parts
    }

    pub(crate) fn database(&self) -> &Database {
        &self.0.parts.database
    }

    pub(crate) fn home(&self) -> &str {
        &self.0.parts.home_region
    }

    pub(crate) fn numbers(&self) -> &Numbers {
        &self.0.numbers
    }

    pub(crate) fn printing(&self) -> &Semaphore {
        &self.0.printing
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.0.parts.clock.now()
    }

    /// Today in the city.
    pub(crate) fn today(&self) -> NaiveDate {
        self.now().with_timezone(&shanghai()).date_naive()
    }

    /// The names of some people, over a connection of its own: nobody holds two.
    pub(crate) async fn names(&self, people: impl IntoIterator<Item = Uuid>) -> Answer<Names> {
        let mut people: Vec<Uuid> = people.into_iter().collect();
        people.sort_unstable();
        people.dedup();
        Ok(Names(self.0.parts.identity.names_of(&people).await?))
    }

    /// Refuses an enterprise that is none of the house's organisations.
    pub(crate) async fn enterprise(&self, organisation: Option<Uuid>) -> Answer<()> {
        let Some(id) = organisation else { return Ok(()) };
        let tree = self.0.parts.identity.organisations().await?;
        if tree.get(id).is_some_and(|it| it.kind == identity::OrganisationKind::Company) {
            return Ok(());
        }
        let why = "请选择“企业”类的单位";
        Err(Problem::invalid("field-invalid", why).field("organisation", why).into())
    }

    /// Refuses a picture that was not uploaded.
    pub(crate) async fn picture(&self, file: Option<&str>) -> Answer<()> {
        let Some(file) = file else { return Ok(()) };
        if !self.0.parts.files.exists(&[FileId::parse(file)?]).await? {
            return Err(Problem::invalid("photo-missing", "照片没有上传成功，请重新上传").field("file", "请重新上传").into());
        }
        Ok(())
    }

    /// A line in the history of settings, in the caller's transaction.
    pub(crate) async fn leave(
        &self,
        connection: &mut PgConnection,
        caller: &Caller,
        action: &'static str,
        target: &str,
        (before, after): (Value, Value),
    ) -> Answer<()> {
        let change = SettingChange { region: self.home(), action, target, before, after };
        audit::record(connection, self.now(), caller.person, change).await?;
        Ok(())
    }
}

/// Somebody else changed it meanwhile.
pub(crate) fn changed() -> Problem {
    Problem::precondition_failed("version-conflict", "刚刚被他人修改，请刷新后再改")
}
