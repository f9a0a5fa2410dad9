//! Whether the reply of a lead addresses what was asked (答复核验): looked at when the unit replies, and again when the lead is over.
//!
//! The rules are pure and stand in `crates/judgement/src/reply`; here they get their facts. What a district wants held is not sent to the
//! source and not shown to the reporter until a person releases it with a reason or writes it anew. Invariant: a held reply stands in the
//! list until somebody settles it, or the lead is sent back to be fixed again; no state, limit or light of the lead waits for it.

pub(crate) mod list;
pub(crate) mod release;
pub(crate) mod rewrite;
pub(crate) mod setting;
pub(crate) mod store;

use kernel::codes;

use chrono::Duration;
use docket::{Actor, Change, Event, Header, KeyOf, NewEntry};
use http_api::Answer;
use judgement::reply::{self, Case, Class, Code, Outcome};
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    Leads,
    answer::store::Ended,
    events::{self, Changed},
    lead::{Source, State, record::LeadRecord},
    settings::Snapshot,
};

codes! {
    /// How a reply stands after the look (核验状态).
    ReplyCheckState {
        /// Nothing was found.
        Passed = "passed", "通过";
        /// Something was found, and the reply was given all the same (提示).
        Warned = "warned", "已提示";
        /// It waits for a person (待核对).
        Held = "held", "待核对";
        /// A person gave it as it is, with a reason (已放行).
        Released = "released", "已放行";
        /// A person wrote it anew (已改写).
        Rewritten = "rewritten", "已改写";
    }
}

codes! {
    /// What a district does about replies that do not answer (核验方式).
    ReplyCheckMode {
        /// Does not look.
        Off = "off", "不核验";
        /// Looks and says so.
        Warn = "warn", "只提示";
        /// Holds back what is found of the kinds chosen.
        Hold = "hold", "暂缓发出";
    }
}

/// The setting of a district.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReplyChecking {
    pub mode: ReplyCheckMode,
    /// The kinds of findings that hold a reply back.
    pub holding: Vec<Code>,
}

impl Default for ReplyChecking {
    /// As long as nobody chose: it is said, and nothing is held.
    fn default() -> Self {
        Self { mode: ReplyCheckMode::Warn, holding: vec![Code::Empty, Code::Copied] }
    }
}

/// A finding as it is kept and shown (核验发现).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct ReplyFinding {
    /// `empty`, `copied`, `off-topic`, `other-class`, `promise`, `contradiction` or `short`.
    code: String,
    label: String,
    /// Why, in Chinese.
    reason: String,
    /// The words of the reply that showed it.
    words: Vec<String>,
}

impl From<reply::Finding> for ReplyFinding {
    fn from(found: reply::Finding) -> Self {
        Self { code: found.code.code().to_owned(), label: found.code.label().to_owned(), reason: found.reason, words: found.words }
    }
}

/// The operations.
pub(crate) fn routes() -> OpenApiRouter<Leads> {
    OpenApiRouter::new()
        .routes(routes!(list::list))
        .routes(routes!(list::count))
        .routes(routes!(release::release))
        .routes(routes!(rewrite::rewrite))
        .routes(routes!(setting::show, setting::replace))
}

/// Copies are looked for so far back.
const COPIES_OF: Duration = Duration::days(180);

/// What came of a look.
#[derive(Debug, Default)]
pub(crate) struct Looked {
    /// The answer waits for a person.
    pub held: bool,
    /// What the ledger keeps of it; nothing where nothing is held.
    pub entry: Option<NewEntry>,
}

/// Looks at the reply of a lead that is being replied to, or that is over as `over`. `ended` are the leads that are answered by it.
pub(crate) async fn look(
    leads: &Leads,
    connection: &mut PgConnection,
    header: &Header,
    record: &LeadRecord,
    over: Option<State>,
    ended: &[Ended],
) -> Answer<Looked> {
    let key = header.key();
    let settings = leads.settings().await?;
    let standing = store::standing(connection, &key).await?;
    if settings.reply_check.mode == ReplyCheckMode::Off || !ended.iter().any(|lead| somebody_waits(&settings, lead)) {
        return Ok(Looked { held: standing.is_some_and(|(state, _)| state == ReplyCheckState::Held.code()), entry: None });
    }
    let words = record.reply.clone().unwrap_or_default();
    let digest = digest_of(&words);
    // What a person settled stays settled as long as the words do.
    let settled = [ReplyCheckState::Released.code(), ReplyCheckState::Rewritten.code()];
    if standing.as_ref().is_some_and(|(state, of)| settled.contains(&state.as_str()) && *of == digest) {
        return Ok(Looked::default());
    }
    let was_held = standing.as_ref().is_some_and(|(state, of)| state == ReplyCheckState::Held.code() && *of == digest);
    let found = find(leads, connection, header, record, &words, over).await?;
    let state = state_after(&settings.reply_check, &found);
    store::put(connection, &key, &words, &digest, &found, state, leads.clock().now()).await?;
    let held = state == ReplyCheckState::Held;
    let entry = (held && !was_held).then(|| {
        let payload = json!({ "state": state, "findings": found.iter().map(|finding| finding.label.as_str()).collect::<Vec<_>>() });
        NewEntry { actor: Actor::System("rules"), role: None, action: ACTION, place: None, payload }
    });
    Ok(Looked { held, entry })
}

