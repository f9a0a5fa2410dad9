//! A citizen's report from the portal (我要爆料).

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use http_api::{Answer, ClientAddress, IdempotencyKey, Json};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::consent::{self, Consent};
use crate::{
    Leads, Report, Taken,
    lead::Source,
    report::{self, PositionInput},
    spool::PATIENCE,
    text_code::{self, TelephoneCode},
};

/// A citizen's report. No account; name and telephone only if the citizen wants to be called.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PublicReport {
    /// What is wrong, in words.
    description: String,
    /// Where.
    position: Option<PositionInput>,
    /// Where, in words.
    address: Option<String>,
    /// What kind, if the citizen chose one.
    class_code: Option<String>,
    /// The name, if the citizen left one.
    name: Option<String>,
    /// The telephone, if the citizen left one.
    telephone: Option<String>,
    /// Photos, already uploaded.
    #[serde(default)]
    photos: Vec<String>,
    /// The page's own key: the same key again is the same report.
    client_key: Option<String>,
    /// The notice that was read before a contact was left.
    consent: Option<Consent>,
    /// The code that came to the telephone by text message, where the city asks for one.
    telephone_code: Option<TelephoneCode>,
    /// Made by the city simulator. Only in demo mode.
    #[serde(default)]
    simulated: bool,
}

/// What the citizen keeps.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Receipt {
    /// The number.
    number: String,
    /// The code to follow it by.
    tracking_code: String,
    /// The page to follow it on.
    url: String,
}

/// What the citizen keeps of a report that was taken in while the database was out of reach.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WaitingReport {
    /// The code to follow it by, as soon as the database is back.
    tracking_code: String,
    /// The page to follow it on.
    url: String,
    /// What that means, in Chinese.
    detail: String,
}

/// Photos of a report. While the database is out of reach only their names can be checked; the rest is done when it is back.
async fn photos(leads: &Leads, photos: Vec<String>) -> Answer<Vec<String>> {
    if leads.spool().is_none() {
        return report::photos(leads, photos).await;
    }
    if !photos.is_empty() && !leads.database_is_away() {
        match tokio::time::timeout(PATIENCE, report::photos(leads, photos.clone())).await {
            Ok(Err(error)) if error.problem().code == "database-unavailable" => {}
            Ok(settled) => return settled,
            Err(_) => {}
        }
        leads.found_away();
    }
    report::photo_names(photos)
}

/// Takes a citizen's report. While the database is out of reach it is kept on the disk and answered with 202: its code works later.
///
/// # Errors
/// A faulty field, `notice-not-seen`, `notice-unknown`, `guardian-consent-missing`, `text-code-needed`, `text-code-wrong`, `too-many-requests`, `intake-full`, `spool-full`,
/// `database-unavailable`.
#[utoipa::path(post, path = "/api/v1/public/reports", tag = "public", request_body = PublicReport, responses(
    (status = 201, body = Receipt, description = "Taken"),
    (status = 202, body = WaitingReport, description = "Kept on the disk; it becomes a lead when the database is back"),
    (status = 200, body = Receipt, description = "It was there already")))]
pub(crate) async fn report(
    State(leads): State<Leads>,
    ClientAddress(address): ClientAddress,
    IdempotencyKey(idempotency): IdempotencyKey,
    Json(request): Json<PublicReport>,
) -> Answer<Response> {
    leads.report_rate().check(address)?;
    let simulated = request.simulated && leads.demo();
    let (name, telephone) = (report::name(request.name.as_deref())?, report::telephone(request.telephone.as_deref())?);
    let consent = if name.is_some() || telephone.is_some() || request.consent.is_some() {
        consent::kept(leads.newest_notice().await?, name.is_some() || telephone.is_some(), request.consent)?
    } else {
        None
    };
    let mut report = Report {
        source: Source::PORTAL,
        source_key: report::source_key(idempotency, request.client_key)?,
        description: report::description(&request.description)?,
        position: request.position.map(PositionInput::parse).transpose()?,
        address: crate::act::optional("address", "地址", request.address.as_deref())?,
        class_code: request.class_code.map(|code| leads.known_class(&code)).transpose()?,
        component_code: None,
        name,
        telephone,
        telephone_verified: false,
        person: None,
        role: None,
        photos: photos(&leads, request.photos).await?,
        details: consent.map_or_else(|| json!({}), |consent| json!({ "privacy": consent })),
        occurred_at: None,
        simulated,
    };
    // Last, so that a faulty field elsewhere does not use the code up. The simulator's citizens have no telephone to look at.
    if !simulated {
        let asked = text_code::Asked {
            key: &report.source_key,
            telephone: report.telephone.as_ref(),
            position: report.position,
            photos: &report.photos,
        };
        report.telephone_verified = text_code::verify(&leads, asked, request.telephone_code).await?;
    }
    let url = |code: &str| format!("/follow/{code}");
    Ok(match leads.take_in(report).await? {
        Taken::Kept(received) => {
            let status = if received.already_present { StatusCode::OK } else { StatusCode::CREATED };
            let code = received.tracking_code;
            (status, Json(Receipt { url: url(&code), number: received.number, tracking_code: code })).into_response()
        }
        Taken::Waiting { tracking_code } => {
            let detail = "已收下并保存，系统恢复后即可凭查询码查询；不用再报一次".to_owned();
            (StatusCode::ACCEPTED, Json(WaitingReport { url: url(&tracking_code), tracking_code, detail })).into_response()
        }
    })
}
