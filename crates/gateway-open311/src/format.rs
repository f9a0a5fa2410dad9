//! The two formats of an answer: XML, which the specification requires, and JSON.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{fault::Fault, xml::Xml};

/// A format (格式), as the end of the address names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = Open311Format)]
pub(crate) enum Format {
    /// `text/xml`.
    Xml,
    /// `application/json`.
    Json,
}

/// What can be answered in both formats.
pub(crate) trait Document: Serialize {
    /// Writes the document as XML.
    fn write(&self, xml: &mut Xml);
}

impl Format {
    /// The format of a name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "xml" => Some(Self::Xml),
            "json" => Some(Self::Json),
            _ => None,
        }
    }

    /// Answers with a document, or with the refusal as one.
    pub(crate) fn answer<D: Document>(self, outcome: Result<D, Fault>) -> Response {
        self.answer_as(outcome.map(|document| (StatusCode::OK, document)))
    }

    /// The same under another status.
    pub(crate) fn answer_as<D: Document>(self, outcome: Result<(StatusCode, D), Fault>) -> Response {
        match outcome {
            Ok((status, document)) => self.respond(status, &document),
            Err(fault) => {
                let status = fault.status;
                let mut response = self.respond(status, &fault.document());
                if matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
                    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
                }
                response
            }
        }
    }

    fn respond<D: Document>(self, status: StatusCode, document: &D) -> Response {
        let (kind, body) = match self {
            Self::Xml => {
                let mut xml = Xml::new();
                document.write(&mut xml);
                ("text/xml; charset=utf-8", xml.finish())
            }
            Self::Json => (
                "application/json; charset=utf-8",
                serde_json::to_vec(document).expect("the documents have string keys and finite numbers"),
            ),
        };
        // Anybody may read this from a page of his own: it holds nothing that depends on who asks.
        let headers = [(header::CONTENT_TYPE, kind), (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"), (header::CACHE_CONTROL, "no-store")];
        (status, headers, body).into_response()
    }
}
