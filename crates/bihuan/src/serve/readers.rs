//! Who may read a file: whoever may see what has it, in any room that has files.

use std::sync::Arc;

use axum::http::Extensions;
use files::{FileId, Readers};
use futures::future::BoxFuture;
use http_api::Answer;

/// Several rooms that hold files.
pub struct AnyRoom(pub Vec<Arc<dyn Readers>>);

impl Readers for AnyRoom {
    fn admit(&self, request: &Extensions) -> Answer<()> {
        let mut refused = None;
        for room in &self.0 {
            match room.admit(request) {
                Ok(()) => return Ok(()),
                Err(problem) => {
                    refused.get_or_insert(problem);
                }
            }
        }
        refused.map_or(Ok(()), Err)
    }

    fn may_read<'a>(&'a self, request: &'a Extensions, file: &'a FileId) -> BoxFuture<'a, Answer<bool>> {
        Box::pin(async move {
            for room in &self.0 {
                if room.admit(request).is_ok() && room.may_read(request, file).await? {
                    return Ok(true);
                }
            }
            Ok(false)
        })
    }
}
