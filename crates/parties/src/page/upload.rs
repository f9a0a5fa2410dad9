//! Send a file from the page (上传材料): kept for this party of this case, and for no other.

use axum::{body::Body, extract::State, http::StatusCode};
use http_api::{Answer, Json};
use kernel::problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use super::store;
use crate::{Parties, entry::Inside};

/// Files of one party of one case at most.
const MOST_FILES: i64 = 300;

/// A file that arrived.
#[derive(Serialize, ToSchema)]
pub(crate) struct PartyFile {
    /// What a submission names it by.
    file: String,
    /// Its size in bytes.
    size: i64,
    /// What it is, judged by its content.
    media_type: String,
}

/// Keeps the body as a file of this party.
///
/// # Errors
/// `party-session-missing`, `too-many-requests`, `party-files-full`; `file-empty`, `file-too-large`, `file-type-unsupported`, `file-damaged`.
#[utoipa::path(post, path = "/api/v1/public/my-case/files", tag = "public", operation_id = "send_my_file",
    request_body(content = [u8], content_type = "application/octet-stream", description = "JPEG, PNG, WebP or PDF, at most 20 MiB"),
    responses((status = 201, body = PartyFile, description = "Kept")))]
pub(crate) async fn upload(State(room): State<Parties>, inside: Inside, body: Body) -> Answer<(StatusCode, Json<PartyFile>)> {
    room.sends().check(inside.code)?;
    let parts = room.parts();
    let pool = parts.database.pool();
    if store::count(pool, &inside.key, inside.party).await? >= MOST_FILES {
        return Err(Problem::conflict("party-files-full", "上传的文件已达上限，请联系承办人").into());
    }
    let meta = parts.files.put_stream(body.into_data_stream(), None).await?;
    store::insert(pool, &inside.key, inside.party, meta.id.as_str(), parts.clock.now()).await?;
    Ok((StatusCode::CREATED, Json(PartyFile { file: meta.id.to_string(), size: meta.size, media_type: meta.media_type })))
}
