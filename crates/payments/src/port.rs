//! What the room that holds cases says about a fine, and what it is told when the money came.

use async_trait::async_trait;
use chrono::NaiveDate;
use docket::KeyOf;
use http_api::Answer;
use identity::Caller;
use kernel::problem::Problem;
use sqlx::PgConnection;
use uuid::Uuid;

/// The fine of a case as it stands (罚款决定).
#[derive(Debug, Clone)]
pub struct FinedCase {
    /// Its docket.
    pub key: KeyOf,
    /// Its number.
    pub number: String,
    /// What is fined for, without words of anybody.
    pub matter: String,
    /// The region in charge.
    pub jurisdiction: String,
    /// The unit in charge.
    pub unit: Option<Uuid>,
    /// Made by the simulator.
    pub simulated: bool,
    /// The officers who handle it.
    pub officers: Vec<Uuid>,
    /// The fine of the decision, in fen; 0 where it has none.
    pub fine_fen: i64,
    /// The decision states an extra fine.
    pub surcharge_stated: bool,
    /// The decision is served and was not taken away.
    pub stands: bool,
    /// It was taken away by review or suit.
    pub revoked: bool,
    /// Review or suit changed it: `fine_fen` is what is left.
    pub changed: bool,
    /// The case holds the fine to be paid.
    pub paid: bool,
    /// Payment was put off or divided (行政处罚法第六十六条第二款).
    pub deferred: bool,
    /// The last day to pay.
    pub due_on: Option<NaiveDate>,
    /// The last day of what was put off.
    pub deferred_until: Option<NaiveDate>,
    /// Reviews and suits, from and to.
    pub pauses: Vec<(NaiveDate, Option<NaiveDate>)>,
    /// The day the reminder was served.
    pub reminded_on: Option<NaiveDate>,
    /// Its ten working days have passed.
    pub reminder_over: bool,
    /// The time for review and suit is over, and neither runs.
    pub remedy_over: bool,
    /// The three months to apply to the court are over.
    pub court_closed: bool,
    /// Their last day, while they run.
    pub court_until: Option<NaiveDate>,
    /// What is confiscated besides the fine, in fen.
    pub confiscated_fen: i64,
}

/// What is known of a fine for a document (文书预填).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Of the fine, not paid, in fen.
    pub fine_fen: i64,
    /// Of the extra fine, not paid, in fen.
    pub surcharge_fen: i64,
    /// The extra fine has reached the fine.
    pub capped: bool,
    /// Up to which day it was counted.
    pub until: NaiveDate,
    /// The bank it is paid at.
    pub bank: String,
    /// The account there.
    pub account: String,
    /// It can be paid online.
    pub online: bool,
}

/// The room that holds cases.
#[async_trait]
pub trait FinedCases: Send + Sync + 'static {
    /// The fine of a case that the caller may see.
    ///
    /// # Errors
    /// `case-not-found` outside the caller's sight; the database's.
    async fn seen(&self, caller: &Caller, case: Uuid) -> Answer<FinedCase>;

    /// The same for the program itself, within a transaction that holds the docket.
    ///
    /// # Errors
    /// `case-not-found`; the database's.
    async fn fine(&self, connection: &mut PgConnection, key: &KeyOf) -> Answer<FinedCase>;

    /// Pays the case off with a receipt's number, in the caller's transaction; inside, what the case says against it.
    ///
    /// # Errors
    /// The database's.
    async fn pay(&self, connection: &mut PgConnection, key: &KeyOf, receipt: &str) -> Answer<Result<(), Problem>>;
}
