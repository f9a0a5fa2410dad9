//! How many stand in each queue, how many are green, yellow, red.

use axum::extract::State;
use http_api::{Answer, Json};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;

use super::{filter::Queue, store};
use crate::{Leads, rights};

/// The desk's queues.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct Queues {
    triage: i64,
    verify: i64,
    filing: i64,
    dispatch: i64,
    extension: i64,
    check: i64,
    closing: i64,
}

/// The lights.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Lights {
    pub(crate) green: i64,
    pub(crate) yellow: i64,
    pub(crate) red: i64,
}

/// The counts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Counts {
    queues: Queues,
    pub(crate) lights: Lights,
    /// All that is open.
    pub(crate) open: i64,
}

/// Counts what is open within the caller's scope.
///
/// # Errors
/// None of its own.
#[utoipa::path(get, path = "/api/v1/leads/counts", tag = "leads", responses((status = 200, body = Counts, description = "The counts")))]
pub(crate) async fn counts(State(leads): State<Leads>, allowed: Allowed<rights::Read>) -> Answer<Json<Counts>> {
    let scope = allowed.scope();
    Ok(Json(count(&leads, &scope).await?))
}

/// The counts within a scope.
pub(crate) async fn count(leads: &Leads, scope: &identity::Scope) -> Answer<Counts> {
    let pool = leads.database().pool();
    let (states, extension) = store::counts(pool, scope).await?;
    let (green, yellow, red) = store::lights(pool, scope, leads.clock().now()).await?;
    let mut queues = Queues { extension, ..Queues::default() };
    for queue in Queue::ALL {
        let here: i64 =
            states.iter().filter(|(code, _)| queue.states().iter().any(|state| state.code() == code)).map(|(_, count)| count).sum();
        match queue {
            Queue::Triage => queues.triage = here,
            Queue::Verify => queues.verify = here,
            Queue::Filing => queues.filing = here,
            Queue::Dispatch => queues.dispatch = here,
            // Not by state alone; who follows up sees his own list.
            Queue::Extension | Queue::Following | Queue::Charged | Queue::MyCharge => {}
            Queue::Check => queues.check = here,
            Queue::Closing => queues.closing = here,
        }
    }
    Ok(Counts { queues, lights: Lights { green, yellow, red }, open: states.iter().map(|(_, count)| count).sum() })
}
