//! Permits end with their last night (到期): looked for again and again, each once.

use chrono::TimeDelta;
use docket::{Actor, Change, Holder, KeyOf, NewEntry, ledger::payload};
use http_api::Answer;
use kernel::id::DocketId;
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{PermitState, clock, store};
use crate::Waste;

/// Permits ended at once.
const BATCH: i64 = 200;

impl Waste {
    /// Ends permits whose last day was before yesterday: the night of a last day goes on into the next morning. Answers how many.
    ///
    /// # Errors
    /// The database's.
    pub async fn expire(&self) -> Answer<usize> {
        let day = self.today() - TimeDelta::days(1);
        let mut connection = self.database().pool().acquire().await?;
        let past = store::past(&mut connection, self.home(), day, BATCH).await?;
        drop(connection);
        for id in &past {
            let mut transaction = self.database().pool().begin().await?;
            self.end(&mut transaction, *id).await?;
            transaction.commit().await?;
        }
        Ok(past.len())
    }

    async fn end(&self, connection: &mut PgConnection, id: Uuid) -> Answer<()> {
        let (now, key) = (self.now(), KeyOf { region: self.home().to_owned(), id: DocketId::from(id) });
        let Some(locked) = docket::lock(connection, &key, None).await? else { return Ok(()) };
        let locked = locked?;
        let Some(mut row) = store::one(connection, &key).await?.filter(|row| row.ended_at.is_none()) else { return Ok(()) };
        let Ok(state) = locked.header.state.parse::<PermitState>() else { return Ok(()) };
        let current = store::versions(connection, &key).await?.into_iter().find(|it| Some(it.ordinal) == row.current);
        // Somebody may have changed it while the lock was waited for.
        if !state.in_force() || current.is_none_or(|it| it.valid_until >= self.today() - TimeDelta::days(1)) {
            return Ok(());
        }
        store::end_version(connection, &row, now).await?;
        (row.ended_at, row.ended_for) = (Some(now), Some("有效期届满".to_owned()));
        store::update(connection, &row).await?;
        let entry = NewEntry {
            actor: Actor::System("waste"),
            role: None,
            action: "expire",
            place: None,
            payload: payload([("to", json!(PermitState::Expired.code()))]),
        };
        let change = Change {
            state: Some(PermitState::Expired.code()),
            open: Some(false),
            holder: Some(Holder::NOBODY),
            details: true,
            entries: vec![entry],
            deadlines: clock::moved(&self.parts().calendar, now, &locked.deadlines, (state, PermitState::Expired, true)),
            ..Change::default()
        };
        locked.change(connection, now, change).await?;
        Ok(())
    }
}
