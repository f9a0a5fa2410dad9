//! Permits end with their last night (到期): looked for again and again, each once. One whose extension was asked for in time and is not
//! decided on holds on, as the law says (行政许可法第五十条，待核对): what nobody decided counts as granted.

use chrono::TimeDelta;
use docket::{Actor, Change, Holder, KeyOf, Locked, NewEntry, ledger::payload};
use http_api::Answer;
use kernel::id::DocketId;
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    PermitState, clock,
    store::{self, VersionRow},
};
use crate::Waste;

/// Permits ended at once.
const BATCH: i64 = 200;

impl Waste {
    /// Ends permits whose last day was before yesterday: the night of a last day goes on into the next morning. Answers how many. Those whose
    /// last day is over and whose extension nobody decided on hold on.
    ///
    /// # Errors
    /// The database's.
    pub async fn expire(&self) -> Answer<usize> {
        let mut connection = self.database().pool().acquire().await?;
        let past = store::past(&mut connection, self.home(), self.today(), BATCH).await?;
        drop(connection);
        let mut ended = 0;
        for id in past {
            let mut transaction = self.database().pool().begin().await?;
            ended += usize::from(self.end(&mut transaction, id).await?);
            transaction.commit().await?;
        }
        Ok(ended)
    }

    /// Ends a permit that is over, or lets it hold on; whether it ended.
    async fn end(&self, connection: &mut PgConnection, id: Uuid) -> Answer<bool> {
        let (now, today, key) = (self.now(), self.today(), KeyOf { region: self.home().to_owned(), id: DocketId::from(id) });
        let Some(locked) = docket::lock(connection, &key, None).await? else { return Ok(false) };
        let locked = locked?;
        let Some(mut row) = store::one(connection, &key).await?.filter(|row| row.ended_at.is_none()) else { return Ok(false) };
        let Ok(state) = locked.header.state.parse::<PermitState>() else { return Ok(false) };
        let versions = store::versions(connection, &key).await?;
        let of = |ordinal: Option<i32>| versions.iter().find(|it| Some(it.ordinal) == ordinal);
        // Somebody may have changed it while the lock was waited for.
        let Some(current) = of(row.current).filter(|it| state.in_force() && it.last_day() < today) else { return Ok(false) };
        if let Some(pending) = of(row.pending).filter(|it| clock::in_time(current, it)) {
            self.hold(connection, locked, current, pending).await?;
            return Ok(false);
        }
        if current.last_day() >= today - TimeDelta::days(1) {
            return Ok(false);
        }
        store::end_version(connection, &row, now).await?;
        (row.pending, row.ended_at, row.ended_for) = (None, Some(now), Some("有效期届满".to_owned()));
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
            deadlines: clock::moved(&self.parts().calendar, now, &locked.deadlines, (state, PermitState::Expired, true), None),
            ..Change::default()
        };
        locked.change(connection, now, change).await?;
        Ok(true)
    }

    /// Lets a permit hold on until the day that was asked for. The limits that ran out stay red until somebody decides.
    async fn hold(&self, connection: &mut PgConnection, locked: Locked, current: &VersionRow, pending: &VersionRow) -> Answer<()> {
        store::extend_version(connection, current, pending.valid_until).await?;
        let entry = NewEntry {
            actor: Actor::System("waste"),
            role: None,
            action: "hold",
            place: None,
            payload: payload([("version", json!(current.ordinal)), ("until", json!(pending.valid_until))]),
        };
        locked.change(connection, self.now(), Change { details: true, entries: vec![entry], ..Change::default() }).await?;
        Ok(())
    }
}
