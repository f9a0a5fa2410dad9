//! Withdraw a verdict (撤回判定). What followed from it stays: a lead that went back to be fixed again is not fetched.

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::{Allowed, Scope};
use kernel::problem::Problem;
use serde::Deserialize;
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{SuspicionState, not_found, note, stale, store, store::SuspicionRecord, view::Suspicion};
use crate::{Scrutiny, rights, setting};

/// The withdrawal.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReopenSuspicion {
    /// Why.
    note: String,
}

/// Withdraws a verdict, so that it can be given otherwise. Both stay in the history of the suspicion.
///
/// # Errors
/// `suspicion-not-found`, `suspicion-not-judged`, `note-invalid`, `version-conflict`.
#[utoipa::path(post, path = "/api/v1/suspicions/{id}/actions/reopen", tag = "scrutiny", operation_id = "reopen_suspicion",
    request_body = ReopenSuspicion, params(("id" = Uuid, Path, description = "The suspicion")),
    responses((status = 200, body = Suspicion, description = "The suspicion as it then stands")))]
pub(crate) async fn reopen(
    State(room): State<Scrutiny>,
    allowed: Allowed<rights::JudgeSuspicions>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<ReopenSuspicion>,
) -> Answer<Json<Suspicion>> {
    let note = note(&request.note)?;
    let scope = allowed.scope();
    let mut transaction = room.database().pool().begin().await?;
    let record = store::one(&mut transaction, &scope, id).await?.ok_or_else(not_found)?;
    if seen.is_some_and(|seen| seen != record.version) {
        return Err(stale().into());
    }
    if record.state == SuspicionState::Open.code() {
        return Err(Problem::conflict("suspicion-not-judged", "这条疑点还没有判定").into());
    }
    let mut holds = false;
    if let Some(key) = record.key()
        && let Some(locked) = docket::lock(&mut transaction, &key, None).await?.transpose()?
    {
        let guarded = setting::store::holds_closing(&mut transaction, &record.region).await?;
        holds = guarded && record.strength == "strong" && locked.header.open && room.is_of_round(&mut transaction, &record).await?;
        if holds {
            room.leads().hold_closing(&mut transaction, &key, id).await?;
        } else {
            room.leads().release_closing(&mut transaction, &key, id).await?;
        }
    }
    let judgement = store::Judgement {
        id,
        seen: record.version,
        state: SuspicionState::Open.code(),
        outcome: None,
        holds,
        by: allowed.caller.person.uuid(),
        note: &note,
    };
    if !store::judge(&mut transaction, room.clock().now(), &judgement).await? {
        return Err(stale().into());
    }
    transaction.commit().await?;
    room.as_it_stands(&scope, id).await
}

impl Scrutiny {
    /// Whether a suspicion is about the round of fixing in which its lead is now.
    pub(super) async fn is_of_round(&self, connection: &mut PgConnection, record: &SuspicionRecord) -> sqlx::Result<bool> {
        let Some(key) = record.key() else { return Ok(false) };
        let evidence = self.leads().evidence(connection, std::slice::from_ref(&key)).await?;
        Ok(evidence.first().is_some_and(|now| now.round_begun == record.round_begun))
    }

    /// A suspicion as it stands.
    pub(super) async fn as_it_stands(&self, scope: &Scope, id: Uuid) -> Answer<Json<Suspicion>> {
        let mut connection = self.database().pool().acquire().await?;
        let record = store::one(&mut connection, scope, id).await?.ok_or_else(not_found)?;
        drop(connection);
        Ok(Json(self.views(vec![record]).await?.pop().ok_or_else(not_found)?))
    }
}
