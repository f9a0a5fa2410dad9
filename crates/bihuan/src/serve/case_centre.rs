//! The rooms of cases and of evidence as the case-handling centre sees them.

use async_trait::async_trait;
use cases::Cases;
use centre::{CentreCase, CentreCases, CentreEvidence, CentreItem, CentreMark};
use evidence::Evidence;
use http_api::Answer;
use identity::Caller;
use sqlx::PgConnection;
use uuid::Uuid;

/// Cases that rooms are booked for.
pub struct CasesInCentre(pub Cases);

/// Evidence that is the recording of a session.
pub struct EvidenceInCentre(pub Evidence);

#[async_trait]
impl CentreCases for CasesInCentre {
    async fn opened(&self, caller: &Caller, case: Uuid) -> Answer<CentreCase> {
        let case = self.0.opened(caller, case).await?;
        Ok(CentreCase {
            key: case.header.key(),
            is_archived: case.header.state == "archived",
            number: case.header.number,
            jurisdiction: case.header.jurisdiction,
            officers: case.officers,
            is_over: case.is_over,
            simulated: case.header.simulated,
        })
    }
}

#[async_trait]
impl CentreEvidence for EvidenceInCentre {
    async fn item(&self, connection: &mut PgConnection, item: Uuid) -> Answer<Option<CentreItem>> {
        let found = self.0.recording_item(connection, item).await?;
        Ok(found.map(|it| CentreItem { docket: it.docket, title: it.title, media_type: it.media_type, excluded: it.excluded }))
    }

    async fn marks(&self, connection: &mut PgConnection, items: &[Uuid]) -> Answer<Vec<CentreMark>> {
        let marks = self.0.recording_marks(connection, items).await?;
        Ok(marks.into_iter().map(|it| CentreMark { item: it.item, from_ms: it.from_ms, words: it.words }).collect())
    }
}
