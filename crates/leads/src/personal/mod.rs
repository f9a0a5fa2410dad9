//! What is kept about a reporter, for the person himself (报料人的个人信息): found, given out, corrected, erased.
//!
//! The room above decides whether; here is how, each with its line in the lead's ledger and never a value in it.

mod change;
mod record;
mod retain;
pub(crate) mod store;

pub use record::{PersonalLead, PersonalPhoto, PersonalStep};

use docket::KeyOf;
use kernel::{id::SubjectId, personal::Telephone};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{Leads, lead, tracking};

/// How what a caller names fits what a report holds (核对结果).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactMatch {
    /// No telephone is kept of its reporter.
    NoneKept,
    /// The telephone is the one that is kept.
    Same,
    /// It is another, or none was named.
    Other,
}

impl Leads {
    /// The lead that a tracking code names, and its number.
    ///
    /// # Errors
    /// The database's.
    pub async fn by_tracking(&self, code: &str) -> sqlx::Result<Option<(KeyOf, String)>> {
        let pool = self.database().pool();
        let Some(code) = tracking::normalised(code) else { return Ok(None) };
        let Some((region, id)) = lead::store::by_tracking_code(pool, &code).await? else { return Ok(None) };
        let header = lead::store::header(pool, id).await?;
        Ok(header.map(|header| (KeyOf { region, id: id.into() }, header.number)))
    }

    /// The lead of a number in a district.
    ///
    /// # Errors
    /// The database's.
    pub async fn by_number(&self, region: &str, number: &str) -> sqlx::Result<Option<Uuid>> {
        store::by_number(self.database().pool(), region, number).await
    }

    /// The leads whose reporter left this telephone, all of them, the oldest first.
    ///
    /// # Errors
    /// The database's.
    pub async fn reported_with(&self, connection: &mut PgConnection, region: &str, telephone: &Telephone) -> sqlx::Result<Vec<Uuid>> {
        let subjects = self.vault().find(connection, region, "telephone", telephone.expose()).await?;
        let subjects: Vec<Uuid> = subjects.into_iter().map(SubjectId::uuid).collect();
        Ok(lead::store::by_subjects(connection, region, &subjects).await?.into_iter().map(|header| header.id).collect())
    }

    /// Whether name or telephone of a lead's reporter is still kept.
    ///
    /// # Errors
    /// The database's.
    pub async fn keeps_contact(&self, connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<bool> {
        let subject = store::subject(connection, &key.region, key.id.uuid()).await?.map(SubjectId::from);
        let Some(subject) = subject else { return Ok(false) };
        Ok(self.vault().erased_at(connection, &key.region, subject).await?.is_none())
    }

    /// Whether a telephone is the one that was left with a report.
    ///
    /// # Errors
    /// The database's.
    pub async fn matches_contact(
        &self,
        connection: &mut PgConnection,
        key: &KeyOf,
        telephone: Option<&Telephone>,
    ) -> sqlx::Result<ContactMatch> {
        let subject = store::subject(connection, &key.region, key.id.uuid()).await?.map(SubjectId::from);
        let Some(subject) = subject else { return Ok(ContactMatch::NoneKept) };
        if !self.vault().keeps(connection, &key.region, subject, "telephone").await? {
            return Ok(ContactMatch::NoneKept);
        }
        let same = match telephone {
            Some(telephone) => self.vault().matches(connection, &key.region, subject, "telephone", telephone.expose()).await?,
            None => false,
        };
        Ok(if same { ContactMatch::Same } else { ContactMatch::Other })
    }
}
