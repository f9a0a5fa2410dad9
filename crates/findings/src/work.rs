//! The work beside (后台判定): days that are due are judged, upheld findings are filed.

use std::time::Duration;

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
    reconcile::{Episode, reconcile},
    rule_set::store as rule_sets,
};

/// How often the worker looks by itself.
const LOOK: Duration = Duration::from_secs(1);
/// How long it waits after a failure.
const LATER: Duration = Duration::from_secs(5);
/// Days of one look: the transaction that holds the others off stays short.
const BATCH: i64 = 16;

impl Findings {
    /// Judges and files for as long as it is let. Cut off at any moment, what was not committed is judged again, and the same is found.
    pub async fn work(&self) {
        loop {
            let worked = match self.look_at_due().await {
                Ok(judged) => self.file_upheld().await.map(|filed| judged + filed),
                Err(error) => Err(error),
            };
            let pause = match worked {
                Ok(0) => LOOK,
                Ok(_) => continue,
                Err(error) => {
                    tracing::warn!(code = error.problem().code, "days of vehicles wait to be judged");
                    LATER
                }
            };
            tokio::select! {
                () = self.waker().notified() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Judges the days that are due, and says how many there were. Of all nodes of a house one does it at a time.
    ///
    /// # Errors
    /// The database's, or of whoever keeps the register; the days wait.
    pub async fn look_at_due(&self) -> Answer<usize> {
        let mut transaction = self.pool().begin().await?;
        let alone = advisory::try_lock_in_transaction(&mut transaction, "findings.due").await;
        if !alone.map_err(|error| sqlx::Error::Protocol(error.to_string()))? {
            return Ok(0);
        }
        let wall = self.parts().wall.now();
        let due = store::due(self.pool(), wall, BATCH).await?;
        let vehicles: Vec<i64> = due.iter().map(|it| it.0).collect();
        let fleet = if vehicles.is_empty() { Vec::new() } else { self.parts().fleet.tracked(&vehicles).await? };
        let later = wall + TimeDelta::from_std(self.parts().pause).unwrap_or_default();
        for it in &due {
            // Whose terminal is not believed any more has no findings; those that stand, stand.
            if let Some(tracked) = fleet.iter().find(|tracked| tracked.vehicle == it.0) {
                let (version, rules) = rule_sets::in_force(self.pool(), self.region(), it.1).await?;
                let judged = self.judge_day(tracked, it.1, &rules).await?;
                self.write_day(&mut transaction, tracked, it.1, version, &judged).await?;
            }
            store::done(&mut transaction, *it, later).await?;
        }
        transaction.commit().await?;
        Ok(due.len())
    }

    async fn write_day(
        &self,
        connection: &mut sqlx::PgConnection,
        tracked: &Tracked,
        day: NaiveDate,
        version: i32,
        judged: &Judged,
    ) -> Answer<()> {
        let kept = store::of_day(&mut *connection, self.region(), tracked.vehicle, day).await?;
        let now = self.kept_of(tracked, day, version, judged);
        let plan = reconcile(&kept.iter().map(episode).collect::<Vec<_>>(), &now.iter().map(episode).collect::<Vec<_>>());
        for (before, at) in plan.same {
            let (before, now) = (&kept[before], &now[at]);
            let alike = before.says(now);
            match before.state.as_str() {
                "waiting" if alike => {}
                "waiting" | "withdrawn" => store::put(connection, self.region(), &Kept { id: before.id, ..now.clone() }).await?,
                // What a person judged stays as he saw it.
                _ if before.outdated == alike => store::outdate(connection, self.region(), before.id, !alike).await?,
                _ => {}
            }
        }
        for at in plan.new {
            store::put(connection, self.region(), &now[at]).await?;
        }
        let gone: Vec<&Kept> = plan.gone.into_iter().map(|at| &kept[at]).collect();
        let waiting: Vec<Uuid> = gone.iter().filter(|it| it.state == "waiting").map(|it| it.id).collect();
        store::withdraw(connection, self.region(), &waiting, self.now()).await?;
        for it in gone.iter().filter(|it| it.verdict_at.is_some() && !it.outdated) {
            store::outdate(connection, self.region(), it.id, true).await?;
        }
        Ok(())
    }

    /// What was found of a day as it is kept.
    pub(crate) fn kept_of(&self, tracked: &Tracked, day: NaiveDate, version: i32, judged: &Judged) -> Vec<Kept> {
        judged.found.iter().map(|found| self.as_kept(tracked, day, version, judged, found)).collect()
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
