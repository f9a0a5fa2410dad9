//! What this room asks of whoever holds leads and referrals (线索端口、移交端口): the binary wires it to their rooms.

use async_trait::async_trait;
use docket::KeyOf;
use http_api::ApiProblem;
use identity::Caller;
use sqlx::PgConnection;
use uuid::Uuid;

/// A lead that a case may come from: no words of its reporter, no names.
#[derive(Debug, Clone)]
pub struct LeadFacts {
    /// Its key.
    pub key: KeyOf,
    /// The number people call it by.
    pub number: String,
    /// The region in charge.
    pub jurisdiction: String,
    /// Where, longitude and latitude in WGS-84 degrees.
    pub position: Option<(f64, f64)>,
    /// Its photos, oldest first.
    pub photos: Vec<String>,
    /// Made by the city simulator.
    pub simulated: bool,
}

/// Whoever holds leads.
#[async_trait]
pub trait LeadSource: Send + Sync + 'static {
    /// A lead that the caller may read; nothing if there is none, or not for him.
    ///
    /// # Errors
    /// The database's.
    async fn lead(&self, connection: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Option<LeadFacts>, ApiProblem>;
}

/// A referral that a case may come from (案件线索移交).
#[derive(Debug, Clone)]
pub struct ReferralFacts {
    /// What it brings, like a lead: its key and number are the referral's.
    pub facts: LeadFacts,
    /// The lead that it comes from itself.
    pub lead: Option<(Uuid, String)>,
}

/// Whoever holds referrals.
#[async_trait]
pub trait ReferralSource: Send + Sync + 'static {
    /// A referral out of which the caller may open a case now; held until the end of the transaction.
    ///
    /// # Errors
    /// `referral-not-found`; `action-refused` where it does not wait for a case, or not for one of his.
    async fn referral(&self, connection: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<ReferralFacts, ApiProblem>;

    /// The number of the open referral of a lead.
    ///
    /// # Errors
    /// The database's.
    async fn open_of_lead(&self, connection: &mut PgConnection, region: &str, lead: Uuid) -> Result<Option<String>, ApiProblem>;

    /// The case is opened, in the same transaction: the referral goes on, what came with it becomes evidence.
    ///
    /// # Errors
    /// The database's; what evidence refuses.
    async fn became(&self, connection: &mut PgConnection, caller: &Caller, id: Uuid, case: &KeyOf) -> Result<(), ApiProblem>;
}
