//! What rules would have done (试算): the same rule, day by day over the last ninety days. Nothing is kept.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use axum::extract::State;
use chrono::{Days, NaiveDate};
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Rules, Shortage};
use crate::{
    Rewards, rights,
    settle::{
        self, Reason,
        rule::{self, Candidate},
    },
};

/// Days that are looked back over.
const DAYS: u64 = 90;

/// Reports that are looked at, the earliest first.
const MOST: usize = 100_000;

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
    /// Reports beyond the hundred thousand that are looked at were left out, the newest.
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
    let mut connection = room.database().pool().acquire().await?;
    let period = (settle::begins(from), settle::begins(to + Days::new(1)));
    let rows = room.candidates(&mut connection, &rules, period, (None, MOST as i64)).await?;
    let cut = rows.len() >= MOST;
    let candidates = room.weighed(&mut connection, &rows).await?;
    drop((connection, rows));
    // A busy quarter takes a while; other tasks go on meanwhile.
    let lived = tokio::task::spawn_blocking(move || live(&rules, (from, to), candidates)).await;
    let mut trial = lived.map_err(|_| Problem::internal("reward-trial-failed", "试算没有完成，请稍后再试"))?;
    trial.cut = cut;
    Ok(Json(trial))
}

/// Lives through the days, each with what the days before left behind.
fn live(rules: &Rules, (from, to): (NaiveDate, NaiveDate), candidates: Vec<Candidate>) -> RewardTrial {
    let mut trial =
        RewardTrial { from, to, reports: 0, awards: 0, fen: 0, persons_limited: 0, cut: false, days: Vec::new(), reasons: Vec::new() };
    let mut by_day: HashMap<NaiveDate, Vec<Candidate>> = HashMap::new();
    for candidate in candidates {
        by_day.entry(rule::day_of(candidate.received_at)).or_default().push(candidate);
    }
    let mut standing: VecDeque<Vec<rule::Standing>> = VecDeque::new();
    let mut reasons: BTreeMap<Reason, usize> = BTreeMap::new();
    let mut limited = HashSet::new();
    // What reaches back no further than a place, or a month of a telephone, has no say any more.
    let reach = rules.place_days.max(31) as usize + 1;
    for day in from.iter_days().take_while(|day| *day <= to) {
        let candidates = by_day.remove(&day).unwrap_or_default();
        standing.truncate(reach);
        let near: Vec<rule::Standing> = standing.iter().flatten().cloned().collect();
        let seed = (rules.shortage == Shortage::Draw).then_some("preview");
        let decisions = rule::settle(rules, seed, rules.daily_fen.min(rules.total_fen - trial.fen), &candidates, &near);
        let of_lead: HashMap<Uuid, &Candidate> = candidates.iter().map(|it| (it.lead, it)).collect();
        let mut of_day = RewardTrialDay { day, reports: candidates.len(), awards: 0, fen: 0 };
        let mut left_behind = Vec::new();
        for decision in decisions {
            let Some(of) = of_lead.get(&decision.lead) else { continue };
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
                left_behind.push(rule::Standing {
                    problem: of.problem,
                    received_at: of.received_at,
                    position: of.position,
                    person: of.person.clone(),
                    unpaid,
                });
            }
        }
        standing.push_front(left_behind);
        trial.reports += of_day.reports;
        trial.awards += of_day.awards;
        trial.fen += of_day.fen;
        trial.days.push(of_day);
    }
    trial.persons_limited = limited.len();
    let shown = |(reason, reports): (Reason, usize)| RewardTrialReason { reason, reason_label: reason.label(), reports };
    trial.reasons = reasons.into_iter().map(shown).collect();
    trial
}
