//! SQL of notices.

use chrono::{DateTime, Utc};
use docket::{Header, KeyOf};
use identity::Scope;
use sqlx::{FromRow, PgConnection, PgExecutor, PgPool, Postgres, QueryBuilder};
use uuid::Uuid;

use super::{KIND, NoticeState, Stage, list::Wanted};
use crate::scope;

/// A notice's own row.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct NoticeRecord {
    pub stage: String,
    pub text: String,
    pub issued_by: Option<Uuid>,
    pub reply_hours: i32,
    pub reply: Option<String>,
    pub replied_by: Option<Uuid>,
    pub replied_at: Option<DateTime<Utc>>,
    pub verdict: Option<String>,
    pub judged_by: Option<Uuid>,
    pub previous: Option<Uuid>,
}

/// A lead that a notice is about.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct NoticeLeadRow {
    pub lead_id: Uuid,
    pub number: String,
    pub title: String,
    pub state: String,
    pub open: bool,
    pub warn_at: Option<DateTime<Utc>>,
    pub due_at: Option<DateTime<Utc>>,
    pub limit_due_at: DateTime<Utc>,
}

/// A notice as a row of a list.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct RowRecord {
    pub id: Uuid,
    pub number: String,
    pub title: String,
    pub state: String,
    pub open: bool,
    pub version: i64,
    pub unit: Option<Uuid>,
    pub holder_role: Option<String>,
    pub due_at: Option<DateTime<Utc>>,
    pub warn_at: Option<DateTime<Utc>>,
    pub opened_at: DateTime<Utc>,
    pub simulated: bool,
    pub stage: String,
    pub issued_by: Option<Uuid>,
    pub leads: i64,
}

/// A lead with the limit that a notice is issued for.
pub(super) struct Pressed {
    pub lead: Uuid,
    pub limit: &'static str,
    pub round: i32,
    pub due_at: DateTime<Utc>,
}

