//! Entering an announcement: it is only added; a mistake is put right by another one.

use std::collections::BTreeSet;

use axum::{extract::State, http::StatusCode, response::IntoResponse};
use chrono::NaiveDate;
use http_api::{Answer, Json};
use identity::{
    Allowed, Scope,
    audit::{self, SettingChange},
};
use kernel::{
    id::uuid_at,
    problem::Problem,
    region::{RegionCode, RegionLevel},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    rule::{EMPOWERMENT, PowerAct},
    store::{self, Row},
};
use crate::{ManageLaw, Matters, library::Library};

/// Matters of one announcement.
const MOST_MATTERS: usize = 2_000;
/// Townships of one announcement.
const MOST_TOWNSHIPS: usize = 200;

/// An announcement to enter.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewPowerAnnouncement {
    /// Its number.
    number: String,
    /// Its title.
    title: String,
    /// Who announced it.
    organ: String,
    /// When it was announced.
    announced_on: NaiveDate,
    /// From which day on it counts; not before it was announced.
    effective_from: NaiveDate,
    /// What it does.
    act: PowerAct,
    /// For which matters, by their codes.
    matters: Vec<String>,
    /// For which townships, by their region codes; none for a transfer.
    #[serde(default)]
    townships: Vec<String>,
    /// To which bureau, for a transfer.
    to_organ: Option<String>,
    /// A remark.
    note: Option<String>,
}

/// An announcement that was entered.
#[derive(Debug, Serialize, ToSchema)]
pub struct PowerAnnouncementEntered {
    /// Its id.
    id: Uuid,
}

/// What is wrong with an announcement, or the county it is for with its matters and townships.
fn check(new: &NewPowerAnnouncement, library: &Library, scope: &Scope, home: &str) -> Result<(String, Vec<String>, Vec<String>), Problem> {
    let mut problem = Problem::invalid("announcement-invalid", "公告内容不符合要求");
    let fits = |text: &str, most: usize| (1..=most).contains(&text.trim().chars().count()) && !text.contains('\0');
    for (field, text, most) in [("number", &new.number, 60), ("title", &new.title, 200), ("organ", &new.organ, 60)] {
        if !fits(text, most) {
            problem = problem.field(field, format!("为 1 至 {most} 个字"));
        }
    }
    if new.effective_from < new.announced_on {
        problem = problem.field("effective_from", "施行日期不能早于公布日期").citing(EMPOWERMENT);
    }
    let transfer = new.act == PowerAct::Transfer;
    let organ_fits = new.to_organ.as_deref().is_some_and(|organ| fits(organ, 60));
    if (transfer && !organ_fits) || (!transfer && new.to_organ.is_some()) {
        problem = problem.field("to_organ", if transfer { "划转须写明划入的部门" } else { "只有划转才写划入的部门" });
    }
    if new.note.as_deref().is_some_and(|note| note.chars().count() > 500 || note.contains('\0')) {
        problem = problem.field("note", "不能超过 500 个字");
    }
    let matters: BTreeSet<&String> = new.matters.iter().collect();
    if matters.is_empty() || matters.len() > MOST_MATTERS {
        problem = problem.field("matters", format!("为 1 至 {MOST_MATTERS} 个事项"));
    } else if let Some(unknown) = matters.iter().find(|code| library.versions(code).is_empty()) {
        problem = problem.field("matters", format!("库中没有已发布的事项 {}", unknown.chars().take(30).collect::<String>()));
    }
    let townships: BTreeSet<RegionCode> = new.townships.iter().filter_map(|code| RegionCode::parse(code).ok()).collect();
    let all_townships = townships.len() == new.townships.iter().collect::<BTreeSet<_>>().len()
        && townships.iter().all(|code| code.level() == RegionLevel::Township);
    if !all_townships || townships.is_empty() != transfer || townships.len() > MOST_TOWNSHIPS {
        problem = problem.field("townships", if transfer { "划转在全县施行，不写镇街" } else { "请选择镇街（9 位区划代码）" });
    }
    let counties: BTreeSet<String> = townships.iter().map(|code| code.county().to_string()).collect();
    if counties.len() > 1 {
        problem = problem.field("townships", "一份公告只能涉及同一区县的镇街");
    }
    if !problem.fields.is_empty() {
        return Err(problem);
    }
    let county = counties.into_iter().next().unwrap_or_else(|| home.to_owned());
    if !scope.covers_region(&county) {
        return Err(Problem::forbidden("scope-exceeded", "赋权公告由区县级管理员录入，您的辖区范围不足"));
    }
    Ok((county, matters.into_iter().cloned().collect(), townships.iter().map(ToString::to_string).collect()))
}

/// Enters an announcement of empowerment, withdrawal or transfer.
///
/// # Errors
/// `announcement-invalid`, `announcement-exists`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/empowerments", tag = "law", operation_id = "announce_empowerment", request_body = NewPowerAnnouncement,
    responses((status = 201, body = PowerAnnouncementEntered)), extensions(("x-right" = json!("law.manage"))))]
pub(crate) async fn announce(
    State(room): State<Matters>,
    allowed: Allowed<ManageLaw>,
    Json(new): Json<NewPowerAnnouncement>,
) -> Answer<impl IntoResponse> {
    let library = room.library().await?;
    let (county, matters, townships) = check(&new, &library, &allowed.scope(), room.home_region())?;
    let row = Row {
        id: uuid_at(room.now()),
        sequence: 0,
        county,
        number: new.number.trim().to_owned(),
        title: new.title.trim().to_owned(),
        organ: new.organ.trim().to_owned(),
        announced_on: new.announced_on,
        effective_from: new.effective_from,
        act: new.act.code().to_owned(),
        matters,
        townships,
        to_organ: new.to_organ.map(|it| it.trim().to_owned()),
        note: new.note.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()),
        entered_at: room.now(),
        entered_by: allowed.caller.person.uuid(),
    };
    let mut transaction = room.pool().begin().await?;
    if !store::add(&mut transaction, &row).await? {
        let detail = format!("{} 已录入过同样事由、施行日期、镇街和事项的公告；录错的，请另录一份公告更正", row.number);
        return Err(Problem::conflict("announcement-exists", detail).into());
    }
    if new.act == PowerAct::Withdraw {
        store::settle_drafts(&mut transaction, &row).await?;
    }
    let after = json!({ "number": row.number, "act": row.act, "effective_from": row.effective_from, "matters": row.matters.len(),
        "townships": row.townships, "to_organ": row.to_organ });
    let target = row.id.to_string();
    let change = SettingChange { region: &row.county, action: "empowerment-announced", target: &target, before: Value::Null, after };
    audit::record(&mut transaction, room.now(), allowed.caller.person, change).await?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(PowerAnnouncementEntered { id: row.id })))
}
