//! Rate the handling (评价).

use axum::{extract::State as Shared, http::StatusCode};
use docket::{Actor, Change, Event, NewEntry};
use http_api::{Answer, ClientAddress, Json, Path};
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::follow::unknown;
use crate::{
    Leads,
    act::state_of,
    events::{self, Changed},
    lead::{State, store},
    tracking,
};

/// A rating.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rating {
    /// 1 to 5.
    #[schema(minimum = 1, maximum = 5)]
    stars: i16,
    /// In words.
    comment: Option<String>,
}

/// Rates a closed report, once.
///
/// # Errors
/// `report-not-found`, `not-closed-yet`, `rated-before`, a faulty field.
#[utoipa::path(post, path = "/api/v1/public/reports/{tracking_code}/rating", tag = "public", params(("tracking_code" = String, Path, description = "The code")),
    request_body = Rating, responses((status = 204, description = "Rated")))]
pub(crate) async fn rate(
    Shared(leads): Shared<Leads>,
    ClientAddress(address): ClientAddress,
    Path(code): Path<String>,
    Json(rating): Json<Rating>,
) -> Answer<StatusCode> {
    leads.follow_rate().check(address)?;
    if !(1..=5).contains(&rating.stars) {
        return Err(Problem::invalid("stars-out-of-range", "评价应为 1 至 5 星").field("stars", "应为 1 至 5").into());
    }
    let comment = crate::act::optional("comment", "评价", rating.comment.as_deref())?;
    let code = tracking::normalised(&code).ok_or_else(unknown)?;
    let (region, id) = store::by_tracking_code(leads.database().pool(), &code).await?.ok_or_else(unknown)?;
    let now = leads.clock().now();
    let mut transaction = leads.database().pool().begin().await?;
    let key = docket::KeyOf { region: region.clone(), id: id.into() };
    let locked = docket::lock(&mut transaction, &key, None).await?.ok_or_else(unknown)??;
    let record = store::record(&mut transaction, &region, id).await?.ok_or_else(unknown)?;
    // A merged report is rated when the lead it went into is closed.
    let state = match record.merged_into {
        Some(_) => {
            let target = store::goes_on_in(&mut transaction, &region, id).await?;
            state_of(&store::header(&mut *transaction, target).await?.ok_or_else(unknown)?)?
        }
        None => state_of(&locked.header)?,
    };
    if state != State::Closed {
        return Err(Problem::conflict("not-closed-yet", "办结后才能评价").into());
    }
    if !store::rate(&mut transaction, &region, id, rating.stars, comment.as_deref(), now).await? {
        return Err(Problem::conflict("rated-before", "您已经评价过了").into());
    }
    let entry = NewEntry { actor: Actor::Public, role: None, action: "rate", place: None, payload: json!({ "stars": rating.stars }) };
    let mut change = Change { entries: vec![entry], ..Change::default() };
    let told = Changed::from(&locked.header, &locked.after(now, &change)).payload("rate");
    change.events.push(Event { topic: events::CHANGED, payload: told });
    locked.change(&mut transaction, now, change).await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
