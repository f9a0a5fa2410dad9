//! Publish a decision (公开处罚决定), through the case's own step in the same transaction.

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::{clock::shanghai, problem::Problem};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    PublicationState,
    rules::{PublicationStep, against},
    store,
    view::PublicationView,
};
use crate::{PublicFact, Publications, period::shown_for, rights};

/// What was seen.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PublishDecision {
    /// The version that was seen.
    seen: i32,
}

/// Publishes: what was checked, by who did not check it. The case takes its step `publish` with the person who checked; where the case counts
/// the decision as public already (a changed decision after the first was taken back), the new content takes the place of the old.
///
/// # Errors
/// `publication-not-found`, `version-conflict`, `publication-not-here`, `publication-unchecked`, `publication-secrecy`,
/// `publication-two-persons`, `publication-unnumbered`, `publication-over`, or the guard of the case that refuses: `youth-unpublished`, `masked`, …
#[utoipa::path(post, path = "/api/v1/publications/{id}/actions/publish", tag = "publication", operation_id = "publish_decision",
    params(("id" = Uuid, Path, description = "The publication")), request_body = PublishDecision,
    responses((status = 200, body = PublicationView, description = "As it then stands")))]
pub(crate) async fn publish(
    State(room): State<Publications>,
    allowed: Allowed<rights::WorkPublications>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<PublishDecision>,
) -> Answer<Json<PublicationView>> {
    let (caller, me, now) = (&allowed.caller, allowed.caller.person.uuid(), room.clock().now());
    let mut transaction = room.database().pool().begin().await?;
    let (_, mut row) = room.hold(&mut transaction, &allowed.scope(), id, Some(wanted.seen)).await?;
    if let Some(why) = against(PublicationStep::Publish, &row, me) {
        return Err(why.into());
    }
    let key = row.key();
    let standing = room.decisions().standing(&mut transaction, &key).await?.ok_or_else(super::no_publication)?;
    if standing.revoked_at.is_some() {
        return Err(Problem::conflict("publication-revoked", "决定已经被撤销，不能公开").citing("行政处罚法第四十八条第二款").into());
    }
    let decided_on = row.decided_at.with_timezone(&shanghai()).date_naive();
    let (min_until, max_until) = shown_for(row.severity(), row.is_natural).days(decided_on);
    if max_until < room.today() {
        let cure = "由机关负责人办理“不予公开”，写明公示期已满";
        let why = format!("公示期从作出决定起算，已于 {max_until} 届满，不再公开。{cure}");
        return Err(Problem::conflict("publication-over", why).citing("行政处罚法第四十八条第一款").cured_by(cure, None).into());
    }
    let checked_by = row.checked_by.ok_or_else(super::no_publication)?;
    if standing.published == PublicFact::Public && row.revision > 1 {
        room.note(&mut transaction, &key, Some(caller), "publication-replaced", json!({ "publication": id, "revision": row.revision }))
            .await?;
    } else {
        room.decisions().publish(&mut transaction, caller, &key, checked_by).await?;
    }
    PublicationState::Published.code().clone_into(&mut row.state);
    (row.published_by, row.published_at) = (Some(me), Some(now));
    (row.min_until, row.max_until) = (Some(min_until), Some(max_until));
    store::keep(&mut transaction, &row).await?;
    let row = store::held(&mut transaction, id).await?.unwrap_or(row);
    transaction.commit().await?;
    room.one_view(row, me).await
}
