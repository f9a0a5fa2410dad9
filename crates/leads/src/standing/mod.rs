//! How leads stand towards their limits (线索时限情况), for rooms above that press for them: no words of reporters, no names.

mod store;

use chrono::{DateTime, Utc};
use docket::KeyOf;
use identity::Scope;
use kernel::{
    deadline::service::{Timer, duration_words},
    light::Light,
};
use uuid::Uuid;

use crate::{
    Leads,
    hours::Calendars,
    lead::{Limit, State},
};

/// A lead and the limit of it that matters most.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The key.
    pub key: KeyOf,
    /// The number people call it by.
    pub number: String,
    /// Where it stands.
    pub state: State,
    /// The responsible unit.
    pub unit: Option<Uuid>,
    /// The region in charge: a unit grid where it was placed.
    pub jurisdiction: String,
    /// The class's code.
    pub class_code: Option<String>,
    /// The class's name.
    pub class_name: Option<String>,
    /// The place in words: township, community, unit grid.
    pub place: String,
    /// Made by the city simulator.
    pub simulated: bool,
    /// The disposal limit where it runs; otherwise the running limit that ends first.
    pub limit: Option<RunningLimit>,
}

/// A running limit of a lead, counted at the moment of asking.
#[derive(Debug, Clone)]
pub struct RunningLimit {
    /// Its code, such as `fix`.
    pub name: &'static str,
    /// What it is for (处置、受理…).
    pub label: &'static str,
    /// Which round of it.
    pub round: i32,
    /// How long, in words.
    pub length: String,
    /// When it ends.
    pub due_at: DateTime<Utc>,
    /// Seconds of its own clock that are left; negative once it ran out.
    pub remaining_seconds: i64,
    /// The same in words: 已超期 3 小时, 剩余 20 分.
    pub words: String,
    /// Its light.
    pub light: Light,
}

impl Leads {
    /// How these leads stand, in the order of their ids; those beyond `scope`, and those that are not there, are left out.
    ///
    /// # Errors
    /// The database's.
    pub async fn standings(&self, scope: Option<&Scope>, ids: &[Uuid]) -> sqlx::Result<Vec<Standing>> {
        let now = self.clock().now();
        let rows = store::standings(self.database().pool(), scope, ids).await?;
        let calendars = self.calendars();
        Ok(rows.into_iter().filter_map(|row| self.standing(&calendars, row, now)).collect())
    }

    fn standing(&self, calendars: &Calendars, row: store::StandingRow, now: DateTime<Utc>) -> Option<Standing> {
        let state: State = row.state.parse().ok()?;
        let limit = row.limit_name.as_deref().and_then(|name| name.parse::<Limit>().ok());
        let timer = row.timer.and_then(|timer| serde_json::from_value::<Timer>(timer).ok());
        let limit = limit.zip(timer).zip(row.round).zip(row.due_at).map(|(((limit, timer), round), due_at)| {
            let calendar = calendars.of_timer(&timer);
            let timer = timer.keeping(calendar, Some(due_at), row.warn_at);
            let reading = timer.read(calendar, now);
            let left = reading.remaining_seconds;
            RunningLimit {
                name: limit.code(),
                label: limit.label(),
                round,
                length: timer.limit().label(),
                due_at,
                remaining_seconds: left,
                // What was told decides; the clock may go on to the next hour that counts.
                words: if now < due_at {
                    format!("剩余 {}", duration_words(left.max(0)))
                } else {
                    format!("已超期 {}", duration_words((-left).max(0)))
                },
                light: Light::at(now, row.warn_at.unwrap_or(due_at), due_at),
            }
        });
        let names = [9, 12, 15].into_iter().filter_map(|digits| self.region_name(row.jurisdiction.get(..digits)?));
        Some(Standing {
            place: names.collect::<Vec<_>>().join(" "),
            key: KeyOf { region: row.region, id: row.id.into() },
            number: row.number,
            state,
            unit: row.unit,
            class_name: row.class_code.as_deref().and_then(|code| self.class_name(code)),
            class_code: row.class_code,
            jurisdiction: row.jurisdiction,
            simulated: row.simulated,
            limit,
        })
    }
}
