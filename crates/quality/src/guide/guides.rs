//! Case guides (办案指引): kept in versions; writing publishes a new one, and what it replaces stays to be read.

use axum::extract::State;
use chrono::{DateTime, Utc};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::{id::uuid_at, problem::Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::store::{self, GuideRow};
use crate::{Quality, rights, service::text};

/// Guides, and versions of one, in an answer at most.
const MOST: i64 = 200;
/// Matters of one guide at most.
const MOST_MATTERS: usize = 100;

/// A guide to be written.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WriteGuide {
    /// The number of the newest version as it was seen; 0 for a new guide.
    seen: i32,
    title: String,
    /// For these matters, by code.
    #[serde(default)]
    matters: Vec<String>,
    /// Without matters: for a whole field; without that too, for every case.
    #[serde(default)]
    field: String,
    text: String,
    /// Why there is a new version.
    reason: String,
    /// Shown no more.
    #[serde(default)]
    withdrawn: bool,
}

/// A version of a guide (办案指引).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseGuide {
    id: Uuid,
    code: String,
    number: i32,
    title: String,
    matters: Vec<String>,
    field: String,
    text: String,
    withdrawn: bool,
    reason: String,
    written_by: String,
    written_at: DateTime<Utc>,
}

/// Guides, or the versions of one.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseGuides {
    items: Vec<CaseGuide>,
}

impl Quality {
    pub(super) async fn guide_views(&self, rows: Vec<GuideRow>) -> Answer<Vec<CaseGuide>> {
        let names = self.identity().names_of(&rows.iter().map(|row| row.written_by).collect::<Vec<_>>()).await?;
        let view = |row: GuideRow| CaseGuide {
            written_by: names.get(&row.written_by).cloned().unwrap_or_default(),
            id: row.id,
            code: row.code,
            number: row.number,
            title: row.title,
            matters: row.matters,
            field: row.field,
            text: row.text,
            withdrawn: row.withdrawn,
            reason: row.reason,
            written_at: row.written_at,
        };
        Ok(rows.into_iter().map(view).collect())
    }
}

/// Lists the guides of the county in their newest versions, withdrawn ones too.
///
/// # Errors
/// The database's.
#[utoipa::path(get, path = "/api/v1/case-guides", tag = "quality", operation_id = "list_case_guides",
    responses((status = 200, body = CaseGuides)))]
pub(crate) async fn list(State(room): State<Quality>, _allowed: Allowed<rights::SeeReviews>) -> Answer<Json<CaseGuides>> {
    let rows = store::guides(room.database().pool(), room.home_region(), true, MOST).await?;
    Ok(Json(CaseGuides { items: room.guide_views(rows).await? }))
}

/// The versions of a guide, the newest first.
///
/// # Errors
/// The database's.
#[utoipa::path(get, path = "/api/v1/case-guides/{code}", tag = "quality", operation_id = "read_case_guide",
    params(("code" = String, Path, description = "The guide")), responses((status = 200, body = CaseGuides)))]
pub(crate) async fn versions(
    State(room): State<Quality>,
    _allowed: Allowed<rights::SeeReviews>,
    Path(code): Path<String>,
) -> Answer<Json<CaseGuides>> {
    let rows = store::versions(room.database().pool(), room.home_region(), &code, MOST).await?;
    Ok(Json(CaseGuides { items: room.guide_views(rows).await? }))
}

/// Writes a guide, or a new version of one.
///
/// # Errors
/// `guide-invalid`, `field-required`, `version-conflict`, `scope-exceeded`.
#[utoipa::path(put, path = "/api/v1/case-guides/{code}", tag = "quality", operation_id = "write_case_guide", request_body = WriteGuide,
    params(("code" = String, Path, description = "The guide")), responses((status = 200, body = CaseGuides)))]
pub(crate) async fn write(
    State(room): State<Quality>,
    allowed: Allowed<rights::ManageReviews>,
    Path(code): Path<String>,
    Json(new): Json<WriteGuide>,
) -> Answer<Json<CaseGuides>> {
    room.whole_county(&allowed.scope())?;
    let invalid = |field: &'static str, why: &str| Problem::invalid("guide-invalid", why.to_owned()).field(field, why.to_owned());
    if code.is_empty() || code.len() > 40 || !code.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-') {
        return Err(invalid("code", "编号由 1 至 40 个小写字母、数字和连字符组成").into());
    }
    let known = room.matters().domains().await?;
    if new.matters.len() > MOST_MATTERS || !new.matters.iter().all(|matter| known.contains_key(matter)) {
        return Err(invalid("matters", "事项至多 100 个，应当是法律库里的事项编号").into());
    }
    if !new.field.is_empty() && !known.values().any(|field| *field == new.field) {
        return Err(invalid("field", "法律库里没有这个执法领域").into());
    }
    let now = room.clock().now();
    let row = GuideRow {
        id: uuid_at(now),
        region: room.home_region().to_owned(),
        code: code.clone(),
        number: new.seen + 1,
        title: text("title", "标题", &new.title, 100)?,
        matters: new.matters,
        field: new.field,
        text: text("text", "指引内容", &new.text, 20_000)?,
        withdrawn: new.withdrawn,
        reason: text("reason", "修订理由", &new.reason, 500)?,
        written_by: allowed.caller.person.uuid(),
        written_at: now,
    };
    let mut transaction = room.database().pool().begin().await?;
    let newest = store::versions(&mut *transaction, &row.region, &code, 1).await?.first().map_or(0, |it| it.number);
    if newest != new.seen || !store::add_guide(&mut transaction, &row).await? {
        return Err(Problem::precondition_failed("version-conflict", "指引已有新的版本，请刷新后在最新版本上修改").into());
    }
    transaction.commit().await?;
    let rows = store::versions(room.database().pool(), &row.region, &code, MOST).await?;
    Ok(Json(CaseGuides { items: room.guide_views(rows).await? }))
}
