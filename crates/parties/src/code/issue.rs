//! Issue a code to a party (发放查询码): printed on what he is handed; one that he had before ends.

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::IntoResponse,
};
use docket::ledger::payload;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::{id::uuid_at, problem::Problem};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::store::{self, CodeRow};
use crate::{Parties, entry::check::Identified, rights};

/// A code, shown this once.
#[derive(Serialize, ToSchema)]
pub(crate) struct IssuedPartyCode {
    /// `0000-0000-0000`.
    code: String,
    /// Where it is entered; the code stands behind the `#`, which no server is sent.
    page: String,
}

/// Issues a code to a party of a case that the caller handles.
///
/// # Errors
/// `case-not-found`, `case-not-handled`, `party-not-found`; `party-not-identifiable` where the party has no number or telephone on record.
#[utoipa::path(post, path = "/api/v1/cases/{id}/parties/{ordinal}/code", tag = "parties", operation_id = "issue_party_code",
    params(("id" = Uuid, Path, description = "The case"), ("ordinal" = i16, Path, description = "Which party")),
    responses((status = 201, body = IssuedPartyCode, description = "The code; it is not kept readable anywhere")))]
pub(crate) async fn issue(
    State(room): State<Parties>,
    allowed: Allowed<rights::ServeParties>,
    Path((id, ordinal)): Path<(Uuid, i16)>,
) -> Answer<impl IntoResponse> {
    let (caller, parts) = (&allowed.caller, room.parts());
    let opened = room.handled(caller, id).await?;
    let (key, now) = (opened.header.key(), parts.clock.now());
    let mut transaction = parts.database.pool().begin().await?;
    let party = parts.cases.parties_of(&mut transaction, id).await?.into_iter().find(|party| party.ordinal == ordinal);
    let party = party.ok_or_else(|| Problem::not_found("party-not-found", "本案没有这个当事人"))?;
    let fields = parts.vault.read(&mut transaction, &key.region, party.subject.into()).await??;
    if Identified::of(&fields).is_none() {
        let why = "没有登记这个当事人的证件号码或者电话，无法核对身份，不能发放查询码";
        return Err(Problem::conflict("party-not-identifiable", why).into());
    }
    // The ledger's lock is taken first: two codes at the same moment are one after the other.
    parts.cases.note(&mut transaction, &key, Some(caller), "party-code-issued", payload([("party", json!(ordinal))])).await?;
    store::revoke(&mut transaction, &key, ordinal, caller.person.uuid(), now).await?;
    let code = super::new();
    let row = CodeRow {
        id: uuid_at(now),
        region: key.region.clone(),
        case_id: id,
        party: ordinal,
        issued_at: now,
        issued_by: caller.person.uuid(),
        revoked_at: None,
    };
    store::insert(&mut transaction, &row, &super::hash(&parts.vault, &code)).await?;
    transaction.commit().await?;
    let page = format!("/my-case#{code}");
    let never = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((StatusCode::CREATED, never, Json(IssuedPartyCode { code, page })))
}
