//! `GET /api/v1/webhooks/{id}/deliveries`

use axum::extract::State;
use database::keyset;
use http_api::{Answer, Json, Page, Path, ProblemBody, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::{not_found, store};
use crate::{ManageWebhooks, Notify, notification::list::cursor_invalid};

/// Rows of a page.
const ROWS: usize = 50;

#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Ask {
    /// `waiting`, `delivered` or `dead`.
    state: Option<String>,
    /// The next page's cursor.
    cursor: Option<String>,
}

/// The log of a webhook's deliveries, the newest first.
#[utoipa::path(
    get,
    path = "/api/v1/webhooks/{id}/deliveries",
    tag = "notify",
    params(("id" = Uuid, Path, description = "The webhook"), Ask),
    responses(
        (status = 200, description = "A page of deliveries", body = Page<store::Delivery>),
        (status = "default", description = "A problem (RFC 9457)", body = ProblemBody, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(crate) async fn deliveries(
    State(notify): State<Notify>,
    allowed: Allowed<ManageWebhooks>,
    Path(id): Path<Uuid>,
    Query(ask): Query<Ask>,
) -> Answer<Json<Page<store::Delivery>>> {
    super::require_everything(&notify, &allowed.caller).await?;
    if ask.state.as_deref().is_some_and(|state| !matches!(state, "waiting" | "delivered" | "dead")) {
        return Err(Problem::invalid("query-invalid", "查询参数不符合要求").field("state", "应为 waiting、delivered 或 dead").into());
    }
    let before = ask.cursor.as_deref().map(keyset::decode::<i64>).transpose().map_err(|_| cursor_invalid())?;
    if !store::exists(notify.database.pool(), id).await? {
        return Err(not_found().into());
    }
    let rows = store::deliveries(notify.database.pool(), id, ask.state.as_deref(), before, 51).await?;
    let (items, next_cursor) = keyset::page(rows, ROWS, |row| row.id);
    Ok(Json(Page { items, next_cursor }))
}
