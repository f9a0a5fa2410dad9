//! How many notices are open, overdue, and wait for the caller.

use axum::extract::State;
use http_api::{Answer, Json};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;

use super::{perform::units_of, store};
use crate::{Pressure, rights};

/// The counts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NoticeCounts {
    /// Open.
    open: i64,
    /// Open, and the running limit is over.
    overdue: i64,
    /// Waiting for the caller's unit or role.
    mine: i64,
}

/// Counts what is open within the caller's scope.
///
/// # Errors
/// None of its own.
#[utoipa::path(get, path = "/api/v1/notices/counts", tag = "notices", operation_id = "count_notices",
    responses((status = 200, body = NoticeCounts, description = "The counts")))]
pub(crate) async fn counts(State(room): State<Pressure>, allowed: Allowed<rights::SeeNotices>) -> Answer<Json<NoticeCounts>> {
    let units = units_of(&allowed.caller);
    let (open, overdue, mine) =
        store::counts(room.database().pool(), &allowed.scope(), room.clock().now(), &units, &allowed.caller.roles).await?;
    Ok(Json(NoticeCounts { open, overdue, mine }))
}
