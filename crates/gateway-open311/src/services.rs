//! GET Service List (服务清单): what may be reported.

use axum::{extract::State, response::Response};
use catalogue::{Catalogue, Class};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Gateway,
    asked::Asked,
    definition,
    fault::{Errors, Fault},
    format::{Document, Format},
    xml::Xml,
};

/// The service of a report whose kind the reporter does not know; the city chooses one.
pub(crate) const OTHER: &str = "other";
/// What people call it.
pub(crate) const OTHER_NAME: &str = "其他问题";

/// A service (服务): a kind of problem that may be reported.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Open311Service)]
pub(crate) struct Service {
    /// The class code of the catalogue in force, or `other`.
    service_code: String,
    /// Its name.
    service_name: String,
    /// What it is for.
    description: String,
    /// Whether it has a definition with more to ask.
    metadata: bool,
    /// `realtime`: the answer to a report has its id at once.
    r#type: &'static str,
    /// Words to find it by, commas between.
    keywords: String,
    /// The category.
    group: String,
}

/// The services by category.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Open311Services)]
pub(crate) struct Services(Vec<Service>);

impl Document for Services {
    fn write(&self, xml: &mut Xml) {
        xml.element("services", |xml| {
            for service in &self.0 {
                xml.element("service", |xml| {
                    xml.leaf("service_code", &service.service_code);
                    xml.leaf("service_name", &service.service_name);
                    xml.leaf("description", &service.description);
                    xml.leaf("metadata", service.metadata);
                    xml.leaf("type", service.r#type);
                    xml.leaf("keywords", &service.keywords);
                    xml.leaf("group", &service.group);
                });
            }
        });
    }
}

fn service_of(class: &Class) -> Service {
    let conditions = definition::conditions_of(class);
    let keywords: Vec<&str> = [class.name.as_str(), class.category_name.as_str()].into_iter().chain(conditions.iter().copied()).collect();
    Service {
        description: format!("{}类问题：{}", class.category_name, class.name),
        metadata: !conditions.is_empty(),
        r#type: "realtime",
        keywords: keywords.join(","),
        group: class.category_name.clone(),
        service_code: class.code.clone(),
        service_name: class.name.clone(),
    }
}

fn services_of(catalogue: &Catalogue) -> Services {
    let mut classes = catalogue.matters();
    classes.sort_by(|a, b| (&a.category_code, &a.code).cmp(&(&b.category_code, &b.code)));
    let other = Service {
        service_code: OTHER.to_owned(),
        service_name: OTHER_NAME.to_owned(),
        description: "不清楚属于哪一类的问题，由受理人员归类".to_owned(),
        metadata: false,
        r#type: "realtime",
        keywords: "其他,不清楚".to_owned(),
        group: "其他".to_owned(),
    };
    Services(classes.iter().map(|class| service_of(class)).chain([other]).collect())
}

/// Lists the services.
///
/// # Errors
/// 400 and 404 for the jurisdiction, 429.
#[utoipa::path(get, path = "/open311/v2/services.{format}", operation_id = "open311_services", tag = "open311",
    params(("format" = inline(Format), Path, description = "The format"), ("jurisdiction_id" = Option<String>, Query, description = "The jurisdiction, where one is set")),
    responses(
        (status = 200, description = "The services", content((Services = "application/json"), (String = "text/xml"))),
        (status = "default", description = "A refusal", content((Errors = "application/json"), (String = "text/xml")))))]
pub(crate) async fn services(State(gateway): State<Gateway>, asked: Asked) -> Response {
    asked.format.answer(list(&gateway, &asked))
}

fn list(gateway: &Gateway, asked: &Asked) -> Result<Services, Fault> {
    gateway.count_read(asked.address)?;
    gateway.check_jurisdiction(&asked.arguments)?;
    Ok(services_of(gateway.catalogue()))
}
