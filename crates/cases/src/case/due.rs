//! Steps of time (期限届满): taken when a period's end has come, once, however many programs watch and however often they restart.

use std::time::Duration;

use chrono::Utc;
use docket::KeyOf;
use http_api::Answer;
use law::procedure::Clock;

use super::{clocks, content::CaseStepContent, perform};
use crate::Cases;

/// How often periods are looked at.
const LOOK: Duration = Duration::from_secs(5);
/// What one look takes on at most; the rest is the next look's.
const BATCH: i64 = 200;

impl Cases {
    /// Takes the steps of time, for as long as it is let.
    pub async fn work_periods(&self) {
        loop {
            if let Err(error) = self.end_periods().await {
                tracing::warn!(code = error.problem().code, "periods of cases could not be looked at; tried again shortly");
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// One look: takes the step of every period whose end has come. Answers how many were taken.
    ///
    /// # Errors
    /// The database's; what was taken before stays taken.
    pub async fn end_periods(&self) -> Answer<usize> {
        let (pool, now) = (self.database().pool(), self.clock().now());
        let mut taken = 0;
        for (case, code) in clocks::store::due(pool, self.home_region(), now, BATCH).await? {
            let Some(clock) = Clock::from_code(&code) else { continue };
            let key = KeyOf { region: self.home_region().to_owned(), id: case.into() };
            let mut transaction = pool.begin().await?;
            // The docket's lock comes first: a second program waits here, and then finds nothing to do.
            if docket::lock(&mut transaction, &key, None).await?.is_none() {
                continue;
            }
            let Some(row) = clocks::store::ending(&mut transaction, &key, clock, now).await? else { continue };
            // A holiday that was announced since makes the period longer: its end is counted anew before anything follows from it.
            if let Some(due) = row.deadline(self.calendar()).map(|(.., it)| it.due_at.with_timezone(&Utc)).filter(|due| *due > row.due_at) {
                clocks::store::put_off(&mut transaction, &key, clock, due).await?;
                transaction.commit().await?;
                continue;
            }
            let (who, nothing) = (perform::Who::Time(clock), CaseStepContent::default());
            match perform::carry_out(self, &mut transaction, &key, None, &who, clock.end(), nothing).await {
                Ok(()) => taken += 1,
                // Its end does nothing where the case stands: after the next step it is looked at again.
                Err(error) if error.problem().kind == kernel::problem::ProblemKind::Conflict => {
                    clocks::store::wait(&mut transaction, &key, clock).await?;
                }
                Err(error) => return Err(error),
            }
            transaction.commit().await?;
        }
        Ok(taken)
    }
}
