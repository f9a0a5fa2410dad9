//! Service Discovery (服务发现): where the interface is and which formats it speaks.

use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::Response,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Gateway,
    asked::Asked,
    fault::{Errors, Fault},
    format::{Document, Format},
    w3c,
    xml::Xml,
};

/// The name by which clients know the specification; it is a name, nobody fetches it.
const SPECIFICATION: &str = "http://wiki.open311.org/GeoReport_v2";
/// The formats, the required one first.
const FORMATS: [&str; 2] = ["text/xml", "application/json"];

/// An endpoint.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Open311Endpoint)]
pub(crate) struct Endpoint {
    /// The specification it follows.
    specification: &'static str,
    /// Its base address.
    url: String,
    /// When its services last changed.
    changeset: String,
    /// `production`, or `test` for a demo.
    r#type: &'static str,
    /// The formats it speaks.
    formats: [&'static str; 2],
}

/// The discovery document.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Open311Discovery)]
pub(crate) struct Discovery {
    /// When anything here last changed.
    changeset: String,
    /// Whom to ask.
    contact: String,
    /// How to get a key.
    key_service: String,
    /// The endpoints.
    endpoints: Vec<Endpoint>,
}

impl Document for Discovery {
    fn write(&self, xml: &mut Xml) {
        xml.element("discovery", |xml| {
            xml.leaf("changeset", &self.changeset);
            xml.leaf("contact", &self.contact);
            xml.leaf("key_service", &self.key_service);
            xml.element("endpoints", |xml| {
                for endpoint in &self.endpoints {
                    xml.element("endpoint", |xml| {
                        xml.leaf("specification", endpoint.specification);
                        xml.leaf("url", &endpoint.url);
                        xml.leaf("changeset", &endpoint.changeset);
                        xml.leaf("type", endpoint.r#type);
                        xml.element("formats", |xml| endpoint.formats.iter().for_each(|format| xml.leaf("format", format)));
                    });
                }
            });
        });
    }
}

/// Where the client reached this program. A `Host` that is no plain host and port is not repeated.
fn base_url(gateway: &Gateway, headers: &HeaderMap) -> String {
    if let Some(url) = &gateway.settings().public_url {
        return url.clone();
    }
    let scheme = if gateway.settings().secure { "https" } else { "http" };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let is_plain = |host: &&str| !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".:-[]".contains(&byte));
    host.filter(is_plain).map_or_else(String::new, |host| format!("{scheme}://{host}"))
}

fn discover(gateway: &Gateway, asked: &Asked, headers: &HeaderMap) -> Result<Discovery, Fault> {
    gateway.count_read(asked.address)?;
    let settings = gateway.settings();
    let changeset = w3c::written(gateway.changeset());
    Ok(Discovery {
        contact: settings.contact.clone(),
        key_service: settings.key_service.clone(),
        endpoints: vec![Endpoint {
            specification: SPECIFICATION,
            url: format!("{}/open311/v2", base_url(gateway, headers)),
            changeset: changeset.clone(),
            r#type: if settings.demo { "test" } else { "production" },
            formats: FORMATS,
        }],
        changeset,
    })
}

/// Says where the interface is.
///
/// # Errors
/// 429.
#[utoipa::path(get, path = "/open311/discovery.{format}", operation_id = "open311_discovery", tag = "open311",
    params(("format" = inline(Format), Path, description = "The format")),
    responses(
        (status = 200, description = "The endpoints", content((Discovery = "application/json"), (String = "text/xml"))),
        (status = "default", description = "A refusal", content((Errors = "application/json"), (String = "text/xml")))))]
pub(crate) async fn discovery(State(gateway): State<Gateway>, headers: HeaderMap, asked: Asked) -> Response {
    asked.format.answer(discover(&gateway, &asked, &headers))
}

/// Says the same beside the interface itself.
///
/// # Errors
/// 429.
#[utoipa::path(get, path = "/open311/v2/discovery.{format}", operation_id = "open311_discovery_v2", tag = "open311",
    params(("format" = inline(Format), Path, description = "The format")),
    responses(
        (status = 200, description = "The endpoints", content((Discovery = "application/json"), (String = "text/xml"))),
        (status = "default", description = "A refusal", content((Errors = "application/json"), (String = "text/xml")))))]
pub(crate) async fn discovery_v2(State(gateway): State<Gateway>, headers: HeaderMap, asked: Asked) -> Response {
    asked.format.answer(discover(&gateway, &asked, &headers))
}
