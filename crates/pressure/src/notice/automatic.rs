//! Issuing by the house rule (自动督办): so long after a unit's limit ran out the prompt, so long after the prompt ran out the supervision.
//!
//! A lead is locked while its notice is issued, and looked at again under the lock: however many programs run, and however often one
//! breaks off, a limit's round is prompted for once.

use std::{collections::BTreeMap, time::Duration};

use docket::{Actor, KeyOf};
use http_api::Answer;
use uuid::Uuid;

use super::{
    MOST_LEADS, Stage, clock,
    escalate::raise,
    open::{self, ToIssue},
    perform::Who,
    store::{self, Pressed},
};
use crate::{Pressure, setting};

/// How often the rule looks.
const LOOK: Duration = Duration::from_secs(30);
/// What one look takes on at most; the rest is the next look's.
const BATCH: i64 = 200;

impl Pressure {
    /// Issues what the rule asks for, for as long as it is let.
    pub async fn work_notices(&self) {
        loop {
            match self.issue_by_rule().await {
                Ok(0) => {}
                Ok(issued) => tracing::info!(issued, "notices were issued by the rule"),
                Err(error) => tracing::warn!(code = error.problem().code, "the rule of notices could not work; tried again shortly"),
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// One look of the rule; answers how many notices it issued. Nothing where the city has not turned it on.
    ///
    /// # Errors
    /// The database's; what was issued before stays issued.
    pub async fn issue_by_rule(&self) -> Answer<usize> {
        let (_, settings) = setting::store::read(&mut *self.database().pool().acquire().await?, self.home_region()).await?;
        if !settings.automatic {
            return Ok(0);
        }
        // One part that fails does not keep the others from their work.
        let raised = self.supervise_unanswered(settings.supervise_after).await;
        let charged = match settings.charge_leader {
            Some(leader) => self.charge_unmoved(leader, settings.charge_after).await.map(drop),
            None => Ok(()),
        };
        let prompted = self.prompt_overdue(settings.prompt_after).await;
        charged?;
        Ok(raised? + prompted?)
    }

    async fn prompt_overdue(&self, hours: u32) -> Answer<usize> {
        let (pool, now) = (self.database().pool(), self.clock().now());
        // Working hours take at least as long as hours.
        let before = now - chrono::Duration::hours(i64::from(hours));
        let mut of_units: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
        for (lead, unit) in store::overdue(pool, self.home_region(), before, BATCH).await? {
            of_units.entry(unit).or_default().push(lead);
        }
        let mut issued = 0;
        for (unit, ids) in of_units {
            let mut leads = self.leads().standings(None, &ids).await?;
            leads.retain(|lead| {
                let limit = open::pressing(lead, false).ok();
                lead.unit == Some(unit) && limit.is_some_and(|limit| clock::after(self.calendar(), limit.due_at, hours) <= now)
            });
            for sheet in leads.chunks(MOST_LEADS) {
                issued += usize::from(self.prompt(unit, sheet.to_vec()).await?);
            }
        }
        Ok(issued)
    }

    /// Prompts one unit about these leads, those left out about which another program was faster; whether anything was left.
    async fn prompt(&self, unit: Uuid, mut leads: Vec<leads::Standing>) -> Answer<bool> {
        let mut transaction = self.database().pool().begin().await?;
        let mut pressed = Vec::with_capacity(leads.len());
        for lead in &leads {
            docket::lock(&mut transaction, &lead.key, None).await?;
            let Ok(limit) = open::pressing(lead, false) else { continue };
            pressed.push(Pressed { lead: lead.key.id.uuid(), limit: limit.name, round: limit.round, due_at: limit.due_at });
        }
        let fresh = store::never_pressed(&mut transaction, self.home_region(), &pressed).await?;
        leads.retain(|lead| fresh.contains(&lead.key.id.uuid()));
        if leads.is_empty() {
            return Ok(false);
        }
        let notice = ToIssue {
            stage: Stage::Prompt,
            unit,
            leads,
            demand: None,
            before: None,
            actor: Actor::System("supervision"),
            issued_by: None,
            role: None,
        };
        match open::issue(self, &mut transaction, &notice).await {
            Ok(_) => {}
            // It moved on meanwhile: the next look sees it as it is.
            Err(error) if error.problem().code == "lead-moved" || error.problem().code == "notice-open" => return Ok(false),
            Err(error) => return Err(error),
        }
        transaction.commit().await?;
        Ok(true)
    }

    async fn supervise_unanswered(&self, hours: u32) -> Answer<usize> {
        let (pool, now, region) = (self.database().pool(), self.clock().now(), self.home_region());
        let before = now - chrono::Duration::hours(i64::from(hours));
        let mut raised = 0;
        for (id, due_at) in store::unanswered_prompts(pool, region, before, BATCH).await? {
            if clock::after(self.calendar(), due_at, hours) > now {
                continue;
            }
            let key = KeyOf { region: region.to_owned(), id: id.into() };
            let mut transaction = pool.begin().await?;
            match raise(self, &mut transaction, &key, None, &Who::Rule, None).await {
                Ok(_) => {}
                // Answered or ended meanwhile, or its leads are done: a person judges what is left of it.
                Err(error) if ["action-refused", "notice-refused", "lead-moved"].contains(&error.problem().code) => continue,
                Err(error) => return Err(error),
            }
            transaction.commit().await?;
            raised += 1;
        }
        Ok(raised)
    }

    /// Puts what a supervision or account did not move under the leader's charge (自动包案), once a notice and lead; answers how many.
    async fn charge_unmoved(&self, leader: Uuid, hours: u32) -> Answer<usize> {
        let (pool, now, region) = (self.database().pool(), self.clock().now(), self.home_region());
        if !self.leads().may_have_in_charge(leader, region).await? {
            tracing::warn!("the leader of the rule may have no leads in charge any more; nothing was put under his charge");
            return Ok(0);
        }
        let before = now - chrono::Duration::hours(i64::from(hours));
        let mut charged = 0;
        for (notice, number, stage, due_at, lead) in store::unmoved(pool, region, before, BATCH).await? {
            if clock::after(self.calendar(), due_at, hours) > now {
                continue;
            }
            let mut transaction = pool.begin().await?;
            // The lead first, as whoever issues a notice about it does: the other order would wait in a ring.
            docket::lock(&mut transaction, &KeyOf { region: region.to_owned(), id: lead.into() }, None).await?;
            if !store::mark_charged(&mut transaction, region, notice, lead).await? {
                continue;
            }
            let stage = stage.parse::<Stage>().map_or("督办文书", Stage::label);
            let reason = format!("{stage} {number} 到期未见成效，按督办规则由领导包案");
            charged += usize::from(self.leads().charge_by_rule(&mut transaction, lead, leader, reason).await?);
            transaction.commit().await?;
        }
        if charged > 0 {
            tracing::info!(charged, "leads were put under a leader's charge by the rule");
        }
        Ok(charged)
    }
}
