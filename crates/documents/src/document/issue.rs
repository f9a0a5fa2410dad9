//! Issue a document (签发): its number, its PDF with signature, and its docket's history in one transaction.

use axum::extract::State;
use docket::{Header, KeyOf};
use http_api::{Answer, IfMatch, Json, Path};
use identity::{Allowed, Caller};
use kernel::problem::Problem;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Document, content, not_found, still_draft, store};
use crate::{
    Documents,
    form::{Missing, Template},
    kind::kind,
    number::{self, Count},
    owner::{Doing, Done},
    printing::{Paper, Standing},
    rights,
};

/// Issues a draft: every statutory element is there, it gets the next number of its organ, kind and year, and its PDF is signed.
///
/// # Errors
/// `document-not-found`, `document-not-draft`, `document-incomplete` naming each missing element, `version-conflict`, `fonts-missing`, `glyphs-missing`, and what the docket's room refuses.
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
    room.issue_in(&mut transaction, &allowed.caller, &header, id, seen.or(Some(seen_record.version)), None).await?;
    let after = store::one(&mut transaction, room.home_region(), id).await?.ok_or_else(not_found)?;
    transaction.commit().await?;
    Ok(Json(room.views(vec![after]).await?.remove(0)))
}

impl Documents {
    /// Issues a draft of a docket in the caller's transaction and answers its number. What goes with a decision that is issued in the same
    /// transaction gets that decision's number.
    pub(crate) async fn issue_in(
        &self,
        connection: &mut PgConnection,
        caller: &Caller,
        header: &Header,
        id: Uuid,
        seen: Option<i64>,
        decision: Option<&str>,
    ) -> Answer<Option<String>> {
        let record = store::locked(connection, self.home_region(), id).await?.ok_or_else(not_found)?;
        still_draft(&record, seen)?;
        let mut data = self.content(connection, &record).await??;
        if let (Some(decision), Some(field)) = (decision, data.get_mut("decision_number")) {
            *field = decision.into();
        }
        let template = content::template(&record.kind)?;
        let read = self.read_draft(connection, header, template, &data).await?;
        if !read.missing.is_empty() {
            return Err(incomplete(template, &read.missing).into());
        }
        // What is printed is what is kept: with the organ's facts of this day.
        if !self.keep_anew(connection, &record, &read).await?? {
            return Err(not_found().into());
        }
        let docket = KeyOf { region: record.region.clone(), id: record.docket_id.into() };
        let owner = self.owner(&record.docket_kind).ok_or_else(not_found)?;
        owner.fits(connection, &docket, &record.kind, read.data()).await?;
        let kind = kind(&record.kind).ok_or_else(not_found)?;
        let now = self.clock().now();
        // A sheet, a record and what a party writes carry no number of their own, also where their kind's other papers do.
        let number = match kind.word.as_ref().filter(|_| read.is_outward()) {
            Some(kind_word) => {
                let count = Count { region: &record.region, organ_word: read.organ_word.trim(), kind: &record.kind, kind_word };
                Some(number::give(connection, count, id, now).await?)
            }
            None => None,
        };
        // Printing belongs into the transaction: the number stands on the paper, and must be free again where the paper fails.
        let reason = format!("{}{}", kind.name, number.as_deref().unwrap_or_default());
        let standing = Standing { number: number.clone(), draft: false, simulated: header.simulated, made: Some(now), key: id.to_string() };
        let printed = self.print(template, read, Paper::Sheet, standing).await?;
        let signed = self.signed(printed.bytes, reason, now).await?;
        let kept = self.files().put_in(connection, signed.into()).await?;
        let issued = store::Issued {
            number: number.as_deref(),
            file: kept.id.as_str(),
            pages: i32::try_from(printed.pages).unwrap_or(i32::MAX),
            template: template.version,
            by: caller.person.uuid(),
            at: now,
        };
        store::issue(connection, id, &issued).await?;
        let file = Some(kept.id.to_string());
        let done = Done { doing: Doing::Issue, document: id, kind: template.code, number: number.clone(), file, reason: None };
        owner.hear(connection, caller, &docket, &done).await?;
        Ok(number)
    }
}

/// What is missing, each with the article that wants it, and where it is set if not in the document.
fn incomplete(template: &Template, missing: &[Missing]) -> Problem {
    let names: Vec<&str> = missing.iter().map(|one| one.label.as_str()).collect();
    let name = kind(template.code).map_or("文书", |kind| kind.name.as_str());
    let problem = Problem::invalid("document-incomplete", format!("{name}缺少法定要素，不能签发：{}", names.join("、")));
    missing.iter().fold(problem, |problem, one| {
        let place = if one.settled_at.is_some() { "，由管理员在“规则设置 › 机关信息”中填写" } else { "" };
        problem.field(one.element.clone(), format!("缺少{}（{}）{place}", one.label, one.article))
    })
}
