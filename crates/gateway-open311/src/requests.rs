//! GET Service Requests (查询线索): by ids, or by time, service and status.

use axum::{extract::State, response::Response};
use chrono::Duration;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Filter, Gateway, ServiceRequest,
    asked::{Arguments, Asked},
    fault::{Errors, Fault},
    format::{Document, Format},
    public_words::public_words,
    services::{OTHER, OTHER_NAME},
    w3c::{self, End},
    xml::Xml,
};

/// The span of a question without dates, and the longest with them.
const SPAN: Duration = Duration::days(90);
/// The most requests of one answer.
const MOST: usize = 1_000;
/// The longest id.
const LONGEST_ID: usize = 40;

/// A service request (服务请求) as anybody sees it. What is not known is null.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Open311Request)]
pub(crate) struct RequestView {
    service_request_id: String,
    /// `open` or `closed`.
    status: &'static str,
    /// Why it stands where it stands.
    status_notes: Option<String>,
    service_name: String,
    service_code: String,
    /// The reporter's words, with telephone numbers blotted out; only of reports that came in through this interface.
    description: Option<String>,
    /// The responsible unit.
    agency_responsible: Option<String>,
    /// What is going to be done.
    service_notice: Option<String>,
    requested_datetime: String,
    /// Of a closed one, when it was closed.
    updated_datetime: String,
    /// When it is to be fixed.
    expected_datetime: Option<String>,
    address: Option<String>,
    /// The unit grid, 15 digits.
    address_id: Option<String>,
    /// Always null: the house keeps none.
    zipcode: Option<String>,
    /// WGS-84.
    lat: Option<f64>,
    /// WGS-84.
    long: Option<f64>,
    media_url: Option<String>,
}

/// The requests.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Open311Requests)]
pub(crate) struct RequestViews(pub Vec<RequestView>);

impl Document for RequestViews {
    fn write(&self, xml: &mut Xml) {
        xml.element("service_requests", |xml| self.0.iter().for_each(|request| xml.element("request", |xml| request.write(xml))));
    }
}

impl RequestView {
    fn write(&self, xml: &mut Xml) {
        xml.leaf("service_request_id", &self.service_request_id);
        xml.leaf("status", self.status);
        xml.leaf_or_empty("status_notes", self.status_notes.as_ref());
        xml.leaf("service_name", &self.service_name);
        xml.leaf("service_code", &self.service_code);
        xml.leaf_or_empty("description", self.description.as_ref());
        xml.leaf_or_empty("agency_responsible", self.agency_responsible.as_ref());
        xml.leaf_or_empty("service_notice", self.service_notice.as_ref());
        xml.leaf("requested_datetime", &self.requested_datetime);
        xml.leaf("updated_datetime", &self.updated_datetime);
        xml.leaf_or_empty("expected_datetime", self.expected_datetime.as_ref());
        xml.leaf_or_empty("address", self.address.as_ref());
        xml.leaf_or_empty("address_id", self.address_id.as_ref());
        xml.leaf_or_empty("zipcode", self.zipcode.as_ref());
        xml.leaf_or_empty("lat", self.lat);
        xml.leaf_or_empty("long", self.long);
        xml.leaf_or_empty("media_url", self.media_url.as_ref());
    }

    /// A request in the words of the specification.
    pub(crate) fn of(gateway: &Gateway, request: ServiceRequest) -> Self {
        let day = request.requested.with_timezone(&kernel::clock::shanghai()).date_naive();
        let catalogue = gateway.catalogue();
        let class = request.class_code.as_deref().and_then(|code| catalogue.class_at(code, day).or_else(|| catalogue.class(code)));
        let name = class.map_or_else(|| OTHER_NAME.to_owned(), |class| class.name.clone());
        let notice = match (&request.agency, request.expected, request.open) {
            (Some(agency), Some(_), true) => Some(format!("{agency}将在预计时间前处理")),
            (None, _, true) => Some("受理人员将核实后派给责任单位".to_owned()),
            _ => None,
        };
        Self {
            service_request_id: request.id,
            status: if request.open { "open" } else { "closed" },
            // The house's own words name numbers of requests, which are not to be blotted out.
            status_notes: Some(match &request.reply {
                Some(reply) => format!("{}：{}", request.notes, public_words(reply)),
                None => request.notes,
            }),
            service_name: name,
            service_code: request.class_code.unwrap_or_else(|| OTHER.to_owned()),
            description: request.description.as_deref().map(public_words),
            agency_responsible: request.agency,
            service_notice: notice,
            requested_datetime: w3c::written(request.requested),
            updated_datetime: w3c::written(request.updated),
            expected_datetime: request.expected.map(w3c::written),
            address: request.address.as_deref().map(public_words),
            address_id: request.grid,
            zipcode: None,
            lat: request.position.map(|(_, lat)| lat),
            long: request.position.map(|(lon, _)| lon),
            // A link that a reporter sent leads to a picture in which nobody covered faces and number plates.
            media_url: None,
        }
    }
}

