//! A case before whoever referred it (案件进展): which steps were taken on which day and what came of it. No words of anybody, no party.

use chrono::{DateTime, Utc};
use docket::KeyOf;
use http_api::Answer;
use law::procedure::{Action, Case, Fate, Remedy, State};
use serde::Serialize;
use sqlx::PgConnection;

use super::{
    publish::said,
    record::{CaseRecord, StepRow},
    store,
};
use crate::Cases;

/// Steps that whoever referred the case is told of: what the organ does towards the outside, not what it weighs inside.
const TOLD: [Action; 35] = [
    Action::File,
    Action::NotFile,
    Action::OrganAccepts,
    Action::Investigate,
    Action::OrderCorrection,
    Action::CheckCorrection,
    Action::Suspend,
    Action::Resume,
    Action::Terminate,
    Action::Withdraw,
    Action::Merge,
    Action::End,
    Action::SendToPolice,
    Action::PoliceFile,
    Action::PoliceRefuse,
    Action::DecideNoPenalty,
    Action::ServeNotice,
    Action::HoldHearing,
    Action::Decide,
    Action::ServeDecision,
    Action::DecideOnSpot,
    Action::HandDecision,
    Action::Educate,
    Action::Dissuade,
    Action::Interview,
    Action::Comply,
    Action::Pay,
    Action::OrderEnforcement,
    Action::ApplyToCourt,
    Action::CourtRules,
    Action::Changed,
    Action::FoundUnlawful,
    Action::Revoked,
    Action::Close,
    Action::Archive,
];
/// Steps by which a case comes to something else than a penalty.
const OTHERWISE: [Action; 8] = [
    Action::NotFile,
    Action::DecideNoPenalty,
    Action::Withdraw,
    Action::Terminate,
    Action::Merge,
    Action::OrganAccepts,
    Action::PoliceFile,
    Action::Comply,
];

/// A step that was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FollowedStep {
    /// Which, in Chinese.
    pub label: &'static str,
    /// When.
    pub at: DateTime<Utc>,
}

/// A case as whoever referred it follows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FollowedCase {
    /// Its number.
    pub number: String,
    /// Where it stands, in Chinese.
    pub state: &'static str,
    /// It is not closed.
    pub open: bool,
    /// The oldest first.
    pub steps: Vec<FollowedStep>,
    /// When the penalty was decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// What came of it, once it is certain: the penalty that reached the party, or how it ended without one.
    pub outcome: Option<String>,
}

/// What came of a case, as far as it is certain.
fn outcome(record: &CaseRecord, case: &Case, steps: &[StepRow]) -> Option<String> {
    let taken = |action: Action| steps.iter().any(|step| step.action == action.code());
    if case.remedy == Remedy::Revoked {
        return Some("处罚决定已被撤销".to_owned());
    }
    let plan = record.plan.as_ref().filter(|_| record.decided_at.is_some());
    if let Some(plan) = plan.filter(|_| taken(Action::ServeDecision) || taken(Action::HandDecision)) {
        let words: Vec<String> = plan.kinds.iter().map(|kind| said(*kind, plan.fine_fen, plan.confiscated_fen)).collect();
        let fate = match case.fate {
            Fate::Whole => "",
            Fate::Changed => "（复议、诉讼变更）",
            Fate::Unlawful => "（复议、诉讼确认违法，未撤销）",
        };
        return Some(format!("作出行政处罚决定：{}{fate}", words.join("；")));
    }
    let over = matches!(
        case.state,
        State::NotFiled
            | State::NoPenalty
            | State::Withdrawn
            | State::Terminated
            | State::Merged
            | State::TransferOrgan
            | State::PoliceFiled
    );
    let closed = matches!(case.state, State::Closed | State::Archived);
    let last = steps.iter().max_by_key(|step| if OTHERWISE.iter().any(|it| it.code() == step.action) { step.ordinal } else { -1 });
    let how = last.and_then(|step| OTHERWISE.into_iter().find(|it| it.code() == step.action));
    match how {
        Some(action) if over || closed => Some(action.label().to_owned()),
        _ if closed => Some("已结案".to_owned()),
        _ => None,
    }
}

impl Cases {
    /// A case for whoever referred it; that he may was found out by whoever calls.
    ///
    /// # Errors
    /// The database's.
    pub async fn followed(&self, connection: &mut PgConnection, key: &KeyOf) -> Answer<Option<FollowedCase>> {
        let Some(header) = store::header(&mut *connection, key.id.uuid()).await? else { return Ok(None) };
        let Some(dossier) = store::dossier(connection, key).await? else { return Ok(None) };
        let mut taken = store::steps(connection, key).await?;
        taken.sort_by_key(|step| step.ordinal);
        let case = dossier.facts();
        let steps = taken.iter().filter_map(|step| {
            let action = TOLD.into_iter().find(|it| it.code() == step.action)?;
            Some(FollowedStep { label: action.label(), at: step.at })
        });
        Ok(Some(FollowedCase {
            steps: steps.collect(),
            outcome: outcome(&dossier.record, case, &taken),
            state: case.state.label(),
            decided_at: dossier.record.decided_at,
            open: header.open,
            number: header.number,
        }))
    }
}
