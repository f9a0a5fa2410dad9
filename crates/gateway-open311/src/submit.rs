//! POST Service Request (上报): takes a report in.

mod body;
mod parse;

use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::Response,
};
use http_api::IdempotencyKey;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Gateway, Receipt,
    asked::Asked,
    fault::{Errors, Fault},
    format::{Document, Format},
    xml::Xml,
};

/// What the reporter gets.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Open311Submitted)]
pub(crate) struct Entry {
    /// The request's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    service_request_id: Option<String>,
    /// In place of the id where there is none yet: what it is asked by later.
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
    /// What is going to be done, and the code to follow it by on the portal.
    service_notice: String,
    /// Always null: accounts of other systems are not kept.
    account_id: Option<String>,
}

/// The answer: a list of one.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Open311SubmittedList)]
pub(crate) struct Submitted(Vec<Entry>);

impl Document for Submitted {
    fn write(&self, xml: &mut Xml) {
        xml.element("service_requests", |xml| {
            for entry in &self.0 {
                xml.element("request", |xml| {
                    if let Some(id) = &entry.service_request_id {
                        xml.leaf("service_request_id", id);
                    }
                    if let Some(token) = &entry.token {
                        xml.leaf("token", token);
                    }
                    xml.leaf("service_notice", &entry.service_notice);
                    xml.leaf_or_empty("account_id", entry.account_id.as_ref());
                });
            }
        });
    }
}

impl From<Receipt> for Submitted {
    fn from(receipt: Receipt) -> Self {
        Self(vec![Entry {
            service_notice: match (&receipt.id, &receipt.tracking_code) {
                (_, None) => "此前已从贵方读取，按同一件办理".to_owned(),
                (Some(_), Some(code)) => format!("已收到。凭查询码 {code} 可在门户查看进度和评价"),
                (None, Some(code)) => format!("已收下并保存，系统恢复后即可凭查询码 {code} 查询"),
            },
            token: receipt.tracking_code.filter(|_| receipt.id.is_none()),
            service_request_id: receipt.id,
            account_id: None,
        }])
    }
}

/// The arguments of a report, as the document describes them. Attributes come beside them as `attribute[CODE]=value`.
#[derive(ToSchema)]
#[schema(as = Open311Report)]
#[expect(dead_code, reason = "it only describes the body, which is read as pairs")]
pub(crate) struct Report {
    /// The service.
    service_code: String,
    /// A key, where the installation asks for one.
    api_key: Option<String>,
    /// The jurisdiction, where one is set.
    jurisdiction_id: Option<String>,
    /// WGS-84. With `long`, or else `address_string` or `address_id`.
    lat: Option<f64>,
    /// WGS-84.
    long: Option<f64>,
    /// The place in words.
    address_string: Option<String>,
    /// A unit grid (15 digits) or a component (17 digits).
    address_id: Option<String>,
    /// What is wrong, at most 4,000 characters.
    description: Option<String>,
    /// A link, kept as text.
    media_url: Option<String>,
    /// Goes into the vault.
    first_name: Option<String>,
    /// Goes into the vault.
    last_name: Option<String>,
    /// Goes into the vault.
    phone: Option<String>,
    /// Not kept.
    email: Option<String>,
    /// Not kept; tells reports apart.
    device_id: Option<String>,
    /// Not kept; tells reports apart.
    account_id: Option<String>,
}

/// Takes a report in. The same report sent twice within a minute, or with the same `Idempotency-Key`, is one request.
///
/// # Errors
/// 403 for the key, 404 for the service or the jurisdiction, 400 for whatever else is faulty, 413, 415, 429, 503.
#[utoipa::path(post, path = "/open311/v2/requests.{format}", operation_id = "open311_submit", tag = "open311",
    params(("format" = inline(Format), Path, description = "The format"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key with the same report is the same request")),
    request_body(content((Report = "application/x-www-form-urlencoded"), (Report = "application/json"))),
    responses(
        (status = 201, description = "Taken", content((Submitted = "application/json"), (String = "text/xml"))),
        (status = 200, description = "It had been sent before", content((Submitted = "application/json"), (String = "text/xml"))),
        (status = "default", description = "A refusal", content((Errors = "application/json"), (String = "text/xml")))))]
pub(crate) async fn submit(
    State(gateway): State<Gateway>,
    asked: Asked,
    idempotency: Result<IdempotencyKey, http_api::ApiProblem>,
    request: Request,
) -> Response {
    let format = asked.format;
    format.answer_as(take(&gateway, asked, idempotency, request).await)
}

async fn take(
    gateway: &Gateway,
    asked: Asked,
    idempotency: Result<IdempotencyKey, http_api::ApiProblem>,
    request: Request,
) -> Result<(StatusCode, Submitted), Fault> {
    gateway.count_submission(asked.address)?;
    let IdempotencyKey(idempotency) = idempotency?;
    let mut arguments = body::read(request).await?;
    arguments.0.extend(asked.arguments.0);
    arguments.check()?;
    gateway.check_key(&arguments)?;
    gateway.check_jurisdiction(&arguments)?;
    let report = parse::report(gateway, &arguments, idempotency.as_deref())?;
    let receipt = gateway.requests().submit(report).await?;
    let status = if receipt.already_present { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, receipt.into()))
}
