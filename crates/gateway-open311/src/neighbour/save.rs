//! Set up a neighbour, or change one (邻市对接).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::{
    Allowed,
    audit::{self, SettingChange},
};
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::{Value, json};
use sqlx::types::Json as Stored;
use utoipa::ToSchema;

use super::{
    Exchange, ServicePair,
    list::NeighbourView,
    owner,
    store::{self, Neighbour},
};
use crate::rights;

/// A neighbour as it is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NeighbourInput {
    /// What people call it.
    name: String,
    /// The division code of its ground, up to 6 digits; for people.
    #[serde(default)]
    ground: String,
    /// Its GeoReport v2 server, such as `https://city.example.com/open311/v2`.
    url: String,
    /// Its `jurisdiction_id`, where it asks for one.
    jurisdiction: Option<String>,
    /// Its key; not named it stays, empty it is forgotten.
    api_key: Option<String>,
    /// Our classes beside its services, at most 500.
    #[serde(default)]
    services: Vec<ServicePair>,
    /// Its service for every other class; without, such a class is not referred to it.
    fallback_service: Option<String>,
    /// Whether leads are referred to it and taken in from it.
    active: bool,
    /// Whether its requests on our ground become leads here.
    pulls: bool,
    /// Minutes between two looks, 1 to 1440.
    poll_minutes: i32,
}

const MOST_PAIRS: usize = 500;

/// Sets a neighbour up or changes it.
///
/// # Errors
/// `neighbour-invalid`, `version-conflict`, `scope-exceeded`.
#[utoipa::path(put, path = "/api/v1/neighbours/{code}", tag = "sources", operation_id = "save_neighbour", request_body = NeighbourInput,
    params(("code" = String, Path, description = "The neighbour's code"), ("If-Match" = Option<String>, Header, description = "The version that was seen")),
    responses((status = 200, body = NeighbourView, description = "The neighbour")))]
pub(crate) async fn save(
    State(exchange): State<Exchange>,
    allowed: Allowed<rights::SetNeighbours>,
    Path(code): Path<String>,
    IfMatch(seen): IfMatch,
    Json(input): Json<NeighbourInput>,
) -> Answer<Json<NeighbourView>> {
    let region = exchange.home_region();
    if !allowed.scope().covers_region(region) {
        return Err(Problem::forbidden("scope-exceeded", "这项设置管的区域超出了您的辖区，请由上级办理").into());
    }
    let key = input.api_key.clone();
    let mut wanted = parse(&exchange, code, input)?;
    let mut transaction = exchange.database().pool().begin().await?;
    let before = store::lock(&mut transaction, region, &wanted.code).await?;
    let version = before.as_ref().map_or(0, |it| it.version);
    if seen.is_some_and(|seen| seen != version) {
        return Err(changed().into());
    }
    wanted.version = version + 1;
    // A key is given to the server that it was typed for, and to no other.
    let moved = before.as_ref().is_some_and(|it| it.url != wanted.url && it.api_key.is_some());
    if key.is_none() && moved {
        return Err(invalid("api_key", "地址变了，请重新填写 api_key（不需要的填空）").into());
    }
    wanted.api_key = match key.as_deref().map(str::trim) {
        None => before.as_ref().and_then(|it| it.api_key.clone()),
        Some("") => None,
        Some(key) => Some(exchange.outgoing().seal(owner(region, &wanted.code), key)?),
    };
    let rekeyed = key.is_some();
    if !store::save(&mut transaction, &wanted, exchange.clock().now()).await? {
        return Err(changed().into());
    }
    let sides = (before.as_ref().map_or(Value::Null, |it| traced(it, false)), traced(&wanted, rekeyed));
    let change = SettingChange { region, action: "neighbour-changed", target: &wanted.code, before: sides.0, after: sides.1 };
    audit::record(&mut transaction, exchange.clock().now(), allowed.caller.person, change).await?;
    let stands = store::lock(&mut transaction, region, &wanted.code).await?.unwrap_or(wanted);
    transaction.commit().await?;
    exchange.refresh().await?;
    Ok(Json(NeighbourView::of(stands, true)))
}

