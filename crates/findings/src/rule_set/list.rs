//! Show the rule sets, and how often each rule was right (车辆规则).

use std::collections::HashMap;

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::share::Share;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{RuleSet, store};
use crate::{Findings, Rule, rights, scope::require_county};

/// Versions that are shown; older ones stay in the table.
const MOST: i64 = 50;

/// A rule set as people read it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FindingRuleVersion {
    version: i32,
    note: String,
    rules: RuleSet,
    #[serde(skip_serializing_if = "Option::is_none")]
    drafted_by: Option<String>,
    drafted_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published_by: Option<String>,
    /// None: it is the draft.
    #[serde(skip_serializing_if = "Option::is_none")]
    published_at: Option<DateTime<Utc>>,
    /// The first day that is judged by it.
    #[serde(skip_serializing_if = "Option::is_none")]
    in_force_on: Option<NaiveDate>,
    /// Of the draft, for `If-Match`.
    revision: i64,
}

/// What a rule is, and how often it was right.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FindingRuleStanding {
    rule: Rule,
    label: &'static str,
    /// What its limit means; none where it has no use for one.
    #[serde(skip_serializing_if = "Option::is_none")]
    limit_label: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit_unit: Option<&'static str>,
    /// What `dwell_s` means to it.
    dwell_label: &'static str,
    /// What `need` of `of` means to it.
    count_label: &'static str,
    /// Findings that wait for a person.
    waiting: i64,
    /// Findings that people upheld.
    upheld: i64,
    /// Findings that people dismissed.
    dismissed: i64,
    /// Upheld among all that were judged; none without a verdict.
    #[serde(skip_serializing_if = "Option::is_none")]
    precision: Option<f64>,
    /// The lower end of the 95 % interval (Wilson 1927).
    low: f64,
    /// The upper end.
    high: f64,
}

/// The rules.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FindingRules {
    /// The version that today is judged by.
    in_force: i32,
    /// The newest first, at most 50; a draft is the first.
    versions: Vec<FindingRuleVersion>,
    rules: Vec<FindingRuleStanding>,
}

/// Shows the rule sets and how often each rule was right.
///
/// # Errors
/// `scope-exceeded`.
#[utoipa::path(get, path = "/api/v1/finding-rules", tag = "findings", operation_id = "show_finding_rules",
    responses((status = 200, body = FindingRules, description = "The rules")))]
pub(crate) async fn list(State(room): State<Findings>, allowed: Allowed<rights::SeeFindings>) -> Answer<Json<FindingRules>> {
    require_county(&allowed.scope(), room.region())?;
    Ok(Json(room.rules().await?))
}

impl Findings {
    pub(super) async fn rules(&self) -> Answer<FindingRules> {
        let kept = store::all(self.pool(), self.region(), MOST).await?;
        let people: Vec<Uuid> = kept.iter().flat_map(|it| [it.drafted_by, it.published_by]).flatten().collect();
        let names = self.parts().identity.names_of(&people).await?;
        let name = |id: Option<Uuid>| id.and_then(|id| names.get(&id).cloned());
        let standing = crate::finding::store::standing(self.pool(), self.region()).await?;
        let standing: HashMap<String, (i64, i64, i64)> = standing.into_iter().map(|it| (it.0, (it.1, it.2, it.3))).collect();
        let (in_force, _) = store::in_force(self.pool(), self.region(), self.today()).await?;
        let rules = Rule::ALL.iter().map(|rule| {
            let (waiting, upheld, dismissed) = standing.get(rule.code()).copied().unwrap_or_default();
            let Share { share, low, high } = Share::of(upheld, upheld + dismissed);
            FindingRuleStanding {
                rule: *rule,
                label: rule.label(),
                limit_label: rule.limit().map(|it| it.0),
                limit_unit: rule.limit().map(|it| it.1),
                dwell_label: rule.dwell(),
                count_label: rule.count(),
                waiting,
                upheld,
                dismissed,
                precision: share,
                low,
                high,
            }
        });
        let rules = rules.collect();
        let versions = kept.into_iter().map(|it| FindingRuleVersion {
            version: it.version,
            note: it.note,
            rules: it.rules.0,
            drafted_by: name(it.drafted_by),
            drafted_at: it.drafted_at,
            published_by: name(it.published_by),
            published_at: it.published_at,
            in_force_on: it.in_force_on,
            revision: it.revision,
        });
        let versions = versions.collect();
        Ok(FindingRules { in_force, versions, rules })
    }
}
