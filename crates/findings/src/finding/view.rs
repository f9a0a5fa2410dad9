//! A finding as people read it.

use chrono::{DateTime, NaiveDate, Utc};
use http_api::Answer;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{FindingState, store::Kept};
use crate::{Findings, Measure, Number, Rule};

/// A number that decided (判定数值).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct FindingNumber {
    measure: Measure,
    pub(crate) label: &'static str,
    pub(crate) value: f64,
    pub(crate) unit: &'static str,
}

impl FindingNumber {
    /// As people read it; what a rule's limit is, the rule says.
    pub(crate) fn of(rule: Rule, number: Number) -> Self {
        let (label, unit) = match (number.measure, rule) {
            (Measure::Limit, Rule::Unwashed) => ("冲洗至少", "秒"),
            (Measure::Limit, _) => rule.limit().unwrap_or(("规则限值", "")),
            (measure, _) => (measure.label(), measure.unit()),
        };
        Self { measure: number.measure, label, value: number.value, unit }
    }
}

/// What a vehicle is found to have done (车辆违规发现).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VehicleFinding {
    pub(crate) id: Uuid,
    state: FindingState,
    pub(crate) state_label: &'static str,
    rule: Rule,
    pub(crate) rule_label: &'static str,
    pub(crate) vehicle: i64,
    pub(crate) plate: String,
    /// The day in the city on which it began.
    day: NaiveDate,
    pub(crate) began_at: DateTime<Utc>,
    pub(crate) ended_at: DateTime<Utc>,
    /// It went on as far as points go.
    open: bool,
    /// WGS-84.
    pub(crate) lon: f64,
    /// WGS-84.
    pub(crate) lat: f64,
    /// Unit grid or district.
    jurisdiction: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) jurisdiction_name: Option<String>,
    pub(crate) numbers: Vec<FindingNumber>,
    /// Permits and places, in words.
    pub(crate) words: String,
    /// The version of the rule set that it was judged by.
    pub(crate) rules_version: i32,
    /// The state of the register that it was held against.
    pub(crate) terrain_version: String,
    /// Lid, load or weight were read by a vendor's table that was inferred: to be checked before anybody is held to it.
    pub(crate) provisional: bool,
    /// The terminal was not entered by anybody.
    visitor: bool,
    pub(crate) simulated: bool,
    /// Points that came after the verdict tell otherwise.
    outdated: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<String>,
    /// The class that its lead takes.
    class_code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    class_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lead_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) lead_number: Option<String>,
    /// For `If-Match`.
    version: i64,
}

impl Findings {
    /// Findings with the names that people read.
    pub(crate) async fn show(&self, kept: Vec<Kept>) -> Answer<Vec<VehicleFinding>> {
        let people: Vec<Uuid> = kept.iter().filter_map(|it| it.verdict_by).collect();
        let names = self.parts().identity.names_of(&people).await?;
        Ok(kept.into_iter().map(|it| self.view(it, |id| names.get(&id).cloned())).collect())
    }

    fn view(&self, it: Kept, name: impl Fn(Uuid) -> Option<String>) -> VehicleFinding {
        let state: FindingState = it.state.parse().unwrap_or(FindingState::Waiting);
        let rule = rule_of(&it);
        let class_code = it.class_code.unwrap_or_else(|| rule.class_code().unwrap_or_default().to_owned());
        let catalogue = &self.parts().catalogue;
        VehicleFinding {
            id: it.id,
            state,
            state_label: state.label(),
            rule,
            rule_label: rule.label(),
            vehicle: it.vehicle,
            plate: it.plate,
            day: it.day,
            began_at: it.began_at,
            ended_at: it.ended_at,
            open: it.open,
            lon: it.lon,
            lat: it.lat,
            jurisdiction_name: catalogue.region(&it.jurisdiction).map(|region| region.name),
            jurisdiction: it.jurisdiction,
            numbers: it.numbers.0.into_iter().map(|number| FindingNumber::of(rule, number)).collect(),
            words: it.words,
            rules_version: it.rules_version,
            terrain_version: it.terrain_version,
            provisional: it.provisional,
            visitor: it.visitor,
            simulated: it.simulated,
            outdated: it.outdated,
            verdict_by: it.verdict_by.and_then(name),
            verdict_at: it.verdict_at,
            reason: it.reason,
            class_name: catalogue.class(&class_code).map(|class| class.name.clone()),
            class_code,
            lead_id: it.lead_id,
            lead_number: it.lead_number,
            version: it.version,
        }
    }
}

/// Its rule. Only codes of rules get into the table.
pub(crate) fn rule_of(it: &Kept) -> Rule {
    it.rule.parse().unwrap_or(Rule::Tampered)
}
