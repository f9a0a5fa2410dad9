//! Begin an import (新建导入).

use axum::{
    extract::{Multipart, State, multipart::MultipartRejection},
    http::StatusCode,
};
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::problem::Problem;

use super::{
    list::Import,
    mapping::{self, Mapping, Places},
    prepare,
    spool::{self, ImportForm, Spooled},
    store,
};
use crate::{Leads, lead::Source, rights};

/// Begins an import. The file is durable before the answer; the rows follow.
///
/// # Errors
/// `file-missing`, `file-too-large`, `file-unreadable`, `mapping-invalid`, `source-invalid`, `import-beyond-scope`.
#[utoipa::path(post, path = "/api/v1/imports", tag = "imports", request_body(content = ImportForm, content_type = "multipart/form-data"),
    responses((status = 201, body = Import, description = "The import, which waits for the worker")))]
pub(crate) async fn create(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Import>,
    form: Result<Multipart, MultipartRejection>,
) -> Answer<(StatusCode, Json<Import>)> {
    super::whole_district(&leads, &allowed.scope())?;
    let spooled = spool::receive(&leads, form).await?;
    let source = super::source(&leads, spooled.source.as_deref()).await?;
    let given: Option<Mapping> =
        match spooled.mapping.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            Some(text) => Some(serde_json::from_str(text).map_err(|_| {
                Problem::invalid("mapping-invalid", "列对应应为 JSON 对象：字段名到列名").field("mapping", "应为 JSON 对象")
            })?),
            None => None,
        };
    let id = spooled.id;
    insert(&leads, spooled, source, given, Some(allowed.caller.person.uuid())).await?;
    leads.import_waker().notify_one();
    let record = store::one(leads.database().pool(), leads.home_region(), id).await?.ok_or_else(super::not_found)?;
    Ok((StatusCode::CREATED, Json(record.into())))
}

/// Judges a file and its mapping, and writes the job.
pub(crate) async fn insert(
    leads: &Leads,
    mut spooled: Spooled,
    source: Source,
    given: Option<Mapping>,
    by: Option<uuid::Uuid>,
) -> Answer<()> {
    let folder = spooled.folder.clone();
    let prepared = tokio::task::spawn_blocking(move || prepare::prepare(&folder))
        .await
        .map_err(|_| Problem::internal("internal", "文件无法处理，系统已记录"))?
        .map_err(Problem::from)?;
    let mapping = mapping::parse(&given.unwrap_or_else(|| mapping::suggest(&prepared.columns)))?;
    Places::find(&mapping, &prepared.columns)?;
    let root = leads.import_folder().unwrap_or(&spooled.folder).to_string_lossy().into_owned();
    let job = store::NewJob {
        id: spooled.id,
        region: leads.home_region(),
        folder: &root,
        file_name: &spooled.file_name,
        file_size: i64::try_from(spooled.size).unwrap_or(i64::MAX),
        source: source.code(),
        mapping: &serde_json::json!(mapping),
        encoding: prepared.encoding,
        by,
    };
    store::insert(leads.database().pool(), &job, leads.clock().now()).await?;
    spooled.keep();
    Ok(())
}
