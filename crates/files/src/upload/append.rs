//! `PATCH /api/v1/uploads/{id}`: the next bytes; with the last one the file is judged and kept.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures::StreamExt;
use http_api::{Answer, ApiProblem, Path, ProblemBody};
use kernel::problem::{Problem, ProblemKind};
use tokio::{fs::OpenOptions, io::AsyncWriteExt};

use super::{UPLOAD_EXPIRES, UPLOAD_FILE, UPLOAD_OFFSET, disk, http_date, number, within_silence};
use crate::{FileId, Files, large, store};

/// Appends to an upload. The answer to the last piece has `Upload-File`, the id of the file.
#[utoipa::path(
    patch,
    path = "/api/v1/uploads/{id}",
    tag = "files",
    params(
        ("id" = uuid::Uuid, Path, description = "The upload"),
        ("Tus-Resumable" = String, Header, description = "1.0.0"),
        ("Upload-Offset" = u64, Header, description = "How many bytes have arrived before these"),
    ),
    request_body(content = [u8], content_type = "application/offset+octet-stream"),
    responses(
        (status = 204, description = "Taken; Upload-Offset says how much is there, Upload-File names the finished file"),
        (status = 409, description = "Another offset than the one that has arrived", body = ProblemBody, content_type = "application/problem+json"),
        (status = "default", description = "A problem (RFC 9457)", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn append(State(files): State<Files>, Path(id): Path<String>, headers: HeaderMap, body: Body) -> Answer<Response> {
    let declared = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if declared != Some("application/offset+octet-stream") {
        return Err(Problem::unsupported("content-type-unsupported", "上传数据的 Content-Type 应为 application/offset+octet-stream").into());
    }
    let offset = number(&headers, &UPLOAD_OFFSET)
        .ok_or_else(|| Problem::invalid("upload-offset-invalid", "请求头 Upload-Offset 应为已上传的字节数"))?;
    let row = files.upload_row(&id).await?;
    let writing = Arc::new(files.busy.enter(row.id)?);
    // Read again inside: the request before this one may have finished it.
    let row = files.upload_row(&id).await?;
    let arrived = files.arrived(&row).await?;
    if offset != arrived {
        return Err(Problem::conflict("upload-offset-mismatch", format!("续传位置不符：已收到 {arrived} 字节，请从该位置继续上传")).into());
    }
    if row.sha256.is_none() {
        let whole = if row.large {
            large::take(&files, &row, arrived, body, writing.clone()).await?
        } else {
            take(&files, &row, arrived, body).await?
        };
        if whole < row.length.unsigned_abs() {
            return Ok(answer(&row, whole, None));
        }
    }
    let file = if row.large { large::finish(&files, &row).await? } else { finish(&files, &row).await? };
    Ok(answer(&row, row.length.unsigned_abs(), Some(&file)))
}

fn answer(row: &store::UploadRow, offset: u64, file: Option<&FileId>) -> Response {
    let known = [(UPLOAD_OFFSET, offset.to_string()), (UPLOAD_EXPIRES, http_date(row.expires_at))];
    match file {
        Some(file) => (StatusCode::NO_CONTENT, known, [(UPLOAD_FILE, file.to_string())]).into_response(),
        None => (StatusCode::NO_CONTENT, known).into_response(),
    }
}

/// Writes what comes behind what is there, and says how much is there then. What came before a connection broke stays.
async fn take(files: &Files, row: &store::UploadRow, arrived: u64, body: Body) -> Result<u64, ApiProblem> {
    let mut part = OpenOptions::new().create(true).append(true).open(files.part(row.id)).await.map_err(|error| disk(&error))?;
    let length = row.length.unsigned_abs();
    let mut there = arrived;
    let mut stream = body.into_data_stream();
    let broke = loop {
        let chunk = match within_silence(stream.next()).await {
            Ok(Some(Ok(chunk))) => chunk,
            Ok(None) => break None,
            Ok(Some(Err(_))) => break Some(Problem::invalid("body-unreadable", "连接中断，文件没有完整收到，请继续上传")),
            Err(problem) => break Some(problem),
        };
        if there + chunk.len() as u64 > length {
            break Some(Problem::too_large("upload-too-long", "收到的数据超过了声明的文件大小（Upload-Length）"));
        }
        part.write_all(&chunk).await.map_err(|error| disk(&error))?;
        there += chunk.len() as u64;
    };
    part.flush().await.map_err(|error| disk(&error))?;
    // An offset that was answered is never taken back, not by a power cut either.
    part.sync_data().await.map_err(|error| disk(&error))?;
    broke.map_or(Ok(there), |problem| Err(problem.into()))
}

/// Judges and keeps the whole file. One that is refused for good is thrown away at once.
async fn finish(files: &Files, row: &store::UploadRow) -> Result<FileId, ApiProblem> {
    if let Some(sha256) = &row.sha256 {
        return Ok(FileId::parse(sha256)?);
    }
    // Counted like a one-shot body: this, too, is a whole file in memory. It has arrived, so it waits its turn.
    let kib = u32::try_from(row.length / 1024 + 1).unwrap_or(u32::MAX).min(files.limits.memory_kib);
    let _held = files.memory.acquire_many(kib).await.map_err(|_| Problem::unavailable("stopping", "系统正在停止，请稍后重试"))?;
    let bytes = tokio::fs::read(files.part(row.id)).await.map_err(|error| disk(&error))?;
    match files.put(bytes.into(), row.uploader).await {
        Ok(meta) => {
            store::finish_upload(files.database.pool(), row.id, meta.id.as_str()).await?;
            files.drop_part(row.id).await;
            Ok(meta.id)
        }
        Err(refused) => {
            let passing = matches!(refused.problem().kind, ProblemKind::Unavailable | ProblemKind::Internal);
            if !passing {
                store::delete_upload(files.database.pool(), row.id).await?;
                files.drop_part(row.id).await;
            }
            Err(refused)
        }
    }
}
