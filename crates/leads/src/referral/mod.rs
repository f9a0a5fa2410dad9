//! Referrals to neighbour cities (转邻市): what is away, what became of it there, and how it comes back.
//!
//! Table: `referral`. Invariants: of a lead at most one referral is live, and exactly one while the lead is `referred`; the row that is to be
//! sent is written in the transaction of the action, and a repetition sends the same words under the same key; the reporter's name and
//! telephone never leave; a lead that is away keeps the dispatcher as its holder and a limit to follow it up.

mod follow;
mod send;
pub(crate) mod store;
mod view;

pub use follow::{ReferralToFollow, Seen};
use kernel::codes;
pub use send::ReferralToSend;
pub(crate) use store::Referral;
pub(crate) use view::{ReferralView, show};

use chrono::{DateTime, Duration, Utc};
use docket::{Actor, Change, Event, KeyOf, NewEntry};
use futures::future::BoxFuture;
use http_api::Answer;
use kernel::problem::Problem;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    Leads,
    act::not_found,
    events::{self, Changed},
    lead::State,
};

codes! {
    /// How a referral stands (转办状态).
    ReferralState {
        /// Is being sent (待送达).
        Waiting = "waiting", "待送达";
        /// The neighbour has it (邻市办理中).
        Sent = "sent", "邻市办理中";
        /// The neighbour's server did not take it (邻市未接收).
        Refused = "refused", "邻市未接收";
        /// The neighbour says that it is over (邻市已办结).
        Ended = "ended", "邻市已办结";
        /// Taken back, or over with its lead (已撤回).
        Over = "over", "不再跟踪";
    }
}

/// After so long without an answer the neighbour counts as unreachable, and the dispatcher decides.
const LIFE: Duration = Duration::hours(24);

/// A lead that is to be referred, as a neighbour may read it: nothing of who reported it.
#[derive(Debug, Clone)]
pub struct ToRefer {
    /// Our number.
    pub number: String,
    /// The class code, if there is one.
    pub class_code: Option<String>,
    /// The reporter's words, with telephone and identity numbers hidden.
    pub description: String,
    /// The place in words, with such numbers hidden.
    pub address: Option<String>,
    /// Longitude and latitude, WGS-84 degrees.
    pub position: Option<(f64, f64)>,
    /// Why it is theirs, in the dispatcher's words.
    pub reason: String,
}

/// What goes to a neighbour.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// What people call the neighbour.
    pub name: String,
    /// The fields of its request; kept as they are until it was sent.
    pub request: Value,
}

/// Who knows the neighbour cities (邻市).
pub trait Neighbours: Send + Sync {
    /// Whether there is any to refer to.
    fn any(&self) -> bool;

    /// What goes to the neighbour of this code for a lead.
    ///
    /// # Errors
    /// `neighbour-unknown`, `neighbour-class-unmapped`, `neighbour-place-missing`.
    fn prepare<'a>(&'a self, code: &'a str, lead: &'a ToRefer) -> BoxFuture<'a, Answer<Prepared>>;
}

/// What an action asks of the referral.
#[derive(Debug)]
pub(crate) enum Order {
    /// Refer it (转邻市).
    Refer { neighbour: String, prepared: Prepared, reason: String, person: Uuid },
    /// The neighbour ended it (邻市办结).
    End,
}

/// What becomes of a lead's referral by an action: what it orders, and what follows when the lead comes back or is over.
pub(crate) async fn settle(
    connection: &mut PgConnection,
    key: &KeyOf,
    now: DateTime<Utc>,
    (from, to): (State, State),
    last: Option<&Referral>,
    order: Option<Order>,
) -> sqlx::Result<()> {
    match order {
        Some(Order::Refer { neighbour, prepared, reason, person }) => {
            let new = store::New {
                id: kernel::id::uuid_at(now),
                round: last.map_or(1, |last| last.round + 1),
                neighbour: &neighbour,
                prepared: &prepared,
                reason: &reason,
                from,
                person,
                give_up_at: now + LIFE,
            };
            store::insert(connection, key, now, &new).await
        }
        Some(Order::End) => match last {
            Some(last) => store::end(connection, last.id, ReferralState::Ended, now).await,
            None => Ok(()),
        },
        None => {
            let Some(last) = last.filter(|last| last.state() != ReferralState::Over) else { return Ok(()) };
            // Taken back, voided, or sent back as not well ended; closed well it stays what it was.
            let back = matches!(to, State::Reported | State::Accepted | State::Filed | State::Voided) && to != from;
            if back { store::end(connection, last.id, ReferralState::Over, now).await } else { Ok(()) }
        }
    }
}

/// Writes what is heard of a referral into the lead's history.
async fn leave_trace(leads: &Leads, connection: &mut PgConnection, key: &KeyOf, state: ReferralState, payload: Value) -> Answer<()> {
    let now = leads.clock().now();
    let locked = docket::lock(connection, key, None).await?.ok_or_else(not_found)??;
    let entry = NewEntry { actor: Actor::System("neighbour"), role: None, action: "referral", place: None, payload };
    let mut change = Change { entries: vec![entry], ..Change::default() };
    let mut told = Changed::from(&locked.header, &locked.after(now, &change)).payload("referral");
    told["referral"] = Value::from(state.code());
    change.events.push(Event { topic: events::CHANGED, payload: told });
    locked.change(connection, now, change).await?;
    Ok(())
}

/// What people read of the neighbour's words: bounded, without numbers of persons, and without what would break a line or a column.
fn words(text: &str) -> String {
    let clean: String = text.chars().filter(|letter| !letter.is_control() || *letter == '\n').take(1_000).collect();
    kernel::personal::redact(clean.trim()).into_owned()
}

pub(crate) fn no_neighbours() -> Problem {
    Problem::conflict("action-refused", "还没有对接邻市，请管理员在“邻市对接”中设置")
}