fn parse(exchange: &Exchange, code: String, input: NeighbourInput) -> Result<Neighbour, Problem> {
    let mut letters = code.bytes();
    let fits = letters.next().is_some_and(|it| it.is_ascii_lowercase())
        && letters.all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-')
        && (2..=32).contains(&code.len());
    if !fits {
        return Err(invalid("code", "编码应以小写字母开头，由小写字母、数字和 - 组成，2 至 32 位"));
    }
    let name = words("name", &input.name, 40)?.ok_or_else(|| invalid("name", "请填写名称"))?;
    let ground = input.ground.trim().to_owned();
    if ground.len() > 6 || !ground.bytes().all(|it| it.is_ascii_digit()) {
        return Err(invalid("ground", "区划代码应为至多 6 位数字"));
    }
    let url = exchange
        .outgoing()
        .refuse(input.url.trim())
        .map_err(|problem| invalid("url", problem.fields.first().map_or("地址不符合要求", |fault| fault.detail.as_str())))?;
    if url.query().is_some() || url.fragment().is_some() {
        return Err(invalid("url", "地址中不能有 ? 和 #"));
    }
    if input.services.len() > MOST_PAIRS {
        return Err(invalid("services", "类别对应不能超过 500 条"));
    }
    let mut services = Vec::with_capacity(input.services.len());
    for pair in input.services {
        let class = pair.class.trim().to_owned();
        if class.is_empty() || class.len() > 20 || !class.bytes().all(|it| it.is_ascii_alphanumeric()) {
            return Err(invalid("services", "本市类别应为类别代码或其前几位"));
        }
        let service = words("services", &pair.service, 100)?.ok_or_else(|| invalid("services", "请填写对方的服务代码"))?;
        if services.iter().any(|before: &ServicePair| before.class == class) {
            return Err(invalid("services", "同一类别只能对应一个服务"));
        }
        services.push(ServicePair { class, service });
    }
    if !(1..=1_440).contains(&input.poll_minutes) {
        return Err(invalid("poll_minutes", "应为 1 至 1440 分钟"));
    }
    if input.api_key.as_ref().is_some_and(|key| key.len() > 500 || key.contains(char::is_control)) {
        return Err(invalid("api_key", "api_key 过长或含有不可用的字符"));
    }
    Ok(Neighbour {
        region: exchange.home_region().to_owned(),
        code,
        name,
        ground,
        url: url.as_str().trim_end_matches('/').to_owned(),
        jurisdiction: words("jurisdiction", input.jurisdiction.as_deref().unwrap_or_default(), 100)?,
        api_key: None,
        services: Stored(services),
        fallback_service: words("fallback_service", input.fallback_service.as_deref().unwrap_or_default(), 100)?,
        active: input.active,
        pulls: input.pulls,
        poll_minutes: input.poll_minutes,
        version: 0,
        pulled_to: None,
        pulled_at: None,
        taken: 0,
        passed_over: 0,
        error: None,
    })
}

fn words(field: &'static str, text: &str, most: usize) -> Result<Option<String>, Problem> {
    let text = text.trim();
    if text.chars().count() > most || text.contains(char::is_control) {
        return Err(invalid(field, "过长或含有不可用的字符"));
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

/// As the history keeps it: of the key only whether there is one, and that it was changed.
fn traced(it: &Neighbour, rekeyed: bool) -> Value {
    let key = match (&it.api_key, rekeyed) {
        (None, _) => "无",
        (Some(_), false) => "有",
        (Some(_), true) => "有（已重设）",
    };
    json!({
        "name": it.name, "ground": it.ground, "url": it.url, "jurisdiction": it.jurisdiction, "api_key": key, "services": it.services.0,
        "fallback_service": it.fallback_service, "active": it.active, "pulls": it.pulls, "poll_minutes": it.poll_minutes,
    })
}

fn changed() -> Problem {
    Problem::precondition_failed("version-conflict", "这个邻市刚被别人改过，请刷新后再改")
}

fn invalid(field: &'static str, detail: &str) -> Problem {
    Problem::invalid("neighbour-invalid", "邻市对接填写有误").field(field, detail.to_owned())
}
