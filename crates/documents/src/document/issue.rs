//! Issue a document (签发): its number, its PDF with signature, and its docket's history in one transaction.

use axum::extract::State;
use docket::KeyOf;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use uuid::Uuid;

use super::{Document, content, not_found, still_draft, store};
use crate::{
    Documents,
    form::Missing,
    kind::kind,
    number::{self, Count},
    owner::{Doing, Done},
    printing::{Paper, Standing},
    rights,
};

/// Issues a draft: every statutory element is there, it gets the next number of its organ, kind and year, and its PDF is signed.
///
/// # Errors
/// `document-not-found`, `document-not-draft`, `document-incomplete` naming each missing element, `organ-word-missing`, `version-conflict`,
/// `fonts-missing`, `glyphs-missing`, and what the docket's room refuses.
#[utoipa::path(post, path = "/api/v1/documents/{id}/actions/issue", tag = "documents", operation_id = "issue_document",
    params(("id" = Uuid, Path, description = "The document")), responses((status = 200, body = Document, description = "The issued document")))]
pub(crate) async fn issue(
    State(room): State<Documents>,
    allowed: Allowed<rights::IssueDocuments>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
) -> Answer<Json<Document>> {
    let seen_record = room.found(id).await?;
    let header = room.allowed(&allowed.caller, &seen_record, Doing::Issue).await?;
    // Which paper of its kind it is decides whose it is to issue; a draft that changes after this look is refused below.
    let template = content::template(&seen_record.kind)?;
    let part = template.read(&room.content_of(&seen_record).await?)?.part.map(|part| part.code);
    let docket = KeyOf { region: seen_record.region.clone(), id: seen_record.docket_id.into() };
    let owner = room.owner(&seen_record.docket_kind).ok_or_else(not_found)?;
    owner.signs(&allowed.caller, &docket, &seen_record.kind, part).await?;
    let mut transaction = room.database().pool().begin().await?;
    let record = store::locked(&mut transaction, room.home_region(), id).await?.ok_or_else(not_found)?;
    still_draft(&record, seen.or(Some(seen_record.version)))?;
    let data = room.content(&mut transaction, &record).await??;
    let read = template.read(&data)?;
    if !read.missing.is_empty() {
        return Err(incomplete(&read.missing).into());
    }
    owner.fits(&mut transaction, &docket, &record.kind, &data).await?;
    let kind = kind(&record.kind).ok_or_else(not_found)?;
    let now = room.clock().now();
    // A sheet, a record and what a party writes carry no number of their own, also where their kind's other papers do.
    let number = match kind.word.as_ref().filter(|_| read.is_outward()) {
        Some(_) if read.organ_word.trim().is_empty() => {
            return Err(Problem::invalid("organ-word-missing", "没有机关代字，不能编号").field("organ.word", "请填写机关代字").into());
        }
        Some(kind_word) => {
            let count = Count { region: &record.region, organ_word: read.organ_word.trim(), kind: &record.kind, kind_word };
            Some(number::give(&mut transaction, count, id, now).await?)
        }
        None => None,
    };
    // Printing belongs into the transaction: the number stands on the paper, and must be free again where the paper fails.
    let reason = format!("{}{}", kind.name, number.as_deref().unwrap_or_default());
    let standing = Standing { number: number.clone(), draft: false, simulated: header.simulated, made: Some(now), key: id.to_string() };
    let printed = room.print(template, read, Paper::Sheet, standing).await?;
    let signed = room.signed(printed.bytes, reason, now).await?;
    let kept = room.files().put_in(&mut transaction, signed.into()).await?;
    let issued = store::Issued {
        number: number.as_deref(),
        file: kept.id.as_str(),
        pages: i32::try_from(printed.pages).unwrap_or(i32::MAX),
        template: template.version,
        by: allowed.caller.person.uuid(),
        at: now,
    };
    store::issue(&mut transaction, id, &issued).await?;
    let done = Done { doing: Doing::Issue, document: id, kind: template.code, number, file: Some(kept.id.to_string()), reason: None };
    owner.hear(&mut transaction, &allowed.caller, &docket, &done).await?;
    let after = store::one(&mut transaction, &record.region, id).await?.ok_or_else(not_found)?;
    transaction.commit().await?;
    Ok(Json(room.views(vec![after]).await?.remove(0)))
}

/// What is missing, each with the article that wants it.
fn incomplete(missing: &[Missing]) -> Problem {
    let names: Vec<&str> = missing.iter().map(|one| one.label.as_str()).collect();
    let problem = Problem::invalid("document-incomplete", format!("文书缺少法定要素，不能签发：{}", names.join("、")));
    missing.iter().fold(problem, |problem, one| problem.field(one.element.clone(), format!("缺少{}（{}）", one.label, one.article)))
}
