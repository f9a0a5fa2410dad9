//! SQL of leaders' charges and their instructions.

use chrono::{DateTime, Utc};
use docket::KeyOf;
use identity::Scope;
use sqlx::{FromRow, PgConnection, PgPool, QueryBuilder};
use uuid::Uuid;

use crate::list::store::push_scope;

/// An instruction as it stands.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub(crate) struct Instruction {
    /// Counted from 1 for each lead; the round of its limit.
    pub round: i32,
    /// What the leader instructs.
    pub words: String,
    /// Working hours until the answer.
    pub hours: i32,
    pub given_by: Uuid,
    pub given_at: DateTime<Utc>,
    pub answer: Option<String>,
    pub answered_by: Option<Uuid>,
    pub answered_at: Option<DateTime<Utc>>,
    /// It was taken back: "answer" says why, the rest by whom and when.
    pub withdrawn: bool,
}

/// Instructions of a lead that are read, far beyond what one lives through.
const MOST: i64 = 500;

/// The instructions of a lead, the oldest first.
pub(crate) async fn of(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Vec<Instruction>> {
    sqlx::query_as(
        "select round, words, hours, given_by, given_at, answer, answered_by, answered_at, withdrawn from instruction
         where region = $1 and lead_id = $2 order by round limit $3",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(MOST)
    .fetch_all(connection)
    .await
}

/// Writes an instruction that is new, was answered or taken back.
pub(crate) async fn write(connection: &mut PgConnection, key: &KeyOf, instruction: &Instruction) -> sqlx::Result<()> {
    sqlx::query(
        "insert into instruction (region, lead_id, round, words, hours, given_by, given_at, answer, answered_by, answered_at,
            withdrawn)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         on conflict (region, lead_id, round) do update set answer = excluded.answer, answered_by = excluded.answered_by,
            answered_at = excluded.answered_at, withdrawn = excluded.withdrawn",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(instruction.round)
    .bind(&instruction.words)
    .bind(instruction.hours)
    .bind(instruction.given_by)
    .bind(instruction.given_at)
    .bind(&instruction.answer)
    .bind(instruction.answered_by)
    .bind(instruction.answered_at)
    .bind(instruction.withdrawn)
    .execute(connection)
    .await
    .map(drop)
}

/// Who has a lead in charge.
pub(crate) async fn leader_of(connection: &mut PgConnection, lead: Uuid) -> sqlx::Result<Option<Uuid>> {
    let leader: Option<Option<Uuid>> =
        sqlx::query_scalar("select leader from lead where id = $1").bind(lead).fetch_optional(connection).await?;
    Ok(leader.flatten())
}

/// What is known of a charged lead beside its row: from here it is told what stands still.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct ChargedRow {
    pub id: Uuid,
    pub leader: Uuid,
    pub charged_at: DateTime<Utc>,
    pub charge_reason: String,
    pub state: String,
    /// The last step that somebody took; limits that run out are no step.
    pub moved_at: DateTime<Utc>,
    /// The running limit that ran out first, by its code.
    pub missed: Option<String>,
    /// When.
    pub missed_at: Option<DateTime<Utc>>,
    pub sent_back: i32,
    pub raised: i32,
    pub extension_asked: bool,
    pub joint_open: i64,
    pub instructions_open: i64,
    pub instructions_late: i64,
}

/// Open leads in charge within a scope, the newest first; of one leader where one is asked for.
pub(crate) async fn charged(
    pool: &PgPool,
    scope: &Scope,
    leader: Option<Uuid>,
    before: Option<Uuid>,
    now: DateTime<Utc>,
    rows: i64,
) -> sqlx::Result<Vec<ChargedRow>> {
    let mut query = QueryBuilder::new(
        "select d.id, l.leader, l.charged_at, coalesce(l.charge_reason, '') as charge_reason, d.state,
            coalesce((select max(e.at) from ledger_entry e where e.region = d.region and e.docket_id = d.id
                and e.action in ('verify', 'accept', 'file', 'dispatch', 'take', 'send-back', 'grant-extension', 'suspend', 'resume', 'fix',
                    'check', 'rework', 'joint-take', 'joint-done', 'refer', 'take-back', 'referral-end', 'answer-instruction',
                    'withdraw-instruction', 'raise',
                    'return-raised', 'send-down')), d.opened_at) as moved_at,
            missed.name as missed, missed.due_at as missed_at, cardinality(l.sent_back_by) as sent_back, cardinality(l.raised_by) as raised,
            l.extension_hours is not null as extension_asked,
            (select count(*) from joint_task j where j.region = d.region and j.lead_id = d.id and j.state in ('waiting', 'taken')) as joint_open,
            (select count(*) from instruction i where i.region = d.region and i.lead_id = d.id and i.answered_at is null) as instructions_open,
            (select count(*) from deadline t where t.region = d.region and t.docket_id = d.id and t.name = 'instruct'
                and t.state = 'running' and t.due_at <= ",
    );
    query.push_bind(now).push(
        ") as instructions_late
         from lead l join docket d on d.region = l.region and d.id = l.id
         left join lateral (select own.name, own.due_at from deadline own where own.region = d.region and own.docket_id = d.id
            and own.state = 'running' and own.name <> 'instruct' and own.due_at <= ",
    );
    query.push_bind(now).push(" order by own.due_at limit 1) missed on true where d.kind = 'lead' and d.open and l.charged_at is not null");
    match leader {
        Some(leader) => query.push(" and l.leader = ").push_bind(leader),
        None => query.push(" and l.leader is not null"),
    };
    push_scope(&mut query, scope);
    if let Some(before) = before {
        query.push(" and l.id < ").push_bind(before);
    }
    query.push(" order by l.id desc limit ").push_bind(rows + 1);
    query.build_query_as().fetch_all(pool).await
}
