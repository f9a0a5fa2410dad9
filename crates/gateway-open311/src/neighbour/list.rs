//! List the neighbours (邻市列表).

use axum::extract::State;
use chrono::{DateTime, Utc};
use http_api::{Answer, Json};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Exchange, ServicePair,
    store::{self, Neighbour},
};
use crate::rights;

/// How a neighbour is reached, for who may set it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NeighbourLink {
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    jurisdiction: Option<String>,
    /// A key is kept; it is never shown.
    has_api_key: bool,
    services: Vec<ServicePair>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fallback_service: Option<String>,
    pulls: bool,
    poll_minutes: i32,
    /// How far its requests were read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pulled_to: Option<DateTime<Utc>>,
    /// When it was last read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pulled_at: Option<DateTime<Utc>>,
    /// Requests that became leads here.
    taken: i64,
    /// Looks at requests that stayed there: not on our ground, over, or our own.
    passed_over: i64,
    /// Why it could not be read last.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

/// A neighbour city (邻市).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NeighbourCity)]
pub(crate) struct NeighbourView {
    code: String,
    name: String,
    /// The division code of its ground.
    ground: String,
    /// Whether leads are referred to it and taken in from it.
    active: bool,
    /// How it is reached, only for who may set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<NeighbourLink>,
    /// For `If-Match`.
    version: i64,
}

/// The neighbours.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NeighbourCities)]
pub(crate) struct Neighbours {
    items: Vec<NeighbourView>,
}

impl NeighbourView {
    pub(super) fn of(it: Neighbour, whole: bool) -> Self {
        let link = whole.then(|| NeighbourLink {
            url: it.url,
            jurisdiction: it.jurisdiction,
            has_api_key: it.api_key.is_some(),
            services: it.services.0,
            fallback_service: it.fallback_service,
            pulls: it.pulls,
            poll_minutes: it.poll_minutes,
            pulled_to: it.pulled_to,
            pulled_at: it.pulled_at,
            taken: it.taken,
            passed_over: it.passed_over,
            error: it.error,
        });
        Self { code: it.code, name: it.name, ground: it.ground, active: it.active, link, version: it.version }
    }
}

/// Lists the neighbour cities. Who may not set them reads names alone.
///
/// # Errors
/// None of its own.
#[utoipa::path(get, path = "/api/v1/neighbours", tag = "sources", operation_id = "list_neighbours",
    responses((status = 200, body = Neighbours, description = "The neighbours")))]
pub(crate) async fn list(State(exchange): State<Exchange>, allowed: Allowed<rights::SeeNeighbours>) -> Answer<Json<Neighbours>> {
    let whole = allowed.caller.scope::<rights::SetNeighbours>().is_some_and(|scope| scope.covers_region(exchange.home_region()));
    let found = store::all(exchange.database().pool(), exchange.home_region()).await?;
    Ok(Json(Neighbours { items: found.into_iter().map(|it| NeighbourView::of(it, whole)).collect() }))
}
