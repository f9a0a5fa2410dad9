//! What an import brings: a bounded body.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
};
use http_api::ApiProblem;
use kernel::problem::Problem;

/// The largest import in bytes.
pub const LARGEST: usize = 16 * 1024 * 1024;

/// The whole body of an import. Its problems are ours instead of plain text.
pub struct Body(pub Bytes);

impl<S: Send + Sync> FromRequest<S> for Body {
    type Rejection = ApiProblem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        match Bytes::from_request(request, state).await {
            Ok(bytes) => Ok(Self(bytes)),
            Err(rejection) if rejection.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE => {
                Err(Problem::too_large("body-too-large", "导入文件不能超过 16 MB").into())
            }
            Err(_) => Err(Problem::invalid("body-unreadable", "请求体没有完整收到，请重试").into()),
        }
    }
}
