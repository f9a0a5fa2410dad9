//! The middleware that finds out who calls, and refuses what another site's page sends in his name.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use axum::{
    body::Body,
    http::{HeaderMap, Request, header, request::Parts},
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use http_api::ApiProblem;
use kernel::problem::{Problem, ProblemKind};
use tower::{Layer, Service};

use crate::{
    caller::Caller,
    cross_site,
    service::Identity,
    session::{COOKIE, TokenHash},
};

/// The layer that puts a [`Caller`] into the extensions of requests that come from one.
#[derive(Clone, Debug)]
pub struct IdentityLayer(Identity);

/// Finds out who calls, for every route below.
pub fn layer(identity: Identity) -> IdentityLayer {
    IdentityLayer(identity)
}

impl<S> Layer<S> for IdentityLayer {
    type Service = Resolve<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Resolve { inner, identity: self.0.clone() }
    }
}

/// The service of [`IdentityLayer`].
#[derive(Clone, Debug)]
pub struct Resolve<S> {
    inner: S,
    identity: Identity,
}

impl<S> Service<Request<Body>> for Resolve<S>
where
    S: Service<Request<Body>, Response = Response> + Clone + Send + 'static,
    S::Future: Send,
{
    type Response = Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        // The clone takes the place of the service that is ready, which is used up here.
        let inner = self.inner.clone();
        let mut inner = std::mem::replace(&mut self.inner, inner);
        let identity = self.identity.clone();
        Box::pin(async move {
            let (mut parts, body) = request.into_parts();
            match resolve(&identity, &parts).await {
                Ok(Some(caller)) => {
                    parts.extensions.insert(caller);
                }
                Ok(None) => {}
                // What anybody may do does not wait for who he is: a report is taken in even while nobody can be known.
                Err(problem) if is_for_anybody(&parts) && problem.problem().kind == ProblemKind::Unavailable => {}
                Err(problem) => return Ok(problem.into_response()),
            }
            inner.call(Request::from_parts(parts, body)).await
        })
    }
}

async fn resolve(identity: &Identity, request: &Parts) -> Result<Option<Caller>, ApiProblem> {
    if let Some(key) = bearer(&request.headers) {
        let caller = identity.caller_of_key(&TokenHash::of(key)).await?;
        return match caller {
            Some(caller) => Ok(Some(caller)),
            None => Err(Problem::unauthenticated("api-key-unknown", "接口密钥无效或已停用。").into()),
        };
    }
    let cookies = CookieJar::from_headers(&request.headers);
    let cookie = cookies.get(COOKIE);
    // Signing in is guarded too: another site must not put its own account under a person's hands.
    let guarded = cookie.is_some() || request.uri.path() == crate::session::PATH;
    if guarded && cross_site::refused(&request.method, &request.uri, &request.headers) {
        return Err(Problem::forbidden("cross-site-refused", "请求来自其他网站，已拒绝。请从本系统页面操作。").into());
    }
    match cookie {
        Some(cookie) => Ok(identity.caller_of_session(&TokenHash::of(cookie.value())).await?),
        None => Ok(None),
    }
}

/// Operations without an account; none of them asks who calls.
fn is_for_anybody(request: &Parts) -> bool {
    request.uri.path().starts_with("/api/v1/public/") || request.uri.path().starts_with("/open311/")
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, key) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
}
