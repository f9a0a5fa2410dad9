//! Enter a request for somebody at the counter (窗口登记权利请求).

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::{personal::Telephone, problem::Problem};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    Channel, Kind,
    new::{self, New},
    row::{self, PrivacyRequest},
};
use crate::{
    Privacy, rights,
    words::{NOTE, bounded, required, unnumbered},
};

/// Leads of one request.
const MOST_LEADS: usize = 1_000;

/// What somebody asks for, and how he was known to be the one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPrivacyRequest {
    kind: Kind,
    /// The telephone that he left: every report with it is meant.
    telephone: Option<String>,
    /// Numbers of reports that he made without leaving a telephone.
    #[serde(default)]
    numbers: Vec<String>,
    /// How it was checked that he is the one. No numbers of papers.
    identified: String,
    /// The name as it should read.
    name: Option<String>,
    /// The telephone as it should read.
    new_telephone: Option<String>,
    /// What else there is to say.
    #[serde(default)]
    note: String,
}

/// Enters a request about every report of a telephone, or about reports by their numbers.
///
/// # Errors
/// `field-required`, a faulty name or telephone, `correction-empty`, `nothing-kept`, `lead-not-found`, `too-many-leads`,
/// `privacy-request-waiting`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/privacy-requests", tag = "privacy", operation_id = "enter_privacy_request",
    request_body = NewPrivacyRequest, responses((status = 201, body = PrivacyRequest, description = "Entered")))]
pub(crate) async fn enter(
    State(room): State<Privacy>,
    allowed: Allowed<rights::HandleRequests>,
    Json(asked): Json<NewPrivacyRequest>,
) -> Answer<(StatusCode, Json<PrivacyRequest>)> {
    room.require_ground(&allowed.scope())?;
    let (region, now) = (room.home_region(), room.clock().now());
    let identified = unnumbered(&required("identified", "核验身份的方式", &asked.identified, NOTE)?);
    let wanted = new::wanted(asked.kind, asked.name.as_deref(), asked.new_telephone.as_deref())?;
    let note = unnumbered(&bounded("note", "说明", &asked.note, NOTE)?);
    let telephone = asked.telephone.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let telephone = telephone.map(Telephone::parse).transpose().map_err(|problem| {
        let detail = problem.detail.clone();
        problem.field("telephone", detail)
    })?;
    if telephone.is_none() && asked.numbers.is_empty() {
        let detail = "请填写本人上报时留下的电话，或者上报的编号";
        return Err(Problem::invalid("field-required", detail).field("telephone", detail).into());
    }
    let too_many = || {
        let detail = format!("一次最多办理 {MOST_LEADS} 件上报，请按上报编号分次登记");
        Problem::invalid("too-many-leads", detail.clone()).field("numbers", detail)
    };
    if asked.numbers.len() > MOST_LEADS {
        return Err(too_many().into());
    }
    let mut transaction = room.database().pool().begin().await?;
    let mut leads = Vec::new();
    for number in &asked.numbers {
        let unknown = || Problem::not_found("lead-not-found", "没有找到这个编号的上报").field("numbers", format!("没有编号 {number}"));
        leads.push(room.leads().by_number(region, number.trim()).await?.ok_or_else(unknown)?);
    }
    if let Some(telephone) = &telephone {
        leads.extend(room.leads().reported_with(&mut transaction, region, telephone).await?);
    }
    leads.sort_unstable();
    leads.dedup();
    if leads.len() > MOST_LEADS {
        return Err(too_many().into());
    }
    if leads.is_empty() {
        let detail = "没有保存留有这个电话的上报，可以直接答复申请人";
        return Err(Problem::conflict("nothing-kept", detail).field("telephone", detail).into());
    }
    let by = Some(allowed.caller.person);
    let new = New { kind: asked.kind, channel: Channel::Counter, identified, leads, wanted, note, by };
    let row = new::write(&room, &mut transaction, new, now).await?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(row::show(&row, now))))
}
