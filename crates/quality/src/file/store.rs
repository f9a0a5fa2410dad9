//! SQL of drawn files and their scores.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection, PgExecutor, PgPool, types::Json};
use uuid::Uuid;

use crate::{auto::AutoAnswer, sheet::body::ItemAnswer};

/// A drawn file.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct FileRow {
    pub id: Uuid,
    pub round: Uuid,
    pub rank: i32,
    pub region: String,
    pub case_id: Uuid,
    pub number: String,
    pub title: String,
    pub matter_code: String,
    pub matter_name: String,
    pub unit: Option<Uuid>,
    pub officer: Option<Uuid>,
    pub officers: Vec<Uuid>,
    pub participants: Vec<Uuid>,
    pub state: String,
    pub found: Json<Vec<AutoAnswer>>,
    pub tenths: Option<i32>,
    pub vetoed: bool,
    pub failed: Option<bool>,
    pub scored_at: Option<DateTime<Utc>>,
}

/// A seat of a file.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct SeatRow {
    pub file: Uuid,
    pub seat: i16,
    pub reviewer: Option<Uuid>,
    pub version: i32,
    pub answers: Option<Json<Vec<ItemAnswer>>>,
    pub points: Option<i32>,
    pub vetoed: Option<bool>,
    pub done_at: Option<DateTime<Utc>>,
}

/// A seat to be made.
pub(crate) struct NewSeat<'a> {
    pub file: Uuid,
    pub seat: i16,
    pub reviewer: Option<Uuid>,
    pub barred: &'a [Uuid],
}

pub(crate) async fn insert(connection: &mut PgConnection, row: &FileRow) -> sqlx::Result<()> {
    sqlx::query(
        "insert into review_file (id, round, rank, region, case_id, number, title, matter_code, matter_name, unit, officer, officers,
            participants, state, found)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    )
    .bind(row.id)
    .bind(row.round)
    .bind(row.rank)
    .bind(&row.region)
    .bind(row.case_id)
    .bind(&row.number)
    .bind(&row.title)
    .bind(&row.matter_code)
    .bind(&row.matter_name)
    .bind(row.unit)
    .bind(row.officer)
    .bind(&row.officers)
    .bind(&row.participants)
    .bind(&row.state)
    .bind(&row.found)
    .execute(connection)
    .await
    .map(drop)
}

pub(crate) async fn insert_seat(connection: &mut PgConnection, new: &NewSeat<'_>) -> sqlx::Result<()> {
    sqlx::query("insert into review_score (file, seat, reviewer, barred) values ($1, $2, $3, $4)")
        .bind(new.file)
        .bind(new.seat)
        .bind(new.reviewer)
        .bind(new.barred)
        .execute(connection)
        .await
        .map(drop)
}

/// Gives a seat to a person; the seat was not scored yet.
pub(super) async fn give(connection: &mut PgConnection, file: Uuid, seat: i16, person: Uuid) -> sqlx::Result<()> {
    sqlx::query(
        "update review_score set reviewer = $3, answers = null, version = version + 1 where file = $1 and seat = $2 and done_at is null",
    )
    .bind(file)
    .bind(seat)
    .bind(person)
    .execute(connection)
    .await
    .map(drop)
}

/// A drawn reviewer who gives way to another, and why.
pub(super) struct SeatChange<'a> {
    pub file: Uuid,
    pub seat: i16,
    pub before: Uuid,
    pub after: Uuid,
    pub reason: &'a str,
}

