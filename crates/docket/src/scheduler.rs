//! The one clock hand of the house: tells warnings and missed limits once each, however many programs watch and however often they restart.

use database::Database;
use kernel::clock::SharedClock;
use serde_json::json;

use crate::{Actor, Change, Event, NewEntry, change, ledger::payload, store};

/// How many limits one round looks at.
const ROUND: i64 = 200;

/// What one round did.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Tick {
    /// Warnings told: the light turned yellow.
    pub warned: u32,
    /// Misses told: the light turned red.
    pub missed: u32,
}

/// Watches limits.
#[derive(Clone)]
pub struct Scheduler {
    database: Database,
    clock: SharedClock,
}

impl Scheduler {
    /// A scheduler over this database by this clock.
    #[must_use]
    pub fn new(database: Database, clock: SharedClock) -> Self {
        Self { database, clock }
    }

    /// Tells what has become due, a docket a transaction. A limit is told under the docket's lock and only while its row says it was
    /// not yet, so a second program or a restart finds nothing left to tell.
    ///
    /// # Errors
    /// The database's; what was committed before stays told.
    pub async fn tick(&self) -> sqlx::Result<Tick> {
        let now = self.clock.now();
        let mut tick = Tick::default();
        for key in store::dockets_with_due_limits(self.database.pool(), now, ROUND).await? {
            let mut transaction = self.database.pool().begin().await?;
            let Some(Ok(locked)) = change::lock(&mut transaction, &key, None).await? else { continue };
            let told = store::mark_due_limits(&mut transaction, &key, now).await?;
            if told.is_empty() {
                continue;
            }
            let mut change = Change::default();
            for limit in &told {
                let (action, topic) =
                    if limit.missed { ("limit-missed", "docket.limit-missed") } else { ("limit-warned", "docket.limit-warned") };
                if limit.missed {
                    tick.missed += 1;
                } else {
                    tick.warned += 1;
                }
                let header = &locked.header;
                change.entries.push(NewEntry {
                    actor: Actor::System("scheduler"),
                    role: None,
                    action,
                    place: None,
                    payload: payload([("limit", json!(limit.name)), ("round", json!(limit.round)), ("due_at", json!(limit.due_at))]),
                });
                change.events.push(Event {
                    topic,
                    payload: json!({
                        "kind": header.kind, "number": header.number, "title": header.title, "state": header.state, "limit": limit.name,
                        "due_at": limit.due_at, "jurisdiction": header.jurisdiction, "unit": header.unit, "holder_role": header.holder_role,
                        "holder_unit": header.holder_unit, "holder_person": header.holder_person,
                        "light": if limit.missed { "red" } else { "yellow" }, "version": header.version + 1,
                    }),
                });
            }
            locked.change(&mut transaction, now, change).await?;
            transaction.commit().await?;
        }
        Ok(tick)
    }
}
