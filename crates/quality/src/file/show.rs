//! A drawn file on its page: sheet, what the program found, the caller's own score; those of others when the file has its own.

use axum::extract::State;
use chrono::{DateTime, Utc};
use http_api::{Answer, Json, Path};
use identity::{Allowed, Caller};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    FileState, no_file,
    store::{self, SeatRow},
};
use crate::{
    Quality,
    auto::AutoAnswer,
    finding::{self, view::FindingView},
    rights, round,
    scope::covers,
    sheet,
    sheet::body::{ItemAnswer, SheetBody},
};

/// A seat of a file, as far as the caller may see it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReviewSeat {
    seat: i16,
    /// The caller scores here.
    mine: bool,
    /// Nobody could be found by lot: somebody is appointed.
    empty: bool,
    /// Who; to those who manage rounds, and of one's own seat.
    #[serde(skip_serializing_if = "Option::is_none")]
    reviewer: Option<String>,
    version: i32,
    done: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    points: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vetoed: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answers: Option<Vec<ItemAnswer>>,
}

/// A drawn file (评查案卷).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReviewFile {
    id: Uuid,
    round: Uuid,
    round_name: String,
    case_id: Uuid,
    number: String,
    title: String,
    matter_name: String,
    unit_name: String,
    state: FileState,
    state_label: &'static str,
    sheet_title: String,
    sheet: SheetBody,
    /// What the program found.
    found: Vec<AutoAnswer>,
    seats: Vec<ReviewSeat>,
    /// In tenths of a point; 0 where vetoed.
    #[serde(skip_serializing_if = "Option::is_none")]
    tenths: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failed: Option<bool>,
    vetoed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    scored_at: Option<DateTime<Utc>>,
    findings: Vec<FindingView>,
    /// The caller had a part in the case.
    participant: bool,
}

impl Quality {
    /// A file for a caller: who scores it sees it, and whoever sees rounds of its ground.
    pub(super) async fn file_view(&self, caller: &Caller, id: Uuid) -> Answer<ReviewFile> {
        let (pool, person) = (self.database().pool(), caller.person.uuid());
        let row = store::read(pool, id).await?.ok_or_else(no_file)?;
        let seats = store::seats(pool, id).await?;
        let round = round::store::read(pool, row.round).await?.ok_or_else(no_file)?;
        let scores = seats.iter().any(|seat| seat.reviewer == Some(person));
        let sees = caller.scope::<rights::SeeReviews>().is_some_and(|scope| covers(&scope, &round.region, round.unit));
        // The officers of the case see what was found of it.
        if !scores && !sees && !row.officers.contains(&person) {
            return Err(no_file().into());
        }
        let manages = caller.scope::<rights::ManageReviews>().is_some_and(|scope| covers(&scope, &round.region, round.unit));
        let sheet = sheet::store::read(pool, round.sheet).await?.ok_or_else(no_file)?;
        let names = self.identity().names_of(&seats.iter().filter_map(|seat| seat.reviewer).collect::<Vec<_>>()).await?;
        let state = row.state.parse().unwrap_or(FileState::Scoring);
        let participant = row.participants.contains(&person);
        let arbiter = seats.iter().any(|seat| seat.seat == 3 && seat.reviewer == Some(person));
        let view = |seat: SeatRow| {
            let mine = seat.reviewer == Some(person);
            // Who settles sees both scores; nobody else sees one before the file has its own.
            let open = mine || (state == FileState::Scored && !participant) || (arbiter && seat.seat < 3);
            ReviewSeat {
                seat: seat.seat,
                mine,
                empty: seat.reviewer.is_none(),
                reviewer: seat.reviewer.filter(|_| mine || manages).and_then(|reviewer| names.get(&reviewer).cloned()),
                version: seat.version,
                done: seat.done_at.is_some(),
                points: seat.points.filter(|_| open),
                vetoed: seat.vetoed.filter(|_| open),
                answers: seat.answers.map(|it| it.0).filter(|_| open),
            }
        };
        let findings = finding::store::of_file(pool, id).await?;
        let tree = self.identity().organisations().await?;
        Ok(ReviewFile {
            findings: self.finding_views(findings, caller).await?,
            seats: seats.into_iter().map(view).collect(),
            unit_name: row.unit.map(|unit| tree.name(unit).to_owned()).unwrap_or_default(),
            id: row.id,
            round: row.round,
            round_name: round.name,
            case_id: row.case_id,
            number: row.number,
            title: row.title,
            matter_name: row.matter_name,
            state,
            state_label: state.label(),
            sheet_title: format!("{}（第 {} 版）", sheet.title, sheet.number),
            sheet: sheet.body.0,
            found: row.found.0,
            tenths: row.tenths.map(|tenths| if row.vetoed { 0 } else { tenths }),
            failed: row.failed,
            vetoed: row.vetoed,
            scored_at: row.scored_at,
            participant,
        })
    }
}

/// Shows a drawn file.
///
/// # Errors
/// `file-not-found`.
#[utoipa::path(get, path = "/api/v1/review-files/{id}", tag = "quality", operation_id = "read_review_file",
    params(("id" = Uuid, Path, description = "The file")), responses((status = 200, body = ReviewFile)))]
pub(crate) async fn show(
    State(room): State<Quality>,
    allowed: Allowed<rights::SeeReviews>,
    Path(id): Path<Uuid>,
) -> Answer<Json<ReviewFile>> {
    Ok(Json(room.file_view(&allowed.caller, id).await?))
}
