//! SQL of cases.

use chrono::{DateTime, Utc};
use docket::{Header, KeyOf};
use identity::Scope;
use law::procedure::Case;
use sqlx::{FromRow, PgConnection, PgExecutor, PgPool, QueryBuilder, types::Json};
use uuid::Uuid;

use super::{
    basis,
    record::{CaseRecord, ClockRow, Dossier, OfficerRow, PartyRow, StepRow},
    service::Served,
};
use crate::scope;

pub(super) async fn insert(connection: &mut PgConnection, key: &KeyOf, case: &CaseRecord) -> sqlx::Result<()> {
    sqlx::query(
        "insert into enforcement_case (region, id, track, state, facts, matter_code, matter_name, articles, fine_min_fen, fine_max_fen,
            acted_on, found_on, place, summary, lead_id, lead_number, opened_by, referral_id, referral_number)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(case.facts.track.code())
    .bind(case.facts.state.code())
    .bind(case.facts)
    .bind(&case.matter_code)
    .bind(&case.matter_name)
    .bind(&case.articles)
    .bind(case.fine_min_fen)
    .bind(case.fine_max_fen)
    .bind(case.acted_on)
    .bind(case.found_on)
    .bind(&case.place)
    .bind(&case.summary)
    .bind(case.lead_id)
    .bind(&case.lead_number)
    .bind(case.opened_by)
    .bind(case.referral_id)
    .bind(&case.referral_number)
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn update(connection: &mut PgConnection, key: &KeyOf, case: &CaseRecord) -> sqlx::Result<()> {
    sqlx::query(
        "update enforcement_case set track = $3, state = $4, facts = $5, plan = $6, told = $7, hearing_at = $8, decided_at = $9, fined = $10,
            sent_back = false
         where region = $1 and id = $2",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(case.facts.track.code())
    .bind(case.facts.state.code())
    .bind(case.facts)
    .bind(&case.plan)
    .bind(&case.told)
    .bind(case.hearing_at)
    .bind(case.decided_at)
    .bind(case.fined)
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn insert_party(connection: &mut PgConnection, key: &KeyOf, party: &PartyRow) -> sqlx::Result<()> {
    sqlx::query("insert into case_party (region, case_id, ordinal, kind, age, subject, blind) values ($1, $2, $3, $4, $5, $6, $7)")
        .bind(&key.region)
        .bind(key.id.uuid())
        .bind(party.ordinal)
        .bind(&party.kind)
        .bind(&party.age)
        .bind(party.subject)
        .bind(&party.blind)
        .execute(connection)
        .await?;
    Ok(())
}

/// Adds an officer after those who are there; one who is there already stays as he is.
pub(super) async fn insert_officer(connection: &mut PgConnection, key: &KeyOf, officer: &OfficerRow) -> sqlx::Result<()> {
    sqlx::query(
        "insert into case_officer (region, case_id, person, ordinal, certificate, valid_until, joined_at)
         values ($1, $2, $3, coalesce((select max(ordinal) from case_officer where region = $1 and case_id = $2), 0) + 1, $4, $5, $6)
         on conflict do nothing",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(officer.person)
    .bind(&officer.certificate)
    .bind(officer.valid_until)
    .bind(officer.joined_at)
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn recuse(connection: &mut PgConnection, key: &KeyOf, people: &[Uuid]) -> sqlx::Result<()> {
    sqlx::query("update case_officer set recused = true where region = $1 and case_id = $2 and person = any($3)")
        .bind(&key.region)
        .bind(key.id.uuid())
        .bind(people)
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn insert_photos(connection: &mut PgConnection, key: &KeyOf, photos: &[String]) -> sqlx::Result<()> {
    sqlx::query(
        "insert into case_photo (region, case_id, ordinal, file)
         select $1, $2, n, file from unnest($3::text[]) with ordinality as t(file, n)",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(photos)
    .execute(connection)
    .await?;
    Ok(())
}

/// A step to be written.
pub(super) struct NewStep<'a> {
    pub action: &'static str,
    pub at: DateTime<Utc>,
    pub person: Option<Uuid>,
    pub content: &'a serde_json::Value,
    pub attempt: &'a serde_json::Value,
    pub before: &'static str,
    pub after: &'static str,
}

pub(super) async fn insert_step(connection: &mut PgConnection, key: &KeyOf, step: &NewStep<'_>) -> sqlx::Result<()> {
    sqlx::query(
        "insert into case_step (region, case_id, ordinal, action, at, person, content, attempt, before, after)
         values ($1, $2, coalesce((select max(ordinal) from case_step where region = $1 and case_id = $2), 0) + 1, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(step.action)
    .bind(step.at)
    .bind(step.person)
    .bind(step.content)
    .bind(step.attempt)
    .bind(step.before)
    .bind(step.after)
    .execute(connection)
    .await?;
    Ok(())
}

pub(crate) async fn header(executor: impl PgExecutor<'_>, id: Uuid) -> sqlx::Result<Option<Header>> {
    sqlx::query_as("select * from docket where id = $1 and kind = 'case'").bind(id).fetch_optional(executor).await
}

/// Everything a step is judged by; nothing where there is no such case.
pub(super) async fn dossier(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Option<Dossier>> {
    let (region, id) = (&key.region, key.id.uuid());
    let record: Option<CaseRecord> = sqlx::query_as(
        "select facts, matter_code, matter_name, articles, fine_min_fen, fine_max_fen, acted_on, found_on, place, summary, lead_id,
            lead_number, referral_id, referral_number, opened_by, plan, told, hearing_at, decided_at, fined, sent_back
         from enforcement_case where region = $1 and id = $2",
    )
    .bind(region)
    .bind(id)
    .fetch_optional(&mut *connection)
    .await?;
    let Some(record) = record else { return Ok(None) };
    let parties: Vec<PartyRow> =
        sqlx::query_as("select ordinal, kind, age, subject, blind from case_party where region = $1 and case_id = $2 order by ordinal")
            .bind(region)
            .bind(id)
            .fetch_all(&mut *connection)
            .await?;
    let officers: Vec<OfficerRow> = sqlx::query_as(
        "select person, certificate, valid_until, recused, joined_at from case_officer where region = $1 and case_id = $2 order by ordinal",
    )
    .bind(region)
    .bind(id)
    .fetch_all(&mut *connection)
    .await?;
    let clocks: Vec<ClockRow> = sqlx::query_as(
        "select clock, rule, days, from_at, due_at, ended_at, ran_out from case_clock where region = $1 and case_id = $2
         order by from_at, clock, round",
    )
    .bind(region)
    .bind(id)
    .fetch_all(&mut *connection)
    .await?;
    let basis = basis::store::read(connection, key).await?;
    let served = Served::of(connection, key).await?;
    Ok(Some(Dossier { record, parties, officers, clocks, basis, served }))
}

pub(super) async fn steps(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Vec<StepRow>> {
    sqlx::query_as(
        "select ordinal, action, at, person, content, before, after from case_step where region = $1 and case_id = $2
         order by ordinal desc limit 500",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .fetch_all(connection)
    .await
}

/// Who took the last step of this name.
pub(super) async fn last_actor(connection: &mut PgConnection, key: &KeyOf, action: &str) -> sqlx::Result<Option<Uuid>> {
    let found: Option<Option<Uuid>> =
        sqlx::query_scalar("select person from case_step where region = $1 and case_id = $2 and action = $3 order by ordinal desc limit 1")
            .bind(&key.region)
            .bind(key.id.uuid())
            .bind(action)
            .fetch_optional(connection)
            .await?;
    Ok(found.flatten())
}

pub(super) async fn photos(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar("select file from case_photo where region = $1 and case_id = $2 order by ordinal limit 200")
        .bind(&key.region)
        .bind(key.id.uuid())
        .fetch_all(connection)
        .await
}

/// Whether a case within a scope has the photo.
pub(crate) async fn has_photo(pool: &PgPool, scope: &Scope, file: &str) -> sqlx::Result<bool> {
    let mut query = QueryBuilder::new(
        "select exists (select from case_photo p join docket d on d.region = p.region and d.id = p.case_id where p.file = ",
    );
    query.push_bind(file.to_owned());
    scope::push(&mut query, scope);
    query.push(")");
    query.build_query_scalar().fetch_one(pool).await
}

/// Whether one of the parties was fined in another case for the same act (一事不再罚): of the same lead, or of the same matter, day and place.
pub(super) async fn fined_before(connection: &mut PgConnection, key: &KeyOf, dossier: &Dossier) -> sqlx::Result<bool> {
    let blinds: Vec<&[u8]> = dossier.parties.iter().filter_map(|party| party.blind.as_deref()).collect();
    if blinds.is_empty() {
        return Ok(false);
    }
    sqlx::query_scalar(
        "select exists (select from case_party p join enforcement_case c on c.region = p.region and c.id = p.case_id
            where p.blind = any($3) and c.region = $1 and c.id <> $2 and c.fined
              and (c.lead_id = $4 or (c.matter_code = $5 and c.acted_on = $6 and c.place = $7)))",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(blinds)
    .bind(dossier.record.lead_id)
    .bind(&dossier.record.matter_code)
    .bind(dossier.record.acted_on)
    .bind(&dossier.record.place)
    .fetch_one(connection)
    .await
}

/// The case of a number.
pub(super) async fn by_number(connection: &mut PgConnection, region: &str, number: &str) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar("select id from docket where region = $1 and kind = 'case' and number = $2")
        .bind(region)
        .bind(number)
        .fetch_optional(connection)
        .await
}

/// What came after a decision.
#[derive(Debug, FromRow)]
pub(super) struct AfterDecision {
    pub performed: bool,
    pub revoked_at: Option<DateTime<Utc>>,
    pub altered_at: Option<DateTime<Utc>>,
    pub again: bool,
}

/// Whether what a decision demands was done, when it was revoked, and whether a party was fined for what it did after it.
pub(super) async fn after_decision(
    connection: &mut PgConnection,
    key: &KeyOf,
    decided_at: DateTime<Utc>,
    dossier: &Dossier,
) -> sqlx::Result<AfterDecision> {
    let blinds: Vec<&[u8]> = dossier.parties.iter().filter_map(|party| party.blind.as_deref()).collect();
    sqlx::query_as(
        "select exists (select from case_step where region = $1 and case_id = $2 and after = 'paid') as performed,
            (select max(at) from case_step where region = $1 and case_id = $2 and action = 'revoked') as revoked_at,
            (select max(at) from case_step where region = $1 and case_id = $2 and action in ('changed', 'found-unlawful')) as altered_at,
            exists (select from case_party p join enforcement_case c on c.region = p.region and c.id = p.case_id
                where p.blind = any($4) and c.region = $1 and c.id <> $2 and c.decided_at > $3
                  and c.acted_on > ($3 at time zone 'Asia/Shanghai')::date and c.facts->>'remedy' is distinct from 'revoked') as again",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(decided_at)
    .bind(blinds)
    .fetch_one(connection)
    .await
}

/// How far the ladder of soft means has been climbed by these parties.
pub(super) async fn rung_of(connection: &mut PgConnection, region: &str, blinds: &[Vec<u8>]) -> sqlx::Result<u8> {
    let facts: Vec<Json<Case>> = sqlx::query_scalar(
        "select c.facts from case_party p join enforcement_case c on c.region = p.region and c.id = p.case_id
         where p.blind = any($2) and c.region = $1 and c.track = 'soft' order by c.id desc limit 100",
    )
    .bind(region)
    .bind(blinds)
    .fetch_all(connection)
    .await?;
    Ok(facts.iter().map(|facts| facts.rung).max().unwrap_or(0))
}

/// A line of the ledger.
#[derive(Debug, FromRow)]
pub(super) struct LedgerRow {
    pub seq: i64,
    pub at: DateTime<Utc>,
    pub actor: String,
    pub role: Option<String>,
    pub action: String,
    pub hash: String,
}

/// The last lines of a case's ledger, newest first.
pub(super) async fn ledger(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Vec<LedgerRow>> {
    sqlx::query_as(
        "select seq, at, actor, role, action, hash from ledger_entry where region = $1 and docket_id = $2 order by seq desc limit 200",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .fetch_all(connection)
    .await
}

/// The number of the first case that was opened out of a lead.
pub(super) async fn case_of_lead(connection: &mut PgConnection, region: &str, lead: Uuid) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar(
        "select d.number from enforcement_case c join docket d on d.region = c.region and d.id = c.id
         where c.region = $1 and c.lead_id = $2 order by d.opened_at, d.id limit 1",
    )
    .bind(region)
    .bind(lead)
    .fetch_optional(connection)
    .await
}
