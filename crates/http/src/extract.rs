//! Extractors whose refusals are problems in Chinese instead of plain English text.

use axum::{
    extract::{
        FromRequest, FromRequestParts, Request,
        rejection::{JsonRejection, PathRejection, QueryRejection},
    },
    http::request::Parts,
};
use kernel::problem::Problem;
use serde::{Serialize, de::DeserializeOwned};

use crate::ApiProblem;

/// A JSON body or answer.
#[derive(Debug, Clone, Copy)]
pub struct Json<T>(pub T);

/// The query string.
#[derive(Debug, Clone, Copy)]
pub struct Query<T>(pub T);

/// The parameters of the path.
#[derive(Debug, Clone, Copy)]
pub struct Path<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = ApiProblem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        match axum::Json::<T>::from_request(request, state).await {
            Ok(axum::Json(value)) => Ok(Self(value)),
            Err(rejection) => Err(refuse_body(&rejection).into()),
        }
    }
}

fn refuse_body(rejection: &JsonRejection) -> Problem {
    match rejection {
        JsonRejection::MissingJsonContentType(_) => {
            Problem::unsupported("content-type-unsupported", "请求体应为 JSON（Content-Type: application/json）")
        }
        JsonRejection::JsonSyntaxError(_) => Problem::invalid("json-malformed", "请求体不是合法的 JSON"),
        JsonRejection::JsonDataError(error) => {
            Problem::invalid("json-invalid", format!("请求体的内容不符合要求：{}", cause(&error.body_text())))
        }
        JsonRejection::BytesRejection(error) if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE => {
            Problem::too_large("body-too-large", "请求体过大")
        }
        _ => Problem::invalid("body-unreadable", "请求体没有完整收到，请重试"),
    }
}

/// The part of a deserialiser's message that names the field, without the type path in front.
fn cause(text: &str) -> &str {
    text.split_once("target type: ").map_or(text, |(_, cause)| cause)
}

impl<T: Serialize> axum::response::IntoResponse for Json<T> {
    fn into_response(self) -> axum::response::Response {
        axum::Json(self.0).into_response()
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        // PostgreSQL keeps no zero character, in a text as little as in JSON: nothing that is looked for or noted down can hold one.
        if parts.uri.query().is_some_and(|query| query.contains("%00")) {
            return Err(Problem::invalid("query-invalid", "查询参数含有不能使用的字符").into());
        }
        match axum::extract::Query::<T>::from_request_parts(parts, state).await {
            Ok(axum::extract::Query(value)) => Ok(Self(value)),
            Err(rejection) => Err(refuse_query(&rejection).into()),
        }
    }
}

fn refuse_query(rejection: &QueryRejection) -> Problem {
    Problem::invalid("query-invalid", format!("查询参数不符合要求：{}", cause(&rejection.body_text())))
}

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        match axum::extract::Path::<T>::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(value)) => Ok(Self(value)),
            Err(rejection) => Err(refuse_path(&rejection).into()),
        }
    }
}

fn refuse_path(_rejection: &PathRejection) -> Problem {
    Problem::not_found("not-found", "没有找到该地址对应的内容")
}

/// The `Idempotency-Key` of a creating request: the same key sent twice makes one thing.
#[derive(Debug, Clone)]
pub struct IdempotencyKey(pub Option<String>);

/// The longest key taken, in bytes.
const LONGEST_KEY: usize = 200;

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        let Some(value) = parts.headers.get("idempotency-key") else {
            return Ok(Self(None));
        };
        match value.to_str() {
            Ok(key) if !key.is_empty() && key.len() <= LONGEST_KEY => Ok(Self(Some(key.to_owned()))),
            _ => Err(Problem::invalid("idempotency-key-invalid", "Idempotency-Key 应为 1 至 200 个可见字符").into()),
        }
    }
}
