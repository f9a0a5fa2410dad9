//! Read the setting (督办设置).

use axum::extract::State;
use http_api::{Answer, Json};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;

use super::{NoticeSettings, store};
use crate::{Pressure, rights};

/// The setting with its version.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NoticeSettingsView {
    pub(super) settings: NoticeSettings,
    /// For `If-Match`; 0 as long as it is as the program brings it.
    pub(super) version: i64,
}

/// Reads when notices are issued by themselves.
///
/// # Errors
/// None of its own.
#[utoipa::path(get, path = "/api/v1/notice-settings", tag = "notices", operation_id = "read_notice_settings",
    responses((status = 200, body = NoticeSettingsView, description = "The setting")))]
pub(crate) async fn read(State(room): State<Pressure>, _allowed: Allowed<rights::SeeNotices>) -> Answer<Json<NoticeSettingsView>> {
    let mut connection = room.database().pool().acquire().await?;
    let (version, settings) = store::read(&mut connection, room.home_region()).await?;
    Ok(Json(NoticeSettingsView { settings, version }))
}
