//! A document (文书): drafted, issued with its number, voided.

pub(crate) mod begin;
pub(crate) mod content;
pub(crate) mod docx;
pub(crate) mod draft;
pub(crate) mod file;
pub(crate) mod issue;
mod issued;
pub(crate) mod list;
pub(crate) mod preview;
pub(crate) mod rewrite;
pub(crate) mod show;
mod siblings;
pub(crate) mod store;
pub(crate) mod strip;
mod view;
pub(crate) mod void;

use docket::{Header, KeyOf};
use http_api::Answer;
use identity::Caller;
use kernel::{codes, problem::Problem};
use uuid::Uuid;

use crate::{
    Documents,
    form::{Read, Template},
    owner::Doing,
};
pub use issued::IssuedDocument;
pub use list::DocumentList;
use store::DocumentRecord;
pub(crate) use view::Document;

codes! {
    /// How far a document is (文书状态).
    DocumentState {
        /// Written, not issued.
        Draft = "draft", "草稿";
        /// Issued, with its number.
        Issued = "issued", "已签发";
        /// Void; a number that it had stays used.
        Void = "void", "已作废";
    }
}

/// Nobody finds it, or not he.
pub(crate) fn not_found() -> Problem {
    Problem::not_found("document-not-found", "没有找到这份文书，或不在您的权限范围内")
}

impl Documents {
    /// A document of the home district.
    pub(crate) async fn found(&self, id: Uuid) -> Answer<DocumentRecord> {
        let mut connection = self.database().pool().acquire().await?;
        Ok(store::one(&mut connection, self.home_region(), id).await?.ok_or_else(not_found)?)
    }

    /// What a document says, for whoever holds no transaction.
    pub(crate) async fn content_of(&self, record: &DocumentRecord) -> Answer<serde_json::Value> {
        let mut connection = self.database().pool().acquire().await?;
        Ok(self.content(&mut connection, record).await??)
    }

    /// What a document says today: a draft with what its organ says of itself now, an issued one as it was issued.
    pub(crate) async fn read_now(&self, header: &Header, template: &Template, record: &DocumentRecord) -> Answer<Read> {
        let mut connection = self.database().pool().acquire().await?;
        let data = self.content(&mut connection, record).await??;
        if record.state == DocumentState::Draft.code() {
            return self.read_draft(&mut connection, header, template, &data).await;
        }
        Ok(template.read(&data)?)
    }

    /// A document that the caller may do this with, its docket's header beside it.
    pub(crate) async fn allowed(&self, caller: &Caller, record: &DocumentRecord, doing: Doing) -> Answer<Header> {
        let owner = self.owner(&record.docket_kind).ok_or_else(not_found)?;
        let docket = KeyOf { region: record.region.clone(), id: record.docket_id.into() };
        owner.allow(caller, &docket, doing, Some(&record.kind)).await
    }
}

/// Refuses a document that is no draft any more, or that changed since it was seen.
pub(crate) fn still_draft(record: &DocumentRecord, seen: Option<i64>) -> Result<(), Problem> {
    if seen.is_some_and(|version| version != record.version) {
        return Err(Problem::precondition_failed("version-conflict", "这份文书刚有变化，请刷新后再试"));
    }
    if record.state != DocumentState::Draft.code() {
        return Err(Problem::conflict("document-not-draft", "这份文书已经签发或者作废，不能再改动；需要更改的，请作废后重新拟制"));
    }
    Ok(())
}
