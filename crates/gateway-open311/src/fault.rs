//! A refusal in the form of GeoReport v2: a list of errors, each with a code and a description, under the HTTP status that says it.

use axum::http::StatusCode;
use http_api::ApiProblem;
use kernel::problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{format::Document, xml::Xml};

/// A refusal.
#[derive(Debug)]
pub(crate) struct Fault {
    pub status: StatusCode,
    pub description: String,
}

impl Fault {
    pub(crate) fn invalid(description: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, description: description.into() }
    }

    pub(crate) fn not_found(description: impl Into<String>) -> Self {
        Self { status: StatusCode::NOT_FOUND, description: description.into() }
    }

    pub(crate) fn forbidden(description: impl Into<String>) -> Self {
        Self { status: StatusCode::FORBIDDEN, description: description.into() }
    }

    pub(crate) fn document(self) -> Errors {
        Errors(vec![ErrorEntry { code: self.status.as_u16(), description: self.description }])
    }
}

impl From<ApiProblem> for Fault {
    fn from(problem: ApiProblem) -> Self {
        // The specification knows 400 for every faulty request.
        let status = match problem.status() {
            StatusCode::UNPROCESSABLE_ENTITY => StatusCode::BAD_REQUEST,
            status => status,
        };
        Self { status, description: problem.problem().detail.clone() }
    }
}

impl From<Problem> for Fault {
    fn from(problem: Problem) -> Self {
        ApiProblem::from(problem).into()
    }
}

/// The errors of a refused request.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Open311Errors)]
pub(crate) struct Errors(Vec<ErrorEntry>);

/// One error.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Open311Error)]
pub(crate) struct ErrorEntry {
    /// The HTTP status.
    code: u16,
    /// What is wrong and what to do, in Chinese.
    description: String,
}

impl Document for Errors {
    fn write(&self, xml: &mut Xml) {
        xml.element("errors", |xml| {
            for error in &self.0 {
                xml.element("error", |xml| {
                    xml.leaf("code", error.code);
                    xml.leaf("description", &error.description);
                });
            }
        });
    }
}
