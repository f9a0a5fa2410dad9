//! Resumable uploads (断点续传): tus 1.0.0 with creation, termination and expiration.
//!
//! How much has arrived is the length of the part on disk, which survives a restart; the row says what was promised.
//! A part lies on the node that took it: nodes behind one address need a balancer that keeps a client with its node.

pub(crate) mod append;
pub(crate) mod busy;
pub(crate) mod capabilities;
pub(crate) mod create;
pub(crate) mod progress;
mod sweep;
pub(crate) mod terminate;

use std::path::PathBuf;

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use http_api::ApiProblem;
use kernel::problem::Problem;
use uuid::Uuid;

use crate::{Files, limits::SILENCE, store};

pub(crate) const TUS_RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
pub(crate) const TUS_VERSION: HeaderName = HeaderName::from_static("tus-version");
pub(crate) const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");
pub(crate) const UPLOAD_LENGTH: HeaderName = HeaderName::from_static("upload-length");
pub(crate) const UPLOAD_EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
pub(crate) const UPLOAD_FILE: HeaderName = HeaderName::from_static("upload-file");

/// The version of the protocol that is spoken.
const VERSION: HeaderValue = HeaderValue::from_static("1.0.0");

/// Refuses other versions of the protocol and says on every answer which one is spoken.
pub(crate) async fn protocol(request: Request, next: Next) -> Response {
    let other = request.method() != Method::OPTIONS && request.headers().get(TUS_RESUMABLE) != Some(&VERSION);
    let mut answer = if other {
        let problem =
            Problem::precondition_failed("tus-version-unsupported", "上传协议版本不受支持，应为 tus 1.0.0（请求头 Tus-Resumable: 1.0.0）");
        ([(TUS_VERSION, VERSION)], ApiProblem::from(problem)).into_response()
    } else {
        next.run(request).await
    };
    answer.headers_mut().insert(TUS_RESUMABLE, VERSION);
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

/// Waits for the next piece of a body, but not for ever.
pub(crate) async fn within_silence<T>(next: impl Future<Output = T>) -> Result<T, Problem> {
    tokio::time::timeout(SILENCE, next).await.map_err(|_| Problem::invalid("body-unreadable", "连接长时间没有数据，已断开，请重试"))
}

/// The instant as HTTP writes it.
fn http_date(at: DateTime<Utc>) -> String {
    at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// A header that is a whole number.
fn number(headers: &HeaderMap, name: &HeaderName) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

impl Files {
    pub(crate) fn part(&self, id: Uuid) -> PathBuf {
        self.parts.join(format!("{id}.part"))
    }

    async fn upload_row(&self, id: &str) -> Result<store::UploadRow, ApiProblem> {
        let id = Uuid::parse_str(id).map_err(|_| no_upload())?;
        Ok(store::upload(self.database.pool(), id, self.clock.now()).await?.ok_or_else(no_upload)?)
    }

    /// How many bytes of an upload have arrived.
    async fn arrived(&self, row: &store::UploadRow) -> Result<u64, ApiProblem> {
        if row.sha256.is_some() {
            return Ok(row.length.unsigned_abs());
        }
        match tokio::fs::metadata(self.part(row.id)).await {
            Ok(meta) => Ok(meta.len()),
            // The row was written and then the power failed, or nothing came yet.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(0),
            Err(error) => Err(disk(&error).into()),
        }
    }

    pub(crate) async fn drop_part(&self, id: Uuid) {
        if let Err(error) = tokio::fs::remove_file(self.part(id)).await
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(%error, upload = %id, "the part of an upload could not be removed; the sweep will try again");
        }
    }
}

fn no_upload() -> Problem {
    Problem::not_found("upload-not-found", "该上传不存在或已过期，请重新上传")
}

pub(crate) fn disk(error: &std::io::Error) -> Problem {
    tracing::error!(%error, "the folder of uploads failed");
    Problem::unavailable("file-store-unavailable", "文件存储暂时不可用，请稍后重试")
}
