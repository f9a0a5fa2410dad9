//! The one mapping from problems to HTTP: RFC 9457 `application/problem+json`.

use std::sync::OnceLock;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::problem::{Problem, ProblemKind};
use serde::Serialize;
use utoipa::ToSchema;

/// A problem on its way out.
#[derive(Debug)]
pub struct ApiProblem(Problem);

/// The body of a problem (RFC 9457), as the document describes it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemBody {
    /// A name of the problem's kind: `urn:bihuan:problem:<code>`.
    pub r#type: String,
    /// The HTTP status in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// A stable code for programs.
    pub code: String,
    /// What happened and what to do, in Chinese.
    pub detail: String,
    /// The article or rule that refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub citation: Option<String>,
    /// What would make it allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cure: Option<String>,
    /// The day from which it is allowed, where waiting is enough.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The faulty fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<ProblemField>,
}

/// One faulty field.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemField {
    /// The field's name in the request.
    pub field: String,
    /// What is wrong, in Chinese.
    pub detail: String,
}

const fn status(kind: ProblemKind) -> StatusCode {
    match kind {
        ProblemKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        ProblemKind::Unauthenticated => StatusCode::UNAUTHORIZED,
        ProblemKind::Forbidden => StatusCode::FORBIDDEN,
        ProblemKind::NotFound => StatusCode::NOT_FOUND,
        ProblemKind::Conflict => StatusCode::CONFLICT,
        ProblemKind::PreconditionFailed => StatusCode::PRECONDITION_FAILED,
        ProblemKind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ProblemKind::TooMany => StatusCode::TOO_MANY_REQUESTS,
        ProblemKind::Unsupported => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ProblemKind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        ProblemKind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl ApiProblem {
    /// The problem inside.
    #[must_use]
    pub const fn problem(&self) -> &Problem {
        &self.0
    }

    /// The status it will have.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        status(self.0.kind)
    }
}

impl From<Problem> for ApiProblem {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl From<sqlx::Error> for ApiProblem {
    fn from(error: sqlx::Error) -> Self {
        if database::is_away(&error) {
            tracing::warn!(error = %error, "database is out of reach");
            return Self(Problem::unavailable("database-unavailable", "数据库暂时不可用，请稍后重试；您的内容没有被保存"));
        }
        // The value of a broken constraint can be personal data: the constraint's name and the code are enough to find the cause.
        match error.as_database_error() {
            Some(database) => tracing::error!(
                code = database.code().as_deref().unwrap_or(""),
                constraint = database.constraint().unwrap_or(""),
                message = database.message(),
                "database refused"
            ),
            None => tracing::error!(%error, "database call failed"),
        }
        Self(Problem::internal("internal", "系统内部错误，已记录；请稍后重试"))
    }
}

/// A stable, lower-case name for a status that carries no text of its own.
fn title(status: StatusCode) -> &'static str {
    status.canonical_reason().unwrap_or("Problem")
}

impl IntoResponse for ApiProblem {
    fn into_response(self) -> Response {
        let status = self.status();
        let body = ProblemBody {
            r#type: format!("urn:bihuan:problem:{}", self.0.code),
            title: title(status).to_owned(),
            status: status.as_u16(),
            code: self.0.code.to_owned(),
            detail: self.0.detail,
            citation: self.0.citation,
            cure: self.0.cure,
            from: self.0.from.map(|day| day.to_string()),
            fields: self.0.fields.into_iter().map(|fault| ProblemField { field: fault.field.into_owned(), detail: fault.detail }).collect(),
        };
        let mut response = (status, axum::Json(body)).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json; charset=utf-8"));
        if matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response
    }
}

/// The response that every operation shares, for the OpenAPI document: any problem, under `default`.
#[must_use]
pub fn problem_responses() -> &'static utoipa::openapi::Response {
    static RESPONSE: OnceLock<utoipa::openapi::Response> = OnceLock::new();
    RESPONSE.get_or_init(|| {
        utoipa::openapi::ResponseBuilder::new()
            .description("A problem (RFC 9457)")
            .content(
                "application/problem+json",
                utoipa::openapi::ContentBuilder::new().schema(Some(utoipa::openapi::Ref::from_schema_name("ProblemBody"))).build(),
            )
            .build()
    })
}
