//! A leader's charge as people read it on the lead's page.

use chrono::{DateTime, Utc};
use docket::DeadlineRow;
use serde::Serialize;
use utoipa::ToSchema;

use super::Instruction;
use crate::{
    lead::{Limit, record::LeadRecord},
    list::row::{NamedId, Names},
};

/// What the leader in charge instructed (批示).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InstructionView {
    /// Counted from 1 for each lead.
    round: i32,
    /// What.
    words: String,
    given_by: NamedId,
    given_at: DateTime<Utc>,
    /// When it must be answered, while it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    due_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answered_by: Option<NamedId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answered_at: Option<DateTime<Utc>>,
    /// It was taken back, and the answer says why.
    withdrawn: bool,
}

/// Who has a lead in charge (领导包案).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChargeView {
    /// The leader; none where the charge ended and only its instructions are left to read.
    #[serde(skip_serializing_if = "Option::is_none")]
    leader: Option<NamedId>,
    /// Since when.
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<DateTime<Utc>>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// The oldest first.
    instructions: Vec<InstructionView>,
}

/// The charge with names; nothing where no leader ever had it.
pub(crate) fn show(names: &Names, record: &LeadRecord, instructions: Vec<Instruction>, limits: &[DeadlineRow]) -> Option<ChargeView> {
    if record.leader.is_none() && instructions.is_empty() {
        return None;
    }
    let due = |round: i32| {
        let row = limits.iter().find(|row| row.name == Limit::Instruct.code() && row.round == round)?;
        row.ended_at.is_none().then_some(row.due_at)?
    };
    let shown = |one: Instruction| InstructionView {
        round: one.round,
        given_by: NamedId { id: one.given_by, name: names.person(Some(one.given_by)).map(|person| person.name).unwrap_or_default() },
        given_at: one.given_at,
        due_at: due(one.round),
        answered_by: names.person(one.answered_by),
        answered_at: one.answered_at,
        withdrawn: one.withdrawn,
        words: one.words,
        answer: one.answer,
    };
    Some(ChargeView {
        leader: names.person(record.leader),
        since: record.charged_at,
        reason: record.charge_reason.clone(),
        instructions: instructions.into_iter().map(shown).collect(),
    })
}
