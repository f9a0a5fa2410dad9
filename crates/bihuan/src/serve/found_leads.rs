//! Findings about vehicles wired to the lead room: an upheld finding becomes a lead, once.

use async_trait::async_trait;
use findings::{Desk, Filed, ToFile};
use http_api::ApiProblem;
use leads::{Leads, Report, Source};

/// The lead room as the port of findings sees it. What a vehicle's terminal said is a machine's report, told apart by its key.
pub struct FoundLeads(pub Leads);

#[async_trait]
impl Desk for FoundLeads {
    async fn file(&self, finding: ToFile) -> Result<Filed, ApiProblem> {
        let report = Report {
            source: Source::MACHINE,
            source_key: finding.key,
            description: finding.description,
            position: finding.position,
            address: None,
            class_code: Some(finding.class_code),
            component_code: None,
            name: None,
            telephone: None,
            telephone_verified: false,
            person: None,
            role: None,
            photos: finding.photos,
            details: finding.details,
            occurred_at: Some(finding.began_at),
            simulated: finding.simulated,
        };
        let received = self.0.receive(report).await?;
        Ok(Filed { id: received.key.id.uuid(), number: received.number })
    }
}
