//! List findings (问题台账): those about one's own cases, or those of one's ground.

use axum::extract::State;
use database::keyset;
use http_api::{Answer, Json, Page, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::{
    FindingState,
    store::{self, Wanted},
    view::FindingView,
};
use crate::{Quality, rights, sheet::body::Severity};

/// Rows of a page.
const ROWS: usize = 50;

/// Which are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// Only those about the caller's own cases.
    #[serde(default)]
    mine: bool,
    /// Only those that are not settled.
    #[serde(default)]
    open: bool,
    /// Of one state.
    #[param(inline)]
    state: Option<FindingState>,
    /// So grave.
    #[param(inline)]
    severity: Option<Severity>,
    /// Of one round.
    round: Option<Uuid>,
    /// The case's number, or words of the finding.
    q: Option<String>,
    /// Where the page begins, from `next_cursor`.
    cursor: Option<String>,
}

/// Lists findings, the newest first.
///
/// # Errors
/// `cursor-invalid`, `query-invalid`.
#[utoipa::path(get, path = "/api/v1/review-findings", tag = "quality", operation_id = "list_review_findings", params(Ask),
    responses((status = 200, body = Page<FindingView>)))]
pub(crate) async fn list(
    State(room): State<Quality>,
    allowed: Allowed<rights::SeeReviews>,
    Query(ask): Query<Ask>,
) -> Answer<Json<Page<FindingView>>> {
    let before = ask.cursor.as_deref().map(keyset::decode::<Uuid>).transpose();
    let text = ask.q.as_deref().map(str::trim).filter(|text| !text.is_empty());
    if text.is_some_and(|text| text.chars().count() > 50 || text.contains('\0')) {
        return Err(Problem::invalid("query-invalid", "查找的词不能超过 50 个字").field("q", "不能超过 50 个字").into());
    }
    let wanted = Wanted {
        officer: ask.mine.then(|| allowed.caller.person.uuid()),
        states: match ask.state {
            Some(state) => vec![state.code()],
            None if ask.open => FindingState::ALL.iter().filter(|it| !it.is_settled()).map(|it| it.code()).collect(),
            None => Vec::new(),
        },
        severity: ask.severity.map(Severity::code),
        round: ask.round,
        text: text.map(str::to_owned),
        before: before.map_err(|_| Problem::invalid("cursor-invalid", "翻页标记无效，请从第一页重新查询"))?,
    };
    let scope = allowed.scope();
    // A person's own findings follow him, wherever he works now.
    let ground = (!ask.mine).then_some(&scope);
    let rows = store::list(room.database().pool(), ground, &wanted, ROWS as i64 + 1).await?;
    let (rows, next_cursor) = keyset::page(rows, ROWS, |row| row.id);
    Ok(Json(Page { items: room.finding_views(rows, &allowed.caller).await?, next_cursor }))
}
