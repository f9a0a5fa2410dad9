//! Set up a source, or change one (来源设置).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use kernel::{deadline::service::ServiceLimit, problem::Problem};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    SourceKind, SourceSetting, built_in,
    list::{SourceLimit, SourceView},
    store,
};
use crate::{
    Leads,
    answer::deliver::owner,
    import::Mapping,
    lead::Source,
    message, rights,
    settings::{require_ground, trace},
};

/// A source as it is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SourceInput {
    /// What people call it.
    name: String,
    /// Its kind; of a source that stands already it stays as it is.
    kind: SourceKind,
    /// Whether reports of it are taken.
    active: bool,
    /// Until a report must be accepted or refused.
    accept: Option<SourceLimit>,
    /// Until the source must have its answer.
    reply: Option<SourceLimit>,
    /// Field of a lead to JSON pointer of a message.
    #[serde(default)]
    mapping: Mapping,
    /// Where answers are sent.
    reply_url: Option<String>,
    /// The machine accounts that may send as this source, at most 50; every one of the county where none is named.
    #[serde(default)]
    senders: Vec<Uuid>,
}

/// Sets a source up or changes it.
///
/// # Errors
/// `source-invalid`, `mapping-invalid`, `version-conflict`, `scope-exceeded`.
#[utoipa::path(put, path = "/api/v1/sources/{code}", tag = "sources", operation_id = "save_source", request_body = SourceInput,
    params(("code" = String, Path, description = "The source's code"), ("If-Match" = Option<String>, Header, description = "The version that was seen")),
    responses((status = 200, body = SourceView, description = "The source")))]
pub(crate) async fn save(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Configure>,
    Path(code): Path<String>,
    IfMatch(seen): IfMatch,
    Json(input): Json<SourceInput>,
) -> Answer<Json<SourceView>> {
    require_ground(&allowed.scope(), leads.home_region())?;
    let source: Source = code.parse().map_err(|error: crate::lead::source::NoSourceCode| invalid("code", &error.to_string()))?;
    known_senders(&leads, &input.senders).await?;
    let mut wanted = parse(&leads, source, input)?;
    let region = leads.home_region();
    let mut transaction = leads.database().pool().begin().await?;
    let standing = store::lock(&mut transaction, region, wanted.source.code()).await?;
    let before = standing.or_else(|| built_in::settings().find(|setting| setting.source == wanted.source));
    let version = before.as_ref().map_or(0, |setting| setting.version);
    if seen.is_some_and(|seen| seen != version) {
        return Err(changed().into());
    }
    if let Some(before) = &before
        && before.kind != wanted.kind
    {
        return Err(invalid("kind", "来源种类设定后不能改变").into());
    }
    wanted.version = version + 1;
    if !store::save(&mut transaction, region, &wanted).await? {
        return Err(changed().into());
    }
    let mut secret = None;
    if wanted.reply_url.is_some() && !store::has_secret(&mut transaction, region, wanted.source.code()).await? {
        let (made_up, sealed) = leads.outgoing().new_secret(owner(region, wanted.source.code()))?;
        store::keep_secret(&mut transaction, region, wanted.source.code(), &sealed).await?;
        secret = Some(made_up);
    }
    let sides = (before.as_ref().map_or(Value::Null, traced), traced(&wanted));
    trace::leave(&leads, &mut transaction, &allowed.caller, "source-changed", wanted.source.code(), sides).await?;
    transaction.commit().await?;
    leads.settings_cache().forget();
    let names = leads.identity().names_of(&wanted.senders).await?;
    Ok(Json(SourceView::of(&wanted, Some(&names)).with_secret(secret)))
}

async fn known_senders(leads: &Leads, senders: &[Uuid]) -> Answer<()> {
    if senders.len() > MOST_SENDERS {
        return Err(invalid("senders", "报送账号不能超过 50 个").into());
    }
    let known = leads.identity().names_of(senders).await?;
    if senders.iter().all(|sender| known.contains_key(sender)) {
        return Ok(());
    }
    Err(invalid("senders", "有的报送账号已不存在，请刷新后再选").into())
}

/// Accounts that may send as one source.
const MOST_SENDERS: usize = 50;

fn parse(leads: &Leads, source: Source, input: SourceInput) -> Result<SourceSetting, Problem> {
    let name = crate::act::required("name", "名称", &input.name)?;
    if name.chars().count() > 40 {
        return Err(invalid("name", "名称不能超过 40 字"));
    }
    let outside = input.kind.is_outside();
    if !outside && (!input.mapping.is_empty() || input.reply_url.is_some() || !input.senders.is_empty()) {
        return Err(invalid("kind", "只有外部来源才有字段对应、报送账号和回传地址"));
    }
    let reply_url = input.reply_url.map(|url| url.trim().to_owned()).filter(|url| !url.is_empty());
    let reply_url = reply_url.map(|url| leads.outgoing().refuse(&url)).transpose().map_err(|problem| {
        let why = problem.fields.first().map_or("地址不符合要求", |fault| fault.detail.as_str());
        invalid("reply_url", why)
    })?;
    Ok(SourceSetting {
        source,
        name,
        kind: input.kind,
        active: input.active,
        accept: input.accept.map(|limit| parse_limit("accept", &limit)).transpose()?,
        reply: input.reply.map(|limit| parse_limit("reply", &limit)).transpose()?,
        mapping: if input.mapping.is_empty() { Mapping::new() } else { message::mapping::parse(&input.mapping)? },
        reply_url: reply_url.map(String::from),
        senders: input.senders,
        version: 0,
    })
}

fn parse_limit(field: &'static str, limit: &SourceLimit) -> Result<ServiceLimit, Problem> {
    let parsed = limit.unit.parse().and_then(|unit| ServiceLimit::new(limit.value, unit));
    parsed.map_err(|error| invalid(field, &error.to_string()))
}

fn traced(setting: &SourceSetting) -> Value {
    json!({
        "name": setting.name, "kind": setting.kind, "active": setting.active, "accept": setting.accept, "reply": setting.reply,
        "mapping": setting.mapping, "reply_url": setting.reply_url, "senders": setting.senders,
    })
}

fn changed() -> Problem {
    Problem::precondition_failed("version-conflict", "这个来源刚被别人改过，请刷新后再改")
}

fn invalid(field: &'static str, detail: &str) -> Problem {
    Problem::invalid("source-invalid", "来源设置填写有误").field(field, detail.to_owned())
}