pub(super) async fn insert(connection: &mut PgConnection, key: &KeyOf, stage: Stage, notice: &NoticeRecord) -> sqlx::Result<()> {
    sqlx::query("insert into notice (region, id, stage, text, issued_by, reply_hours, previous) values ($1, $2, $3, $4, $5, $6, $7)")
        .bind(&key.region)
        .bind(key.id.uuid())
        .bind(stage.code())
        .bind(&notice.text)
        .bind(notice.issued_by)
        .bind(notice.reply_hours)
        .bind(notice.previous)
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn insert_leads(connection: &mut PgConnection, key: &KeyOf, leads: &[Pressed]) -> sqlx::Result<()> {
    sqlx::query(
        "insert into notice_lead (region, notice_id, ordinal, lead_id, limit_name, limit_round, due_at)
         select $1, $2, n, lead, name, round, due
         from unnest($3::uuid[], $4::text[], $5::int4[], $6::timestamptz[]) with ordinality as t(lead, name, round, due, n)",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(leads.iter().map(|it| it.lead).collect::<Vec<_>>())
    .bind(leads.iter().map(|it| it.limit).collect::<Vec<_>>())
    .bind(leads.iter().map(|it| it.round).collect::<Vec<_>>())
    .bind(leads.iter().map(|it| it.due_at).collect::<Vec<_>>())
    .execute(connection)
    .await?;
    Ok(())
}

/// Lets go of the leads of a notice that is over: another may be issued about them.
pub(super) async fn release(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<()> {
    sqlx::query("update notice_lead set open = false where region = $1 and notice_id = $2 and open")
        .bind(&key.region)
        .bind(key.id.uuid())
        .execute(connection)
        .await?;
    Ok(())
}

/// Lets go of those of these leads that went to `unit` from another one, whose notice is still open: it answers for its own time alone.
pub(super) async fn release_moved(connection: &mut PgConnection, region: &str, leads: &[Uuid], unit: Uuid) -> sqlx::Result<()> {
    sqlx::query(
        "update notice_lead l set open = false from docket d
         where l.region = $1 and l.lead_id = any($2) and l.open and d.region = l.region and d.id = l.notice_id and d.unit is distinct from $3",
    )
    .bind(region)
    .bind(leads)
    .bind(unit)
    .execute(connection)
    .await?;
    Ok(())
}

/// Those of these leads that have an open notice, with its number.
pub(super) async fn already_open(connection: &mut PgConnection, region: &str, leads: &[Uuid]) -> sqlx::Result<Vec<(Uuid, String)>> {
    sqlx::query_as(
        "select l.lead_id, d.number from notice_lead l join docket d on d.region = l.region and d.id = l.notice_id
         where l.region = $1 and l.lead_id = any($2) and l.open",
    )
    .bind(region)
    .bind(leads)
    .fetch_all(connection)
    .await
}

/// Those of these leads about whose limit, in this very round, no notice was ever issued.
pub(super) async fn never_pressed(connection: &mut PgConnection, region: &str, leads: &[Pressed]) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar(
        "select t.lead from unnest($2::uuid[], $3::text[], $4::int4[]) as t(lead, name, round)
         where not exists (select from notice_lead l where l.region = $1 and l.lead_id = t.lead and l.limit_name = t.name and l.limit_round = t.round)",
    )
    .bind(region)
    .bind(leads.iter().map(|it| it.lead).collect::<Vec<_>>())
    .bind(leads.iter().map(|it| it.limit).collect::<Vec<_>>())
    .bind(leads.iter().map(|it| it.round).collect::<Vec<_>>())
    .fetch_all(connection)
    .await
}

/// Leads of units whose disposal limit ran out by `before`, and about which the unit has no open notice, nor was one issued in that
/// round: the longest overdue first.
pub(super) async fn overdue(pool: &PgPool, region: &str, before: DateTime<Utc>, most: i64) -> sqlx::Result<Vec<(Uuid, Uuid)>> {
    sqlx::query_as(
        "select d.id, d.unit from docket d
         join lateral (select t.name, t.round from deadline t where t.region = d.region and t.docket_id = d.id and t.name = 'fix'
            and t.state = 'running' and t.due_at <= $2) t on true
         where d.region = $1 and d.kind = 'lead' and d.open and d.unit is not null and d.due_at <= $2
            and not exists (select from notice_lead l where l.region = d.region and l.lead_id = d.id and l.limit_name = t.name and l.limit_round = t.round)
            and not exists (select from notice_lead o join docket n on n.region = o.region and n.id = o.notice_id
                where o.region = d.region and o.lead_id = d.id and o.open and n.unit = d.unit)
         order by d.due_at, d.id limit $3",
    )
    .bind(region)
    .bind(before)
    .bind(most)
    .fetch_all(pool)
    .await
}

/// The limits that a notice presses for: lead, name and round.
pub(super) async fn pressed_rounds(executor: impl PgExecutor<'_>, region: &str, id: Uuid) -> sqlx::Result<Vec<(Uuid, String, i32)>> {
    sqlx::query_as("select lead_id, limit_name, limit_round from notice_lead where region = $1 and notice_id = $2")
        .bind(region)
        .bind(id)
        .fetch_all(executor)
        .await
}

/// Prompts whose reply limit ran out by `before`, and of which a lead is still with the unit in the same round, overdue: the longest ago
/// first. The others are a person's to judge; looked at here again and again they would stand before all that come after them.
pub(super) async fn unanswered_prompts(
    pool: &PgPool,
    region: &str,
    before: DateTime<Utc>,
    most: i64,
) -> sqlx::Result<Vec<(Uuid, DateTime<Utc>)>> {
    sqlx::query_as(
        "select d.id, d.due_at from docket d join notice n on n.region = d.region and n.id = d.id
         where d.region = $1 and d.kind = 'notice' and d.open and d.state in ('issued', 'returned') and n.stage = 'prompt' and d.due_at <= $2
            and exists (select from notice_lead l
                join docket of on of.region = l.region and of.id = l.lead_id and of.open and of.unit = d.unit
                join deadline t on t.region = l.region and t.docket_id = l.lead_id and t.name = l.limit_name and t.round = l.limit_round
                    and t.state = 'running' and t.due_at <= $2
                where l.region = d.region and l.notice_id = d.id)
         order by d.due_at, d.id limit $3",
    )
    .bind(region)
    .bind(before)
    .bind(most)
    .fetch_all(pool)
    .await
}

pub(super) type Unmoved = (Uuid, String, String, DateTime<Utc>, Uuid);

/// Leads whose supervision or account ran out before this moment, whose limit still runs, and which the rule has not put in charge yet.
pub(super) async fn unmoved(pool: &PgPool, region: &str, before: DateTime<Utc>, most: i64) -> sqlx::Result<Vec<Unmoved>> {
    sqlx::query_as(
        "select d.id as notice, d.number, n.stage, d.due_at, l.lead_id as lead
         from docket d join notice n on n.region = d.region and n.id = d.id
         join notice_lead l on l.region = d.region and l.notice_id = d.id and l.open and not l.charged
         join docket of on of.region = l.region and of.id = l.lead_id and of.open and of.unit = d.unit
         join deadline t on t.region = l.region and t.docket_id = l.lead_id and t.name = l.limit_name and t.round = l.limit_round
            and t.state = 'running' and t.due_at <= $2
         where d.region = $1 and d.kind = 'notice' and d.open and d.state in ('issued', 'returned') and n.stage in ('supervise', 'account')
            and d.due_at <= $2
         order by d.due_at, d.id, l.ordinal limit $3",
    )
    .bind(region)
    .bind(before)
    .bind(most)
    .fetch_all(pool)
    .await
}

/// Notes that the rule has seen to a lead of a notice; `false` where another program was faster.
pub(super) async fn mark_charged(connection: &mut PgConnection, region: &str, notice: Uuid, lead: Uuid) -> sqlx::Result<bool> {
    let done = sqlx::query("update notice_lead set charged = true where region = $1 and notice_id = $2 and lead_id = $3 and not charged")
        .bind(region)
        .bind(notice)
        .bind(lead)
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn header(executor: impl PgExecutor<'_>, id: Uuid) -> sqlx::Result<Option<Header>> {
    sqlx::query_as("select * from docket where id = $1 and kind = 'notice'").bind(id).fetch_optional(executor).await
}

pub(super) async fn record(executor: impl PgExecutor<'_>, region: &str, id: Uuid) -> sqlx::Result<Option<NoticeRecord>> {
    sqlx::query_as("select * from notice where region = $1 and id = $2").bind(region).bind(id).fetch_optional(executor).await
}

pub(super) async fn update(connection: &mut PgConnection, key: &KeyOf, notice: &NoticeRecord) -> sqlx::Result<()> {
    sqlx::query(
        "update notice set reply = $3, replied_by = $4, replied_at = $5, verdict = $6, judged_by = $7 where region = $1 and id = $2",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(&notice.reply)
    .bind(notice.replied_by)
    .bind(notice.replied_at)
    .bind(&notice.verdict)
    .bind(notice.judged_by)
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn insert_photos(connection: &mut PgConnection, key: &KeyOf, now: DateTime<Utc>, photos: &[String]) -> sqlx::Result<()> {
    sqlx::query(
        "insert into notice_photo (region, notice_id, ordinal, file, at)
         select $1, $2, coalesce((select max(ordinal) from notice_photo where region = $1 and notice_id = $2), 0) + n, file, $4
         from unnest($3::text[]) with ordinality as t(file, n)",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(photos)
    .bind(now)
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn photos(executor: impl PgExecutor<'_>, region: &str, id: Uuid) -> sqlx::Result<Vec<(String, DateTime<Utc>)>> {
    sqlx::query_as("select file, at from notice_photo where region = $1 and notice_id = $2 order by ordinal limit 200")
        .bind(region)
        .bind(id)
        .fetch_all(executor)
        .await
}

/// Whether a notice within a scope has the photo.
pub(crate) async fn has_photo(pool: &PgPool, scope: &Scope, file: &str) -> sqlx::Result<bool> {
    let mut query = QueryBuilder::new(
        "select exists (select from notice_photo p join docket d on d.region = p.region and d.id = p.notice_id where p.file = ",
    );
    query.push_bind(file.to_owned());
    scope::push(&mut query, scope);
    query.push(")");
    query.build_query_scalar().fetch_one(pool).await
}

pub(super) async fn leads(executor: impl PgExecutor<'_>, region: &str, id: Uuid) -> sqlx::Result<Vec<NoticeLeadRow>> {
    sqlx::query_as(
        "select l.lead_id, d.number, d.title, d.state, d.open, d.warn_at, d.due_at, l.due_at as limit_due_at
         from notice_lead l join docket d on d.region = l.region and d.id = l.lead_id
         where l.region = $1 and l.notice_id = $2 order by l.ordinal",
    )
    .bind(region)
    .bind(id)
    .fetch_all(executor)
    .await
}

/// Id, number, stage and opening of the notice before, and of the one after.
pub(super) async fn linked(executor: impl PgExecutor<'_>, region: &str, id: Uuid, after: bool) -> sqlx::Result<Option<LinkedRow>> {
    let by = if after { "n.previous = $2" } else { "n.id = (select previous from notice where region = $1 and id = $2)" };
    let mut query = QueryBuilder::<Postgres>::new(
        "select d.id, d.number, n.stage, d.opened_at from notice n join docket d on d.region = n.region and d.id = n.id where n.region = $1 and ",
    );
    query.push(by).push(" order by d.id limit 1");
    sqlx::query_as(sqlx::AssertSqlSafe(query.into_string())).bind(region).bind(id).fetch_optional(executor).await
}

/// A notice beside another on the ladder.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct LinkedRow {
    pub id: Uuid,
    pub number: String,
    pub stage: String,
    pub opened_at: DateTime<Utc>,
}

const ROW: &str = "select d.id, d.number, d.title, d.state, d.open, d.version, d.unit, d.holder_role, d.due_at, d.warn_at, d.opened_at,
    d.simulated, n.stage, n.issued_by, (select count(*) from notice_lead l where l.region = n.region and l.notice_id = n.id) as leads
    from docket d join notice n on n.region = d.region and n.id = d.id where d.kind = ";

pub(super) async fn row(pool: &PgPool, id: Uuid) -> sqlx::Result<Option<RowRecord>> {
    let mut query = QueryBuilder::new(ROW);
    query.push_bind(KIND).push(" and d.id = ").push_bind(id);
    query.build_query_as().fetch_optional(pool).await
}

/// One page, the newest first.
pub(super) async fn page(pool: &PgPool, scope: &Scope, wanted: &Wanted, rows: i64) -> sqlx::Result<Vec<RowRecord>> {
    let mut query = QueryBuilder::new(ROW);
    query.push_bind(KIND);
    scope::push(&mut query, scope);
    if let Some(states) = &wanted.states {
        query.push(" and d.state = any(").push_bind(states.iter().map(|it| it.code()).collect::<Vec<_>>()).push(")");
    }
    if let Some(stage) = wanted.stage {
        query.push(" and n.stage = ").push_bind(stage.code());
    }
    if let Some(unit) = wanted.unit {
        query.push(" and d.unit = ").push_bind(unit);
    }
    if let Some(lead) = wanted.lead {
        query.push(" and exists (select from notice_lead l where l.region = n.region and l.notice_id = n.id and l.lead_id = ");
        query.push_bind(lead).push(")");
    }
    if wanted.overdue {
        query.push(" and d.open and d.due_at <= ").push_bind(wanted.now);
    }
    if wanted.mine {
        query.push(" and d.open");
        push_mine(&mut query, &wanted.units, &wanted.roles);
    }
    if let Some(before) = wanted.before {
        query.push(" and d.id < ").push_bind(before);
    }
    query.push(" order by d.id desc limit ").push_bind(rows);
    query.build_query_as().fetch_all(pool).await
}

fn push_mine(query: &mut QueryBuilder<Postgres>, units: &[Uuid], roles: &[String]) {
    query.push(" and (d.holder_unit = any(").push_bind(units.to_vec()).push(")");
    query.push(" or d.holder_role = any(").push_bind(roles.to_vec()).push("))");
}

/// Open, overdue, and waiting for the caller.
pub(super) async fn counts(
    pool: &PgPool,
    scope: &Scope,
    now: DateTime<Utc>,
    units: &[Uuid],
    roles: &[String],
) -> sqlx::Result<(i64, i64, i64)> {
    let mut query = QueryBuilder::new("select count(*), count(*) filter (where d.due_at <= ");
    query.push_bind(now).push("), count(*) filter (where true");
    push_mine(&mut query, units, roles);
    query.push(") from docket d where d.open and d.kind = ").push_bind(KIND);
    scope::push(&mut query, scope);
    query.build_query_as().fetch_one(pool).await
}

/// The state in a header.
pub(super) fn state_of(header: &Header) -> Result<NoticeState, kernel::problem::Problem> {
    header.state.parse().map_err(|()| kernel::problem::Problem::internal("state-unknown", "该件的状态无法识别，请联系管理员"))
}

/// Those of these leads about which a notice is open.
pub(crate) async fn pressed_for(connection: &mut PgConnection, region: &str, leads: &[Uuid]) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar("select lead_id from notice_lead where region = $1 and lead_id = any($2) and open")
        .bind(region)
        .bind(leads)
        .fetch_all(connection)
        .await
}
