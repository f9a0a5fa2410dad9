//! Report a lead as staff: an operator's entry, a patrol's find, a machine's event (登记).

use axum::{extract::State, http::StatusCode};
use chrono::{DateTime, Utc};
use http_api::{Answer, IdempotencyKey, Json};
use identity::{Allowed, Role};
use kernel::{
    personal::{PersonName, Telephone},
    position::{CoordinateSystem, Position},
    problem::Problem,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::{
    Leads, Report,
    act::require_files,
    lead::{Source, rules},
    rights,
};

/// A place as a client sends it, in any of the four coordinate systems.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
pub(crate) struct PositionInput {
    /// Longitude, degrees.
    x: f64,
    /// Latitude, degrees.
    y: f64,
    /// `wgs84` (default), `gcj02`, `bd09` or `cgcs2000`.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    system: CoordinateSystem,
}

impl PositionInput {
    pub(crate) const fn at(x: f64, y: f64, system: CoordinateSystem) -> Self {
        Self { x, y, system }
    }

    pub(crate) fn parse(self) -> Result<Position, Problem> {
        Position::from(self.system, self.x, self.y)
            .map_err(|error| Problem::invalid("position-invalid", error.to_string()).field("position", error.to_string()))
    }
}

/// Who reported it to the operator.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReporterInput {
    /// The name.
    pub name: Option<String>,
    /// The telephone.
    pub telephone: Option<String>,
}

/// A report by staff or a machine.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewLead {
    /// `patrol`, `operator`, or of a visitor at the counter `petition`; without one, by the caller's role.
    source: Option<Source>,
    /// What is wrong, in words.
    description: String,
    /// Where.
    position: Option<PositionInput>,
    /// Where, in words.
    address: Option<String>,
    /// The class.
    class_code: Option<String>,
    /// The component, 17 digits.
    component_code: Option<String>,
    /// Who reported it to the operator.
    reporter: Option<ReporterInput>,
    /// Photos, already uploaded.
    #[serde(default)]
    photos: Vec<String>,
    /// The client's own key: the same key again is the same lead.
    client_key: Option<String>,
    /// When it was seen.
    occurred_at: Option<DateTime<Utc>>,
    /// Made by the city simulator; shown as simulated everywhere. Only in demo mode.
    #[serde(default)]
    simulated: bool,
}

/// The longest client key, in bytes.
const LONGEST_KEY: usize = 200;

/// The key that makes a report sent twice one lead.
pub(crate) fn source_key(from_header: Option<String>, from_body: Option<String>) -> Result<String, Problem> {
    let key = from_body.or(from_header).map(|key| key.trim().to_owned()).filter(|key| !key.is_empty());
    match key {
        Some(key) if key.len() <= LONGEST_KEY && !key.contains('\0') => Ok(key),
        Some(_) => {
            Err(Problem::invalid("client-key-invalid", "client_key 应为 1 至 200 个字符").field("client_key", "应为 1 至 200 个字符"))
        }
        None => Ok(uuid::Uuid::now_v7().to_string()),
    }
}

/// The words of a report.
pub(crate) fn description(text: &str) -> Result<String, Problem> {
    let text = text.trim();
    let fault = |detail: String| Err(Problem::invalid("description-invalid", detail.clone()).field("description", detail));
    if text.is_empty() {
        return fault("请用文字说明问题".to_owned());
    }
    if text.chars().count() > rules::LONGEST_DESCRIPTION {
        return fault(format!("说明不能超过 {} 字", rules::LONGEST_DESCRIPTION));
    }
    if text.contains('\0') {
        return fault("说明含有不可用的字符".to_owned());
    }
    Ok(text.to_owned())
}

/// A name that may be absent.
pub(crate) fn name(text: Option<&str>) -> Result<Option<PersonName>, Problem> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    text.map(PersonName::parse).transpose().map_err(|problem| {
        let detail = problem.detail.clone();
        problem.field("name", detail)
    })
}

/// A telephone that may be absent.
pub(crate) fn telephone(text: Option<&str>) -> Result<Option<Telephone>, Problem> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    text.map(Telephone::parse).transpose().map_err(|problem| {
        let detail = problem.detail.clone();
        problem.field("telephone", detail)
    })
}

