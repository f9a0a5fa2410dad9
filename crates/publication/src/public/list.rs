//! List the decisions that are public (处罚决定公示).

use axum::extract::State;
use chrono::{DateTime, Utc};
use database::keyset;
use http_api::{Answer, ClientAddress, Json, Page, Query};
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::{
    PublicDecision,
    store::{self, Wanted},
    words,
};
use crate::Publications;

/// Rows of a page.
const ROWS: usize = 20;

/// Which are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// The number of the decision, an enterprise's name, the matter. Natural persons are not found by name.
    q: Option<String>,
    /// The year of the decision.
    year: Option<i32>,
    /// Where the page begins, from `next_cursor`.
    cursor: Option<String>,
}

impl Ask {
    pub(super) fn wanted(self, today: chrono::NaiveDate) -> Result<Wanted, Problem> {
        let before = self.cursor.as_deref().map(keyset::decode::<(DateTime<Utc>, Uuid)>).transpose();
        Ok(Wanted {
            text: words(self.q.as_deref())?,
            year: self.year,
            before: before.map_err(|_| Problem::invalid("cursor-invalid", "翻页标记无效，请从第一页重新查询"))?,
            today,
        })
    }
}

/// Lists what is public, the newest first; what was taken back stands among it with its number and why.
///
/// # Errors
/// `too-many-requests`, `cursor-invalid`, `query-invalid`.
#[utoipa::path(get, path = "/api/v1/public/decisions", tag = "public", operation_id = "list_public_decisions", params(Ask),
    responses((status = 200, body = Page<PublicDecision>, description = "One page")))]
pub(crate) async fn list(
    State(room): State<Publications>,
    ClientAddress(address): ClientAddress,
    Query(ask): Query<Ask>,
) -> Answer<Json<Page<PublicDecision>>> {
    room.reads().check(address)?;
    let wanted = ask.wanted(room.today())?;
    let rows = store::list(room.database().pool(), room.home_region(), &wanted, ROWS as i64 + 1).await?;
    let (rows, next_cursor) = keyset::page(rows, ROWS, |row| (row.published_at, row.id));
    Ok(Json(Page { items: rows.into_iter().map(PublicDecision::of).collect(), next_cursor }))
}
