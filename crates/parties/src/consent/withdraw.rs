//! Take the consent back for the future (撤回电子送达同意).

use axum::{extract::State, http::StatusCode};
use http_api::Answer;

use crate::{Parties, entry::Inside};

/// Takes the consent back: what arrived stays served, what comes goes another way.
///
/// # Errors
/// `party-session-missing`, `not-agreed`.
#[utoipa::path(delete, path = "/api/v1/public/my-case/agreement", tag = "public", operation_id = "withdraw_from_electronic_service",
    responses((status = 204, description = "Taken back")))]
pub(crate) async fn withdraw(State(room): State<Parties>, inside: Inside) -> Answer<StatusCode> {
    room.sends().check(inside.code)?;
    let parts = room.parts();
    let mut transaction = parts.database.pool().begin().await?;
    parts.cases.withdraw_agreement(&mut transaction, &inside.key, inside.party).await?;
    room.tell_officers(&mut transaction, &inside.key, "当事人撤回了电子送达同意，新的文书请用其他方式送达").await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
