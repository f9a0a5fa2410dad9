//! SQL of joint tasks.

use chrono::{DateTime, Utc};
use docket::KeyOf;
use sqlx::{FromRow, PgConnection, PgExecutor};
use uuid::Uuid;

use super::{JointState, straight::JointPair};

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

/// Pairs that are read, beyond what is written.
const MOST_PAIRS: i64 = 1_000;

/// Between which units is called straight through.
pub(crate) async fn straight(executor: impl PgExecutor<'_>, region: &str) -> sqlx::Result<Vec<JointPair>> {
    let rows: Vec<(Option<Uuid>, Uuid)> =
        sqlx::query_as("select from_unit, to_unit from joint_straight where region = $1 order by from_unit nulls first, to_unit limit $2")
            .bind(region)
            .bind(MOST_PAIRS)
            .fetch_all(executor)
            .await?;
    Ok(rows.into_iter().map(|(from, to)| JointPair { from, to }).collect())
}

/// Locks the pairs until the transaction ends: what the history calls "before" is then what was replaced.
pub(super) async fn lock_straight(connection: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query("lock table joint_straight in share row exclusive mode").execute(connection).await.map(drop)
}

/// Replaces the pairs of a district.
pub(super) async fn replace_straight(connection: &mut PgConnection, region: &str, pairs: &[JointPair]) -> sqlx::Result<()> {
    sqlx::query("delete from joint_straight where region = $1").bind(region).execute(&mut *connection).await?;
    sqlx::query("insert into joint_straight (region, from_unit, to_unit) select $1, * from unnest($2::uuid[], $3::uuid[])")
        .bind(region)
        .bind(pairs.iter().map(|pair| pair.from).collect::<Vec<_>>())
        .bind(pairs.iter().map(|pair| pair.to).collect::<Vec<_>>())
        .execute(connection)
        .await
        .map(drop)
}
