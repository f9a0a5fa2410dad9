//! Answers that a client may keep: prepared once, told apart by their content.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use sha2::{Digest, Sha256};

/// A prepared body with its entity tag.
#[derive(Debug, Clone)]
pub struct Prepared {
    body: Bytes,
    tag: HeaderValue,
}

impl Prepared {
    pub fn new(body: Vec<u8>) -> Self {
        let digest = hex::encode(&Sha256::digest(&body)[..12]);
        let tag = HeaderValue::from_str(&format!("\"{digest}\"")).expect("hex and quotes are visible ASCII");
        Self { body: body.into(), tag }
    }

    /// The body as GeoJSON, or 304 where the client has it already.
    pub fn geojson(&self, request: &HeaderMap) -> Response {
        // A proxy that compresses marks the tag weak or appends to it; what lies between the quotes decides.
        let known = request.get_all(header::IF_NONE_MATCH).iter().filter_map(|v| v.to_str().ok()).any(|list| {
            list.split(',').any(|one| one.trim() == "*" || one.trim().trim_start_matches("W/").as_bytes() == self.tag.as_bytes())
        });
        let headers = [
            (header::ETAG, self.tag.clone()),
            (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=60, stale-while-revalidate=86400")),
        ];
        if known {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("application/geo+json"))];
        (headers, kind, self.body.clone()).into_response()
    }
}
