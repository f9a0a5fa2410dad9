//! A round on its page: plan, draw, files, progress, figures.

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use http_api::{Answer, Json, Path};
use identity::{Allowed, Caller};
use kernel::clock::shanghai;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    RoundKind, RoundPlan, RoundState,
    figures::{Figures, Tally},
    no_round,
    store::{self, RoundRow},
};
use crate::{
    Quality,
    file::{self, FileState},
    rights,
    scope::covers,
    sheet,
};

/// A file of a round.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RoundFile {
    id: Uuid,
    rank: i32,
    case_id: Uuid,
    number: String,
    title: String,
    unit_name: String,
    officer: String,
    state: FileState,
    state_label: &'static str,
    /// Seats that are done, and all seats.
    seats_done: usize,
    seats: usize,
    /// A seat has nobody.
    empty_seat: bool,
    /// In tenths of a point; 0 where vetoed.
    #[serde(skip_serializing_if = "Option::is_none")]
    tenths: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failed: Option<bool>,
    vetoed: bool,
}

/// Counts and rates of all, a unit or an officer. A rate over nothing is left out.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RoundFigure {
    /// The unit or officer; nothing for all.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Uuid>,
    name: String,
    files: u32,
    scored: u32,
    failed: u32,
    /// `failed` of `scored`, in per cent to a tenth.
    #[serde(skip_serializing_if = "Option::is_none")]
    failed_percent: Option<f64>,
    /// On average, in points to a tenth.
    #[serde(skip_serializing_if = "Option::is_none")]
    average: Option<f64>,
    findings: u32,
    corrected: u32,
    dropped: u32,
    open: u32,
    /// `corrected` of `findings` without `dropped`.
    #[serde(skip_serializing_if = "Option::is_none")]
    corrected_percent: Option<f64>,
    reviews: u32,
    reviews_fell: u32,
    /// Corrected on review (复议纠错率): `reviews_fell` of `reviews`.
    #[serde(skip_serializing_if = "Option::is_none")]
    review_percent: Option<f64>,
    suits: u32,
    suits_fell: u32,
    /// Lost suits (诉讼败诉率): `suits_fell` of `suits`.
    #[serde(skip_serializing_if = "Option::is_none")]
    suit_percent: Option<f64>,
}

/// A round (评查批次).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RoundView {
    id: Uuid,
    name: String,
    kind: RoundKind,
    kind_label: &'static str,
    state: RoundState,
    state_label: &'static str,
    /// For the next action.
    version: i32,
    region: String,
    unit_name: String,
    plan: RoundPlan,
    sheet: Uuid,
    sheet_title: String,
    candidates: i32,
    /// So many are drawn, or will be.
    size: usize,
    candidates_hash: String,
    algorithm: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<String>,
    /// Where it comes from, as it was announced with the list.
    #[serde(skip_serializing_if = "Option::is_none")]
    seed_source: Option<String>,
    /// The day from which it is drawn, as it was announced.
    #[serde(skip_serializing_if = "Option::is_none")]
    draw_on: Option<NaiveDate>,
    /// It was announced on a day before the draw.
    announced: bool,
    reviewers: usize,
    simulated: bool,
    created_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    drawn_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    closed_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    close_note: Option<String>,
    files: Vec<RoundFile>,
    /// All; frozen where the round is closed.
    total: RoundFigure,
    units: Vec<RoundFigure>,
    officers: Vec<RoundFigure>,
    /// More reviews and suits ended in the period than are counted.
    cut: bool,
}

fn percent(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| (f64::from(part) * 1_000.0 / f64::from(whole)).round() / 10.0)
}

pub(super) fn figure(id: Option<Uuid>, name: String, it: Tally) -> RoundFigure {
    RoundFigure {
        id,
        name,
        files: it.files,
        scored: it.scored,
        failed: it.failed,
        failed_percent: percent(it.failed, it.scored),
        average: (it.scored > 0).then(|| (it.tenths as f64 / f64::from(it.scored)).round() / 10.0),
        findings: it.findings,
        corrected: it.corrected,
        dropped: it.dropped,
        open: it.open,
        corrected_percent: percent(it.corrected, it.findings - it.dropped),
        reviews: it.reviews,
        reviews_fell: it.reviews_fell,
        review_percent: percent(it.reviews_fell, it.reviews),
        suits: it.suits,
        suits_fell: it.suits_fell,
        suit_percent: percent(it.suits_fell, it.suits),
    }
}

