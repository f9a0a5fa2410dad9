//! Score a file (评查打分): saved as a draft as often as one likes, handed in once. What the scores come to follows at once.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::State;
use chrono::{DateTime, Utc};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    no_file,
    show::ReviewFile,
    store::{self, FileRow, Given, NewSeat, SeatRow},
    verdict::{Final, Verdict, alone, fails, together},
};
use crate::{
    Quality, draw, finding, rights,
    round::{self, RoundState, store::RoundRow},
    sheet,
    sheet::body::{ItemAnswer, Scored, SheetBody},
};

/// Answers of one score at most.
const MOST: usize = 200;

/// A score.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GiveScore {
    /// The seat's version as it was seen.
    seen: i32,
    answers: Vec<ItemAnswer>,
    /// Handed in; a draft otherwise.
    #[serde(default)]
    finish: bool,
}

/// What a seat that is done came to; it was whole when it was handed in.
fn again(sheet: &SheetBody, file: &FileRow, seat: &SeatRow) -> Result<Scored, Problem> {
    sheet.score(seat.answers.as_ref().map_or(&[], |it| it.0.as_slice()), &file.found)
}

/// Saves a score as a draft, or hands it in.
///
/// # Errors
/// `file-not-found`, `score-not-yours`, `score-done`, `version-conflict`, `score-incomplete`, `round-closed`.
#[utoipa::path(put, path = "/api/v1/review-files/{id}/score", tag = "quality", operation_id = "score_review_file",
    params(("id" = Uuid, Path, description = "The file")), request_body = GiveScore, responses((status = 200, body = ReviewFile)))]
pub(crate) async fn score(
    State(room): State<Quality>,
    allowed: Allowed<rights::ScoreFiles>,
    Path(id): Path<Uuid>,
    Json(given): Json<GiveScore>,
) -> Answer<Json<ReviewFile>> {
    let (person, now) = (allowed.caller.person.uuid(), room.clock().now());
    if given.answers.len() > MOST {
        return Err(Problem::invalid("score-incomplete", "评分项目过多").field("answers", "评分项目过多").into());
    }
    let mut transaction = room.database().pool().begin().await?;
    let file = store::held(&mut transaction, id).await?.ok_or_else(no_file)?;
    let seats = store::seats(&mut *transaction, id).await?;
    let own = seats.iter().find(|seat| seat.reviewer == Some(person));
    let Some(own) = own else {
        // Who may not even see the file learns nothing of it.
        drop(transaction);
        room.file_view(&allowed.caller, id).await?;
        return Err(Problem::forbidden("score-not-yours", "这份案卷没有分派给您评查").into());
    };
    if file.participants.contains(&person) {
        return Err(Problem::forbidden("score-participant", "办理、审核、审批过本案的人不能评查本案").into());
    }
    let round = round::store::shared(&mut transaction, file.round).await?.ok_or_else(no_file)?;
    if round.state != RoundState::Drawn.code() {
        return Err(Problem::conflict("round-closed", "评查批次已经办结").into());
    }
    if own.done_at.is_some() {
        return Err(Problem::conflict("score-done", "评分已经提交，不能修改").into());
    }
    if own.version != given.seen {
        return Err(Problem::precondition_failed("version-conflict", "评分已在别处保存，请刷新后继续").into());
    }
    let sheet = sheet::store::read(&mut *transaction, round.sheet).await?.ok_or_else(no_file)?.body.0;
    let scored = if given.finish { Some(sheet.score(&given.answers, &file.found)?) } else { None };
    let done = scored.as_ref().map(|it| (it.points, it.vetoed));
    store::keep(&mut transaction, &Given { file: id, seat: own.seat, answers: &given.answers, done, at: now }).await?;
    if let Some(scored) = scored {
        room.conclude(&mut transaction, (&round, &file, &sheet), (own.seat, scored), &seats, now).await?;
    }
    transaction.commit().await?;
    Ok(Json(room.file_view(&allowed.caller, id).await?))
}

impl Quality {
    /// What follows when a seat is done: the file's score, a third seat, or nothing yet.
    async fn conclude(
        &self,
        connection: &mut PgConnection,
        (round, file, sheet): (&RoundRow, &FileRow, &SheetBody),
        (seat, scored): (i16, Scored),
        seats: &[SeatRow],
        now: DateTime<Utc>,
    ) -> Answer<()> {
        if seat == 3 {
            return self.settle(connection, (round, file, sheet), alone(scored), now).await;
        }
        let Some(other) = seats.iter().find(|it| it.seat != seat && it.seat < 3) else {
            return self.settle(connection, (round, file, sheet), alone(scored), now).await;
        };
        if other.done_at.is_none() {
            return Ok(());
        }
        let gap = i32::try_from(round.plan.gap).unwrap_or(i32::MAX);
        // In the order of the seats, whoever was first.
        let other = again(sheet, file, other)?;
        let (one, two) = if seat == 1 { (scored, other) } else { (other, scored) };
        match together(one, two, gap) {
            Verdict::Stands(of) => self.settle(connection, (round, file, sheet), of, now).await,
            Verdict::Differ => {
                let mut barred: BTreeSet<Uuid> = file.participants.iter().copied().collect();
                barred.extend(seats.iter().filter_map(|it| it.reviewer));
                let seed = round.seed.as_deref().unwrap_or_default();
                let mut load = BTreeMap::new();
                let third = draw::seat(seed, &format!("{}:3", file.number), &round.reviewers, &barred, &mut load, 1);
                let reviewer = third.into_iter().flatten().next();
                store::arbitrate(connection, file.id).await?;
                store::insert_seat(connection, &NewSeat { file: file.id, seat: 3, reviewer, barred: &file.participants }).await?;
                Ok(())
            }
        }
    }

    /// Writes a file's score, and tells the officer what was found.
    async fn settle(
        &self,
        connection: &mut PgConnection,
        (round, file, sheet): (&RoundRow, &FileRow, &SheetBody),
        of: Final,
        now: DateTime<Utc>,
    ) -> Answer<()> {
        let failed = fails(of.tenths, of.vetoed, sheet.pass);
        store::settle(connection, file.id, (of.tenths, of.vetoed, failed), now).await?;
        let limit = self.working_days(now, round.plan.answer_days);
        for (found, tenths) in &of.found {
            finding::store::insert(connection, file, found, *tenths, (now, limit)).await?;
        }
        Ok(())
    }
}
