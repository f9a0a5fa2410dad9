//! GET Service Request (查看线索): one, by its id; several with commas between.

use axum::{extract::State, response::Response};

use crate::{
    Gateway,
    asked::Asked,
    fault::{Errors, Fault},
    requests::{RequestView, RequestViews, ids},
};

/// Shows a request.
///
/// # Errors
/// 404 when none of the ids is there, 400 and 404 for the jurisdiction, 429.
#[utoipa::path(get, path = "/open311/v2/requests/{document}", operation_id = "open311_request", tag = "open311",
    params(("document" = String, Path, description = "`<service_request_id>.json` or `<service_request_id>.xml`"),
        ("jurisdiction_id" = Option<String>, Query, description = "The jurisdiction, where one is set")),
    responses(
        (status = 200, description = "A list of the request", content((RequestViews = "application/json"), (String = "text/xml"))),
        (status = "default", description = "A refusal", content((Errors = "application/json"), (String = "text/xml")))))]
pub(crate) async fn request(State(gateway): State<Gateway>, asked: Asked) -> Response {
    asked.format.answer(show(&gateway, &asked).await)
}

async fn show(gateway: &Gateway, asked: &Asked) -> Result<RequestViews, Fault> {
    gateway.count_read(asked.address)?;
    gateway.check_jurisdiction(&asked.arguments)?;
    let named: Vec<&str> = asked.name.split(',').map(str::trim).filter(|id| !id.is_empty()).collect();
    if named.is_empty() {
        return Err(Fault::invalid("缺少 service_request_id（service_request_id was not provided）"));
    }
    let found = gateway.requests().by_ids(&ids(&named)?).await?;
    if found.is_empty() {
        return Err(Fault::not_found("没有这个 service_request_id（service_request_id was not found）"));
    }
    Ok(RequestViews(found.into_iter().map(|request| RequestView::of(gateway, request)).collect()))
}
