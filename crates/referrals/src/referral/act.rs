//! Do something with a referral (办理移交): one operation for every verb; the procedure says who may, when, and why not.

use axum::{extract::State, response::IntoResponse};
use http_api::{Answer, IfMatch, Json, Path, etag};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    ReferralVerb,
    file::{NewFile, arrived},
    not_found,
    perform::{Act, carry_out},
    power::Proposal,
    store,
    view::{self, ReferralFile, position_of},
};
use crate::{Referrals, rights, text};

/// What is done, with what.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CaseReferralAct)]
pub(crate) struct NewAct {
    /// Reason, answer, or what is asked.
    text: Option<String>,
    /// To whom: who is to open the case, the other bureau, or whom assistance is asked of (the asker where left out).
    unit: Option<Uuid>,
    /// Working days for another bureau's answer or for assistance, 1 to 60; the setting's where left out.
    days: Option<u32>,
    /// Which request is answered; the oldest to the caller's bureau where left out.
    ask: Option<i32>,
    /// Files that were uploaded.
    #[serde(default)]
    files: Vec<NewFile>,
}

/// Does something with a referral; answers it as it then stands.
///
/// # Errors
/// `referral-not-found`, `version-conflict`, `action-unknown`, `action-refused`, `field-required`, `unit-unfit`, `upload-not-found`, `file-used`, `ask-answered`,
/// `referral-full`.
#[utoipa::path(post, path = "/api/v1/referrals/{id}/actions/{action}", tag = "referrals", operation_id = "act_on_referral",
    params(("id" = Uuid, Path, description = "The referral"), ("action" = String, Path, description = "receive, split-here, split-township, split-bureau, refuse, resubmit, withdraw, send-back, answer, feedback, material, note, ask or answer-ask"),
        ("If-Match" = Option<String>, Header, description = "The version that was seen")),
    request_body = NewAct, responses((status = 200, body = ReferralFile, description = "The referral as it then stands")))]
pub(crate) async fn act(
    State(room): State<Referrals>,
    allowed: Allowed<rights::ActOnReferrals>,
    Path((id, action)): Path<(Uuid, String)>,
    IfMatch(seen): IfMatch,
    Json(given): Json<NewAct>,
) -> Answer<impl IntoResponse> {
    let (caller, scope, parts) = (&allowed.caller, allowed.scope(), room.parts());
    let header = store::header(parts.database.pool(), &scope, id).await?.ok_or_else(not_found)?;
    let verb: ReferralVerb = action.parse().map_err(|()| Problem::not_found("action-unknown", "没有这个操作"))?;
    if let Some(days) = given.days
        && !(1..=60).contains(&days)
    {
        return Err(Problem::invalid("field-invalid", "期限应为 1 至 60 个工作日").field("days", "应为 1 至 60").into());
    }
    let words = text::optional("text", "内容", given.text.as_deref(), text::LONGEST)?;
    let power = if verb.way().is_some() { Some(proposal(&room, &header).await?) } else { None };
    let key = header.key();
    let mut transaction = parts.database.pool().begin().await?;
    let files = arrived(&room, &mut transaction, caller.person.uuid(), given.files).await?;
    let act = Act { verb, text: words, unit: given.unit, days: given.days, ask: given.ask, files, power: power.map(|it| json!(it)) };
    carry_out(&room, &mut transaction, &key, seen, (caller, &scope), act).await?;
    transaction.commit().await?;
    let file = view::whole(&room, caller, id).await?;
    Ok((etag(file.row.version), Json(file)))
}

/// What is derived at the moment of splitting: it is kept beside what was decided.
async fn proposal(room: &Referrals, header: &docket::Header) -> Answer<Proposal> {
    let parts = room.parts();
    let record = store::record(parts.database.pool(), &header.key()).await?.ok_or_else(not_found)?;
    let tree = parts.identity.organisations().await?;
    let targets = room.targets(&tree, &record).await?;
    room.proposal(&tree, &record, (&header.jurisdiction, position_of(header)), &targets).await
}
