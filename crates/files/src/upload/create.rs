//! `POST /api/v1/uploads`: a file of so many bytes is announced.

use axum::{
    Extension,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::IntoResponse,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use http_api::{Answer, ClientAddress, ProblemBody};
use kernel::problem::Problem;

use super::{UPLOAD_EXPIRES, UPLOAD_LENGTH, http_date, number};
use crate::{
    Files, Uploader, judge,
    limits::{LARGEST, UPLOAD_LIFE},
    store,
};

/// The longest `Upload-Metadata`, in bytes.
const LONGEST_METADATA: usize = 4096;
/// The longest name kept, in characters.
const LONGEST_NAME: usize = 200;

/// Announces an upload; `Location` says where its bytes go.
#[utoipa::path(
    post,
    path = "/api/v1/uploads",
    tag = "files",
    params(
        ("Tus-Resumable" = String, Header, description = "1.0.0"),
        ("Upload-Length" = u64, Header, description = "Bytes of the whole file, at most 20 MiB"),
        ("Upload-Metadata" = Option<String>, Header, description = "Pairs of key and base64 value; `filename` is kept"),
    ),
    responses(
        (status = 201, description = "Announced; see Location and Upload-Expires"),
        (status = "default", description = "A problem (RFC 9457)", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn create(
    State(files): State<Files>,
    ClientAddress(address): ClientAddress,
    uploader: Option<Extension<Uploader>>,
    headers: HeaderMap,
) -> Answer<impl IntoResponse> {
    files.limits.files.check(address)?;
    let length = number(&headers, &UPLOAD_LENGTH)
        .ok_or_else(|| Problem::invalid("upload-length-invalid", "请求头 Upload-Length 应为文件的字节数"))?;
    if length == 0 {
        return Err(Problem::invalid("file-empty", "文件是空的，请重新选择").into());
    }
    if length > LARGEST {
        return Err(judge::too_large().into());
    }
    let name = file_name(&headers)?;
    let now = files.clock.now();
    let row = store::UploadRow {
        id: kernel::id::uuid_at(now),
        address: address.to_string(),
        length: i64::try_from(length).unwrap_or(i64::MAX),
        name,
        uploader: uploader.map(|Extension(Uploader(id))| id),
        created_at: now,
        expires_at: now + UPLOAD_LIFE,
        sha256: None,
        large: false,
    };
    let mut transaction = files.database.pool().begin().await?;
    // Counting and adding are one step, so that many requests at once cannot slip past the limit together.
    database::advisory::lock_in_transaction(&mut transaction, "files.upload.create").await.map_err(busy)?;
    let (own, promised) = store::open_uploads(&mut transaction, &row.address, now).await?;
    if own >= files.limits.open_per_address {
        return Err(Problem::too_many("uploads-too-many", "未完成的上传过多，请先完成或取消已有的上传").into());
    }
    if promised.saturating_add(row.length) > files.limits.open_bytes {
        return Err(Problem::unavailable("busy", "正在接收的文件过多，请稍后重试").into());
    }
    store::insert_upload(&mut transaction, &row).await?;
    transaction.commit().await?;
    let answer = [(header::LOCATION, format!("/api/v1/uploads/{}", row.id)), (UPLOAD_EXPIRES, http_date(row.expires_at))];
    Ok((StatusCode::CREATED, answer))
}

fn busy(error: database::DatabaseError) -> Problem {
    tracing::warn!(%error, "an upload could not be announced");
    Problem::unavailable("database-unavailable", "数据库暂时不可用，请稍后重试")
}

/// The `filename` of `Upload-Metadata`; other keys are let pass.
fn file_name(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let malformed = || Problem::invalid("upload-metadata-invalid", "请求头 Upload-Metadata 应为以逗号分隔的“键 base64 值”");
    let Some(value) = headers.get("upload-metadata") else { return Ok(None) };
    let text = value.to_str().ok().filter(|text| text.len() <= LONGEST_METADATA).ok_or_else(malformed)?;
    for pair in text.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
        let (key, encoded) = pair.split_once(' ').unwrap_or((pair, ""));
        let decoded = STANDARD.decode(encoded.trim()).map_err(|_| malformed())?;
        if key == "filename" {
            let name: String = String::from_utf8_lossy(&decoded).chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
            return Ok(Some(name));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(value: &str) -> Result<Option<String>, Problem> {
        let mut headers = HeaderMap::new();
        headers.insert("upload-metadata", value.parse().unwrap());
        file_name(&headers)
    }

    #[test]
    fn the_name_is_taken_and_the_rest_let_pass() {
        assert_eq!(name("filetype aW1hZ2UvanBlZw==,filename 6Lev54GvLmpwZw==").unwrap().unwrap(), "路灯.jpg");
        assert_eq!(name("is_confidential").unwrap(), None);
        assert_eq!(name("filename ???").unwrap_err().code, "upload-metadata-invalid");
    }
}