/// The component, if one is named.
pub(crate) fn component_code(code: Option<String>) -> Result<Option<String>, Problem> {
    match code {
        Some(code) if !code.is_empty() => {
            let fits = code.len() == 17 && code.bytes().all(|byte| byte.is_ascii_digit());
            if fits {
                Ok(Some(code))
            } else {
                Err(Problem::invalid("component-invalid", "部件编码应为 17 位数字").field("component_code", "应为 17 位数字"))
            }
        }
        _ => Ok(None),
    }
}

/// Photos of a report.
pub(crate) async fn photos(leads: &Leads, photos: Vec<String>) -> Answer<Vec<String>> {
    let photos = photo_names(photos)?;
    require_files(leads, &photos).await?;
    Ok(photos)
}

/// The names of photos, without looking whether they are there.
pub(crate) fn photo_names(photos: Vec<String>) -> Answer<Vec<String>> {
    if photos.len() > rules::MOST_PHOTOS {
        let detail = format!("一次最多 {} 张照片", rules::MOST_PHOTOS);
        return Err(Problem::invalid("too-many-photos", detail.clone()).field("photos", detail).into());
    }
    photos.iter().try_for_each(|photo| files::FileId::parse(photo).map(drop))?;
    Ok(photos)
}

/// What the reporter keeps.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Reported {
    /// The lead.
    id: uuid::Uuid,
    /// Its number.
    number: String,
    /// What it is followed by without an account.
    tracking_code: String,
    /// It was there already: this key made it before.
    already_present: bool,
}

/// Reports a lead.
///
/// # Errors
/// A faulty field, `intake-full`, `database-unavailable`.
#[utoipa::path(post, path = "/api/v1/leads", tag = "leads", request_body = NewLead, responses(
    (status = 201, body = Reported, description = "The new lead"),
    (status = 200, body = Reported, description = "The lead that this key made before")))]
pub(crate) async fn report(
    State(leads): State<Leads>,
    allowed: Allowed<rights::ReportLead>,
    IdempotencyKey(idempotency): IdempotencyKey,
    Json(request): Json<NewLead>,
) -> Answer<(StatusCode, Json<Reported>)> {
    let caller = &allowed.caller;
    let own = if caller.has_role(Role::Machine) {
        Source::MACHINE
    } else if caller.has_role(Role::Operator) || caller.has_role(Role::ShiftLeader) {
        Source::OPERATOR
    } else {
        Source::PATROL
    };
    let source = match request.source {
        Some(source) if [Source::PATROL, Source::OPERATOR].contains(&source) => source,
        // Who sits at the counter takes down what a visitor comes with (接访); other petitions come from their own system.
        Some(source) if source == Source::PETITION && own == Source::OPERATOR => source,
        None => own.clone(),
        Some(_) => {
            return Err(Problem::invalid("source-invalid", "来源应为 patrol、operator，窗口接访为 petition")
                .field("source", "来源不可用")
                .into());
        }
    };
    let reporter = request.reporter.unwrap_or(ReporterInput { name: None, telephone: None });
    let report = Report {
        source: if own == Source::MACHINE { own } else { source },
        // Keys of different reporters never meet.
        source_key: format!("{}:{}", caller.person, source_key(idempotency, request.client_key)?),
        description: description(&request.description)?,
        position: request.position.map(PositionInput::parse).transpose()?,
        address: crate::act::optional("address", "地址", request.address.as_deref())?,
        class_code: request.class_code.map(|code| leads.known_class(&code)).transpose()?,
        component_code: component_code(request.component_code)?,
        name: name(reporter.name.as_deref())?,
        telephone: telephone(reporter.telephone.as_deref())?,
        telephone_verified: false,
        person: Some(caller.person),
        role: caller.roles.first().cloned(),
        photos: photos(&leads, request.photos).await?,
        details: if request.simulated { json!({ "simulated": true }) } else { Value::Object(serde_json::Map::new()) },
        occurred_at: request.occurred_at,
        simulated: request.simulated && leads.demo(),
    };
    let received = leads.receive(report).await?;
    let status = if received.already_present { StatusCode::OK } else { StatusCode::CREATED };
    let reported = Reported {
        id: received.key.id.uuid(),
        number: received.number,
        tracking_code: received.tracking_code,
        already_present: received.already_present,
    };
    Ok((status, Json(reported)))
}
