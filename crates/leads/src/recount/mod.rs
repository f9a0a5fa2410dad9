//! A new calendar is in force (放假安排公布, 单位工作时间): running limits are counted again, and none becomes earlier than it was told.

mod store;

use docket::{Actor, Change, DeadlineRow, NewEntry, ledger::payload};
use kernel::{hours::UnitHours, id::OrganisationId};
use serde_json::json;
use uuid::Uuid;

use crate::{Leads, clocks, joint, lead::Limit};

/// So many leads are looked at together.
const ROUND: i64 = 500;

impl Leads {
    /// Counts running limits again if the calendar is another than the one they were counted with; answers how many moved. Safe to break
    /// off: the calendar is noted last, so the next start begins again and finds done what is done.
    ///
    /// # Errors
    /// The database's.
    pub async fn recount_limits(&self) -> sqlx::Result<usize> {
        let pool = self.database().pool();
        let version = self.house_calendar().version().to_owned();
        // The hours of units as well, before anything is counted.
        self.settings().await?;
        let before = store::calendar_in_force(pool, self.home_region()).await?;
        if before.as_deref() == Some(version.as_str()) {
            return Ok(0);
        }
        let (mut moved, mut after) = (0, Uuid::nil());
        loop {
            let keys = store::with_running_limits(pool, self.home_region(), after, ROUND).await?;
            let Some(last) = keys.last() else { break };
            after = last.id.uuid();
            for key in &keys {
                moved += usize::from(self.recount(key).await?);
            }
        }
        store::set_calendar(pool, self.home_region(), &version, self.clock().now()).await?;
        Ok(moved)
    }

    /// Counts one lead's running limits again; whether any moved.
    pub(crate) async fn recount(&self, key: &docket::KeyOf) -> sqlx::Result<bool> {
        let now = self.clock().now();
        let mut transaction = self.database().pool().begin().await?;
        let Some(Ok(locked)) = docket::lock(&mut transaction, key, None).await? else { return Ok(false) };
        let tasks = joint::store::of(&mut transaction, key).await?;
        let calendars = self.calendars();
        // A limit from before units had hours names none.
        let unit_of = |row: &DeadlineRow| match row.name.parse() {
            Ok(Limit::Fix) => locked.header.unit,
            Ok(Limit::Assist) => tasks.iter().find(|task| task.round == row.round).map(|task| task.unit),
            _ => None,
        };
        let mut change = Change::default();
        for row in &locked.deadlines {
            let unit = unit_of(row).map(OrganisationId::from);
            let Some((write, calendar)) = clocks::recounted(&calendars, now, row, unit) else { continue };
            if (write.due_at, write.warn_at) == (row.due_at, row.warn_at) {
                continue;
            }
            change.entries.push(NewEntry {
                actor: Actor::System("calendar"),
                role: None,
                action: "limit-recounted",
                place: None,
                payload: payload([
                    ("limit", json!(row.name)),
                    ("calendar", json!(calendar.version())),
                    ("hours", json!(calendar.unit_hours().map(UnitHours::name))),
                    ("due_before", json!(row.due_at)),
                    ("due_at", json!(write.due_at)),
                ]),
            });
            change.deadlines.push(write);
        }
        if change.deadlines.is_empty() {
            return Ok(false);
        }
        locked.change(&mut transaction, now, change).await?;
        transaction.commit().await?;
        Ok(true)
    }
}
