//! The collectors who can look at something again, and how much each was given.

use std::collections::HashMap;

use docket::KeyOf;
use http_api::Answer;
use identity::Caller;
use leads::{ClosedLead, Evidence};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{Scrutiny, rights};

/// Collectors that are looked at.
const MOST_COLLECTORS: i64 = 1_000;
/// Leads whose evidence is read at once.
pub(super) const AT_ONCE: usize = 200;
/// Roles that go out and look.
const ROLES: [&str; 1] = ["collector"];

/// Who is there.
pub(super) struct Collectors(Vec<(Caller, usize)>);

impl Collectors {
    /// Those whose account is active.
    pub(super) async fn on_hand(room: &Scrutiny, connection: &mut PgConnection) -> Answer<Self> {
        let people = room.identity().people_of(connection, &ROLES, None, None, MOST_COLLECTORS).await?;
        let mut collectors = Vec::with_capacity(people.len());
        for person in people {
            if let Some(caller) = room.identity().caller_of(person).await? {
                collectors.push((caller, 0));
            }
        }
        Ok(Self(collectors))
    }

    /// Whoever has least of those who had no part in a lead; counts it as given.
    pub(super) fn choose(&mut self, lead: &ClosedLead, of: &Evidence) -> Option<Uuid> {
        let fit = self.0.iter_mut().filter(|(caller, _)| has_no_part(caller, lead, of));
        let (caller, has) = fit.min_by_key(|(caller, has)| (*has, caller.person.uuid()))?;
        *has += 1;
        Some(caller.person.uuid())
    }

    /// Whether a person is still there and still has no part in a lead; counts it as his.
    pub(super) fn keep(&mut self, person: Uuid, lead: &ClosedLead, of: &Evidence) -> bool {
        let own = self.0.iter_mut().find(|(caller, _)| caller.person.uuid() == person);
        own.filter(|(caller, _)| has_no_part(caller, lead, of)).map(|(_, has)| *has += 1).is_some()
    }
}

impl Scrutiny {
    /// The evidence of leads of a district, each by its id.
    pub(super) async fn evidence_of(
        &self,
        connection: &mut PgConnection,
        region: &str,
        leads: impl Iterator<Item = Uuid>,
    ) -> Answer<HashMap<Uuid, Evidence>> {
        let keys: Vec<KeyOf> = leads.map(|id| KeyOf { region: region.to_owned(), id: id.into() }).collect();
        Ok(self.leads().evidence(connection, &keys).await?.into_iter().map(|of| (of.key.id.uuid(), of)).collect())
    }
}

/// May look there, and neither reported, verified, fixed nor checked it, nor belongs to its unit.
fn has_no_part(caller: &Caller, lead: &ClosedLead, of: &Evidence) -> bool {
    let person = Some(caller.person.uuid());
    let may = caller.scope::<rights::Recheck>().is_some_and(|scope| scope.covers_region(&lead.jurisdiction));
    may && caller.organisation.uuid() != lead.unit && of.reporter != person && of.acts.iter().all(|act| act.person != person)
}
