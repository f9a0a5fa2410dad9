//! Follow a report by its code, without an account (进度查询).

use axum::extract::State as Shared;
use chrono::{DateTime, Utc};
use docket::{DeadlineRow, DeadlineState};
use files::WholeMosaic;
use http_api::{Answer, ClientAddress, Json, Path};
use kernel::{light::Light, personal::redact, problem::Problem};
use serde::Serialize;
use utoipa::ToSchema;

use super::store;
use crate::{
    Leads,
    act::state_of,
    lead::{self, Limit, State},
    list::row::{RowPlace, RowPosition},
    reply_check::{self, ReplyCheckState},
    spool, tracking,
    view::RatingView,
};

/// One step in the citizen's words.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublicStep {
    /// When.
    at: DateTime<Utc>,
    /// What.
    label: String,
    /// More of it.
    text: String,
}

/// A photo that shows the handling.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublicPhoto {
    /// The file; none of a photo that was taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    /// `report`, `before` or `after`.
    role: String,
    /// It was taken back and is not shown (撤回公开).
    withheld: bool,
    /// Why all of it is a mosaic, and not the faces and number plates alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    whole: Option<WholeMosaic>,
}

/// A report as anyone with its code sees it. No name, no telephone, nobody's account.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FollowedReport {
    /// The number.
    number: String,
    /// The code.
    tracking_code: String,
    /// State code.
    state: String,
    /// State in Chinese.
    state_label: String,
    /// One line of words.
    title: String,
    /// The reporter's words.
    description: String,
    /// When it came in.
    reported_at: DateTime<Utc>,
    /// Where, in words.
    place: RowPlace,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<RowPosition>,
    /// What happened.
    steps: Vec<PublicStep>,
    /// When it is to be fixed.
    #[serde(skip_serializing_if = "Option::is_none")]
    due_at: Option<DateTime<Utc>>,
    /// The light.
    #[schema(value_type = Option<String>)]
    light: Option<Light>,
    /// Proof of the handling.
    photos: Vec<PublicPhoto>,
    /// The unit's reply.
    #[serde(skip_serializing_if = "Option::is_none")]
    reply: Option<String>,
    /// The reply is being looked at and will be shown when that is done (答复核对中).
    reply_held: bool,
    /// The rating given.
    #[serde(skip_serializing_if = "Option::is_none")]
    rating: Option<RatingView>,
    /// Whether it may be rated now.
    can_rate: bool,
    /// The number of the report it was merged into: the last, where that was merged too.
    #[serde(skip_serializing_if = "Option::is_none")]
    merged_into: Option<String>,
    /// How many reports of the same problem are handled together, this one among them (几人反映). Nothing is said of who they are of.
    reports: i64,
    /// Made by the city simulator.
    simulated: bool,
}

pub(crate) fn unknown() -> Problem {
    Problem::not_found("report-not-found", "没有找到这个查询码对应的上报，请核对后再试")
}

/// Follows a report.
///
/// # Errors
/// `report-not-found`, `report-waiting` while it lies in the spool, `too-many-requests`.
#[utoipa::path(get, path = "/api/v1/public/reports/{tracking_code}", tag = "public", params(("tracking_code" = String, Path, description = "The code")),
    responses((status = 200, body = FollowedReport, description = "The report")))]
