//! The work beside (后台判定): days that are due are judged, upheld findings are filed.

use std::time::{Duration, Instant};

use chrono::{DateTime, NaiveDate, TimeDelta};
use database::advisory;
use http_api::Answer;
use kernel::{id::uuid_at, position::Position};
use sqlx::types::Json;
use uuid::Uuid;

use crate::{
    Findings, Found, Rule, Tracked,
    day::Judged,
    finding::{
        evidence,
        store::{self, Kept},
    },
    reconcile::{Episode, overlap, reconcile, split},
    rule_set::store as rule_sets,
    service::begin,
};

/// How often the worker looks by itself.
const LOOK: Duration = Duration::from_secs(1);
/// How long it waits after a failure.
const LATER: Duration = Duration::from_secs(5);
/// How long a day waits that could not be judged.
const AGAIN: TimeDelta = TimeDelta::seconds(60);
/// Days of one look.
const BATCH: i64 = 64;
/// How often tracks that led to nothing are looked for.
const PURGE: Duration = Duration::from_secs(3_600);
/// Findings whose tracks are emptied at a time.
const PURGED: i64 = 1_000;

impl Findings {
    /// Judges and files for as long as it is let. Cut off at any moment, what was not committed is judged again, and the same is found.
    pub async fn work(&self) {
        let mut purged: Option<Instant> = None;
        loop {
            // While one of them fails the other goes on.
            let (judged, filed) = (self.look_at_due().await, self.file_upheld().await);
            if purged.is_none_or(|at| at.elapsed() >= PURGE) {
                purged = Some(Instant::now());
                self.purge().await;
            }
            let pause = match (judged, filed) {
                (Ok(0), Ok(0)) => LOOK,
                (Ok(_), Ok(_)) => continue,
                (Err(error), _) | (_, Err(error)) => {
                    tracing::warn!(code = error.problem().code, "days of vehicles wait to be judged, or findings to be filed");
                    LATER
                }
            };
            tokio::select! {
                () = self.waker().notified() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Empties the tracks of dismissed and withdrawn findings that are older than tracks are kept.
    async fn purge(&self) {
        let before = self.parts().wall.now() - TimeDelta::days(self.parts().tracks.settings().keep_days.max(183).into());
        if let Err(error) = store::empty_tracks(self.pool(), self.region(), before, PURGED).await {
            tracing::warn!(%error, "tracks of findings that led to nothing are emptied later");
        }
    }

    /// Judges the days that are due, and says how many were judged. Of all nodes of a house one does it at a time. A day that cannot be judged
    /// waits a minute and holds no other up.
    ///
    /// # Errors
    /// The database's; the days wait.
    pub async fn look_at_due(&self) -> Answer<usize> {
        // It holds the other nodes off and nothing else: whoever moves points is never waited for by it, nor waits for more than one day.
        let mut alone = self.pool().begin().await?;
        let held = advisory::try_lock_in_transaction(&mut alone, "findings.due").await;
        if !held.map_err(|error| sqlx::Error::Protocol(error.to_string()))? {
            return Ok(0);
        }
        let wall = self.parts().wall.now();
        let (many, oldest) = store::backlog(self.pool(), wall).await?;
        let behind = oldest.map_or(TimeDelta::zero(), |oldest| (wall - oldest).max(TimeDelta::zero()));
        metrics::gauge!("bihuan_finding_days_waiting").set(many as f64);
        metrics::gauge!("bihuan_finding_oldest_seconds").set(behind.num_milliseconds() as f64 / 1_000.0);
        self.pace().behind(behind);
        let due = store::due(self.pool(), wall, BATCH).await?;
        let vehicles: Vec<i64> = due.iter().map(|it| it.0).collect();
        let fleet = if vehicles.is_empty() { Vec::new() } else { self.parts().fleet.tracked(&vehicles).await? };
        let mut done = 0;
        for it in due {
            match self.judge_due(fleet.iter().find(|tracked| tracked.vehicle == it.0), it).await {
                Ok(()) => done += 1,
                Err(error) => {
                    tracing::warn!(code = error.problem().code, vehicle = it.0, day = %it.1, "a day of a vehicle could not be judged and waits");
                    store::put_off(self.pool(), (it.0, it.1), self.parts().wall.now() + AGAIN).await?;
                }
            }
        }
        Ok(done)
    }

    /// One day: it is judged before anything is locked, then written and taken off in one short transaction.
    async fn judge_due(&self, tracked: Option<&Tracked>, due: (i64, NaiveDate, i64)) -> Answer<()> {
        let later = || self.parts().wall.now() + self.pace().pause();
        // Whose terminal is not believed any more has no findings; those that stand, stand.
        let Some(tracked) = tracked else {
            let mut connection = self.pool().acquire().await?;
            return Ok(store::done(&mut connection, due, later()).await?);
        };
        let (version, rules) = rule_sets::in_force(self.pool(), self.region(), due.1).await?;
        let judged = self.judge_day(tracked, due.1, &rules).await?;
        let mut transaction = self.pool().begin().await?;
        let over = self.write_day(&mut transaction, tracked, due.1, version, &judged).await?;
        // In the order in which whoever moves points takes them, and right before the end.
        store::done(&mut transaction, due, later()).await?;
        if over && let Some(next) = due.1.succ_opt() {
            store::note_due(&mut transaction, &[(due.0, next)], later()).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// Writes what was found, and says whether something that goes over into the next day changed.
    async fn write_day(
        &self,
        connection: &mut sqlx::PgConnection,
        tracked: &Tracked,
        day: NaiveDate,
        version: i32,
        judged: &Judged,
    ) -> Answer<bool> {
        let kept = store::of_day(&mut *connection, self.region(), tracked.vehicle, day).await?;
        let beside = store::beside_day(&mut *connection, self.region(), tracked.vehicle, day).await?;
        let now = self.kept_of(tracked, day, version, judged, &beside);
        let midnight = begin(day) + TimeDelta::days(1);
        let episodes = |of: &[Kept]| of.iter().map(episode).collect::<Vec<_>>();
        let stands: Vec<bool> = kept.iter().map(Kept::is_judged).collect();
        let plan = split(reconcile(&episodes(&kept), &episodes(&now)), &episodes(&kept), &stands, &episodes(&now));
        let mut over = false;
        for (before, at) in plan.same {
            let (torn, before, now) = (plan.torn.contains(&before), &kept[before], &now[at]);
            if before.is_judged() {
                // What a person judged stays as he saw it.
                let outdated = torn || before.contradicted_by(now);
                if before.outdated != outdated {
                    store::outdate(connection, self.region(), before.id, outdated).await?;
                }
            } else if before.state != "waiting" || !before.says(now) {
                store::put(connection, self.region(), &Kept { id: before.id, ..now.clone() }).await?;
                over |= now.ended_at >= midnight;
            }
        }
        for at in plan.new {
            // It begins a little earlier than what a person judged on the next day: the same, told otherwise.
            let other = beside.iter().find(|it| it.is_judged() && it.day > day && overlap(&episode(it), &episode(&now[at])));
            if let Some(other) = other {
                if !other.outdated {
                    store::outdate(connection, self.region(), other.id, true).await?;
                }
                continue;
            }
            store::put(connection, self.region(), &now[at]).await?;
            over |= now[at].ended_at >= midnight;
        }
        let gone: Vec<&Kept> = plan.gone.into_iter().map(|at| &kept[at]).collect();
        let waiting: Vec<Uuid> = gone.iter().filter(|it| it.state == "waiting").map(|it| it.id).collect();
        over |= gone.iter().any(|it| it.state == "waiting" && it.ended_at >= midnight);
        store::withdraw(connection, self.region(), &waiting, self.now()).await?;
        for it in gone.iter().filter(|it| it.is_judged() && !it.outdated) {
            store::outdate(connection, self.region(), it.id, true).await?;
        }
        Ok(over)
    }

    /// What was found of a day as it is kept. What was under way at midnight counts on this day where the day before has none of it.
    pub(crate) fn kept_of(&self, tracked: &Tracked, day: NaiveDate, version: i32, judged: &Judged, beside: &[Kept]) -> Vec<Kept> {
        let had = |found: &Found| {
            let own = (found.rule, found.from, found.to);
            beside.iter().any(|it| it.day < day && overlap(&episode(it), &own))
        };
        let carried = judged.carried.iter().filter(|(whole, _)| !had(whole)).map(|(_, clipped)| clipped);
        carried.chain(&judged.found).map(|found| self.as_kept(tracked, day, version, judged, found)).collect()
    }

    fn as_kept(&self, tracked: &Tracked, day: NaiveDate, version: i32, judged: &Judged, found: &Found) -> Kept {
        let now = self.now();
        let instant = |at: i64| DateTime::from_timestamp(at, 0).unwrap_or_default();
        let grid = Position::new(found.lon, found.lat).ok().and_then(|at| self.parts().catalogue.place(at).grid_code().map(str::to_owned));
        let by_body = matches!(
            found.rule,
            Rule::OffCorridor | Rule::OffHours | Rule::WrongDestination | Rule::LidOpen | Rule::Unwashed | Rule::Overload | Rule::NoPermit
        );
        Kept {
            id: uuid_at(now),
            vehicle: tracked.vehicle,
            plate: tracked.plate.clone(),
            rule: found.rule.code().to_owned(),
            state: "waiting".to_owned(),
            day,
            began_at: instant(found.from),
            ended_at: instant(found.to),
            open: found.open,
            lon: found.lon,
            lat: found.lat,
            jurisdiction: grid.unwrap_or_else(|| self.region().to_owned()),
            rules_version: version,
            terrain_version: judged.ground.version.clone(),
            numbers: Json(found.numbers.clone()),
            words: found.words.clone(),
            track: Json(evidence::track(&judged.fixes, found)),
            places: Json(evidence::places(&judged.ground, found)),
            provisional: judged.provisional && by_body,
            visitor: tracked.visitor,
            simulated: tracked.simulated,
            changed_at: now,
            outdated: false,
            verdict_by: None,
            verdict_at: None,
            reason: None,
            class_code: None,
            lead_id: None,
            lead_number: None,
            version: 1,
        }
    }
}

pub(crate) fn episode(kept: &Kept) -> Episode {
    // Only codes of rules get into the table; one of a later program is like no other.
    let rule = kept.rule.parse().unwrap_or(Rule::Tampered);
    (rule, kept.began_at.timestamp(), kept.ended_at.timestamp())
}
