//! What a document says, in the vault: sealed under a subject of its own, so that it can be erased with its key.

use docket::Header;
use http_api::Answer;
use kernel::{id::SubjectId, problem::Problem};
use serde_json::Value;
use sqlx::PgConnection;

use super::store::DocumentRecord;
use crate::{
    Documents,
    form::{self, Read, Template},
    organ::{OrganFacts, placed},
};

/// The field in the vault.
const FIELD: &str = "document";
/// Bytes of what a document may say.
const MOST: usize = 256 * 1024;

/// The template of a kind.
pub(crate) fn template(kind: &str) -> Result<&'static Template, Problem> {
    form::of(kind).ok_or_else(|| Problem::invalid("document-kind-unknown", "没有这种文书的模板").field("kind", "没有这种文书的模板"))
}

impl Documents {
    /// Reads what a draft of a docket says, with what its organ says of itself today: who issues and who reviews is set, not typed.
    pub(crate) async fn read_draft(
        &self,
        connection: &mut PgConnection,
        header: &Header,
        template: &Template,
        data: &Value,
    ) -> Answer<Read> {
        if data.to_string().len() > MOST {
            return Err(Problem::too_large("document-too-large", "文书内容过长").into());
        }
        let mut whole = template.read(data)?.data().clone();
        let organ = self.organ_of(connection, header.unit).await?;
        OrganFacts::stamp(organ.as_ref().map(|(_, facts)| facts), &mut whole);
        let mut read = template.read(&whole)?;
        read.missing = placed(read.missing);
        Ok(read)
    }

    /// Keeps what a new document says.
    pub(crate) async fn keep(&self, connection: &mut PgConnection, record: &DocumentRecord, read: &Read) -> sqlx::Result<()> {
        let text = read.data().to_string();
        self.vault().keep(connection, &record.region, SubjectId::from(record.subject), &[(FIELD, &text)]).await
    }

    /// Keeps what a document says now.
    pub(crate) async fn keep_anew(
        &self,
        connection: &mut PgConnection,
        record: &DocumentRecord,
        read: &Read,
    ) -> sqlx::Result<Result<bool, Problem>> {
        let text = read.data().to_string();
        self.vault().correct(connection, &record.region, SubjectId::from(record.subject), &[(FIELD, &text)]).await
    }

    /// What a document says.
    pub(crate) async fn content(&self, connection: &mut PgConnection, record: &DocumentRecord) -> sqlx::Result<Result<Value, Problem>> {
        let fields = match self.vault().read(connection, &record.region, SubjectId::from(record.subject)).await? {
            Ok(fields) => fields,
            Err(problem) => return Ok(Err(problem)),
        };
        let text = fields.into_iter().find(|(name, _)| name == FIELD).map(|(_, text)| text);
        let gone = || Problem::not_found("document-erased", "这份文书的内容已按规定删除");
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()).ok_or_else(gone))
    }
}
