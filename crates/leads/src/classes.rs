//! What the lead room asks of the catalogue: names, and codes that a client sent.

use kernel::{deadline::service::ServiceLimit, problem::Problem};

use crate::Leads;

/// A limit that may be chosen at filing.
pub(crate) struct LimitChoice {
    pub id: String,
    pub conditions: Vec<String>,
    pub limit: ServiceLimit,
    pub provisional: bool,
}

impl Leads {
    /// A class code that a client sent, if the catalogue in force has it.
    pub(crate) fn known_class(&self, code: &str) -> Result<String, Problem> {
        match self.catalogue().class(code) {
            Some(class) => Ok(class.code.clone()),
            None => Err(Problem::invalid("class-unknown", "分类目录中没有这个类别").field("class_code", "没有这个类别")),
        }
    }

    /// The name of a class of today or of the edition before.
    pub(crate) fn class_name(&self, code: &str) -> Option<String> {
        self.catalogue().class(code).map(|class| class.name.clone())
    }

    /// The name of a class's category (大类).
    pub(crate) fn category_name(&self, code: &str) -> Option<String> {
        self.catalogue().class(code).map(|class| class.category_name.clone())
    }

    /// The name of a region.
    pub(crate) fn region_name(&self, code: &str) -> Option<String> {
        self.catalogue().region(code).map(|region| region.name)
    }

    /// The limits of a class, the shortest first.
    pub(crate) fn limit_choices(&self, class: &str) -> Vec<LimitChoice> {
        let limits = self.catalogue().limits_for(class).into_iter();
        limits
            .filter_map(|limit| {
                let service = limit.service_limit().ok()?;
                Some(LimitChoice { id: limit.id.to_string(), conditions: limit.conditions, limit: service, provisional: limit.provisional })
            })
            .collect()
    }

    /// The limit of a class that a client chose.
    pub(crate) fn chosen_limit(&self, class: &str, id: &str) -> Result<(ServiceLimit, bool), Problem> {
        let choice = self.limit_choices(class).into_iter().find(|choice| choice.id == id);
        choice
            .map(|choice| (choice.limit, choice.provisional))
            .ok_or_else(|| Problem::invalid("limit-unknown", "该类别没有这个处置时限").field("limit_id", "没有这个处置时限"))
    }
}
