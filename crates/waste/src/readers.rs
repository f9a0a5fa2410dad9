//! Who may read the photos of papers: whoever may see the paper.

use axum::http::Extensions;
use files::{FileId, Readers};
use futures::future::BoxFuture;
use http_api::Answer;
use identity::{Allowed, Caller};
use kernel::problem::Problem;

use crate::{Waste, paper, rights};

fn allowed(request: &Extensions) -> Result<Allowed<rights::SeeWaste>, Problem> {
    let caller = request.get::<Caller>().cloned().ok_or_else(|| Problem::unauthenticated("not-signed-in", "请先登录。"))?;
    Allowed::check(caller)
}

impl Readers for Waste {
    fn admit(&self, request: &Extensions) -> Answer<()> {
        allowed(request)?;
        Ok(())
    }

    fn may_read<'a>(&'a self, request: &'a Extensions, file: &'a FileId) -> BoxFuture<'a, Answer<bool>> {
        Box::pin(async move {
            let scope = allowed(request)?.scope();
            Ok(paper::store::has_picture(self.database().pool(), &scope, self.home(), file.as_str()).await?)
        })
    }
}
