//! Answering with a large file, whole or in part, so that a recording can be looked at from its middle.

use axum::{http::HeaderMap, response::Response};
use bytes::Bytes;
use futures::stream::BoxStream;
use http_api::ApiProblem;

use super::{LargeFile, judge, store};
use crate::{
    FileId, Files, object,
    put::not_found,
    serve::{Held, Kept},
};

impl Files {
    /// What is known of a large file.
    ///
    /// # Errors
    /// `file-not-found`; the database out of reach.
    pub async fn large(&self, id: &FileId) -> Result<LargeFile, ApiProblem> {
        let row = store::of(self.database.pool(), id.as_str()).await?.ok_or_else(not_found)?;
        LargeFile::of(row)
    }

    /// The bytes of a large file, as they come from the store.
    ///
    /// # Errors
    /// `file-not-found`; the store out of reach.
    pub async fn open_large(&self, id: &FileId) -> Result<BoxStream<'static, object_store::Result<Bytes>>, ApiProblem> {
        let known = self.large(id).await?;
        Ok(object::stream(&*self.objects, &object::original(id), 0..known.size.unsigned_abs()).await?)
    }

    /// Answers a GET for a large file. Who may see it was decided by the caller.
    ///
    /// # Errors
    /// `file-not-found`, `file-lost`; store or database out of reach.
    pub async fn serve_large(&self, id: &FileId, headers: &HeaderMap) -> Result<Response, ApiProblem> {
        let known = self.large(id).await?;
        let (ending, shown) = (judge::ending(&known.media_type), judge::is_shown(&known.media_type));
        // What the browser does not show where it stands goes by no name that it could act upon.
        let media_type = if shown || known.media_type == "application/pdf" { known.media_type } else { judge::UNKNOWN.to_owned() };
        let kept = Kept { media_type, ending, shown, size: known.size.unsigned_abs() };
        self.answer(id, &format!("\"{id}\""), Held::Original(kept), headers).await
    }
}
