//! Note what came of a review or suit (登记结果): the case takes its step in the same transaction.

use axum::extract::State;
use chrono::NaiveDate;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{RemedyKind, RemedyOutcome, line, no_remedy, store, view::RemedyView};
use crate::{Publications, RemedyEnd, rights};

/// What came of it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RemedyResult {
    /// The version that was seen.
    seen: i32,
    outcome: RemedyOutcome,
    /// The day it was served on the organ; of a review that was not accepted or dismissed the day the party received that, of one that was not
    /// decided in time the day its time ended.
    served_on: NaiveDate,
    /// Of a change: the fine as it is now, in fen.
    fine_fen: Option<i64>,
    /// Of a change: the confiscated sum as it is now, in fen.
    confiscated_fen: Option<i64>,
    /// Of a change for the worse: what a third person asked for (行政复议法第六十三条第二款).
    opposed: Option<String>,
    /// What follows.
    #[serde(default)]
    followed: String,
}

/// The sums of a change, both of which somebody must state.
fn sums(wanted: &RemedyResult) -> Result<Option<(i64, i64)>, Problem> {
    if wanted.outcome != RemedyOutcome::Changed {
        return Ok(None);
    }
    let fine = wanted.fine_fen.filter(|fen| *fen >= 0);
    let why = "请填写变更后的罚款数额，不再罚款的填 0";
    let fine = fine.ok_or_else(|| Problem::invalid("field-required", why).citing("行政复议法第六十三条").field("fine_fen", why))?;
    Ok(Some((fine, wanted.confiscated_fen.unwrap_or_default().max(0))))
}

/// Notes the result. Where the decision falls, the three days to take its publication back begin.
///
/// # Errors
/// `remedy-not-found`, `version-conflict`, `remedy-closed`, `remedy-later`, `remedy-not-of-suits`, `field-required`, or what stands against the case's step.
#[utoipa::path(post, path = "/api/v1/remedies/{id}/actions/close", tag = "publication", operation_id = "close_remedy",
    params(("id" = Uuid, Path, description = "The record")), request_body = RemedyResult,
    responses((status = 200, body = RemedyView, description = "As it then stands")))]
pub(crate) async fn close(
    State(room): State<Publications>,
    allowed: Allowed<rights::KeepRemedies>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<RemedyResult>,
) -> Answer<Json<RemedyView>> {
    let (caller, now) = (&allowed.caller, room.clock().now());
    let mut transaction = room.database().pool().begin().await?;
    let mut row = room.hold_remedy(&mut transaction, &allowed.scope(), id, wanted.seen).await?;
    if row.outcome.is_some() {
        return Err(Problem::conflict("remedy-closed", "结果已经登记").into());
    }
    if wanted.served_on > room.today() || wanted.served_on < row.received_on {
        let why = "送达日期应在收到日期以后、今天以前";
        return Err(Problem::invalid("remedy-later", why).field("served_on", why).into());
    }
    if wanted.outcome == RemedyOutcome::Lapsed && row.kind() == RemedyKind::Suit {
        let why = "“逾期不作决定”只是行政复议的结果";
        return Err(Problem::invalid("remedy-not-of-suits", why).citing("行政复议法第三十四条").field("outcome", why).into());
    }
    let key = row.key();
    let note = format!("{}：{}", row.kind().label(), wanted.outcome.label());
    let end = RemedyEnd {
        action: wanted.outcome.ends(row.kind()),
        note,
        on: matches!(wanted.outcome, RemedyOutcome::NotAccepted | RemedyOutcome::Rejected | RemedyOutcome::Lapsed)
            .then_some(wanted.served_on)
            .filter(|_| row.kind() == RemedyKind::Review),
        sums: sums(&wanted)?,
        opposed: wanted.opposed.as_deref().map(|words| line("opposed", words, 1_000)).transpose()?.filter(|words| !words.is_empty()),
    };
    room.decisions().conclude(&mut transaction, caller, &key, end).await?;
    row.followed = line("followed", &wanted.followed, 1_000)?;
    (row.outcome, row.served_on, row.closed_at) = (Some(wanted.outcome.code().to_owned()), Some(wanted.served_on), Some(now));
    store::keep(&mut transaction, &row).await?;
    let line = json!({ "remedy": id, "outcome": wanted.outcome.code() });
    room.note(&mut transaction, &key, Some(caller), "remedy-closed", line).await?;
    // What is public must come back: the three days begin in this transaction, not when the event is heard.
    room.hear(&mut transaction, &key).await?;
    let row = store::held(&mut transaction, id).await?.unwrap_or(row);
    transaction.commit().await?;
    Ok(Json(room.remedy_views(vec![row]).await?.pop().ok_or_else(no_remedy)?))
}
