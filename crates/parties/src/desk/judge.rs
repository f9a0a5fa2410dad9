//! Take in what a party handed in, or say why not (处理当事人提交的材料): what is taken becomes evidence of the case, and the party sees which.

use axum::extract::State;
use docket::ledger::payload;
use evidence::TakenIn;
use files::FileId;
use futures::TryStreamExt;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Parties, rights,
    submission::{Kind, SubmissionView, of_case, store},
    text,
};

/// What becomes of a submission.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PartyJudgement {
    /// Taken in; otherwise the reason is told to the party.
    take: bool,
    /// Why not; or what is to be said to the party.
    reason: Option<String>,
    /// The kind of evidence that its files are.
    kind: Option<evidence::Kind>,
}

/// The longest reason.
const LONGEST_REASON: usize = 500;

fn no_submission() -> Problem {
    Problem::not_found("submission-not-found", "没有这份当事人提交的材料")
}

/// Judges what waits in the inbox of a case that the caller handles.
///
/// # Errors
/// `case-not-found`, `case-not-handled`, `submission-not-found`, `submission-judged`; `field-required` without a reason; what evidence refuses.
#[utoipa::path(post, path = "/api/v1/cases/{id}/party-submissions/{submission}/actions/judge", tag = "parties",
    operation_id = "judge_party_submission",
    params(("id" = Uuid, Path, description = "The case"), ("submission" = Uuid, Path, description = "What was submitted")),
    request_body = PartyJudgement, responses((status = 200, body = SubmissionView, description = "As it then stands")))]
pub(crate) async fn judge(
    State(room): State<Parties>,
    allowed: Allowed<rights::ServeParties>,
    Path((id, submission)): Path<(Uuid, Uuid)>,
    Json(given): Json<PartyJudgement>,
) -> Answer<Json<SubmissionView>> {
    let (parts, caller) = (room.parts(), &allowed.caller);
    let key = room.handled(caller, id).await?.header.key();
    let reason = if given.take {
        text::optional("reason", "说明", given.reason.as_deref(), LONGEST_REASON)?
    } else {
        Some(text::required("reason", "不予采用的理由", given.reason.as_deref(), LONGEST_REASON)?)
    };
    let now = parts.clock.now();
    let mut transaction = parts.database.pool().begin().await?;
    let row = store::held(&mut transaction, &key, submission).await?.ok_or_else(no_submission)?;
    if row.judged_at.is_some() {
        return Err(Problem::conflict("submission-judged", "这份材料已经处理过了").into());
    }
    let files = store::files(&mut transaction, &[row.id]).await?;
    if given.take && row.kind == Kind::Evidence.code() {
        for file in &files {
            // Read out of what came in and hashed again on its way: what becomes evidence is what is there.
            let stream = parts.files.open(&FileId::parse(&file.file)?).await?.map_err(std::io::Error::other);
            let kept = parts.files.pour(stream, Some(caller.person.uuid())).await?;
            let taken = TakenIn {
                id: kernel::id::uuid_at(now),
                kind: given.kind.unwrap_or(evidence::Kind::Documentary),
                manner: evidence::Manner::HandedIn,
                title: format!("当事人提交的材料（回执 {}，第 {} 份）", row.number, file.ordinal),
                file: kept,
                obtained_at: row.at,
                note: format!("提交人：当事人 {}；网上提交，回执 {}", row.party, row.number),
                custody: "收入当事人网上提交的材料",
            };
            let ordinal = parts.evidence.take_in(&mut transaction, caller, id, taken).await?;
            store::became(&mut transaction, row.id, file.ordinal, ordinal).await?;
        }
    }
    store::judge(&mut transaction, row.id, caller.person.uuid(), now, given.take, reason.as_deref()).await?;
    let line = payload([("receipt", json!(row.number)), ("kind", json!(row.kind)), ("taken", json!(given.take))]);
    parts.cases.note(&mut transaction, &key, Some(caller), "party-submission-judged", line).await?;
    let view = of_case(&room, &mut transaction, &key).await?.into_iter().find(|it| it.id == submission).ok_or_else(no_submission)?;
    transaction.commit().await?;
    Ok(Json(view))
}
