//! The backlog (积压) of the lead room: reports at the gate, answers that are open, open leads by their light.

mod store;

use database::Database;

use crate::Leads;

/// Answers (答复) that are not settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct OpenAnswers {
    /// Being sent.
    pub waiting: i64,
    /// Those of them that failed at least once.
    pub failing: i64,
    /// A person must give them.
    pub owed: i64,
    /// No system took them for a day.
    pub dead: i64,
}

/// Open leads by their light (三色预警).
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct OpenByLight {
    /// In time.
    pub green: i64,
    /// To be warned of.
    pub yellow: i64,
    /// Past their limit.
    pub red: i64,
    /// No limit runs.
    pub none: i64,
}

impl OpenAnswers {
    /// The answers that are open now, for who has the database alone.
    ///
    /// # Errors
    /// The database's.
    pub async fn read(database: &Database) -> sqlx::Result<Self> {
        store::answers(database.pool()).await
    }
}

impl Leads {
    /// Reports at the gate that wait for the next commit, and how many may.
    #[must_use]
    pub fn at_the_gate(&self) -> (usize, usize) {
        self.queue().waiting()
    }

    /// The answers that are open now.
    ///
    /// # Errors
    /// The database's.
    pub async fn open_answers(&self) -> sqlx::Result<OpenAnswers> {
        OpenAnswers::read(self.database()).await
    }

    /// All open leads of the installation by their light. Walks every open lead: not to be asked each second.
    ///
    /// # Errors
    /// The database's.
    pub async fn open_by_light(&self) -> sqlx::Result<OpenByLight> {
        store::open_by_light(self.database().pool(), self.clock().now()).await
    }
}