impl Quality {
    /// A round for whoever may see it: callers look before.
    pub(super) async fn round_view(&self, id: Uuid) -> Answer<RoundView> {
        let pool = self.database().pool();
        let round = store::read(pool, id).await?.ok_or_else(no_round)?;
        let sheet = sheet::store::read(pool, round.sheet).await?.ok_or_else(no_round)?;
        let files = file::store::of_round(pool, id).await?;
        let seats = file::store::seats_of_round(pool, id).await?;
        let figures: Figures = self.figures_of(&round).await?;
        let tree = self.identity().organisations().await?;
        let people: Vec<Uuid> = figures.officers.keys().copied().chain(files.iter().filter_map(|file| file.officer)).collect();
        let names = self.identity().names_of(&people).await?;
        let name_of = |person: Option<Uuid>| person.and_then(|person| names.get(&person).cloned()).unwrap_or_default();
        let list = files.into_iter().map(|file| {
            let own: Vec<_> = seats.iter().filter(|seat| seat.file == file.id).collect();
            let state = file.state.parse().unwrap_or(FileState::Scoring);
            RoundFile {
                id: file.id,
                rank: file.rank,
                case_id: file.case_id,
                number: file.number,
                title: file.title,
                unit_name: file.unit.map(|unit| tree.name(unit).to_owned()).unwrap_or_default(),
                officer: name_of(file.officer),
                state,
                state_label: state.label(),
                seats_done: own.iter().filter(|seat| seat.done_at.is_some()).count(),
                seats: own.len(),
                empty_seat: own.iter().any(|seat| seat.reviewer.is_none()),
                tenths: file.tenths.map(|tenths| if file.vetoed { 0 } else { tenths }),
                failed: file.failed,
                vetoed: file.vetoed,
            }
        });
        let files = list.collect();
        let units = figures.units.iter().map(|(unit, tally)| figure(Some(*unit), tree.name(*unit).to_owned(), *tally)).collect();
        let officers = figures.officers.iter().map(|(person, tally)| figure(Some(*person), name_of(Some(*person)), *tally)).collect();
        let (kind, state) = (round.kind.parse().unwrap_or(RoundKind::Spot), round.state.parse().unwrap_or(RoundState::Gathered));
        Ok(RoundView {
            total: figure(None, "全部".to_owned(), figures.total),
            cut: figures.cut,
            size: round.plan.size(usize::try_from(round.candidates).unwrap_or(0)),
            unit_name: round.unit.map(|unit| tree.name(unit).to_owned()).unwrap_or_default(),
            sheet_title: format!("{}（第 {} 版）", sheet.title, sheet.number),
            reviewers: round.reviewers.len(),
            id: round.id,
            name: round.name,
            kind,
            kind_label: kind.label(),
            state,
            state_label: state.label(),
            version: round.version,
            region: round.region,
            plan: round.plan.0,
            sheet: round.sheet,
            candidates: round.candidates,
            candidates_hash: round.candidates_hash,
            algorithm: round.algorithm,
            seed: round.seed,
            seed_source: round.seed_source,
            announced: round.draw_on.is_some_and(|day| day > round.created_at.with_timezone(&shanghai()).date_naive()),
            draw_on: round.draw_on,
            simulated: round.simulated,
            created_at: round.created_at,
            drawn_at: round.drawn_at,
            closed_at: round.closed_at,
            close_note: round.close_note,
            files,
            units,
            officers,
        })
    }

    /// A round that the caller may see.
    pub(super) async fn seen_round(&self, caller: &Caller, id: Uuid) -> Answer<RoundRow> {
        let scope = Allowed::<rights::SeeReviews>::check(caller.clone())?.scope();
        let round = store::read(self.database().pool(), id).await?;
        Ok(round.filter(|it| covers(&scope, &it.region, it.unit)).ok_or_else(no_round)?)
    }
}

/// Shows a round.
///
/// # Errors
/// `round-not-found`.
#[utoipa::path(get, path = "/api/v1/review-rounds/{id}", tag = "quality", operation_id = "read_review_round",
    params(("id" = Uuid, Path, description = "The round")), responses((status = 200, body = RoundView)))]
pub(crate) async fn show(
    State(room): State<Quality>,
    allowed: Allowed<rights::SeeReviews>,
    Path(id): Path<Uuid>,
) -> Answer<Json<RoundView>> {
    room.seen_round(&allowed.caller, id).await?;
    Ok(Json(room.round_view(id).await?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_nothing_is_no_rate() {
        let none = figure(None, String::new(), Tally::default());
        let rates = [none.failed_percent, none.average, none.corrected_percent, none.review_percent, none.suit_percent];
        assert!(rates.iter().all(Option::is_none));
        let some = figure(None, String::new(), Tally { scored: 3, failed: 1, tenths: 2_500, findings: 2, dropped: 2, ..Tally::default() });
        assert_eq!((some.failed_percent, some.average, some.corrected_percent), (Some(33.3), Some(83.3), None));
    }
}