pub(super) async fn changed(connection: &mut PgConnection, it: &SeatChange<'_>, (by, at): (Uuid, DateTime<Utc>)) -> sqlx::Result<()> {
    sqlx::query(
        "insert into review_seat_change (file, seat, reviewer_before, reviewer_after, reason, changed_by, changed_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(it.file)
    .bind(it.seat)
    .bind(it.before)
    .bind(it.after)
    .bind(it.reason)
    .bind(by)
    .bind(at)
    .execute(connection)
    .await
    .map(drop)
}

pub(crate) async fn read(executor: impl PgExecutor<'_>, id: Uuid) -> sqlx::Result<Option<FileRow>> {
    sqlx::query_as("select * from review_file where id = $1").bind(id).fetch_optional(executor).await
}

/// A file, held.
pub(crate) async fn held(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<FileRow>> {
    sqlx::query_as("select * from review_file where id = $1 for update").bind(id).fetch_optional(connection).await
}

/// The files of a round, in the order of the draw.
pub(crate) async fn of_round(executor: impl PgExecutor<'_>, round: Uuid) -> sqlx::Result<Vec<FileRow>> {
    sqlx::query_as("select * from review_file where round = $1 order by rank").bind(round).fetch_all(executor).await
}

/// The drawn cases of a round, in the order of the draw.
pub(crate) async fn ranks(executor: impl PgExecutor<'_>, round: Uuid) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar("select case_id from review_file where round = $1 order by rank").bind(round).fetch_all(executor).await
}

/// Files, and files with a score, of each round.
pub(crate) async fn counts(pool: &PgPool, rounds: &[Uuid]) -> sqlx::Result<Vec<(Uuid, i64, i64)>> {
    sqlx::query_as("select round, count(*), count(*) filter (where state = 'scored') from review_file where round = any($1) group by round")
        .bind(rounds)
        .fetch_all(pool)
        .await
}

const SEAT: &str = "select file, seat, reviewer, version, answers, points, vetoed, done_at from review_score ";

/// The seats of a file.
pub(crate) async fn seats(executor: impl PgExecutor<'_>, file: Uuid) -> sqlx::Result<Vec<SeatRow>> {
    let mut query = sqlx::QueryBuilder::new(SEAT);
    query.push("where file = ").push_bind(file).push(" order by seat");
    query.build_query_as().fetch_all(executor).await
}

/// The seats of the files of a round.
pub(crate) async fn seats_of_round(executor: impl PgExecutor<'_>, round: Uuid) -> sqlx::Result<Vec<SeatRow>> {
    let mut query = sqlx::QueryBuilder::new(SEAT);
    query.push("where file in (select id from review_file where round = ").push_bind(round).push(") order by file, seat");
    query.build_query_as().fetch_all(executor).await
}

/// What a reviewer gave to a seat.
pub(super) struct Given<'a> {
    pub file: Uuid,
    pub seat: i16,
    pub answers: &'a [ItemAnswer],
    /// Points, and whether vetoed, when it is done.
    pub done: Option<(i32, bool)>,
    pub at: DateTime<Utc>,
}

pub(super) async fn keep(connection: &mut PgConnection, given: &Given<'_>) -> sqlx::Result<()> {
    sqlx::query(
        "update review_score set version = version + 1, answers = $3, points = $4, vetoed = $5, done_at = $6 where file = $1 and seat = $2",
    )
    .bind(given.file)
    .bind(given.seat)
    .bind(Json(given.answers))
    .bind(given.done.map(|it| it.0))
    .bind(given.done.map(|it| it.1))
    .bind(given.done.map(|_| given.at))
    .execute(connection)
    .await
    .map(drop)
}

pub(super) async fn arbitrate(connection: &mut PgConnection, file: Uuid) -> sqlx::Result<()> {
    sqlx::query("update review_file set state = 'arbitration' where id = $1").bind(file).execute(connection).await.map(drop)
}

/// The score of a file, or its score after a finding was dropped.
pub(crate) async fn settle(
    connection: &mut PgConnection,
    file: Uuid,
    (tenths, vetoed, failed): (i32, bool, bool),
    at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query(
        "update review_file set state = 'scored', tenths = $2, vetoed = $3, failed = $4, scored_at = coalesce(scored_at, $5) where id = $1",
    )
    .bind(file)
    .bind(tenths)
    .bind(vetoed)
    .bind(failed)
    .bind(at)
    .execute(connection)
    .await
    .map(drop)
}

/// A file that waits for a reviewer.
#[derive(Debug, FromRow)]
pub(super) struct TaskRow {
    pub file: Uuid,
    pub seat: i16,
    pub number: String,
    pub title: String,
    pub round_name: String,
    pub drawn_at: Option<DateTime<Utc>>,
    pub begun: bool,
}

/// What waits for a reviewer, the oldest first.
pub(super) async fn tasks(pool: &PgPool, person: Uuid, most: i64) -> sqlx::Result<Vec<TaskRow>> {
    sqlx::query_as(
        "select s.file, s.seat, f.number, f.title, r.name as round_name, r.drawn_at, s.answers is not null as begun
         from review_score s join review_file f on f.id = s.file join review_round r on r.id = f.round
         where s.reviewer = $1 and s.done_at is null and r.state = 'drawn' order by r.drawn_at, f.rank limit $2",
    )
    .bind(person)
    .bind(most)
    .fetch_all(pool)
    .await
}
