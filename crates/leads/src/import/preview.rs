//! Look at a file before it is imported (预览).

use axum::extract::{Multipart, State, multipart::MultipartRejection};
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    mapping::{self, Mapping},
    prepare,
    spool::{self, PreviewForm},
};
use crate::{Leads, rights};

/// Rows that are shown.
const SHOWN: usize = 10;

/// What a file looks like.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Preview {
    /// The names of the columns.
    columns: Vec<String>,
    /// The first rows.
    sample: Vec<Vec<String>>,
    /// In which characters it is written; `XLSX` for a workbook.
    encoding: String,
    /// Field name → column name, as far as the names speak for themselves.
    suggested_mapping: Mapping,
}

/// Shows columns, first rows, encoding and a proposed mapping. Nothing of the file is kept.
///
/// # Errors
/// `file-missing`, `file-too-large`, `file-unreadable`.
#[utoipa::path(post, path = "/api/v1/imports/preview", tag = "imports", operation_id = "preview_import",
    request_body(content = PreviewForm, content_type = "multipart/form-data"), responses((status = 200, body = Preview, description = "The look")))]
pub(crate) async fn preview(
    State(leads): State<Leads>,
    _allowed: Allowed<rights::Import>,
    form: Result<Multipart, MultipartRejection>,
) -> Answer<Json<Preview>> {
    let spooled = spool::receive(&leads, form).await?;
    let folder = spooled.folder.clone();
    let look = tokio::task::spawn_blocking(move || {
        let prepared = prepare::prepare(&folder)?;
        let sample = prepare::sample(&prepared.rows, SHOWN)?;
        Ok::<_, prepare::PrepareError>((prepared, sample))
    });
    let (prepared, sample) = look.await.map_err(|_| Problem::internal("internal", "文件无法处理，系统已记录"))?.map_err(Problem::from)?;
    let suggested_mapping = mapping::suggest(&prepared.columns);
    Ok(Json(Preview { columns: prepared.columns, sample, encoding: prepared.encoding.to_owned(), suggested_mapping }))
}
