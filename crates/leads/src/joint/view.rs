//! A joint task as people read it.

use chrono::{DateTime, Utc};
use docket::DeadlineRow;
use serde::Serialize;
use utoipa::ToSchema;

use super::{JointState, Task};
use crate::{
    lead::Limit,
    list::row::{NamedId, Names},
};

/// What another unit does beside the one that has the lead (协办任务).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JointTask {
    /// Counted from 1 for each lead.
    round: i32,
    /// The assisting unit.
    unit: NamedId,
    state: JointState,
    state_label: &'static str,
    /// What is asked of it.
    ask: String,
    /// What it did, or why it was sent back or withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
    /// Who took it.
    #[serde(skip_serializing_if = "Option::is_none")]
    taken_by: Option<NamedId>,
    ordered_at: DateTime<Utc>,
    /// When its limit ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    due_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_at: Option<DateTime<Utc>>,
}

/// The tasks with names and limits.
pub(crate) fn show(names: &Names, tasks: Vec<Task>, limits: &[DeadlineRow]) -> Vec<JointTask> {
    let due = |round: i32| limits.iter().find(|row| row.name == Limit::Assist.code() && row.round == round).and_then(|row| row.due_at);
    let shown = |task: Task| JointTask {
        round: task.round,
        unit: NamedId { id: task.unit, name: names.organisations.name(task.unit).to_owned() },
        state: task.state(),
        state_label: task.state().label(),
        taken_by: names.person(task.taken_by),
        ordered_at: task.ordered_at,
        due_at: due(task.round),
        ended_at: task.ended_at,
        ask: task.ask,
        answer: task.answer,
    };
    tasks.into_iter().map(shown).collect()
}
