//! The Open311 face wired to the lead room: its service requests are leads.

use std::sync::Arc;

use async_trait::async_trait;
use gateway_open311::{Filter, NewRequest, Receipt, Requests, ServiceRequest};
use http_api::ApiProblem;
use identity::{Identity, OrganisationTree};
use leads::{Leads, OutsideFilter, OutsideLead, Report, Source, Taken};

use catalogue::Catalogue;

/// Leads as the port of the gateway sees them.
pub struct LeadRequests {
    /// The leads.
    pub leads: Leads,
    /// The names of units.
    pub identity: Identity,
    /// The names of places.
    pub catalogue: Catalogue,
}

#[async_trait]
impl Requests for LeadRequests {
    async fn submit(&self, request: NewRequest) -> Result<Receipt, ApiProblem> {
        if let Some(key) = &request.earlier_key
            && let Some((id, tracking_code)) = self.leads.outside_known(&Source::OPEN311, key).await?
        {
            return Ok(Receipt { id, tracking_code: Some(tracking_code), already_present: true });
        }
        // Read from that city's list before it referred it: it is one problem, and has its lead.
        if let Some(referred) = &request.referred
            && let Some(number) = self.leads.pulled_as(referred).await?
        {
            return Ok(Receipt { id: Some(number), tracking_code: None, already_present: true });
        }
        let report = Report {
            source: Source::OPEN311,
            source_key: request.key,
            description: request.description,
            position: request.position,
            address: request.address,
            class_code: request.class_code,
            component_code: request.component_code,
            name: request.name,
            telephone: request.telephone,
            telephone_verified: false,
            person: None,
            role: None,
            photos: Vec::new(),
            details: request.details,
            occurred_at: None,
            simulated: false,
        };
        Ok(match self.leads.take_in(report).await? {
            Taken::Kept(received) => {
                let (id, code) = (Some(received.number), Some(received.tracking_code));
                Receipt { id, tracking_code: code, already_present: received.already_present }
            }
            Taken::Waiting { tracking_code } => Receipt { id: None, tracking_code: Some(tracking_code), already_present: false },
        })
    }

    async fn by_ids(&self, ids: &[String]) -> Result<Vec<ServiceRequest>, ApiProblem> {
        let found = self.leads.outside_by_numbers(ids).await?;
        self.show(found).await
    }

    async fn list(&self, filter: &Filter) -> Result<Vec<ServiceRequest>, ApiProblem> {
        let filter = OutsideFilter {
            from: filter.from,
            to: filter.to,
            classes: filter.classes.clone(),
            unclassified: filter.unclassified,
            open: filter.open,
            most: filter.most,
        };
        let found = self.leads.outside_list(&filter).await?;
        self.show(found).await
    }

    async fn id_of_token(&self, token: &str) -> Result<Option<String>, ApiProblem> {
        Ok(self.leads.outside_number(token).await?)
    }
}

impl LeadRequests {
    async fn show(&self, leads: Vec<OutsideLead>) -> Result<Vec<ServiceRequest>, ApiProblem> {
        let organisations = self.identity.organisations().await?;
        Ok(leads.into_iter().map(|lead| self.view(lead, &organisations)).collect())
    }

    fn view(&self, lead: OutsideLead, organisations: &Arc<OrganisationTree>) -> ServiceRequest {
        let township = lead.grid.as_deref().and_then(|grid| self.catalogue.region(grid.get(..9)?)).map(|region| region.name);
        ServiceRequest {
            open: lead.state.is_open(),
            notes: notes(&lead),
            // Before it is closed, what the unit wrote is not yet checked.
            reply: lead.reply.clone().filter(|_| !lead.state.is_open()),
            agency: lead.unit.map(|unit| organisations.name(unit).to_owned()).filter(|name| !name.is_empty()),
            id: lead.number,
            class_code: lead.class_code,
            description: lead.description,
            requested: lead.reported_at,
            updated: lead.changed_at,
            expected: lead.due_at,
            address: lead.address.or(township),
            grid: lead.grid,
            position: lead.position,
        }
    }
}

/// Where it stands, and which request it was merged into.
fn notes(lead: &OutsideLead) -> String {
    let label = lead.state.label();
    lead.merged_into.as_ref().map_or_else(|| label.to_owned(), |number| format!("与 {number} 合并办理，{label}"))
}
