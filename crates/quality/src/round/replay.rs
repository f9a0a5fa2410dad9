//! Draw a round again (复核抽取): from the list and the seed as they stand, whether the same files come out. Everything that another program
//! needs to do the same is in the answer.

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{draw::places, no_round, store};
use crate::{
    Quality,
    draw::{list_hash, ticket},
    file, rights,
    scope::covers,
};

/// A candidate with its ticket.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReplayedCandidate {
    number: String,
    /// The unit's id, or `none`.
    stratum: String,
    /// SHA-256 of the seed, a colon and the number; nothing before the draw.
    #[serde(skip_serializing_if = "Option::is_none")]
    ticket: Option<String>,
    /// Its place in the draw.
    #[serde(skip_serializing_if = "Option::is_none")]
    rank: Option<i32>,
}

/// A draw, done again.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RoundReplay {
    algorithm: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<String>,
    /// As it was kept before the seed was set.
    candidates_hash: String,
    /// The list still has this digest.
    list_same: bool,
    /// The same files come out, in the same order; nothing before the draw.
    #[serde(skip_serializing_if = "Option::is_none")]
    draw_same: Option<bool>,
    candidates: Vec<ReplayedCandidate>,
}

/// Draws a round again.
///
/// # Errors
/// `round-not-found`.
#[utoipa::path(get, path = "/api/v1/review-rounds/{id}/replay", tag = "quality", operation_id = "replay_review_round",
    params(("id" = Uuid, Path, description = "The round")), responses((status = 200, body = RoundReplay)))]
pub(crate) async fn replay(
    State(room): State<Quality>,
    allowed: Allowed<rights::SeeReviews>,
    Path(id): Path<Uuid>,
) -> Answer<Json<RoundReplay>> {
    let pool = room.database().pool();
    let round = store::read(pool, id).await?.filter(|it| covers(&allowed.scope(), &it.region, it.unit)).ok_or_else(no_round)?;
    let candidates = store::candidates(pool, id).await?;
    let drawn = file::store::ranks(pool, id).await?;
    let again = round.seed.as_ref().map(|seed| {
        let size = round.plan.size(candidates.len());
        let places = places(&candidates, seed, size, round.plan.by_unit);
        places.into_iter().map(|place| candidates[place].case_id).collect::<Vec<_>>()
    });
    let list = candidates.iter().map(|it| ReplayedCandidate {
        number: it.number.clone(),
        stratum: it.stratum.clone(),
        ticket: round.seed.as_ref().map(|seed| hex::encode(ticket(seed, &it.number))),
        rank: drawn.iter().position(|case| *case == it.case_id).and_then(|place| i32::try_from(place + 1).ok()),
    });
    Ok(Json(RoundReplay {
        algorithm: round.algorithm,
        list_same: list_hash(candidates.iter().map(|it| it.number.as_str())) == round.candidates_hash,
        draw_same: again.map(|again| again == drawn),
        candidates: list.collect(),
        seed: round.seed,
        candidates_hash: round.candidates_hash,
    }))
}
