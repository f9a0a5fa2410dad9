//! Machine sources wired to the lead room: a sighting becomes a lead, once.

use async_trait::async_trait;
use http_api::ApiProblem;
use leads::{Leads, Report, SeenGone, Source};
use machines::{Closing, Desk, Filed, ToFile};
use uuid::Uuid;

/// The lead room as the port of the machine sources sees it.
pub struct LeadDesk(pub Leads);

#[async_trait]
impl Desk for LeadDesk {
    async fn file(&self, sighting: ToFile) -> Result<Filed, ApiProblem> {
        let report = Report {
            source: Source::MACHINE,
            source_key: sighting.key,
            description: sighting.description,
            position: sighting.position,
            address: sighting.address,
            class_code: Some(sighting.class_code),
            component_code: None,
            name: None,
            telephone: None,
            telephone_verified: false,
            person: None,
            role: None,
            photos: sighting.photos,
            details: sighting.details,
            occurred_at: Some(sighting.seen_at),
            simulated: sighting.simulated,
        };
        let received = self.0.receive(report).await?;
        Ok(Filed { id: received.key.id.uuid(), number: received.number })
    }

    async fn close(&self, lead: Uuid, seen: &str) -> Result<Closing, ApiProblem> {
        Ok(match self.0.close_seen_gone(lead, seen).await? {
            SeenGone::Closed => Closing::Closed,
            SeenGone::Left(why) => Closing::Left(why),
        })
    }
}
