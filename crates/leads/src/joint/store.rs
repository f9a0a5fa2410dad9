//! SQL of joint tasks.

use chrono::{DateTime, Utc};
use docket::KeyOf;
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;

use super::JointState;

/// A task as it stands.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub(crate) struct Task {
    /// Counted from 1 for each lead; the round of its limit.
    pub round: i32,
    /// The assisting unit.
    pub unit: Uuid,
    /// The code of its state.
    pub state: String,
    /// What is asked of the unit.
    pub ask: String,
    /// What the unit did, or why it was sent back or withdrawn.
    pub answer: Option<String>,
    /// Who took it.
    pub taken_by: Option<Uuid>,
    /// When it was asked for, or given.
    pub ordered_at: DateTime<Utc>,
    /// When it was over.
    pub ended_at: Option<DateTime<Utc>>,
}

impl Task {
    /// Its state; one that cannot be read is over.
    pub(crate) fn state(&self) -> JointState {
        self.state.parse().unwrap_or(JointState::Withdrawn)
    }
}

/// Tasks of a lead that are read, far beyond what one lives through.
const MOST: i64 = 500;

/// The tasks of a lead, the oldest first.
pub(crate) async fn of(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Vec<Task>> {
    sqlx::query_as(
        "select round, unit, state, ask, answer, taken_by, ordered_at, ended_at from joint_task
         where region = $1 and lead_id = $2 order by round limit $3",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(MOST)
    .fetch_all(connection)
    .await
}

/// Writes tasks that are new or were changed.
pub(crate) async fn write(connection: &mut PgConnection, key: &KeyOf, tasks: &[Task]) -> sqlx::Result<()> {
    for task in tasks {
        sqlx::query(
            "insert into joint_task (region, lead_id, round, unit, state, ask, answer, taken_by, ordered_at, ended_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             on conflict (region, lead_id, round) do update set state = excluded.state, ask = excluded.ask, answer = excluded.answer,
                taken_by = excluded.taken_by, ordered_at = excluded.ordered_at, ended_at = excluded.ended_at",
        )
        .bind(&key.region)
        .bind(key.id.uuid())
        .bind(task.round)
        .bind(task.unit)
        .bind(&task.state)
        .bind(&task.ask)
        .bind(&task.answer)
        .bind(task.taken_by)
        .bind(task.ordered_at)
        .bind(task.ended_at)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// The unit of an open task of a lead.
pub(crate) async fn open_unit(connection: &mut PgConnection, lead: Uuid, round: i32) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar("select unit from joint_task where lead_id = $1 and round = $2 and state in ('waiting', 'taken')")
        .bind(lead)
        .bind(round)
        .fetch_optional(connection)
        .await
}
