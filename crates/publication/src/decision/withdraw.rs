//! Take a published decision back (撤回公开信息), with a reason that is public: 行政处罚法第四十八条第二款, three working days.

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    PublicationState, WithdrawGround,
    draft::{names_one, people, unmasked},
    required,
    rules::{PublicationStep, against},
    store,
    view::PublicationView,
};
use crate::{DecisionFate, PublicFact, Publications, mask, rights};

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WithdrawDecision {
    /// The version that was seen.
    seen: i32,
    ground: WithdrawGround,
    /// In words that everybody may read.
    reason: String,
}

/// Takes it back. After a review or suit revoked or changed the decision or found it unlawful, the case takes its step `unpublish`; where the organ changed its own decision,
/// the case's ledger says so and a new revision waits to be written. What had ended before the decision fell takes the case's step alone.
///
/// # Errors
/// `publication-not-found`, `version-conflict`, `publication-not-here`, `publication-stands`, `publication-unmasked`, `field-required`, or the guard that refuses.
#[utoipa::path(post, path = "/api/v1/publications/{id}/actions/withdraw", tag = "publication", operation_id = "withdraw_decision",
    params(("id" = Uuid, Path, description = "The publication")), request_body = WithdrawDecision,
    responses((status = 200, body = PublicationView, description = "As it then stands")))]
pub(crate) async fn withdraw(
    State(room): State<Publications>,
    allowed: Allowed<rights::WorkPublications>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<WithdrawDecision>,
) -> Answer<Json<PublicationView>> {
    let (caller, me, now) = (&allowed.caller, allowed.caller.person.uuid(), room.clock().now());
    let reason = mask::mask(&required("reason", "撤回理由", &wanted.reason)?, &[]).text;
    let mut transaction = room.database().pool().begin().await?;
    let (_, mut row) = room.hold(&mut transaction, &allowed.scope(), id, Some(wanted.seen)).await?;
    if let Some(why) = against(PublicationStep::Withdraw, &row, me) {
        return Err(why.into());
    }
    let key = row.key();
    let standing = room.decisions().standing(&mut transaction, &key).await?.ok_or_else(super::no_publication)?;
    let text = room.decisions().text(&mut transaction, caller, &key).await?;
    if names_one(&reason, &people(&text)) {
        return Err(unmasked().field("reason", "撤回理由里有自然人当事人的姓名").into());
    }
    let is_unlawful = standing.altered.is_some_and(|(fate, _)| fate == DecisionFate::Unlawful);
    if standing.revoked_at.is_some() || standing.published == PublicFact::Stale {
        // The words are public and stand in this room; the case keeps the ground alone.
        room.decisions().step(&mut transaction, caller, &key, "unpublish", wanted.ground.label()).await?;
    } else {
        // Without a review or a suit only the organ's head says that its own decision is gone or another.
        if !caller.may::<rights::DecideRepairs>() {
            let why = "决定没有经复议或者诉讼撤销；本机关自行变更或者撤销决定的，由机关负责人撤回公开";
            return Err(Problem::forbidden("publication-stands", why).citing("行政处罚法第四十八条第二款、第五十七条").into());
        }
        let line = json!({ "publication": id, "ground": wanted.ground.code() });
        room.note(&mut transaction, &key, Some(caller), "publication-withdrawn", line).await?;
    }
    if row.state() == PublicationState::Published {
        PublicationState::Withdrawn.code().clone_into(&mut row.state);
        (row.ground, row.reason) = (Some(wanted.ground.code().to_owned()), Some(reason));
        (row.ended_by, row.ended_at) = (Some(me), Some(now));
    }
    // What was not shown any more stays as it ended; nothing is owed now.
    (row.withdraw_due_at, row.withdraw_warn_at) = (None, None);
    store::keep(&mut transaction, &row).await?;
    if wanted.ground == WithdrawGround::Changed && standing.revoked_at.is_none() && !is_unlawful {
        room.begin(&mut transaction, &standing, row.revision + 1).await?;
    }
    let row = store::held(&mut transaction, id).await?.unwrap_or(row);
    transaction.commit().await?;
    room.one_view(row, me).await
}
