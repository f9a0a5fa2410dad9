//! List reviews and suits (复议诉讼台账), and count by matter how they ended.

use axum::extract::State;
use database::keyset;
use http_api::{Answer, Json, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    RemedyKind,
    store::{self, ListedRow, Wanted},
    view::RemedyView,
};
use crate::{Publications, rights};

/// Rows of a page.
const ROWS: usize = 50;
/// Matters in the tally.
const MATTERS: i64 = 200;

/// Which are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// Only what runs.
    #[serde(default)]
    open: bool,
    /// Reviews or suits.
    #[param(inline)]
    kind: Option<RemedyKind>,
    /// The number of the case or of the review or suit, the matter, the organ or court.
    q: Option<String>,
    /// Where the page begins, from `next_cursor`.
    cursor: Option<String>,
}

impl Ask {
    pub(super) fn wanted(self) -> Result<Wanted, Problem> {
        let before = self.cursor.as_deref().map(keyset::decode::<Uuid>).transpose();
        Ok(Wanted {
            open: self.open,
            kind: self.kind,
            text: crate::public::words(self.q.as_deref())?,
            before: before.map_err(|_| Problem::invalid("cursor-invalid", "翻页标记无效，请从第一页重新查询"))?,
        })
    }
}

/// How reviews and suits about a matter ended.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RemedyTally {
    matter: String,
    /// Still running.
    running: i64,
    /// The decision stood.
    stood: i64,
    /// It fell.
    fell: i64,
}

/// A page of records; with the first page how they ended, by matter.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RemedyPage {
    items: Vec<RemedyView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
    tally: Vec<RemedyTally>,
}

/// Lists reviews and suits, the newest first.
///
/// # Errors
/// `cursor-invalid`, `query-invalid`.
#[utoipa::path(get, path = "/api/v1/remedies", tag = "publication", operation_id = "list_remedies", params(Ask),
    responses((status = 200, body = RemedyPage, description = "One page")))]
pub(crate) async fn list(
    State(room): State<Publications>,
    allowed: Allowed<rights::SeePublications>,
    Query(ask): Query<Ask>,
) -> Answer<Json<RemedyPage>> {
    let (wanted, scope, pool) = (ask.wanted()?, allowed.scope(), room.database().pool());
    let tally = if wanted.before.is_none() { store::tally(pool, &scope, MATTERS).await? } else { Vec::new() };
    let rows = store::list(pool, &scope, &wanted, ROWS as i64 + 1).await?;
    let (rows, next_cursor) = keyset::page(rows, ROWS, |row| row.row.id);
    let tally = tally.into_iter().map(|(matter, running, stood, fell)| RemedyTally { matter, running, stood, fell });
    Ok(Json(RemedyPage { items: listed(&room, rows).await?, next_cursor, tally: tally.collect() }))
}

pub(super) async fn listed(room: &Publications, rows: Vec<ListedRow>) -> Answer<Vec<RemedyView>> {
    let (rows, numbers): (Vec<_>, Vec<_>) = rows.into_iter().map(|it| (it.row, it.case_number)).unzip();
    let mut views = room.remedy_views(rows).await?;
    for (view, number) in views.iter_mut().zip(numbers) {
        view.case_number = Some(number);
    }
    Ok(views)
}
