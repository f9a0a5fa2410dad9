//! The OpenAPI document: the contract that the web's client is generated from.

use std::sync::Arc;

use anyhow::Result;
use axum::{Router, http::header, routing::get};
use clap::Parser;
use kernel::clock::SystemClock;
use utoipa::{
    OpenApi,
    openapi::{OpenApi as Document, RefOr, path::Operation},
};

use crate::{
    serve::{Mode, api, open_house},
    settings::ServeArgs,
};

#[derive(OpenApi)]
#[openapi(
    info(title = "Bihuan 闭环", description = "城市运行管理与综合行政执法平台接口"),
    components(schemas(http_api::ProblemBody, http_api::ProblemField))
)]
struct Base;

/// The head of the document.
pub fn base() -> Document {
    let mut document = Base::openapi();
    env!("CARGO_PKG_VERSION").clone_into(&mut document.info.version);
    document
}

/// Adds to every operation that it may answer with a problem.
pub fn finish(mut document: Document) -> Document {
    for item in document.paths.paths.values_mut() {
        let operations =
            [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch, &mut item.head, &mut item.options];
        for operation in operations.into_iter().flatten() {
            add_problem(operation);
        }
    }
    document
}

fn add_problem(operation: &mut Operation) {
    let problem = RefOr::T(http_api::problem_responses().clone());
    operation.responses.responses.entry("default".to_owned()).or_insert(problem);
}

/// `/api/v1/openapi.json`.
pub fn routes(document: Document) -> Router {
    let text = document.to_json().unwrap_or_default();
    Router::new().route("/api/v1/openapi.json", get(move || async move { ([(header::CONTENT_TYPE, "application/json")], text) }))
}

/// Prints the document. The rooms that it is read off need a database; a private one of a moment's life serves.
pub async fn run() -> Result<()> {
    let data = tempfile::tempdir()?;
    let args = ServeArgs::parse_from(["bihuan", "--data", &data.path().to_string_lossy()]);
    let house = open_house(&args, Mode::Real, Arc::new(SystemClock)).await?;
    let document = finish(api(&house.rooms).into_openapi());
    house.close().await?;
    println!("{}", document.to_pretty_json()?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    fn walk(value: &Value, at: &str, enums: &mut Vec<(String, Vec<String>)>) {
        match value {
            Value::Object(fields) => {
                if let Some(Value::Array(codes)) = fields.get("enum") {
                    enums.push((at.to_owned(), codes.iter().map(|code| code.as_str().unwrap_or_default().to_owned()).collect()));
                }
                fields.iter().for_each(|(name, field)| walk(field, &format!("{at}/{name}"), enums));
            }
            Value::Array(items) => items.iter().for_each(|item| walk(item, at, enums)),
            _ => {}
        }
    }

    #[test]
    fn every_enum_of_the_document_is_made_of_codes() {
        let document: Value = serde_json::from_str(include_str!("../../../docs/openapi.json")).unwrap();
        let mut enums = Vec::new();
        walk(&document, "", &mut enums);
        assert!(enums.len() > 10, "only {} enums", enums.len());
        let is_code = |code: &String| {
            !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-'))
        };
        for (at, codes) in enums {
            assert!(codes.iter().all(is_code), "{at}: {codes:?}");
        }
    }
}
