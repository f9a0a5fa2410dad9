//! What rules would have done (试算): the same rule, day by day over the last ninety days. Nothing is kept.

use std::collections::BTreeMap;

use axum::extract::State;
use chrono::{Days, NaiveDate};
use http_api::{Answer, Json};
use identity::Allowed;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Rules, Shortage};
use crate::{
    Rewards, rights,
    settle::{self, Reason, rule},
};

/// Days that are looked back over.
const DAYS: u64 = 90;

/// Rules to try.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TryRewardRules {
    rules: Rules,
}

/// A day of the trial.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RewardTrialDay {
    day: NaiveDate,
    reports: usize,
    awards: usize,
    fen: i64,
}

/// How many reports would have got nothing, and why.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RewardTrialReason {
    reason: Reason,
    reason_label: &'static str,
    reports: usize,
}

/// What the rules would have done.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RewardTrial {
    from: NaiveDate,
    to: NaiveDate,
    reports: usize,
    awards: usize,
    fen: i64,
    /// Telephones that would have met a limit. Reports without a telephone meet theirs when they are claimed, and are not in it.
    persons_limited: usize,
    /// Reports beyond what is looked at in one day were left out.
    cut: bool,
    days: Vec<RewardTrialDay>,
    reasons: Vec<RewardTrialReason>,
}

/// Tries rules over the reports of the last ninety days, as they stand today.
///
/// # Errors
/// `reward-rules-invalid`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/reward-previews", tag = "rewards", operation_id = "try_reward_rules", request_body = TryRewardRules,
    responses((status = 200, body = RewardTrial, description = "What they would have done")))]
pub(crate) async fn preview(
    State(room): State<Rewards>,
    allowed: Allowed<rights::SetRewards>,
    Json(request): Json<TryRewardRules>,
) -> Answer<Json<RewardTrial>> {
    room.require_ground(&allowed.scope())?;
    let rules = request.rules;
    rules.check()?;
    let to = room.today();
    let from = to - Days::new(DAYS - 1);
    let mut trial =
        RewardTrial { from, to, reports: 0, awards: 0, fen: 0, persons_limited: 0, cut: false, days: Vec::new(), reasons: Vec::new() };
    let mut standing: Vec<rule::Standing> = Vec::new();
    let mut reasons: BTreeMap<Reason, usize> = BTreeMap::new();
    let mut limited = std::collections::HashSet::new();
    let mut connection = room.database().pool().acquire().await?;
    for day in from.iter_days().take_while(|day| *day <= to) {
        let period = (settle::begins(day), settle::begins(day + Days::new(1)));
        let rows = room.candidates(&mut connection, &rules, period, None).await?;
        trial.cut |= rows.len() >= settle::MOST_AT_ONCE;
        let candidates = room.weighed(&mut connection, &rows).await?;
        // What reaches back no further than a place, or a month of a telephone, has no say any more.
        let reach = settle::begins(day - Days::new(u64::from(rules.place_days).max(31) + 1));
        let near: Vec<rule::Standing> = standing.iter().filter(|it| it.received_at >= reach).cloned().collect();
        let seed = (rules.shortage == Shortage::Draw).then_some("preview");
        let decisions = rule::settle(&rules, seed, rules.daily_fen.min(rules.total_fen - trial.fen), &candidates, &near);
        let mut of_day = RewardTrialDay { day, reports: candidates.len(), awards: 0, fen: 0 };
        for decision in decisions {
            let Some(of) = candidates.iter().find(|it| it.lead == decision.lead) else { continue };
            match decision.refused {
                None => {
                    of_day.awards += 1;
                    of_day.fen += decision.fen;
                }
                Some(reason) => {
                    *reasons.entry(reason).or_default() += 1;
                    if matches!(reason, Reason::PersonDay | Reason::PersonMonth) {
                        limited.extend(of.person.clone());
                    }
                }
            }
            let unpaid = decision.refused == Some(Reason::Budget);
            if decision.refused.is_none() || unpaid {
                standing.push(rule::Standing {
                    problem: of.problem,
                    received_at: of.received_at,
                    position: of.position,
                    person: of.person.clone(),
                    unpaid,
                });
            }
        }
        trial.reports += of_day.reports;
        trial.awards += of_day.awards;
        trial.fen += of_day.fen;
        trial.days.push(of_day);
    }
    trial.persons_limited = limited.len();
    let shown = |(reason, reports): (Reason, usize)| RewardTrialReason { reason, reason_label: reason.label(), reports };
    trial.reasons = reasons.into_iter().map(shown).collect();
    Ok(Json(trial))
}
