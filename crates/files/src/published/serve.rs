//! Answering with a public copy.

use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use http_api::ApiProblem;

use crate::{FileId, Files, serve::Held};

impl Files {
    /// Answers a GET for a picture's public copy, or for it made small. Who may see it was decided by the caller.
    ///
    /// # Errors
    /// `file-not-found`, `picture-missing`, `photo-being-covered`; store or database out of reach.
    pub async fn serve_published(&self, id: &FileId, small: bool, headers: &HeaderMap) -> Result<Response, ApiProblem> {
        let (bytes, version) = self.published(id, small).await?;
        let tag = format!("\"{id}-public{}-{version}\"", if small { "-small" } else { "" });
        let mut answer = self.answer(id, &tag, Held::Bytes(bytes), headers).await?;
        // An area may be covered, or the photo withheld, at any time: a browser that has it asks again.
        answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        Ok(answer)
    }
}