pub(crate) async fn follow(
    Shared(leads): Shared<Leads>,
    ClientAddress(address): ClientAddress,
    Path(code): Path<String>,
) -> Answer<Json<FollowedReport>> {
    leads.follow_rate().check(address)?;
    let pool = leads.database().pool();
    let code = tracking::normalised(&code).ok_or_else(unknown)?;
    if leads.is_spooled(&code) {
        return Err(spool::waiting().into());
    }
    let (region, id) = lead::store::by_tracking_code(pool, &code).await?.ok_or_else(unknown)?;
    let own = lead::store::header(pool, id).await?.ok_or_else(unknown)?;
    let mut connection = pool.acquire().await?;
    let record = lead::store::record(&mut connection, &region, id).await?.ok_or_else(unknown)?;
    // A merged report is followed where it goes on.
    let (header, shown, merged_into) = match record.merged_into {
        Some(_) => {
            let target = lead::store::goes_on_in(&mut connection, &region, id).await?;
            let header = lead::store::header(&mut *connection, target).await?.ok_or_else(unknown)?;
            let shown = lead::store::record(&mut connection, &header.region, target).await?.ok_or_else(unknown)?;
            let number = header.number.clone();
            (header, shown, Some(number))
        }
        None => (own.clone(), record.clone(), None),
    };
    // His own photos of what he saw, and of the handling those of where it goes on: what another reporter photographed is not shown.
    let mut photos = lead::store::photos(&mut connection, &region, id).await?;
    if header.id != id {
        photos.retain(|photo| photo.role == "report");
        let handling = lead::store::photos(&mut connection, &header.region, header.id).await?;
        photos.extend(handling.into_iter().filter(|photo| photo.role != "report"));
    }
    photos.retain(|photo| matches!(photo.role.as_str(), "report" | "before" | "after"));
    let reports = lead::store::reports_of(&mut connection, &header.region, header.id).await?;
    // Whoever has the code may pass it on: numbers inside words are hidden, as they are in the ledger, which the steps come from.
    let hidden = |text: &String| redact(text).into_owned();
    let checked = reply_check::store::state_of(&mut connection, &header.region, header.id).await?;
    let is = |state: ReplyCheckState| checked.as_deref() == Some(state.code());
    let reply_held = is(ReplyCheckState::Held);
    // What the unit wrote stands in the ledger; the reporter reads what was released or written anew.
    let instead = match (reply_held, is(ReplyCheckState::Rewritten)) {
        (true, _) => Some(String::new()),
        (false, true) => shown.reply.as_ref().map(hidden),
        _ => None,
    };
    let state = state_of(&header)?;
    let fix = disposal(&docket::deadlines(&mut connection, &header.key()).await?);
    drop(connection);
    let shown_photos: Vec<String> = photos.iter().filter(|photo| photo.withheld_at.is_none()).map(|photo| photo.file.clone()).collect();
    let mosaics = leads.files().whole_mosaics(&shown_photos).await?;
    let organisations = leads.identity().organisations().await?;
    let now = leads.clock().now();
    let mut steps = store::steps(pool, &region, id).await?;
    if header.id != id {
        // What happened to his own report, then what happens where it goes on; not what another reporter did there.
        let theirs = store::steps(pool, &header.region, header.id).await?;
        let theirs = theirs
            .into_iter()
            .filter(|step| !matches!(step.action.as_str(), "report" | "rate" | "erase-reporter" | "correct-reporter" | "copy-reporter"));
        let merged = steps.iter().position(|step| step.action == "merge").map_or(steps.len(), |at| at + 1);
        steps.splice(merged..merged, theirs);
        steps.sort_by_key(|step| step.at);
    }
    // Of what was replied before the newest reply, or before it went back, nobody knows any more whether it was ever released.
    let newest = steps.iter().rposition(|step| step.action == "rework" || is_reply(&step.action));
    let steps = steps.into_iter().enumerate().filter_map(|(at, step)| {
        let (label, text) = words(&step.action, &step.payload, |unit| organisations.name(unit).to_owned())?;
        let text = match (is_reply(&step.action), Some(at) == newest) {
            (true, true) => instead.clone().unwrap_or(text),
            (true, false) => String::new(),
            (false, _) => text,
        };
        Some(PublicStep { at: step.at, label, text })
    });
    Ok(Json(FollowedReport {
        steps: steps.collect(),
        number: own.number,
        tracking_code: code,
        state: state.code().to_owned(),
        state_label: state.label().to_owned(),
        title: own.title,
        description: hidden(&record.description),
        reported_at: own.opened_at,
        place: RowPlace {
            township_name: record.grid.as_deref().and_then(|grid| leads.region_name(grid.get(..9)?)),
            grid_name: None,
            grid_code: None,
            address: record.address.as_ref().map(hidden),
        },
        position: own.lon.zip(own.lat).map(|(lon, lat)| RowPosition { lon, lat }),
        due_at: fix.filter(|_| header.open && matches!(state, State::Dispatched | State::Fixing)).map(|(_, due)| due),
        light: fix.filter(|_| header.open).map(|(warn, due)| Light::at(now, warn, due)),
        photos: photos
            .into_iter()
            .map(|photo| PublicPhoto {
                whole: mosaics.iter().find(|(file, _)| *file == photo.file).map(|(_, why)| *why),
                withheld: photo.withheld_at.is_some(),
                id: photo.withheld_at.is_none().then_some(photo.file),
                role: photo.role,
            })
            .collect(),
        reply: shown.reply.as_ref().filter(|_| !reply_held).map(hidden),
        reply_held,
        can_rate: state == State::Closed && record.stars.is_none(),
        rating: record.stars.map(|stars| RatingView { stars, comment: record.rating_comment.as_ref().map(hidden) }),
        merged_into,
        reports,
        simulated: own.simulated,
    }))
}

/// Whether a step of the ledger carries the reply in its words.
fn is_reply(action: &str) -> bool {
    matches!(action, "fix" | "reject" | "void" | "referral-end")
}

/// When the running disposal limit warns and ends: the citizen waits for that one, not for the steps of the centre or of who assists.
fn disposal(limits: &[DeadlineRow]) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let running = |row: &&DeadlineRow| row.name == Limit::Fix.code() && row.state == DeadlineState::Running.code();
    limits.iter().rev().find(running).and_then(|row| row.warn_at.zip(row.due_at))
}

/// A ledger line in the citizen's words; inner steps are not told.
fn words(action: &str, payload: &serde_json::Value, unit_name: impl Fn(uuid::Uuid) -> String) -> Option<(String, String)> {
    let text = |name: &str| payload.get(name).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    let unit = || text("unit").parse().map(unit_name).unwrap_or_default();
    let (label, text) = match action {
        "report" => ("已收到您的上报", String::new()),
        "request-verify" => ("工作人员正在现场核实", String::new()),
        "accept" => ("已受理", String::new()),
        "file" => ("已立案", String::new()),
        "dispatch" => ("已派给责任单位", unit()),
        "refer" => ("已转有管辖权的邻市办理", text("neighbour")),
        "take-back" => ("邻市未办结，转回本市办理", String::new()),
        "referral-end" => ("邻市已办结", text("note")),
        "take" => ("责任单位已接单，正在处理", String::new()),
        "suspend" => ("暂缓办理", text("reason")),
        "resume" => ("恢复办理", String::new()),
        "fix" => ("责任单位已处理", text("note")),
        "check" if payload["passed"] == true => ("现场核查通过", String::new()),
        "rework" => ("核查未通过，退回重新处理", String::new()),
        "case" => ("已转执法部门立案办理", String::new()),
        "case-result" => ("执法部门已有办理结果", String::new()),
        "close" => ("已办结", String::new()),
        "reject" => ("不予受理", text("reason")),
        "merge" => ("与相同问题合并办理", text("number")),
        "void" => ("已作废", text("reason")),
        "rate" => ("您已评价", String::new()),
        "erase-reporter" => ("姓名和电话已删除", String::new()),
        "correct-reporter" => ("姓名或电话已更正", String::new()),
        "copy-reporter" => ("已提供个人信息副本", String::new()),
        _ => return None,
    };
    Some((label.to_owned(), text))
}
