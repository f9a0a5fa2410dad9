//! Following the leads: who has changed is noted in the relay's transaction, and looked at beside it; once a day, how replies are spread.
//!
//! One node at a time does the work. Whatever breaks off is done again, and finds nothing twice.

use std::time::Duration;

use chrono::{Datelike, TimeDelta};
use futures::future::BoxFuture;
use notify::{Consumed, Consumer, Event};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    Scrutiny,
    act::store::{self as acts, Of},
    rule::{Strength, spread},
    store,
    suspicion::{self, Found, SuspicionKind},
};

/// Leads looked at in one transaction.
const BATCH: i64 = 100;
/// How long the work rests when there is nothing to do.
const LOOK: Duration = Duration::from_secs(1);
/// The lock under which one node works.
const LOCK: &str = "scrutiny.follow";
/// Leads that a suspicion about a unit or a person opens to.
const MOST_LEADS: i64 = 200;

/// Notes which leads have changed by what is answered on site.
pub struct Follower;

impl Consumer for Follower {
    fn name(&self) -> &'static str {
        "scrutiny.follow"
    }

    fn consume<'a>(&'a self, connection: &'a mut PgConnection, event: &'a Event) -> BoxFuture<'a, Consumed> {
        Box::pin(async move {
            let text = |name: &str| event.payload.get(name).and_then(serde_json::Value::as_str);
            if text("kind") == Some("lead") && matches!(text("action"), Some("verify" | "fix" | "check")) {
                store::note(connection, &event.region, event.docket_id.uuid()).await?;
            }
            Ok(())
        })
    }
}

impl Scrutiny {
    /// Works for ever: looks at what was there before, then at what changes. Cut off at any moment it goes on from there.
    pub async fn work(&self) {
        loop {
            match self.round().await {
                Ok(true) => tokio::task::yield_now().await,
                Ok(false) => tokio::time::sleep(LOOK).await,
                Err(error) => {
                    tracing::warn!(%error, "leads could not be looked into; tried again shortly");
                    tokio::time::sleep(LOOK).await;
                }
            }
        }
    }

    /// Looks at everything that waits.
    ///
    /// # Errors
    /// The database's.
    pub async fn catch_up(&self) -> sqlx::Result<()> {
        while self.round().await? {}
        Ok(())
    }

    /// One transaction's worth of work; whether there was any.
    async fn round(&self) -> sqlx::Result<bool> {
        let mut transaction = self.database().pool().begin().await?;
        let locked = database::advisory::try_lock_in_transaction(&mut transaction, LOCK).await;
        if !locked.map_err(|error| sqlx::Error::Protocol(error.to_string()))? {
            return Ok(false);
        }
        let done = if let Some(after) = store::filled_to(&mut transaction).await? {
            let keys = self.leads().keys_after(&mut transaction, after, BATCH).await?;
            self.look_at(&mut transaction, &keys).await?;
            store::set_filled_to(&mut transaction, keys.last().map_or(after, |key| key.id.uuid()), keys.is_empty()).await?;
            true
        } else {
            let (taken, keys) = store::take_noted(&mut transaction, BATCH).await?;
            self.look_at(&mut transaction, &keys).await?;
            taken > 0 || self.look_at_spread(&mut transaction).await?
        };
        transaction.commit().await?;
        Ok(done)
    }

    /// Once a day: whose replies crowd before the limit. A subject is put before people at most once a week.
    async fn look_at_spread(&self, connection: &mut PgConnection) -> sqlx::Result<bool> {
        let today = self.today();
        if !store::begin_spread(connection, today).await? {
            return Ok(false);
        }
        let now = self.clock().now();
        let since = now - TimeDelta::days(spread::DAYS);
        let week = today.iso_week();
        for (of, word) in [(Of::Unit, "unit"), (Of::Person, "person")] {
            let subjects = acts::spread(connection, of, since, spread::LAST).await?;
            let replies: Vec<_> = subjects.iter().map(|it| spread::Replies { all: it.replies, late: it.late }).collect();
            for crowd in spread::crowds(&replies) {
                let subject = &subjects[crowd.index];
                let leads = acts::late_leads(connection, subject.subject, since, spread::LAST, MOST_LEADS).await?;
                let about = suspicion::store::About {
                    region: self.home_region(),
                    lead: None,
                    jurisdiction: self.home_region(),
                    position: None,
                    round_begun: None,
                    simulated: subject.simulated,
                };
                let found = crowded(&crowd, word, subject, leads, format!("{}-{}", week.year(), week.week()));
                suspicion::store::insert(connection, &about, &found, now).await?;
            }
        }
        self.look_at_pairs(connection).await?;
        Ok(true)
    }
}

fn crowded(crowd: &spread::Crowd, word: &str, subject: &acts::Spread, leads: Vec<Uuid>, week: String) -> Found {
    let share = |replies: spread::Replies| {
        format!("{:.0}%（{}/{}）", 100.0 * replies.late as f64 / replies.all.max(1) as f64, replies.late, replies.all)
    };
    let whose = if word == "unit" { "该单位" } else { "该处置人员" };
    Found {
        key: format!("edge-burst:{word}:{}:{week}", subject.subject),
        kind: SuspicionKind::EdgeBurst,
        strength: Strength::Weak,
        rule: spread::RULE,
        person: (word == "person").then_some(subject.subject),
        unit: subject.unit,
        reason: format!(
            "{whose}近 {} 天的处置反馈集中在时限前 {} 分钟内，明显多于其他{}",
            spread::DAYS,
            spread::LAST.num_minutes(),
            if word == "unit" { "单位" } else { "人员" }
        ),
        numbers: Vec::new(),
        photo: None,
        other_photo: None,
        other_lead: None,
        stood: None,
        leads,
    }
    .number("最后十分钟内反馈", share(crowd.own))
    .number("其他同类", share(crowd.others))
    .number("若与其他同类一样，出现这么多的概率", format!("{:.1e}", crowd.chance))
}
