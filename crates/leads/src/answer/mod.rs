//! Answers (答复): what another system's report is owed when its lead is over, and the proof that it was given.
//!
//! The answer is made in the transaction that ends the lead. Where the source has an address it is sent there, signed, again and again
//! until it is taken or a day has passed; elsewhere a person answers in the source's own way and writes down how. Invariant: a lead of an
//! outside source that is over has exactly one answer for each time it ended, and none of them is forgotten: what is owed stands in a list.

pub(crate) mod deliver;
pub(crate) mod give;
pub(crate) mod list;
pub(crate) mod retry;
pub(crate) mod store;

use kernel::codes;

use docket::{Actor, Change, Event, KeyOf, NewEntry};
use http_api::Answer as HttpAnswer;
use kernel::problem::Problem;
use serde_json::Value;
use sqlx::PgConnection;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    Leads,
    events::{self, Changed},
    lead::{Source, State},
    source::SourceSetting,
};

codes! {
    /// How an answer stands (答复状态).
    AnswerState {
        /// Is being sent (待回传).
        Waiting = "waiting", "待回传";
        /// The source's system took it (已回传).
        Sent = "sent", "已回传";
        /// A person must answer (待人工答复).
        Owed = "owed", "待人工答复";
        /// A person answered and wrote down how (已人工答复).
        Given = "given", "已人工答复";
        /// The source's system did not take it for a day (回传失败).
        Dead = "dead", "回传失败";
        /// Its words wait for a person (待核对).
        Held = "held", "待核对";
    }
}

/// The operations.
pub(crate) fn routes() -> OpenApiRouter<Leads> {
    OpenApiRouter::new().routes(routes!(list::list)).routes(routes!(give::give)).routes(routes!(retry::retry))
}

/// Makes the answers that are owed when a lead is over as `outcome`: its own, and those of the leads that went into it. A lead that goes
/// into another is answered when that one is over.
///
/// `held`: they wait until a person has looked at the words (答复核验).
pub(crate) async fn owe(
    leads: &Leads,
    connection: &mut PgConnection,
    key: &KeyOf,
    outcome: State,
    words: Option<&str>,
    ended: Vec<store::Ended>,
    held: bool,
) -> HttpAnswer<()> {
    let settings = leads.settings().await?;
    let now = leads.clock().now();
    let mut answers = Vec::new();
    for lead in ended {
        let source = lead.source.parse::<Source>().ok().and_then(|source| settings.source(&source));
        // Files of no named source come from nobody who waits.
        let Some(source) = source.filter(|setting| setting.kind.is_outside() && setting.source != Source::IMPORT) else { continue };
        answers.push(store::NewAnswer {
            id: kernel::id::uuid_at(now),
            lead: lead.id,
            source: lead.source,
            source_key: lead.source_key,
            outcome: outcome.code(),
            words: words.unwrap_or(outcome.label()).to_owned(),
            state: if held { AnswerState::Held } else { open_state(source) },
        });
    }
    store::insert(connection, &key.region, &answers, now, now + deliver::LIFE).await?;
    Ok(())
}

/// Sent where the source has an address, else a person's to give.
const fn open_state(source: &SourceSetting) -> AnswerState {
    if source.reply_url.is_some() { AnswerState::Waiting } else { AnswerState::Owed }
}

/// Lets the held answers of a lead go, and of those that went into it; in other words where some are given.
pub(crate) async fn let_go(leads: &Leads, connection: &mut PgConnection, key: &KeyOf, words: Option<&str>) -> HttpAnswer<()> {
    let settings = leads.settings().await?;
    let now = leads.clock().now();
    for lead in store::that_end_with(connection, key).await? {
        let source = lead.source.parse::<Source>().ok();
        let state = source.and_then(|source| settings.source(&source).map(open_state)).unwrap_or(AnswerState::Owed);
        store::let_go(connection, &key.region, lead.id, state, words, now, now + deliver::LIFE).await?;
    }
    Ok(())
}

/// Refuses what would give an answer that waits for a person to look at its words.
fn require_not_held(state: &str) -> Result<(), Problem> {
    if state == AnswerState::Held.code() {
        return Err(Problem::conflict("answer-held", "这条答复正在核对，请先在“答复核验”里放行或改写"));
    }
    Ok(())
}

/// Writes a line about an answer into the lead's history; also when the lead is over.
async fn leave_trace(leads: &Leads, connection: &mut PgConnection, key: &KeyOf, actor: Actor, payload: Value) -> HttpAnswer<()> {
    let now = leads.clock().now();
    let locked = docket::lock(connection, key, None).await?.ok_or_else(not_found)??;
    let entry = NewEntry { actor, role: None, action: "answer", place: None, payload };
    let mut change = Change { entries: vec![entry], ..Change::default() };
    let told = Changed::from(&locked.header, &locked.after(now, &change)).payload("answer");
    change.events.push(Event { topic: events::CHANGED, payload: told });
    locked.change(connection, now, change).await?;
    Ok(())
}

fn not_found() -> Problem {
    Problem::not_found("answer-not-found", "没有找到这条答复，或不在您的权限范围内")
}
