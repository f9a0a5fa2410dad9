//! The pages, built by `web/` and carried inside the program.

use axum::{
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Redirect, Response},
};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
struct Pages;

/// Serves a page or one of its parts. Addresses inside a page are the page's own to read.
pub async fn serve(uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    if ["api/", "open311/", "metrics"].iter().any(|prefix| path.starts_with(prefix)) {
        return crate::serve::missing();
    }
    if let Some(answer) = part(path, &headers) {
        return answer;
    }
    // A file that is not there is missing; anything else is an address inside one of the three pages.
    if path.rsplit('/').next().is_some_and(|name| name.contains('.')) {
        return crate::serve::missing();
    }
    // The phone's service worker governs what lies below `/phone/`, so the page must stand there.
    if path == "phone" || path == "desk" {
        return Redirect::permanent(&format!("/{path}/")).into_response();
    }
    let page = match path.split('/').next() {
        Some("desk") => "desk/index.html",
        Some("phone") => "phone/index.html",
        _ => "index.html",
    };
    part(page, &headers).unwrap_or_else(|| (StatusCode::NOT_FOUND, "页面尚未构建：请在 web/ 中运行 npm run build").into_response())
}

fn part(path: &str, headers: &HeaderMap) -> Option<Response> {
    let file = Pages::get(path)?;
    let tag = format!("\"{}\"", hex_of(&file.metadata.sha256_hash()[..12]));
    // Parts with a hash in their name never change; pages and the service worker are asked for anew.
    let cache = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    if headers.get(header::IF_NONE_MATCH).is_some_and(|seen| seen.as_bytes() == tag.as_bytes()) {
        return Some((StatusCode::NOT_MODIFIED, [(header::ETAG, tag), (header::CACHE_CONTROL, cache.to_owned())]).into_response());
    }
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let kind = if kind.type_() == "text" { format!("{kind}; charset=utf-8") } else { kind.to_string() };
    let head = [
        (header::CONTENT_TYPE, kind),
        (header::ETAG, tag),
        (header::CACHE_CONTROL, cache.to_owned()),
        (header::VARY, "accept-encoding".to_owned()),
    ];
    // What the build compressed once is not compressed again for every visitor.
    match Pages::get(&format!("{path}.br")).filter(|_| takes_brotli(headers)) {
        Some(small) => Some((head, [(header::CONTENT_ENCODING, "br")], small.data.into_owned()).into_response()),
        None => Some((head, file.data.into_owned()).into_response()),
    }
}

fn takes_brotli(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        parts.next() == Some("br") && parts.next() != Some("q=0")
    })
}

fn hex_of(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
