//! A citizen's report from the portal (我要爆料).

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, ClientAddress, IdempotencyKey, Json};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::consent::{self, Consent};
use crate::{
    Leads, Report,
    lead::Source,
    report::{self, PositionInput},
};

/// A citizen's report. No account; name and telephone only if the citizen wants to be called.
#[derive(Debug, Deserialize, ToSchema)]
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

/// Takes a citizen's report.
///
/// # Errors
/// A faulty field, `notice-not-seen`, `notice-unknown`, `guardian-consent-missing`, `too-many-requests`, `intake-full`, `database-unavailable`.
#[utoipa::path(post, path = "/api/v1/public/reports", tag = "public", request_body = PublicReport, responses(
    (status = 201, body = Receipt, description = "Taken"), (status = 200, body = Receipt, description = "It was there already")))]
pub(crate) async fn report(
    State(leads): State<Leads>,
    ClientAddress(address): ClientAddress,
    IdempotencyKey(idempotency): IdempotencyKey,
    Json(request): Json<PublicReport>,
) -> Answer<(StatusCode, Json<Receipt>)> {
    leads.report_rate().check(address)?;
    let simulated = request.simulated && leads.demo();
    let (name, telephone) = (report::name(request.name.as_deref())?, report::telephone(request.telephone.as_deref())?);
    let consent = if name.is_some() || telephone.is_some() || request.consent.is_some() {
        consent::kept(leads.newest_notice().await?, name.is_some() || telephone.is_some(), request.consent)?
    } else {
        None
    };
    let report = Report {
        source: Source::PORTAL,
        source_key: report::source_key(idempotency, request.client_key)?,
        description: report::description(&request.description)?,
        position: request.position.map(PositionInput::parse).transpose()?,
        address: crate::act::optional("address", "地址", request.address.as_deref())?,
        class_code: request.class_code.map(|code| leads.known_class(&code)).transpose()?,
        component_code: None,
        name,
        telephone,
        person: None,
        role: None,
        photos: report::photos(&leads, request.photos).await?,
        details: consent.map_or_else(|| json!({}), |consent| json!({ "privacy": consent })),
        occurred_at: None,
        simulated,
    };
    let received = leads.receive(report).await?;
    let receipt =
        Receipt { url: format!("/follow/{}", received.tracking_code), number: received.number, tracking_code: received.tracking_code };
    Ok((if received.already_present { StatusCode::OK } else { StatusCode::CREATED }, Json(receipt)))
}
