//! Show a suspicion with its verdicts and the leads that it rests on (疑点详情).

use axum::extract::State;
use chrono::{DateTime, Utc};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use leads::LeadRow;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{SuspicionState, not_found, store, view::Suspicion};
use crate::{Scrutiny, rights};

/// A verdict that was given or withdrawn.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SuspicionVerdict {
    at: DateTime<Utc>,
    person_name: String,
    /// What was said; `open` when a verdict was withdrawn.
    state: SuspicionState,
    state_label: &'static str,
    note: String,
}

/// What a person concerned said.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SuspicionStatement {
    at: DateTime<Utc>,
    /// Who was heard.
    heard_name: String,
    /// Who wrote it down.
    person_name: String,
    text: String,
}

/// A suspicion with everything that belongs to it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SuspicionWithVerdicts {
    #[serde(flatten)]
    suspicion: Suspicion,
    /// The oldest first.
    verdicts: Vec<SuspicionVerdict>,
    /// What those concerned said, the oldest first.
    statements: Vec<SuspicionStatement>,
    /// The leads that it rests on as they stand now, as far as the caller may see them.
    leads: Vec<LeadRow>,
}

/// Shows a suspicion.
///
/// # Errors
/// `suspicion-not-found`.
#[utoipa::path(get, path = "/api/v1/suspicions/{id}", tag = "scrutiny", operation_id = "show_suspicion",
    params(("id" = Uuid, Path, description = "The suspicion")),
    responses((status = 200, body = SuspicionWithVerdicts, description = "The suspicion")))]
pub(crate) async fn show(
    State(room): State<Scrutiny>,
    allowed: Allowed<rights::SeeSuspicions>,
    Path(id): Path<Uuid>,
) -> Answer<Json<SuspicionWithVerdicts>> {
    let scope = allowed.scope();
    let mut connection = room.database().pool().acquire().await?;
    let record = store::one(&mut connection, &scope, id).await?.ok_or_else(not_found)?;
    let verdicts = store::verdicts(&mut connection, id).await?;
    let statements = store::statements(&mut connection, id).await?;
    drop(connection);
    let mut wanted: Vec<Uuid> = record.docket_id.into_iter().chain(record.other_lead).chain(record.leads.iter().copied()).collect();
    wanted.dedup();
    let leads = room.leads().rows_of(&scope, &wanted).await?;
    let people = verdicts.iter().map(|it| it.person).chain(statements.iter().flat_map(|it| [it.person, it.heard]));
    let names = room.identity().names_of(&people.collect::<Vec<_>>()).await?;
    let name = |id: Uuid| names.get(&id).cloned().unwrap_or_default();
    let said =
        |it: store::StatementRow| SuspicionStatement { at: it.at, heard_name: name(it.heard), person_name: name(it.person), text: it.text };
    let statements = statements.into_iter().map(said).collect();
    let verdicts = verdicts.into_iter().map(|verdict| {
        let state: SuspicionState = verdict.state.parse().unwrap_or(SuspicionState::Open);
        SuspicionVerdict {
            at: verdict.at,
            person_name: names.get(&verdict.person).cloned().unwrap_or_default(),
            state_label: if state == SuspicionState::Open { "撤回判定" } else { state.label() },
            state,
            note: verdict.note,
        }
    });
    let verdicts = verdicts.collect();
    let suspicion = room.views(vec![record]).await?.pop().ok_or_else(not_found)?;
    Ok(Json(SuspicionWithVerdicts { suspicion, verdicts, statements, leads }))
}
