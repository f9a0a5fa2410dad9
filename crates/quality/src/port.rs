//! What this room asks of whoever holds cases, documents, evidence, reviews and suits (案件端口): the binary wires it.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use docket::KeyOf;
use http_api::Answer;
use identity::{Caller, Scope};
use sqlx::PgConnection;
use uuid::Uuid;

/// Which concluded cases are asked for.
#[derive(Debug, Clone)]
pub struct CasesWanted {
    /// From this instant.
    pub from: DateTime<Utc>,
    /// Before this instant.
    pub to: DateTime<Utc>,
    /// On this ground: a prefix of region codes.
    pub ground: String,
    /// Of this unit alone.
    pub unit: Option<Uuid>,
    /// Procedures; none for all.
    pub tracks: Vec<String>,
    /// Results; none for all.
    pub results: Vec<String>,
}

/// A concluded case that may be drawn (候选案卷): nothing of who its parties are.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Its docket.
    pub key: KeyOf,
    /// Its number.
    pub number: String,
    /// What it is about.
    pub title: String,
    /// The procedure's code.
    pub track: String,
    /// The result's code.
    pub result: String,
    /// The matter.
    pub matter_code: String,
    /// Its name.
    pub matter_name: String,
    /// The unit.
    pub unit: Option<Uuid>,
    /// The first officer.
    pub officer: Option<Uuid>,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// When it was concluded.
    pub concluded_at: DateTime<Utc>,
    /// The decision is gone.
    pub revoked: bool,
    /// Made by the simulator.
    pub simulated: bool,
}

/// An officer as he stood when he joined the case.
#[derive(Debug, Clone)]
pub struct CourseOfficer {
    /// Who.
    pub person: Uuid,
    /// His certificate.
    pub certificate: Option<String>,
    /// Its last day.
    pub valid_until: Option<NaiveDate>,
}

/// A step that was taken.
#[derive(Debug, Clone)]
pub struct CourseStep {
    /// Its code.
    pub action: String,
    /// Its name.
    pub label: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The notice tells of the right to a hearing.
    pub tells_hearing: bool,
    /// Education was recorded with it.
    pub educated: bool,
    /// When it reached the party, where it was entered later than that.
    pub served_on: Option<NaiveDate>,
}

/// A document that was issued and stands.
#[derive(Debug, Clone)]
pub struct CoursePaper {
    /// Its kind, such as `D14`.
    pub kind: String,
    /// Its name and number.
    pub title: String,
    /// When it was issued.
    pub issued_at: DateTime<Utc>,
    /// Who drafted and who issued it: they had a part in the case.
    pub people: Vec<Uuid>,
}

/// What happened in a case (办案经过).
#[derive(Debug, Clone, Default)]
pub struct Course {
    /// What it is about.
    pub title: String,
    /// The region in charge of it.
    pub jurisdiction: String,
    /// The matter.
    pub matter_code: String,
    /// Its name.
    pub matter_name: String,
    /// The unit.
    pub unit: Option<Uuid>,
    /// The result's code, as of the last concluding step.
    pub result: String,
    /// Decided on the spot.
    pub on_spot: bool,
    /// The matter is in the published list, the place is ours.
    pub in_power: bool,
    /// Found in time.
    pub timely: bool,
    /// A penalty that calls for a hearing.
    pub heavy: bool,
    /// Complex or major.
    pub complex: bool,
    /// A review before the decision is due by itself.
    pub review_due: bool,
    /// The officers who handled it.
    pub officers: Vec<CourseOfficer>,
    /// Everybody who had any part in it.
    pub participants: Vec<Uuid>,
    /// In their order.
    pub steps: Vec<CourseStep>,
    /// Documents that stand; nothing where the house issues none.
    pub papers: Option<Vec<CoursePaper>>,
    /// Items of evidence; nothing where the house keeps none.
    pub evidence: Option<usize>,
}

/// A case that a person looks at, for its guides.
#[derive(Debug, Clone)]
pub struct GuidedCase {
    /// Its docket.
    pub key: KeyOf,
    /// Its number.
    pub number: String,
    /// The matter.
    pub matter_code: String,
    /// Its name.
    pub matter_name: String,
    /// It was decided.
    pub decided: bool,
}

/// A review or suit that ended (已结的复议、诉讼).
#[derive(Debug, Clone)]
pub struct RemedyEnded {
    /// Of which case.
    pub case_id: Uuid,
    /// Its unit.
    pub unit: Option<Uuid>,
    /// Its first officer.
    pub officer: Option<Uuid>,
    /// A suit; otherwise a review.
    pub suit: bool,
    /// The decision was revoked, changed, or found unlawful or void.
    pub fell: bool,
}

/// A matter that a township was empowered with.
#[derive(Debug, Clone)]
pub struct PowerGiven {
    /// The matter's code.
    pub matter: String,
    /// The township.
    pub township: String,
    /// From this instant.
    pub since: DateTime<Utc>,
    /// The stretch before that is compared begins here.
    pub before: DateTime<Utc>,
}

/// How a power was used.
#[derive(Debug, Clone)]
pub struct PowerUsed {
    /// The matter's code.
    pub matter: String,
    /// The township.
    pub township: String,
    /// Opened in a stretch of the same length before.
    pub before: i64,
    /// Opened since.
    pub opened: i64,
    /// Of these decided.
    pub decided: i64,
    /// Of these overturned.
    pub overturned: i64,
    /// When the last was opened, before or since.
    pub last_at: Option<DateTime<Utc>>,
}

/// Whoever holds cases.
#[async_trait]
pub trait CaseRecords: Send + Sync + 'static {
    /// The cases concluded in a period within a scope, the first concluded first; at most `most`.
    ///
    /// # Errors
    /// The database's.
    async fn concluded(&self, scope: &Scope, wanted: &CasesWanted, most: i64) -> Answer<Vec<Candidate>>;

    /// What happened in a case; nothing where there is no such case.
    ///
    /// # Errors
    /// The database's.
    async fn course(&self, key: &KeyOf) -> Answer<Option<Course>>;

    /// A case within the caller's sight.
    ///
    /// # Errors
    /// `forbidden`, `case-not-found`; the database's.
    async fn seen(&self, caller: &Caller, case: Uuid) -> Answer<GuidedCase>;

    /// Whether a text has the name or number of a party of the case in it: told without telling who that is.
    ///
    /// # Errors
    /// `case-not-found`; the database's.
    async fn names_party(&self, connection: &mut PgConnection, key: &KeyOf, text: &str) -> Answer<bool>;

    /// The reviews and suits that ended in a period within a scope; at most `most`.
    ///
    /// # Errors
    /// The database's.
    async fn remedies(&self, scope: &Scope, from: DateTime<Utc>, to: DateTime<Utc>, most: i64) -> Answer<Vec<RemedyEnded>>;

    /// How powers were used, in the order of `given`.
    ///
    /// # Errors
    /// The database's.
    async fn power_used(&self, scope: &Scope, given: &[PowerGiven]) -> Answer<Vec<PowerUsed>>;
}
