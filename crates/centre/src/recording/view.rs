//! A recording as the desk sees it.

use chrono::{DateTime, NaiveDate, Utc};
use http_api::Answer;
use identity::{Caller, Scope};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::store;
use crate::{
    Centre, CentreMark,
    service::{CentrePerson, Names},
    session::{Purpose, Role},
};

/// A moment of a recording (标记).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CentreRecordingMark {
    /// From the beginning of the recording, in milliseconds.
    from_ms: i64,
    words: String,
}

/// A recording (录音录像).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CentreRecording {
    pub id: Uuid,
    pub name: String,
    pub session: Option<Uuid>,
    pub room_name: Option<String>,
    pub purpose_label: Option<&'static str>,
    pub role_label: Option<&'static str>,
    /// The label of the device that made it.
    pub device_code: Option<String>,
    /// Who had the device.
    pub officer: Option<CentrePerson>,
    pub case_id: Option<Uuid>,
    pub case_number: Option<String>,
    /// The item of evidence with its file: played at `/api/v1/evidence/{id}/content`.
    pub item: Option<Uuid>,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    /// Where to look; for who may see evidence.
    pub marks: Vec<CentreRecordingMark>,
    /// Why it belongs to no case.
    pub aside: Option<String>,
    /// Until when it is kept; with its case where it is missing.
    pub keep_until: Option<NaiveDate>,
    /// That time is over.
    pub past: bool,
}

fn of(row: store::Listed, marks: &[CentreMark], names: &Names, today: NaiveDate) -> CentreRecording {
    let it = row.recording;
    let marks = marks.iter().filter(|mark| Some(mark.item) == it.item);
    CentreRecording {
        id: it.id,
        name: it.name,
        session: it.session,
        room_name: row.room_name,
        purpose_label: row.purpose.and_then(|code| code.parse::<Purpose>().ok()).map(Purpose::label),
        role_label: row.role.and_then(|code| code.parse::<Role>().ok()).map(Role::label),
        device_code: row.device_code,
        officer: it.officer.map(|officer| names.person(officer)),
        case_id: it.docket,
        case_number: it.case_number,
        item: it.item,
        starts_at: it.starts_at,
        ends_at: it.ends_at,
        marks: marks.map(|mark| CentreRecordingMark { from_ms: mark.from_ms, words: mark.words.clone() }).collect(),
        aside: it.aside,
        past: it.keep_until.is_some_and(|day| day < today),
        keep_until: it.keep_until,
    }
}

/// Whose right it is to see evidence: what is marked in a recording is a part of it.
const SEES_EVIDENCE: &str = "evidence.see";

/// Recordings with their names, and, for who may see evidence, their marks.
pub(crate) async fn recordings(centre: &Centre, caller: &Caller, scope: &Scope, wanted: &store::Wanted) -> Answer<Vec<CentreRecording>> {
    let mut connection = centre.database().pool().acquire().await?;
    let rows = store::list(&mut connection, scope, centre.home_region(), wanted).await?;
    let items: Vec<Uuid> = rows.iter().filter_map(|row| row.recording.item).collect();
    let marks = if caller.may_by_name(SEES_EVIDENCE) { centre.evidence().marks(&mut connection, &items).await? } else { Vec::new() };
    drop(connection);
    let names = centre.names(rows.iter().filter_map(|row| row.recording.officer)).await?;
    let today = centre.today();
    Ok(rows.into_iter().map(|row| of(row, &marks, &names, today)).collect())
}