/// What the ledger calls everything about it.
pub(crate) const ACTION: &str = "reply-check";

/// Everything that is wrong with the words as the reply of this lead.
async fn find(
    leads: &Leads,
    connection: &mut PgConnection,
    header: &Header,
    record: &LeadRecord,
    words: &str,
    over: Option<State>,
) -> Answer<Vec<ReplyFinding>> {
    let asked = asked(&header.title, &record.description, record.address.as_deref());
    let mut same_as = None;
    if reply::can_be_copied(words) {
        let since = leads.clock().now() - COPIES_OF;
        let others = store::in_same_words(connection, &header.key(), &digest_of(words), since).await?;
        let copy = others
            .into_iter()
            .find(|other| reply::is_copy(words, &asked, &self::asked(&other.title, &other.description, other.address.as_deref())));
        same_as = copy.map(|other| other.number);
    }
    let outcome = over.map(|state| if state == State::Closed { Outcome::Closed } else { Outcome::Refused });
    let mut found = reply::check(words, &Case { asked: &asked, outcome, same_as: same_as.as_deref() });
    if let Some(code) = &record.class_code
        && !found.iter().any(|finding| finding.code == Code::Empty)
    {
        let (of_reply, of_question) = (leads.catalogue().suggest(words), leads.catalogue().suggest(&asked));
        let name = leads.class_name(code).unwrap_or_default();
        let own = Class { code, name: &name, words: &[] };
        found.extend(reply::another_class(own, &classes(&of_reply), &classes(&of_question)));
    }
    Ok(found.into_iter().map(ReplyFinding::from).collect())
}

fn classes(suggested: &[catalogue::suggest::ClassSuggestion]) -> Vec<Class<'_>> {
    suggested.iter().map(|one| Class { code: &one.code, name: &one.name, words: &one.words }).collect()
}

fn asked(title: &str, description: &str, address: Option<&str>) -> String {
    format!("{title} {description} {}", address.unwrap_or_default())
}

fn state_after(setting: &ReplyChecking, found: &[ReplyFinding]) -> ReplyCheckState {
    if found.is_empty() {
        ReplyCheckState::Passed
    } else if setting.mode == ReplyCheckMode::Hold && found.iter().any(|finding| holds(setting, finding)) {
        ReplyCheckState::Held
    } else {
        ReplyCheckState::Warned
    }
}

fn holds(setting: &ReplyChecking, finding: &ReplyFinding) -> bool {
    Code::of(&finding.code).is_some_and(|code| setting.holding.contains(&code))
}

/// Whether anybody reads the answer: a citizen with his code, or an outside source.
fn somebody_waits(settings: &Snapshot, lead: &Ended) -> bool {
    let source = lead.source.parse::<Source>().ok();
    let kind = source.as_ref().and_then(|source| settings.source(source)).map(|setting| setting.kind);
    source != Some(Source::IMPORT) && kind.is_some_and(|kind| kind.is_outside() || kind == crate::SourceKind::Citizens)
}

fn digest_of(words: &str) -> Vec<u8> {
    Sha256::digest(reply::print_of(words)).to_vec()
}

/// Writes what a person made of a held reply into the lead's history; also when the lead is over.
async fn leave_trace(leads: &Leads, connection: &mut PgConnection, key: &KeyOf, actor: Actor, payload: Value) -> Answer<()> {
    let now = leads.clock().now();
    let locked = docket::lock(connection, key, None).await?.ok_or_else(not_found)??;
    let entry = NewEntry { actor, role: None, action: ACTION, place: None, payload };
    let mut change = Change { entries: vec![entry], details: true, ..Change::default() };
    let told = Changed::from(&locked.header, &locked.after(now, &change)).payload(ACTION);
    change.events.push(Event { topic: events::CHANGED, payload: told });
    locked.change(connection, now, change).await?;
    Ok(())
}

fn not_found() -> Problem {
    Problem::not_found("reply-check-not-found", "没有找到这条答复的核验记录，或不在您的权限范围内")
}

fn settled() -> Problem {
    Problem::conflict("reply-check-settled", "这条答复不在待核对状态，请刷新")
}
