//! Judge a suspicion (判定疑点): upheld, it sends an open lead back to be fixed again; dismissed, it no longer stands against closing.

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{SuspicionKind, SuspicionOutcome, SuspicionState, not_found, note, stale, store, view::Suspicion};
use crate::{Scrutiny, rights};

/// The states from which the lead's procedure sends back to be fixed again.
const REWORKABLE: [&str; 2] = ["fixed", "checked"];

/// What is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SuspicionSaid {
    /// It is right.
    Upheld,
    /// It has an innocent reason.
    Dismissed,
}

/// The verdict.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct JudgeSuspicion {
    verdict: SuspicionSaid,
    /// Why, in words; for an upheld one the unit reads it as the reason of the rework.
    note: String,
}

/// Judges a suspicion. Upheld about an open lead, the lead goes back to be fixed again by its own procedure, in the same transaction; about
/// a closed one it is counted for the unit, and the lead stays as it is.
///
/// # Errors
/// `suspicion-not-found`, `suspicion-judged`, `nobody-heard-yet`, `note-invalid`, `version-conflict`.
#[utoipa::path(post, path = "/api/v1/suspicions/{id}/actions/judge", tag = "scrutiny", operation_id = "judge_suspicion",
    request_body = JudgeSuspicion, params(("id" = Uuid, Path, description = "The suspicion")),
    responses((status = 200, body = Suspicion, description = "The suspicion as it then stands")))]
pub(crate) async fn judge(
    State(room): State<Scrutiny>,
    allowed: Allowed<rights::JudgeSuspicions>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<JudgeSuspicion>,
) -> Answer<Json<Suspicion>> {
    let note = note(&request.note)?;
    let scope = allowed.scope();
    let mut transaction = room.database().pool().begin().await?;
    let record = store::one(&mut transaction, &scope, id).await?.ok_or_else(not_found)?;
    if seen.is_some_and(|seen| seen != record.version) {
        return Err(stale().into());
    }
    if record.state != SuspicionState::Open.code() {
        return Err(Problem::conflict("suspicion-judged", "这条疑点已经判定；要改判请先撤回判定").into());
    }
    // What concerns a person's honesty is not held against him unheard.
    let of_people = record.kind == SuspicionKind::Pairing.code() && request.verdict == SuspicionSaid::Upheld;
    if of_people && store::statements(&mut transaction, id).await?.is_empty() {
        return Err(Problem::conflict("nobody-heard-yet", "请先听取当事人说明并记录，再判定属实").into());
    }
    let key = record.key();
    // The lead first, as whoever closes it does.
    let locked = match &key {
        Some(key) => docket::lock(&mut transaction, key, None).await?.transpose()?,
        None => None,
    };
    let mut holds = false;
    let outcome = if request.verdict == SuspicionSaid::Dismissed {
        if let Some(key) = &key {
            room.leads().release_closing(&mut transaction, key, id).await?;
        }
        None
    } else {
        match (&key, locked.map(|locked| locked.header)) {
            (Some(key), Some(header)) if header.open && room.is_of_round(&mut transaction, &record).await? => {
                if REWORKABLE.contains(&header.state.as_str()) {
                    let role = allowed.caller.roles.first().cloned();
                    let reason = format!("疑点属实（{}）：{note}", record.reason);
                    room.leads().send_back_to_fix(&mut transaction, key, allowed.caller.person, role, &reason).await?;
                    Some(SuspicionOutcome::Rework)
                } else {
                    // Nothing takes this mark away but fixing again.
                    room.leads().hold_closing(&mut transaction, key, id).await?;
                    holds = true;
                    Some(SuspicionOutcome::Waiting)
                }
            }
            (Some(key), _) => {
                // It speaks of a round that is over: nothing of it stands against closing any more.
                room.leads().release_closing(&mut transaction, key, id).await?;
                Some(SuspicionOutcome::Counted)
            }
            _ => Some(SuspicionOutcome::Counted),
        }
    };
    let judgement = store::Judgement {
        id,
        seen: record.version,
        state: if request.verdict == SuspicionSaid::Upheld { "upheld" } else { "dismissed" },
        outcome: outcome.map(SuspicionOutcome::code),
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
