//! The lead room as the port of enforcement cases sees it: a lead that the caller may read, with its photos.

use async_trait::async_trait;
use cases::{LeadFacts, LeadSource};
use http_api::ApiProblem;
use identity::Caller;
use leads::Leads;
use sqlx::PgConnection;
use uuid::Uuid;

/// Leads that cases come from.
pub struct CaseLeads(pub Leads);

#[async_trait]
impl LeadSource for CaseLeads {
    async fn lead(&self, connection: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Option<LeadFacts>, ApiProblem> {
        let Some(scope) = caller.scope_by_name("lead.read") else { return Ok(None) };
        let Some(standing) = self.0.standings(Some(&scope), &[id]).await?.pop() else { return Ok(None) };
        let evidence = self.0.evidence(connection, std::slice::from_ref(&standing.key)).await?.pop();
        let position = evidence.as_ref().and_then(|it| it.position).map(|it| (it.lon, it.lat));
        Ok(Some(LeadFacts {
            key: standing.key,
            number: standing.number,
            jurisdiction: standing.jurisdiction,
            position,
            photos: evidence.map(|it| it.photos.into_iter().map(|photo| photo.file).collect()).unwrap_or_default(),
            simulated: standing.simulated,
        }))
    }
}
