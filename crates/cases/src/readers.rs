//! Who may read the photos of a case, which came with its lead: whoever may see the case.

use axum::http::Extensions;
use files::{FileId, Readers};
use futures::future::BoxFuture;
use http_api::Answer;
use identity::{Allowed, Caller};
use kernel::problem::Problem;

use crate::{Cases, case, rights};

fn allowed(request: &Extensions) -> Result<Allowed<rights::SeeCases>, Problem> {
    let caller = request.get::<Caller>().cloned().ok_or_else(|| Problem::unauthenticated("not-signed-in", "请先登录。"))?;
    Allowed::check(caller)
}

impl Readers for Cases {
    fn admit(&self, request: &Extensions) -> Answer<()> {
        allowed(request)?;
        Ok(())
    }

    fn may_read<'a>(&'a self, request: &'a Extensions, file: &'a FileId) -> BoxFuture<'a, Answer<bool>> {
        Box::pin(async move {
            let scope = allowed(request)?.scope();
            Ok(case::store::has_photo(self.database().pool(), &scope, file.as_str()).await?)
        })
    }
}
