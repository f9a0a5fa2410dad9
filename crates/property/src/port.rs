//! What the room that holds cases says about the property of one.

use chrono::{DateTime, Utc};
use docket::KeyOf;
use futures::future::BoxFuture;
use http_api::Answer;
use identity::{Caller, Scope};
use kernel::codes;
use sqlx::PgConnection;
use uuid::Uuid;

/// What is wanted with a case's property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// To see it.
    See,
    /// To enter the list of what was taken: by those who handle the case, while it is not in the archive.
    Enter,
}

codes! {
    /// How the measure over property stands (措施状态).
    #[schema(as = PropertyHoldState)]
    HoldState {
        /// Within its period (期限内).
        Standing = "standing", "期限内";
        /// Beyond its period: to be let go at once (超期).
        Expired = "expired", "已超期";
        /// Lifted or dealt with by the case (已处理).
        Settled = "settled", "案件已作处理";
    }
}

/// A measure as the case has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseHeld {
    /// How it stands.
    pub state: HoldState,
    /// When its period ends; nothing once it is settled.
    pub due_at: Option<DateTime<Utc>>,
}

/// A case as far as its property is concerned (案件).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseProperty {
    /// Its docket.
    pub key: KeyOf,
    /// Its number.
    pub number: String,
    /// The region that it lies in.
    pub jurisdiction: String,
    /// The ordinals of its parties.
    pub parties: Vec<i16>,
    /// The officers who handle it.
    pub officers: Vec<Uuid>,
    /// 先行登记保存, if there ever was.
    pub registration: Option<CaseHeld>,
    /// 查封、扣押, if there ever was.
    pub seizure: Option<CaseHeld>,
    /// A decision that was served and stands confiscates.
    pub forfeits: bool,
    /// A review or a suit against the decision runs.
    pub contested: bool,
    /// Merged into another case: what it held follows that one, which this one does not name.
    pub merged: bool,
}

/// The room that holds cases.
pub trait PropertyCases: Send + Sync + 'static {
    /// The case, for a caller who may do what is wished.
    ///
    /// # Errors
    /// `case-not-found` outside the caller's sight; `forbidden` or what the case's own state refuses.
    fn opened<'a>(&'a self, caller: &'a Caller, case: Uuid, wish: Wish) -> BoxFuture<'a, Answer<CaseProperty>>;

    /// These cases as they stand, over the connection of who asks: under a lock that he holds, nothing of them changes.
    ///
    /// # Errors
    /// The database's.
    fn standing<'a>(
        &'a self,
        connection: &'a mut PgConnection,
        region: &'a str,
        cases: &'a [Uuid],
    ) -> BoxFuture<'a, Answer<Vec<CaseProperty>>>;

    /// The cases on a scope's ground that hold property now, at most `most`.
    ///
    /// # Errors
    /// The database's.
    fn holding_now<'a>(&'a self, connection: &'a mut PgConnection, scope: &'a Scope, most: i64)
    -> BoxFuture<'a, Answer<Vec<CaseProperty>>>;
}
