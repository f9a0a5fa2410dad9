//! `POST /api/v1/centre/dock`: what a docking station (采集站) read out of devices, by device number and time.

use axum::extract::State;
use chrono::{DateTime, TimeDelta, Utc};
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::{codes, id::uuid_at, problem::Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::store;
use crate::{
    Centre, device, rights,
    session::rules::ASIDE_DAYS,
    words::{LINE, required, wrong},
};

/// Files of one list at most.
const MOST: usize = 500;
/// One file is so long at most.
const LONGEST_HOURS: i64 = 24;

/// A file of a docking station (采集文件).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CentreDockFile {
    /// The number that the device writes into its recordings.
    serial: String,
    name: String,
    /// The SHA-256 of its bytes in hexadecimal: what is brought twice is one.
    digest: String,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
}

/// A list of files (采集清单).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CentreDockList {
    /// 500 at most.
    files: Vec<CentreDockFile>,
}

codes! {
    /// What became of a file (采集结果).
    #[schema(as = CentreDockResult)]
    DockResult {
        /// It belongs to a session and its case (已对应案件).
        Assigned = "assigned", "已对应案件";
        /// Its officer is known, its case is not (待认领).
        Unassigned = "unassigned", "待认领";
        /// Nobody had the device then (没有领用人).
        Nobody = "nobody", "没有领用人，待认领";
        /// It was brought before (重复).
        Known = "known", "已经采集过";
        /// No device has this number (设备没有登记).
        Unknown = "unknown", "设备没有登记";
    }
}

/// What became of one file.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CentreDocked {
    name: String,
    result: DockResult,
    label: &'static str,
    case_number: Option<String>,
}

/// What became of the list (采集结果).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CentreDockAnswer {
    items: Vec<CentreDocked>,
}

fn checked(file: &CentreDockFile, now: DateTime<Utc>) -> Result<String, Problem> {
    let digest = file.digest.trim().to_ascii_lowercase();
    if digest.len() != 64 || !digest.chars().all(|c| c.is_ascii_hexdigit()) {
        return Err(wrong("files", "摘要应为文件内容的 SHA-256（64 位十六进制）"));
    }
    let long = file.ends_at - file.starts_at;
    if long <= TimeDelta::zero() || long > TimeDelta::hours(LONGEST_HOURS) || file.ends_at > now + TimeDelta::hours(1) {
        return Err(wrong("files", format!("文件 {} 的起止时间不对，请核对设备时钟", file.name.chars().take(60).collect::<String>())));
    }
    Ok(digest)
}

/// Takes a list in: each file finds its device, who had it, and, where that officer held one session then, its case.
///
/// # Errors
/// `dock-list` unless 1 to 500 files are named; `field-invalid`.
#[utoipa::path(post, path = "/api/v1/centre/dock", tag = "centre", operation_id = "dock_centre_recordings", request_body = CentreDockList,
    responses((status = 200, body = CentreDockAnswer, description = "What became of each")))]
pub(crate) async fn dock(
    State(centre): State<Centre>,
    allowed: Allowed<rights::KeepStores>,
    Json(wanted): Json<CentreDockList>,
) -> Answer<Json<CentreDockAnswer>> {
    if wanted.files.is_empty() || wanted.files.len() > MOST {
        return Err(Problem::invalid("dock-list", format!("一次采集 1 至 {MOST} 个文件")).into());
    }
    let (me, now, scope) = (allowed.caller.person.uuid(), centre.now(), allowed.scope());
    let mut transaction = centre.database().pool().begin().await?;
    let mut items = Vec::with_capacity(wanted.files.len());
    for file in &wanted.files {
        let digest = checked(file, now)?;
        let name = required("files", "文件名", &file.name, LINE)?;
        let device = device::store::by_serial(&mut transaction, &scope, centre.home_region(), file.serial.trim()).await?;
        let Some(device) = device else {
            items.push(told(name, DockResult::Unknown, None));
            continue;
        };
        let officer = store::holder_at(&mut transaction, device.id, file.starts_at).await?;
        let held = match officer {
            Some(officer) => store::held_then(&mut transaction, centre.home_region(), officer, file.starts_at, file.ends_at).await?,
            None => Vec::new(),
        };
        let one = (held.len() == 1).then(|| held.into_iter().next()).flatten();
        let row = store::RecordingRow {
            id: uuid_at(now),
            region: device.region.clone(),
            jurisdiction: one.as_ref().map_or_else(|| device.jurisdiction.clone(), |it| it.jurisdiction.clone()),
            session: one.as_ref().map(|it| it.id),
            device: Some(device.id),
            docket: one.as_ref().map(|it| it.docket),
            case_number: one.as_ref().map(|it| it.case_number.clone()),
            item: None,
            name: name.clone(),
            digest: Some(digest),
            starts_at: file.starts_at,
            ends_at: file.ends_at,
            officer,
            aside: None,
            keep_until: one.is_none().then(|| centre.today() + TimeDelta::days(ASIDE_DAYS)),
            entered_by: me,
            entered_at: now,
        };
        let new = store::insert(&mut transaction, &row).await?;
        let result = match (new, &row.docket, officer) {
            (false, ..) => DockResult::Known,
            (true, Some(_), _) => DockResult::Assigned,
            (true, None, Some(_)) => DockResult::Unassigned,
            (true, None, None) => DockResult::Nobody,
        };
        items.push(told(name, result, row.case_number.filter(|_| new)));
    }
    transaction.commit().await?;
    Ok(Json(CentreDockAnswer { items }))
}

fn told(name: String, result: DockResult, case_number: Option<String>) -> CentreDocked {
    CentreDocked { name, result, label: result.label(), case_number }
}
