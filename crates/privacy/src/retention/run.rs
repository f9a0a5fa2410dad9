//! The run (到期清理): drops what is due in small batches, each a transaction with its count; broken off, it goes on where it was.

use std::time::Duration;

use chrono::{DateTime, Utc};
use docket::{Actor, KeyOf};
use http_api::Answer;
use kernel::{
    clock::shanghai,
    id::{SubjectId, uuid_at},
};
use serde_json::{Value, json};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    Retained, kind, spare,
    store::{self, RunRow},
};
use crate::Privacy;

/// How often somebody looks whether a run is due or under way.
const LOOK: Duration = Duration::from_secs(60);
/// Leads of one batch: each is locked until the batch is committed.
const LEADS: i64 = 50;
/// Rows of one batch of everything else.
const ROWS: i32 = 1_000;

/// What one batch did.
struct Batch {
    dropped: i64,
    spared: i64,
    erased: Vec<SubjectId>,
    /// Where the next goes on; nothing when the kind is through.
    after: Option<(DateTime<Utc>, Uuid)>,
    through: bool,
}

impl Privacy {
    /// Runs once a day, and when somebody asked, for as long as it is let.
    pub async fn work_retention(&self) {
        loop {
            let worked = async {
                match self.close_moot_corrections().await {
                    Ok(0) => {}
                    Ok(closed) => tracing::info!(closed, "corrections of what is not kept any more were closed"),
                    // What is past its period goes all the same.
                    Err(error) => tracing::warn!(code = error.problem().code, "open corrections could not be looked through"),
                }
                self.begin_daily().await?;
                self.retain().await
            };
            match worked.await {
                Ok(0) => {}
                Ok(dropped) => tracing::info!(dropped, "data past their period were dropped"),
                Err(error) => {
                    tracing::warn!(code = error.problem().code, "the run over data past their period stopped; tried again shortly")
                }
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Begins the day's run where periods are set and none began today; says whether one began.
    ///
    /// # Errors
    /// The database's.
    pub async fn begin_daily(&self) -> Answer<bool> {
        let (pool, now) = (self.database().pool(), self.clock().now());
        let day = |at: DateTime<Utc>| at.with_timezone(&shanghai()).date_naive();
        if store::last_begun(pool, self.home_region()).await?.is_some_and(|last| day(last) >= day(now)) {
            return Ok(false);
        }
        let (_, days) = store::setting(pool, self.home_region()).await?;
        if days.is_empty() {
            return Ok(false);
        }
        let mut connection = pool.acquire().await?;
        Ok(store::begin(&mut connection, self.home_region(), uuid_at(now), &days, None, now).await?)
    }

    /// Takes the run under way to its end; answers how much was dropped. Nothing where none is under way.
    ///
    /// # Errors
    /// The database's; what was dropped before stays dropped and counted, and the next call goes on from there.
    pub async fn retain(&self) -> Answer<i64> {
        let mut dropped = 0;
        while let Some(batch) = self.retain_batch().await? {
            dropped += batch;
        }
        Ok(dropped)
    }

    /// One batch of the run under way; nothing where none is, or another program is at it.
    ///
    /// # Errors
    /// The database's; then nothing of this batch was done.
    pub async fn retain_batch(&self) -> Answer<Option<i64>> {
        let now = self.clock().now();
        let mut transaction = self.database().pool().begin().await?;
        let Some(mut run) = store::under_way(&mut transaction, self.home_region()).await? else { return Ok(None) };
        let kinds: Vec<(Retained, u32)> = run.days.0.iter().map(|(kind, days)| (*kind, *days)).collect();
        let at = run.kind.as_deref().and_then(|code| kinds.iter().position(|(kind, _)| kind.code() == code)).unwrap_or(0);
        let Some((kind, days)) = kinds.get(at).copied() else {
            end(&mut run, now);
            store::progress(&mut transaction, &run).await?;
            transaction.commit().await?;
            return Ok(Some(0));
        };
        // The periods count from the day the run began, so that one that was broken off drops what it set out to drop.
        let before = kind::cut(run.started_at, days);
        let batch = self.batch(&mut transaction, kind, before, run.after_at.zip(run.after_id), now).await?;
        add(&mut run.counts, kind, &batch);
        if batch.through {
            (run.after_at, run.after_id) = (None, None);
            match kinds.get(at + 1) {
                Some((next, _)) => run.kind = Some(next.code().to_owned()),
                None => end(&mut run, now),
            }
        } else {
            run.kind = Some(kind.code().to_owned());
            (run.after_at, run.after_id) = batch.after.unzip();
        }
        store::progress(&mut transaction, &run).await?;
        transaction.commit().await?;
        self.leads().outlast_backups(&run.region, &batch.erased, now).await;
        Ok(Some(batch.dropped))
    }

    async fn batch(
        &self,
        connection: &mut PgConnection,
        kind: Retained,
        before: DateTime<Utc>,
        after: Option<(DateTime<Utc>, Uuid)>,
        now: DateTime<Utc>,
    ) -> Answer<Batch> {
        let region = self.home_region();
        let rows = |dropped: i64| Batch { dropped, spared: 0, erased: Vec::new(), after: None, through: dropped == 0 };
        match kind {
            Retained::Contact => self.contacts(connection, before, after, now).await,
            Retained::Answer => Ok(rows(self.leads().drop_answers_taken(connection, region, before, i64::from(ROWS)).await?)),
            Retained::MachineEvent => {
                let Some(events) = self.machine_events() else { return Ok(rows(0)) };
                // A hold that is placed at this moment is seen, or waits until this batch is through.
                store::no_new_holds(connection).await?;
                let held = store::held(connection, region).await?;
                Ok(rows(events.drop_before(connection, region, before, &held, i64::from(ROWS)).await?))
            }
            Retained::Notification => Ok(rows(self.notify().drop_before(connection, before, i64::from(ROWS)).await?)),
            Retained::Log => Ok(rows(store::drop_logs(connection, before, ROWS).await?)),
        }
    }

    async fn contacts(
        &self,
        connection: &mut PgConnection,
        before: DateTime<Utc>,
        after: Option<(DateTime<Utc>, Uuid)>,
        now: DateTime<Utc>,
    ) -> Answer<Batch> {
        let region = self.home_region();
        let page = self.leads().contacts_of_closed(connection, region, before, after, LEADS).await?;
        let mut ids: Vec<Uuid> = page.iter().map(|(_, id)| *id).collect();
        // One order for everybody who locks several leads.
        ids.sort_unstable();
        let key = |id: Uuid| KeyOf { region: region.to_owned(), id: id.into() };
        for id in &ids {
            // Whoever holds a lead or asks about it takes this lock first: from here on who is spared does not change.
            docket::lock(connection, &key(*id), None).await?;
        }
        let spared = spare::spared(self, connection, &ids).await?;
        let mut batch =
            Batch { dropped: 0, spared: 0, erased: Vec::new(), after: page.last().copied(), through: (page.len() as i64) < LEADS };
        for id in ids {
            if spared.contains(&id) {
                batch.spared += 1;
                continue;
            }
            let by = (Actor::System("retention"), None);
            if let Some(subject) = self.leads().erase_reporter_of(connection, &key(id), by, "保存期限届满", now).await? {
                batch.dropped += 1;
                batch.erased.push(subject);
            }
        }
        Ok(batch)
    }
}

fn end(run: &mut RunRow, now: DateTime<Utc>) {
    "done".clone_into(&mut run.state);
    run.kind = None;
    run.ended_at = Some(now);
}

fn add(counts: &mut Value, kind: Retained, batch: &Batch) {
    let before = counts.get(kind.code()).cloned().unwrap_or(Value::Null);
    let number = |name: &str| before.get(name).and_then(Value::as_i64).unwrap_or(0);
    counts[kind.code()] = json!({ "dropped": number("dropped") + batch.dropped, "spared": number("spared") + batch.spared });
}
