//! A file that a party of the case sent, for its officers (查看当事人上传的文件).

use axum::{extract::State, http::HeaderMap, response::Response};
use files::{FileId, Variant};
use http_api::{Answer, Path};
use identity::Allowed;
use kernel::problem::Problem;
use uuid::Uuid;

use crate::{Parties, page, rights};

/// The file.
///
/// # Errors
/// `case-not-found`; `file-not-found` for what no party of this case sent.
#[utoipa::path(get, path = "/api/v1/cases/{id}/party-files/{file}", tag = "parties", operation_id = "open_party_file",
    params(("id" = Uuid, Path, description = "The case"), ("file" = String, Path, description = "The file")),
    responses((status = 200, description = "The file", content_type = "application/octet-stream", body = [u8])))]
pub(crate) async fn file(
    State(room): State<Parties>,
    allowed: Allowed<rights::SeeParties>,
    Path((id, file)): Path<(Uuid, String)>,
    headers: HeaderMap,
) -> Answer<Response> {
    let parts = room.parts();
    let key = parts.cases.opened(&allowed.caller, id).await?.header.key();
    let file = FileId::parse(&file)?;
    if !page::store::of_case(parts.database.pool(), &key, file.as_str()).await? {
        return Err(Problem::not_found("file-not-found", "本案当事人没有上传过这个文件").into());
    }
    parts.files.serve(&file, Variant::Original, &headers).await
}
