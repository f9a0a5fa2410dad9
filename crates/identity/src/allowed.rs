//! The extractors: the right an operation needs stands in its signature.

use std::{convert::Infallible, marker::PhantomData};

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::request::Parts,
};
use http_api::ApiProblem;
use kernel::problem::Problem;

use crate::{
    caller::{Caller, Scope},
    error::{forbidden, not_signed_in},
    right::Right,
};

/// A caller who holds the right `R`.
#[derive(Clone, Debug)]
pub struct Allowed<R> {
    /// Who calls.
    pub caller: Caller,
    scope: Scope,
    right: PhantomData<fn() -> R>,
}

impl<R: Right> Allowed<R> {
    /// Decides whether a caller may, outside a request as well: for jobs that work in a person's name.
    ///
    /// # Errors
    /// `must-change-password` or `forbidden`.
    pub fn check(caller: Caller) -> Result<Self, Problem> {
        if caller.must_change_password() {
            return Err(Problem::forbidden("must-change-password", "请先修改初始口令，再继续使用。"));
        }
        let scope = caller.scope::<R>().ok_or_else(forbidden)?;
        Ok(Self { caller, scope, right: PhantomData })
    }

    /// How far the right reaches.
    pub fn scope(&self) -> Scope {
        self.scope.clone()
    }
}

impl<R: Right, S: Send + Sync> FromRequestParts<S> for Allowed<R> {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        let caller = parts.extensions.get::<Caller>().cloned().ok_or_else(not_signed_in)?;
        Ok(Self::check(caller)?)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        Ok(parts.extensions.get::<Caller>().cloned().ok_or_else(not_signed_in)?)
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Option<Self>, Self::Rejection> {
        Ok(parts.extensions.get::<Caller>().cloned())
    }
}
