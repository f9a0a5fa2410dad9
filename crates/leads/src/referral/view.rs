//! A referral as people read it.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Referral, ReferralState};

/// The referral of a lead to a neighbour city (转邻市).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReferralView {
    /// The neighbour's code.
    neighbour: String,
    /// The neighbour's name.
    neighbour_name: String,
    state: ReferralState,
    state_label: &'static str,
    /// It is over here while the neighbour has it, or may have it: somebody must tell them.
    must_be_told: bool,
    /// Why it is theirs.
    reason: String,
    referred_at: DateTime<Utc>,
    /// The neighbour's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    remote_id: Option<String>,
    /// Where it stands there, in the neighbour's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    remote_notes: Option<String>,
    /// Who has it there.
    #[serde(skip_serializing_if = "Option::is_none")]
    remote_agency: Option<String>,
    /// When the neighbour expects it to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    remote_expected: Option<DateTime<Utc>>,
    /// When it changed there last.
    #[serde(skip_serializing_if = "Option::is_none")]
    remote_updated: Option<DateTime<Utc>>,
    /// What went wrong last.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    /// How often it was tried to send it.
    attempts: i32,
    /// When the neighbour took it.
    #[serde(skip_serializing_if = "Option::is_none")]
    sent_at: Option<DateTime<Utc>>,
    /// When the neighbour was last asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    seen_at: Option<DateTime<Utc>>,
}

/// Shows a referral.
pub(crate) fn show(of: Referral) -> ReferralView {
    let state: ReferralState = of.state();
    ReferralView {
        state,
        state_label: state.label(),
        must_be_told: of.must_be_told(),
        neighbour: of.neighbour,
        neighbour_name: of.neighbour_name,
        reason: of.reason,
        referred_at: of.referred_at,
        remote_id: of.remote_id,
        remote_notes: of.remote_notes,
        remote_agency: of.remote_agency,
        remote_expected: of.remote_expected,
        remote_updated: of.remote_updated,
        error: of.error,
        attempts: of.attempts,
        sent_at: of.sent_at,
        seen_at: of.seen_at,
    }
}
