//! The result of the case comes back by itself (办理结果回传): heard of the case's own events, in the relay's transaction.

use docket::{Actor, Change, KeyOf, NewEntry, ledger::payload};
use futures::future::BoxFuture;
use http_api::Answer;
use notify::{Consumed, Consumer, Event};
use serde_json::json;
use sqlx::PgConnection;

use super::{
    ReferralLimit, ReferralState, not_found,
    perform::{finish, move_to, write_line},
    store::{self, LineRow},
};
use crate::{Referrals, setting};

impl Referrals {
    /// Hears that a case changed. Heard twice, it changes nothing the second time.
    ///
    /// # Errors
    /// The database's.
    pub async fn hear(&self, connection: &mut PgConnection, case: &KeyOf) -> Answer<()> {
        let parts = self.parts();
        let Some(id) = store::of_case(&mut *connection, &case.region, case.id.uuid()).await? else { return Ok(()) };
        let Some(followed) = parts.cases.followed(connection, case).await? else { return Ok(()) };
        let Some(outcome) = followed.outcome else { return Ok(()) };
        let key = KeyOf { region: case.region.clone(), id: id.into() };
        let locked = docket::lock(connection, &key, None).await?.ok_or_else(not_found)??;
        let mut record = store::record(&mut *connection, &key).await?.ok_or_else(not_found)?;
        if record.result.as_deref() == Some(outcome.as_str()) {
            return Ok(());
        }
        let now = parts.clock.now();
        let state = store::state_of(&locked.header)?;
        (record.result, record.result_at) = (Some(outcome.clone()), Some(now));
        let mut change = Change { details: true, ..Change::default() };
        if state == ReferralState::Case {
            let (_, limits) = setting::store::read(connection, &parts.home_region).await?;
            // Nobody outside waits for what the house asked of itself.
            let to = if record.own { ReferralState::Closed } else { ReferralState::Answered };
            move_to(self, &locked, &record, &mut change, (to, false, limits.days(ReferralLimit::Feedback)), now);
        }
        let line = LineRow {
            ordinal: 0,
            at: now,
            person: None,
            unit: None,
            verb: "result".to_owned(),
            text: Some(outcome.clone()),
            inside: false,
            ask: None,
        };
        write_line(connection, &key, &line, &[]).await?;
        store::update(connection, &key, &record).await?;
        let words = payload([("case", json!(case.id)), ("text", json!(outcome))]);
        let entry = NewEntry { actor: Actor::System("referrals"), role: None, action: "result", place: None, payload: words.clone() };
        finish(connection, locked, &record, change, (entry, "result", None), now).await?;
        if let Some(lead) = record.lead_id {
            let lead = KeyOf { region: case.region.clone(), id: lead.into() };
            if let Some(locked) = docket::lock(connection, &lead, None).await? {
                let entry = NewEntry { actor: Actor::System("referrals"), role: None, action: "case-result", place: None, payload: words };
                locked?.change(connection, now, Change { entries: vec![entry], ..Change::default() }).await?;
            }
        }
        Ok(())
    }
}

/// Hears of cases that changed.
#[derive(Clone)]
pub struct Results(pub Referrals);

impl Consumer for Results {
    fn name(&self) -> &'static str {
        "referrals.results"
    }

    fn consume<'a>(&'a self, connection: &'a mut PgConnection, event: &'a Event) -> BoxFuture<'a, Consumed> {
        Box::pin(async move {
            if event.topic == "case.changed" {
                let key = KeyOf { region: event.region.clone(), id: event.docket_id };
                self.0.hear(connection, &key).await.map_err(|error| error.problem().detail.clone())?;
            }
            Ok(())
        })
    }
}
