//! Classes of matters and components (事项与部件类别) with their limits.

mod add;
mod list;
mod seed;
mod settle;
pub(crate) mod store;
mod to_settle;

use std::{collections::HashMap, sync::Arc};

use chrono::NaiveDate;
use kernel::deadline::service::{ServiceClock, ServiceLimit, ServiceUnit};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

pub(crate) use add::{__path_add, add};
pub(crate) use list::{__path_list, list};
pub(crate) use seed::seed;
pub(crate) use settle::{__path_settle, settle};
pub(crate) use to_settle::{__path_to_settle, to_settle};

/// Whether a class is of things or of happenings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClassKind {
    /// Component (部件): a thing that stands in the city.
    Component,
    /// Matter (事项): what a lead is about. A component's abnormality carries the component's code.
    Matter,
}

impl ClassKind {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Component => "component",
            Self::Matter => "matter",
        }
    }
}

/// A time limit (处置时限) of a class under conditions.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Limit {
    /// Its id.
    pub id: Uuid,
    /// The conditions under which it holds, such as 破损; empty means always.
    pub conditions: Vec<String>,
    /// How many units.
    pub value: f64,
    /// `urgent_hour`, `working_hour`, `working_day` or `urgent_day`.
    #[schema(value_type = String, example = "working_day")]
    pub unit: ServiceUnit,
    /// The configured default, because nothing is settled for the class.
    pub provisional: bool,
}

impl Limit {
    pub(crate) fn provisional(limit: ServiceLimit) -> Self {
        Self { id: Uuid::nil(), conditions: Vec::new(), value: limit.value(), unit: limit.unit(), provisional: true }
    }

    /// The limit as deadlines count it.
    ///
    /// # Errors
    /// Never for a limit that came out of the catalogue.
    pub fn service_limit(&self) -> Result<ServiceLimit, kernel::deadline::service::LimitError> {
        ServiceLimit::new(self.value, self.unit)
    }
}

/// How long a limit usually lasts on the wall clock, for comparing: eight office hours take a day.
pub(crate) fn length(value: f64, unit: ServiceUnit) -> f64 {
    let minutes = value * f64::from(unit.minutes());
    match unit.clock() {
        ServiceClock::Continuous => minutes,
        ServiceClock::Office => minutes * 3.0,
    }
}

/// A class (类别) of the catalogue.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Class {
    /// Five digits: two for the category, three for the class.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Component or matter.
    pub kind: ClassKind,
    /// The category (大类), two digits.
    pub category_code: String,
    /// The category's name.
    pub category_name: String,
    /// The code in the catalogue before (GB/T 30428.2-2013).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub predecessor_code: Option<String>,
    /// Whether the predecessor was a `component` or an `event`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub predecessor_kind: Option<String>,
    /// An extension code of this city.
    pub local: bool,
    /// Whether it has a limit of its own.
    pub settled: bool,
    /// Its limits, shortest first; the configured default where none is settled.
    pub limits: Vec<Limit>,
}

/// One edition of the catalogue and its classes.
#[derive(Debug)]
pub(crate) struct Edition {
    pub id: String,
    pub valid_from: NaiveDate,
    pub valid_to: Option<NaiveDate>,
    pub ordered: Vec<Arc<Class>>,
    by_code: HashMap<(ClassKind, String), Arc<Class>>,
}

impl Edition {
    pub fn new(id: String, valid_from: NaiveDate, valid_to: Option<NaiveDate>, classes: Vec<Class>) -> Self {
        let mut ordered: Vec<Arc<Class>> = classes.into_iter().map(Arc::new).collect();
        ordered.sort_by(|a, b| (a.kind == ClassKind::Component, &a.code).cmp(&(b.kind == ClassKind::Component, &b.code)));
        let by_code = ordered.iter().map(|c| ((c.kind, c.code.clone()), c.clone())).collect();
        Self { id, valid_from, valid_to, ordered, by_code }
    }

    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|end| day < end)
    }

    pub fn get(&self, kind: ClassKind, code: &str) -> Option<&Arc<Class>> {
        self.by_code.get(&(kind, code.to_owned()))
    }

    pub fn matters(&self) -> impl Iterator<Item = &Arc<Class>> {
        self.ordered.iter().filter(|c| c.kind == ClassKind::Matter)
    }
}
