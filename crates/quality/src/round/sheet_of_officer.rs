//! What a round found of one officer's files (个人反馈单): for himself, and for those who manage the round; made to be printed.

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    show::{RoundFigure, figure},
    store,
};
use crate::{
    Quality, file,
    finding::{self, view::FindingView},
    rights,
    scope::covers,
};

/// A file of an officer's sheet.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FeedbackFile {
    number: String,
    title: String,
    state_label: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    tenths: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failed: Option<bool>,
}

/// An officer's sheet of a round (个人反馈单).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OfficerFeedback {
    round_name: String,
    officer: String,
    simulated: bool,
    own: RoundFigure,
    /// All of the round, to compare with.
    all: RoundFigure,
    files: Vec<FeedbackFile>,
    findings: Vec<FindingView>,
}

/// What a round found of one officer's files: those he is the first officer of.
///
/// # Errors
/// `round-not-found`, `feedback-of-another`.
#[utoipa::path(get, path = "/api/v1/review-rounds/{id}/officers/{person}", tag = "quality", operation_id = "read_officer_feedback",
    params(("id" = Uuid, Path, description = "The round"), ("person" = Uuid, Path, description = "The officer")),
    responses((status = 200, body = OfficerFeedback)))]
pub(crate) async fn feedback(
    State(room): State<Quality>,
    allowed: Allowed<rights::SeeReviews>,
    Path((id, person)): Path<(Uuid, Uuid)>,
) -> Answer<Json<OfficerFeedback>> {
    let caller = &allowed.caller;
    let pool = room.database().pool();
    let files = file::store::of_round(pool, id).await?;
    let round = match store::read(pool, id).await? {
        // An officer sees his own sheet, though the round is of a wider ground than his.
        Some(round) if caller.person.uuid() == person && files.iter().any(|it| it.officer == Some(person)) => round,
        _ => room.seen_round(caller, id).await?,
    };
    let manages = caller.scope::<rights::ManageReviews>().is_some_and(|scope| covers(&scope, &round.region, round.unit));
    if caller.person.uuid() != person && !manages {
        return Err(Problem::forbidden("feedback-of-another", "反馈单只给本人和组织评查的人看").into());
    }
    let figures = room.figures_of(&round).await?;
    let findings = finding::store::of_round(pool, id).await?.into_iter().filter(|it| it.officer == Some(person)).collect();
    let names = room.identity().names_of(&[person]).await?;
    let officer = names.get(&person).cloned().unwrap_or_default();
    let own = figures.officers.get(&person).copied().unwrap_or_default();
    let files = files.into_iter().filter(|it| it.officer == Some(person)).map(|it| FeedbackFile {
        state_label: it.state.parse().map_or("", file::FileState::label),
        tenths: it.tenths.map(|tenths| if it.vetoed { 0 } else { tenths }),
        number: it.number,
        title: it.title,
        failed: it.failed,
    });
    Ok(Json(OfficerFeedback {
        own: figure(Some(person), officer.clone(), own),
        all: figure(None, "全部".to_owned(), figures.total),
        files: files.collect(),
        findings: room.finding_views(findings, caller).await?,
        round_name: round.name,
        simulated: round.simulated,
        officer,
    }))
}
