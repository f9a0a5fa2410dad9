//! List publications at the desk (公开台账): by state, late ones, words.

use axum::extract::State;
use database::keyset;
use http_api::{Answer, Json, Page, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    PublicationState,
    store::{self, ListedRow, Wanted},
    view::PublicationView,
};
use crate::{Publications, remedy, repair, rights};

/// Rows of a page.
const ROWS: usize = 50;

/// Which are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// States, separated by commas.
    state: Option<String>,
    /// The case's number, the matter, an enterprise's name.
    q: Option<String>,
    /// Only what is late.
    #[serde(default)]
    late: bool,
    /// Where the page begins, from `next_cursor`.
    cursor: Option<String>,
}

impl Ask {
    /// # Errors
    /// `cursor-invalid`, `query-invalid`.
    pub(super) fn wanted(self, now: chrono::DateTime<chrono::Utc>) -> Result<Wanted, Problem> {
        let states = self.state.as_deref().filter(|list| !list.is_empty()).map(|list| {
            list.split(',').map(|code| code.trim().parse::<PublicationState>().map(PublicationState::code)).collect::<Result<Vec<_>, ()>>()
        });
        let before = self.cursor.as_deref().map(keyset::decode::<Uuid>).transpose();
        Ok(Wanted {
            states: states.transpose().map_err(|()| Problem::invalid("query-invalid", "state 参数含有未知的代码"))?,
            text: crate::public::words(self.q.as_deref())?,
            late: self.late,
            before: before.map_err(|_| Problem::invalid("cursor-invalid", "翻页标记无效，请从第一页重新查询"))?,
            now,
        })
    }
}

/// How many stand in a state.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublicationCount {
    state: PublicationState,
    label: &'static str,
    count: i64,
    /// Of them past their day.
    late: i64,
}

/// The counts of the room, within the caller's scope.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublicationCounts {
    publications: Vec<PublicationCount>,
    /// Requests for repair that wait, and how many are late.
    repairs_open: i64,
    repairs_late: i64,
    /// Reviews and suits that run, and how many answers are late.
    remedies_open: i64,
    remedies_late: i64,
}

/// Lists publications, the newest first.
///
/// # Errors
/// `cursor-invalid`, `query-invalid`.
#[utoipa::path(get, path = "/api/v1/publications", tag = "publication", operation_id = "list_publications", params(Ask),
    responses((status = 200, body = Page<PublicationView>, description = "One page")))]
pub(crate) async fn list(
    State(room): State<Publications>,
    allowed: Allowed<rights::SeePublications>,
    Query(ask): Query<Ask>,
) -> Answer<Json<Page<PublicationView>>> {
    let wanted = ask.wanted(room.clock().now())?;
    let rows = store::list(room.database().pool(), &allowed.scope(), &wanted, ROWS as i64 + 1).await?;
    let (rows, next_cursor) = keyset::page(rows, ROWS, |row| row.row.id);
    Ok(Json(Page { items: listed(&room, rows, allowed.caller.person.uuid()).await?, next_cursor }))
}

/// Rows of a list as they are shown.
pub(super) async fn listed(room: &Publications, rows: Vec<ListedRow>, me: Uuid) -> Answer<Vec<PublicationView>> {
    let (rows, numbers): (Vec<_>, Vec<_>) = rows.into_iter().map(|it| (it.row, it.case_number)).unzip();
    let mut views = room.views(rows, me).await?;
    for (view, number) in views.iter_mut().zip(numbers) {
        view.case_number = Some(number);
    }
    Ok(views)
}

/// Counts what stands where.
///
/// # Errors
/// The database's.
#[utoipa::path(get, path = "/api/v1/publications/counts", tag = "publication", operation_id = "count_publications",
    responses((status = 200, body = PublicationCounts, description = "The counts")))]
pub(crate) async fn counts(State(room): State<Publications>, allowed: Allowed<rights::SeePublications>) -> Answer<Json<PublicationCounts>> {
    let (pool, scope, now) = (room.database().pool(), allowed.scope(), room.clock().now());
    let found = store::counts(pool, &scope, now).await?;
    let publications = PublicationState::ALL.iter().map(|&state| {
        let (count, late) = found.iter().find(|(code, ..)| code == state.code()).map_or((0, 0), |(_, count, late)| (*count, *late));
        PublicationCount { state, label: state.label(), count, late }
    });
    let (repairs_open, repairs_late) = repair::store::counts(pool, &scope, now).await?;
    let (remedies_open, remedies_late) = remedy::store::counts(pool, &scope, now).await?;
    Ok(Json(PublicationCounts { publications: publications.collect(), repairs_open, repairs_late, remedies_open, remedies_late }))
}
