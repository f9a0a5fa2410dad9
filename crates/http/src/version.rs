//! Optimistic versions: `ETag` out, `If-Match` in.

use axum::{
    extract::FromRequestParts,
    http::{HeaderValue, header, request::Parts},
};
use kernel::problem::Problem;

use crate::ApiProblem;

/// The version the client saw, if it said one. `*` and an absent header mean any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IfMatch(pub Option<i64>);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        let Some(value) = parts.headers.get(header::IF_MATCH) else {
            return Ok(Self(None));
        };
        let text = value.to_str().unwrap_or_default().trim();
        if text == "*" {
            return Ok(Self(None));
        }
        text.trim_start_matches("W/")
            .trim_matches('"')
            .parse()
            .map(|version| Self(Some(version)))
            .map_err(|_| Problem::invalid("if-match-invalid", "If-Match 应为读取时得到的版本号").into())
    }
}

/// The `ETag` header of a version.
#[must_use]
pub fn etag(version: i64) -> [(header::HeaderName, HeaderValue); 1] {
    let value = HeaderValue::from_str(&format!("\"{version}\"")).expect("digits and quotes are visible ASCII");
    [(header::ETAG, value)]
}
