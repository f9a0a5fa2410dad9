//! GET service_request_id from a token (凭查询码取编号).
//!
//! A report is answered with its id at once, so no client needs this for its own reports; what the portal gave a citizen as tracking
//! code is taken as the token, so that he can go on in another program.

use axum::{extract::State, response::Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Gateway,
    asked::Asked,
    fault::{Errors, Fault},
    format::Document,
    xml::Xml,
};

/// The id that a token stands for.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Open311TokenEntry)]
pub(crate) struct Entry {
    /// The request.
    service_request_id: String,
    /// The token.
    token: String,
}

/// The answer: a list of one.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Open311Token)]
pub(crate) struct Token(Vec<Entry>);

impl Document for Token {
    fn write(&self, xml: &mut Xml) {
        xml.element("service_requests", |xml| {
            for entry in &self.0 {
                xml.element("request", |xml| {
                    xml.leaf("service_request_id", &entry.service_request_id);
                    xml.leaf("token", &entry.token);
                });
            }
        });
    }
}

/// Finds the request of a token.
///
/// # Errors
/// 404 for an unknown token, 400 and 404 for the jurisdiction, 429.
#[utoipa::path(get, path = "/open311/v2/tokens/{document}", operation_id = "open311_token", tag = "open311",
    params(("document" = String, Path, description = "`<token>.json` or `<token>.xml`"),
        ("jurisdiction_id" = Option<String>, Query, description = "The jurisdiction, where one is set")),
    responses(
        (status = 200, description = "The id", content((Token = "application/json"), (String = "text/xml"))),
        (status = "default", description = "A refusal", content((Errors = "application/json"), (String = "text/xml")))))]
pub(crate) async fn token(State(gateway): State<Gateway>, asked: Asked) -> Response {
    asked.format.answer(find(&gateway, &asked).await)
}

async fn find(gateway: &Gateway, asked: &Asked) -> Result<Token, Fault> {
    gateway.count_read(asked.address)?;
    gateway.check_jurisdiction(&asked.arguments)?;
    if asked.name.is_empty() {
        return Err(Fault::invalid("缺少 token（token was not provided）"));
    }
    match gateway.requests().id_of_token(&asked.name).await? {
        Some(id) => Ok(Token(vec![Entry { service_request_id: id, token: asked.name.clone() }])),
        None => Err(Fault::not_found("没有这个 token（token was not found）")),
    }
}
