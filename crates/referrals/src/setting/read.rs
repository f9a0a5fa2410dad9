//! Read the limits (查看移交时限).

use axum::extract::State;
use http_api::{Answer, Json};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Settings, store};
use crate::{Referrals, rights};

/// The limits with their version.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CaseReferralSettingsView)]
pub(crate) struct SettingsView {
    pub(super) settings: Settings,
    /// For `If-Match`; 0 as long as they are as the program brings them: provisional.
    pub(super) version: i64,
}

/// Reads how long each step of a referral may take.
///
/// # Errors
/// None of its own.
#[utoipa::path(get, path = "/api/v1/referral-settings", tag = "referrals", operation_id = "read_referral_settings",
    responses((status = 200, body = SettingsView, description = "The limits")))]
pub(crate) async fn read(State(room): State<Referrals>, _allowed: Allowed<rights::SetReferrals>) -> Answer<Json<SettingsView>> {
    let parts = room.parts();
    let mut connection = parts.database.pool().acquire().await?;
    let (version, settings) = store::read(&mut connection, &parts.home_region).await?;
    Ok(Json(SettingsView { settings, version }))
}
