//! Who may read a file (谁能看文件): the rooms that hold files know, this one does not.

use axum::http::Extensions;
use futures::future::BoxFuture;
use http_api::Answer;

use crate::{FileId, Files, put::not_found};

/// A room that holds files.
pub trait Readers: Send + Sync + 'static {
    /// Lets in who may read anything at all, before a word of the request is looked at.
    ///
    /// # Errors
    /// `not-signed-in`, `forbidden`.
    fn admit(&self, request: &Extensions) -> Answer<()>;

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
    /// The files and the wanted one's id, if the one who asks may read it. A file of others is as if it were not there.
    pub async fn opened_for(&self, request: &Extensions, id: &str) -> Answer<(&Files, FileId)> {
        self.readers.admit(request)?;
        let file = FileId::parse(id)?;
        if self.readers.may_read(request, &file).await? {
            return Ok((&self.files, file));
        }
        Err(not_found().into())
    }
}
