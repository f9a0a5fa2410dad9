//! An award as staff read it.

use chrono::{DateTime, NaiveDate, Utc};
use http_api::Answer;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{AwardState, store::AwardRow};
use crate::{Rewards, settle::Reason};

/// An award. Who is paid does not stand in it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RewardAward {
    pub id: Uuid,
    pub programme: Uuid,
    /// The day with which it was settled.
    pub day: NaiveDate,
    pub lead_id: Uuid,
    pub number: String,
    pub received_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class_name: Option<String>,
    pub fen: i64,
    pub state: AwardState,
    pub state_label: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_label: Option<&'static str>,
    /// Why a person must look before it is approved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hold: Option<String>,
    /// Its place in the lot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lot: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approved_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim_until: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claimed_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid_at: Option<DateTime<Utc>>,
    pub simulated: bool,
}

impl Rewards {
    /// Awards with the names that people read.
    pub(super) async fn awards(&self, rows: Vec<AwardRow>) -> Answer<Vec<RewardAward>> {
        let names = self.identity().names_of(&rows.iter().filter_map(|row| row.approved_by).collect::<Vec<_>>()).await?;
        let view = |row: AwardRow| RewardAward {
            state: row.state(),
            state_label: row.state().label(),
            reason: row.reason(),
            reason_label: row.reason().map(Reason::label),
            class_name: row
                .class_code
                .as_deref()
                .map(|code| self.catalogue().class(code).map_or_else(|| code.to_owned(), |it| it.name.clone())),
            approved_by: row.approved_by.and_then(|id| names.get(&id).cloned()),
            id: row.id,
            programme: row.programme,
            day: row.day,
            lead_id: row.lead_id,
            number: row.number,
            received_at: row.received_at,
            fen: row.fen,
            hold: row.hold,
            lot: row.lot,
            note: row.note,
            approved_at: row.approved_at,
            claim_until: row.claim_until,
            claimed_at: row.claimed_at,
            paid_at: row.paid_at,
            simulated: row.simulated,
        };
        Ok(rows.into_iter().map(view).collect())
    }
}
