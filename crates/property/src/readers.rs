//! Who may read the photos of items and movements: whoever may see the item.

use axum::http::Extensions;
use files::{FileId, Readers};
use futures::future::BoxFuture;
use http_api::Answer;
use identity::{Allowed, Caller};
use kernel::problem::Problem;

use crate::{Property, item, rights};

fn allowed(request: &Extensions) -> Result<Allowed<rights::SeeProperty>, Problem> {
    let caller = request.get::<Caller>().cloned().ok_or_else(|| Problem::unauthenticated("not-signed-in", "请先登录。"))?;
    Allowed::check(caller)
}

impl Readers for Property {
    fn admit(&self, request: &Extensions) -> Answer<()> {
        allowed(request)?;
        Ok(())
    }

    fn may_read<'a>(&'a self, request: &'a Extensions, file: &'a FileId) -> BoxFuture<'a, Answer<bool>> {
        Box::pin(async move {
            let scope = allowed(request)?.scope();
            Ok(item::store::has_picture(self.database().pool(), &scope, file.as_str()).await?)
        })
    }
}