/// The ids that a client named.
pub(crate) fn ids(named: &[&str]) -> Result<Vec<String>, Fault> {
    if named.len() > MOST {
        return Err(Fault::invalid(format!("service_request_id 一次最多 {MOST} 个")));
    }
    if named.iter().any(|id| id.len() > LONGEST_ID) {
        return Err(Fault::invalid("service_request_id 过长"));
    }
    Ok(named.iter().map(|id| (*id).to_owned()).collect())
}

fn filter(gateway: &Gateway, arguments: &Arguments) -> Result<Filter, Fault> {
    let date = |name: &str, end: End| -> Result<_, Fault> {
        let fault = || Fault::invalid(format!("{name} 应为带时区的 W3C 时间，例如 2026-01-01T00:00:00Z"));
        arguments.get(name).map(|text| w3c::read(text, end).ok_or_else(fault)).transpose()
    };
    let now = gateway.now();
    let (from, to) = match (date("start_date", End::First)?, date("end_date", End::Last)?) {
        (Some(from), Some(to)) if to < from => return Err(Fault::invalid("end_date 早于 start_date")),
        (Some(from), Some(to)) if to - from > SPAN => return Err(Fault::invalid("start_date 与 end_date 之间不能超过 90 天")),
        (Some(from), Some(to)) => (from, to),
        (Some(from), None) => (from, from + SPAN),
        (None, Some(to)) => (to - SPAN, to),
        (None, None) => (now - SPAN, now),
    };
    let codes = arguments.listed("service_code");
    if codes.len() > MOST {
        return Err(Fault::invalid(format!("service_code 一次最多 {MOST} 个")));
    }
    let mut wanted = (false, false);
    for status in arguments.listed("status") {
        match status {
            "open" => wanted.0 = true,
            "closed" => wanted.1 = true,
            _ => return Err(Fault::invalid("status 应为 open 或 closed")),
        }
    }
    Ok(Filter {
        from,
        to,
        unclassified: codes.contains(&OTHER),
        classes: codes.into_iter().filter(|code| *code != OTHER).map(str::to_owned).collect(),
        open: match wanted {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        },
        most: i64::try_from(MOST).unwrap_or(i64::MAX),
    })
}

/// Lists requests: those named, or those that fit; of the last 90 days when no dates are given; at most 1,000, the newest first.
///
/// # Errors
/// 400 for a faulty argument, 400 and 404 for the jurisdiction, 429.
#[utoipa::path(get, path = "/open311/v2/requests.{format}", operation_id = "open311_requests", tag = "open311",
    params(("format" = inline(Format), Path, description = "The format"),
        ("jurisdiction_id" = Option<String>, Query, description = "The jurisdiction, where one is set"),
        ("service_request_id" = Option<String>, Query, description = "Ids, commas between; overrides all other arguments"),
        ("service_code" = Option<String>, Query, description = "Services, commas between"),
        ("start_date" = Option<String>, Query, description = "Made at this time or later, with a time zone"),
        ("end_date" = Option<String>, Query, description = "Made at this time or earlier; at most 90 days after the other"),
        ("status" = Option<String>, Query, description = "`open`, `closed`, or both with a comma between")),
    responses(
        (status = 200, description = "The requests", content((RequestViews = "application/json"), (String = "text/xml"))),
        (status = "default", description = "A refusal", content((Errors = "application/json"), (String = "text/xml")))))]
pub(crate) async fn requests(State(gateway): State<Gateway>, asked: Asked) -> Response {
    asked.format.answer(list(&gateway, &asked).await)
}

async fn list(gateway: &Gateway, asked: &Asked) -> Result<RequestViews, Fault> {
    gateway.count_read(asked.address)?;
    gateway.check_jurisdiction(&asked.arguments)?;
    let named = asked.arguments.listed("service_request_id");
    let found = if named.is_empty() {
        gateway.requests().list(&filter(gateway, &asked.arguments)?).await?
    } else {
        gateway.requests().by_ids(&ids(&named)?).await?
    };
    Ok(RequestViews(found.into_iter().map(|request| RequestView::of(gateway, request)).collect()))
}
