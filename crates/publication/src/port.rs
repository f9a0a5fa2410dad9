//! What this room asks of whoever holds cases (案件端口): the binary wires it to the room of cases.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use docket::KeyOf;
use http_api::Answer;
use identity::Caller;
use sqlx::PgConnection;
use uuid::Uuid;

/// Whether the case itself counts its decision as published (案件的公开状态).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublicFact {
    /// Not published.
    Not,
    /// Published.
    Public,
    /// Public as it was before it was changed or found unlawful.
    Stale,
    /// Withdrawn.
    Withdrawn,
}

/// What a review or a judgment made of a decision that stands (变更、确认违法).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecisionFate {
    /// Its penalty is another one.
    Changed,
    /// It was found unlawful.
    Unlawful,
}

/// What came of a review or a suit, as the case's step takes it (救济结果).
#[derive(Debug, Clone, Default)]
pub struct RemedyEnd {
    /// The step.
    pub action: &'static str,
    /// In words.
    pub note: String,
    /// Of a review that was refused or not decided in time: the day.
    pub on: Option<NaiveDate>,
    /// Of a change: the fine and the confiscated sum as they are now, in fen.
    pub sums: Option<(i64, i64)>,
    /// Of a change for the worse: what a third person asked for.
    pub opposed: Option<String>,
}

/// Where review and suit of a case stand (案件的复议诉讼状态).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RemedyFact {
    /// Neither.
    None,
    /// A review runs.
    Review,
    /// A review let the decision stand.
    Reviewed,
    /// A review ended without a decision: a suit may still come.
    ReviewEnded,
    /// A review was not accepted, or dismissed.
    ReviewRefused,
    /// A review was not decided in time.
    ReviewLapsed,
    /// A suit ended without a judgment.
    SuitEnded,
    /// A suit runs.
    Suit,
    /// A judgment let it stand.
    Upheld,
    /// The decision is gone.
    Revoked,
}

/// A case whose penalty was decided (已决定的案件): nothing of who its parties are.
#[derive(Debug, Clone)]
pub struct DecisionStanding {
    /// Its docket.
    pub key: KeyOf,
    /// Its number.
    pub number: String,
    /// When the penalty was decided.
    pub decided_at: DateTime<Utc>,
    /// The matter.
    pub matter: String,
    /// Decided on the spot.
    pub on_spot: bool,
    /// A penalty that calls for a hearing.
    pub heavy: bool,
    /// Nothing but warnings and public criticism.
    pub words_only: bool,
    /// A party is under eighteen or not answerable.
    pub minor: bool,
    /// A party is a natural person or a household.
    pub natural: bool,
    /// It reached the party, and the case is not over.
    pub served: bool,
    /// Whether the case counts it as published.
    pub published: PublicFact,
    /// Where review and suit stand.
    pub remedy: RemedyFact,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
    /// What became of it, and when, where it stands.
    pub altered: Option<(DecisionFate, DateTime<Utc>)>,
    /// What it demands was done.
    pub performed: bool,
    /// A party was fined for what it did after this decision.
    pub again: bool,
}

/// What a party is, as far as its name is published (当事人种类).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartyIs {
    /// A natural person (自然人): neither name nor number is ever published, whatever the number looks like.
    Person,
    /// An individual household (个体工商户): by name where it has a credit code of its own.
    Household,
    /// An organisation (单位).
    Unit,
}

/// A party of a decision, by name: read for masking, never kept.
#[derive(Debug, Clone)]
pub struct DecisionParty {
    /// What it is.
    pub is: PartyIs,
    /// Its name.
    pub name: String,
    /// Its number as it was entered.
    pub number: String,
}

/// What a decision says, its parties named: read for masking, never kept (决定内容).
#[derive(Debug, Clone)]
pub struct DecisionText {
    /// Each party.
    pub parties: Vec<DecisionParty>,
    /// What happened, when, where, and why the penalty is what it is.
    pub facts: String,
    /// The articles.
    pub basis: String,
    /// The penalty in words.
    pub penalty: String,
    /// Its day.
    pub decided_on: NaiveDate,
}

/// Whoever holds cases.
#[async_trait]
pub trait Decisions: Send + Sync + 'static {
    /// A case within the caller's sight: its docket, and how its decision stands if there is one.
    ///
    /// # Errors
    /// `forbidden`, `case-not-found`; the database's.
    async fn seen(&self, caller: &Caller, case: Uuid) -> Answer<(KeyOf, Option<DecisionStanding>)>;

    /// The same for the program itself.
    ///
    /// # Errors
    /// The database's.
    async fn standing(&self, connection: &mut PgConnection, key: &KeyOf) -> Answer<Option<DecisionStanding>>;

    /// What the decision says; the case's ledger says who read it.
    ///
    /// # Errors
    /// `forbidden`, `vault-unreadable`; the database's.
    async fn text(&self, connection: &mut PgConnection, caller: &Caller, key: &KeyOf) -> Answer<DecisionText>;

    /// The number of the decision; nothing where none was issued in the house. Asked before a transaction takes its connection: whoever
    /// issues documents has a connection of his own.
    ///
    /// # Errors
    /// The database's.
    async fn number(&self, key: &KeyOf) -> Answer<Option<String>>;

    /// Takes the case's step `publish`; `checked_by` looked through what is published.
    ///
    /// # Errors
    /// The guard that refuses.
    async fn publish(&self, connection: &mut PgConnection, caller: &Caller, key: &KeyOf, checked_by: Uuid) -> Answer<()>;

    /// Takes another step of the case: `unpublish`, `ask-review`, `sue`, `review-upholds`, `suit-upholds`, `revoked`.
    ///
    /// # Errors
    /// The guard that refuses.
    async fn step(&self, connection: &mut PgConnection, caller: &Caller, key: &KeyOf, action: &str, note: &str) -> Answer<()>;

    /// Takes the case's step that ends a review or a suit.
    ///
    /// # Errors
    /// The guard that refuses; `plan-invalid` of a change that leaves nothing.
    async fn conclude(&self, connection: &mut PgConnection, caller: &Caller, key: &KeyOf, end: RemedyEnd) -> Answer<()>;

    /// The case that a party names by its number and that of its decision: its docket, for applying at the desk or the party's page.
    ///
    /// # Errors
    /// The database's.
    async fn by_number(&self, connection: &mut PgConnection, case_number: &str) -> Answer<Option<KeyOf>>;
}
