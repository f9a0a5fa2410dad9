//! Putting a lead under a leader's charge for another room's rule (自动包案).

use chrono::{DateTime, Utc};
use docket::{Actor, KeyOf};
use http_api::Answer;
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    Leads,
    act::{
        covers, not_found,
        perform::{Command, by_system},
    },
    lead::{Action, Charge, store},
    rights,
};

impl Leads {
    /// Whether a person may have every lead of a region in charge: somebody of the leading role, in use, whose ground it is.
    ///
    /// # Errors
    /// The database's.
    pub async fn may_have_in_charge(&self, person: Uuid, region: &str) -> Answer<bool> {
        let person = self.identity().caller_of(person.into()).await?;
        Ok(person.and_then(|person| person.scope::<rights::Instruct>()).is_some_and(|scope| scope.covers_region(region)))
    }

    /// Puts a lead under a leader's charge in the name of a rule, in the caller's transaction. `false` where it is over, has a leader already,
    /// or lies beyond the leader's ground: a rule goes past no guard.
    ///
    /// # Errors
    /// The database's.
    pub async fn charge_by_rule(&self, connection: &mut PgConnection, lead: Uuid, leader: Uuid, reason: String) -> Answer<bool> {
        let Some(header) = store::header(&mut *connection, lead).await? else { return Ok(false) };
        let person = self.identity().caller_of(leader.into()).await?;
        let able = person.and_then(|person| person.scope::<rights::Instruct>()).is_some_and(|scope| covers(&scope, &header));
        if !header.open || !able {
            return Ok(false);
        }
        let key: KeyOf = header.key();
        docket::lock(connection, &key, None).await?.ok_or_else(not_found)??;
        let record = store::record(connection, &key.region, lead).await?.ok_or_else(not_found)?;
        if record.leader.is_some() {
            return Ok(false);
        }
        match by_system(self, connection, &key, Actor::System("supervision"), put(leader, reason, self.clock().now())).await {
            Ok(_) => Ok(true),
            Err(refused) if refused.problem().code == "action-refused" => Ok(false),
            Err(error) => Err(error),
        }
    }
}

/// The command that puts a lead under a leader's charge.
pub(crate) fn put(leader: Uuid, reason: String, now: DateTime<Utc>) -> Command {
    let payload = json!({ "person": leader, "reason": reason });
    Command::new(Action::Charge(Charge::Put), payload).deciding(move |draft| {
        if draft.lead.leader == Some(leader) {
            let mut refused = kernel::problem::Problem::conflict("action-refused", "这位领导已在包案");
            refused.citation = Some(crate::lead::procedure::HOUSE.to_owned());
            return Err(refused);
        }
        (draft.lead.leader, draft.lead.charged_at, draft.lead.charge_reason) = (Some(leader), Some(now), Some(reason));
        Ok(())
    })
}
