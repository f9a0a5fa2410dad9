//! Who may read a file (谁能看文件): the rooms that hold files know, this one does not.

use axum::http::Extensions;
use futures::future::BoxFuture;
use http_api::Answer;

use crate::{FileId, Files, put::not_found};

/// A room that holds files.
pub trait Readers: Send + Sync + 'static {
    /// Whether the one who sent a request, known by its extensions, may read a file that the room holds. `false` also where it holds no
    /// such file.
    ///
    /// # Errors
    /// `not-signed-in` without a session.
    fn may_read<'a>(&'a self, request: &'a Extensions, file: &'a FileId) -> BoxFuture<'a, Answer<bool>>;
}

/// The files, and the rooms that say who may read them.
#[derive(Clone)]
pub(crate) struct Guarded {
    pub files: Files,
    pub readers: std::sync::Arc<dyn Readers>,
}

impl Guarded {
    /// The files, if the one who asks may read this one. A file of others is as if it were not there.
    pub async fn opened_for(&self, request: &Extensions, file: &FileId) -> Answer<&Files> {
        if self.readers.may_read(request, file).await? {
            return Ok(&self.files);
        }
        Err(not_found().into())
    }
}
