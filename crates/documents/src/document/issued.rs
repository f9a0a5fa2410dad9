//! Issued documents as other rooms put them together: the dossier.

use chrono::{DateTime, Utc};
use docket::KeyOf;
use files::FileId;
use http_api::Answer;
use uuid::Uuid;

use super::{content, store};
use crate::{Documents, kind::kind};

/// Documents of one docket at most, as everywhere.
const MOST: i64 = 2_000;

/// An issued document (已签发文书).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedDocument {
    /// Its id.
    pub id: Uuid,
    /// Its kind, such as `D15`.
    pub kind: String,
    /// Which paper of its kind it is, such as `approval`: of kinds one of whose papers is the organ's own approval; nothing where its words were
    /// erased.
    pub part: Option<&'static str>,
    /// When it was issued.
    pub issued_at: Option<DateTime<Utc>>,
    /// It was voided since.
    pub void: bool,
    /// Its kind's name and its number.
    pub title: String,
    /// Its PDF.
    pub file: FileId,
    /// Who drafted and who issued it.
    pub people: Vec<Uuid>,
}

impl Documents {
    /// The number of a docket's penalty decision (处罚决定书文号): the last one that was issued and stands.
    ///
    /// # Errors
    /// The database's.
    pub async fn decision_number(&self, docket: &KeyOf) -> Answer<Option<String>> {
        let records = store::of_docket(self.database().pool(), &docket.region, docket.id.uuid(), MOST).await?;
        let stands =
            records.into_iter().filter(|it| matches!(it.kind.as_str(), "D14" | "D15") && it.file.is_some() && it.voided_at.is_none());
        Ok(stands.filter_map(|it| it.number).next_back())
    }

    /// The issued documents of a docket, in the order they were drafted; a voided one says so. Who may see them was decided by the caller.
    ///
    /// # Errors
    /// The database's.
    pub async fn issued(&self, docket: &KeyOf) -> Answer<Vec<IssuedDocument>> {
        let records = store::of_docket(self.database().pool(), &docket.region, docket.id.uuid(), MOST).await?;
        let mut issued = Vec::new();
        for record in records {
            let Some(file) = record.file.as_deref() else { continue };
            let name = kind(&record.kind).map_or(record.kind.as_str(), |kind| kind.name.as_str());
            let void = if record.voided_at.is_some() { "（已作废）" } else { "" };
            let title = format!("{name} {}{void}", record.number.as_deref().unwrap_or_default()).trim().to_owned();
            issued.push(IssuedDocument {
                part: self.part_of(&record).await,
                id: record.id,
                issued_at: record.issued_at,
                void: record.voided_at.is_some(),
                people: [Some(record.drafted_by), record.issued_by].into_iter().flatten().collect(),
                title,
                file: FileId::parse(file)?,
                kind: record.kind,
            });
        }
        Ok(issued)
    }

    /// Which paper of its kind a document is: its words are opened only where one of them is a sheet of approval, which nobody outside gets.
    async fn part_of(&self, record: &store::DocumentRecord) -> Option<&'static str> {
        let template =
            content::template(&record.kind).ok().filter(|template| template.parts().iter().any(|part| part.code == "approval"))?;
        let said = self.content_of(record).await.ok()?;
        template.read(&said).ok()?.part.map(|part| part.code)
    }
}
