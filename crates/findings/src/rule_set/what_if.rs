//! Try the draft on past days (试算): what it would have found against what the rules of those days find. Nothing is written.

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::{codes, problem::Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::store;
use crate::{
    Findings, Found, Rule,
    reconcile::{Episode, reconcile},
    rights,
    scope::require_county,
};

/// Days of a trial at most.
const MOST_DAYS: i64 = 7;
/// Days of vehicles that are judged at most; of more vehicles every so many.
const MOST_JUDGED: usize = 400;
/// Vehicles that are asked for.
const MOST_VEHICLES: i64 = 20_000;
/// Changes that are listed; the counts are of all.
const MOST_CHANGES: usize = 200;

/// Which days.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TryFindingRules {
    /// The first day, in the city.
    from: NaiveDate,
    /// The last day, seven at most.
    to: NaiveDate,
}

codes! {
    /// What the draft does to a finding (试算变化).
    FindingChangeKind {
        /// It would be found.
        Added = "added", "新增";
        /// It would not be found.
        Removed = "removed", "减少";
    }
}

/// A finding that the draft would add or leave out.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FindingChange {
    kind: FindingChangeKind,
    kind_label: &'static str,
    rule: Rule,
    rule_label: &'static str,
    vehicle: i64,
    plate: String,
    began_at: DateTime<Utc>,
    ended_at: DateTime<Utc>,
}

/// What the draft does to a rule.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct FindingRuleEffect {
    rule: Rule,
    label: &'static str,
    /// Found under the rules of those days.
    before: usize,
    /// Found under the draft.
    after: usize,
    added: usize,
    removed: usize,
}

/// What the draft would have done.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FindingWhatIf {
    from: NaiveDate,
    to: NaiveDate,
    /// The revision of the draft that was tried.
    revision: i64,
    /// Vehicles that were looked at …
    vehicles: usize,
    /// … of so many.
    of: usize,
    rules: Vec<FindingRuleEffect>,
    /// At most 200.
    changes: Vec<FindingChange>,
    /// There were more changes.
    cut: bool,
}

/// Judges past days under the draft and under the rules of those days, and compares.
///
/// # Errors
/// `finding-rules-no-draft`, `query-invalid`, `busy`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/finding-rules/actions/try", tag = "findings", operation_id = "try_finding_rules", request_body = TryFindingRules,
    responses((status = 200, body = FindingWhatIf, description = "What would be found")))]
pub(crate) async fn what_if(
    State(room): State<Findings>,
    allowed: Allowed<rights::KeepRules>,
    Json(request): Json<TryFindingRules>,
) -> Answer<Json<FindingWhatIf>> {
    require_county(&allowed.scope(), room.region())?;
    let days = (request.to - request.from).num_days() + 1;
    if !(1..=MOST_DAYS).contains(&days) {
        return Err(Problem::invalid("query-invalid", "试算最多七天，止日不能早于起日").field("to", "最多七天").into());
    }
    let draft = store::draft(room.pool(), room.region()).await?;
    let draft = draft.ok_or_else(|| Problem::conflict("finding-rules-no-draft", "没有草稿可以试算，请先起草"))?;
    let _alone = room.trying().try_acquire().map_err(|_| Problem::conflict("busy", "另一次试算正在进行，请稍后再试"))?;
    let fleet = room.parts().fleet.all(MOST_VEHICLES).await?;
    let most = (MOST_JUDGED / usize::try_from(days).unwrap_or(1)).max(1);
    let step = fleet.len().div_ceil(most).max(1);
    let mut report = FindingWhatIf {
        from: request.from,
        to: request.to,
        revision: draft.revision,
        vehicles: fleet.len().div_ceil(step),
        of: fleet.len(),
        rules: Rule::ALL
            .iter()
            .map(|rule| FindingRuleEffect { rule: *rule, label: rule.label(), before: 0, after: 0, added: 0, removed: 0 })
            .collect(),
        changes: Vec::new(),
        cut: false,
    };
    for day in request.from.iter_days().take_while(|day| *day <= request.to) {
        let (_, rules) = store::in_force(room.pool(), room.region(), day).await?;
        for tracked in fleet.iter().step_by(step) {
            let before = room.judge_day(tracked, day, &rules).await?.found;
            let after = room.judge_day(tracked, day, &draft.rules.0).await?.found;
            report.add((tracked.vehicle, &tracked.plate), &before, &after);
        }
    }
    Ok(Json(report))
}

impl FindingWhatIf {
    fn add(&mut self, vehicle: (i64, &str), before: &[Found], after: &[Found]) {
        let episodes = |found: &[Found]| found.iter().map(|it| (it.rule, it.from, it.to)).collect::<Vec<Episode>>();
        let (before, after) = (episodes(before), episodes(after));
        let plan = reconcile(&before, &after);
        for (rule, _, _) in &before {
            self.effect(*rule).before += 1;
        }
        for (rule, _, _) in &after {
            self.effect(*rule).after += 1;
        }
        for at in plan.new {
            self.effect(after[at].0).added += 1;
            self.change(FindingChangeKind::Added, vehicle, after[at]);
        }
        for at in plan.gone {
            self.effect(before[at].0).removed += 1;
            self.change(FindingChangeKind::Removed, vehicle, before[at]);
        }
    }

    fn effect(&mut self, rule: Rule) -> &mut FindingRuleEffect {
        let at = Rule::ALL.iter().position(|it| *it == rule).unwrap_or(0);
        &mut self.rules[at]
    }

    fn change(&mut self, kind: FindingChangeKind, (vehicle, plate): (i64, &str), (rule, from, to): Episode) {
        if self.changes.len() >= MOST_CHANGES {
            self.cut = true;
            return;
        }
        let instant = |at: i64| DateTime::from_timestamp(at, 0).unwrap_or_default();
        self.changes.push(FindingChange {
            kind,
            kind_label: kind.label(),
            rule,
            rule_label: rule.label(),
            vehicle,
            plate: plate.to_owned(),
            began_at: instant(from),
            ended_at: instant(to),
        });
    }
}
