//! Listing organisations.

use axum::extract::State;
use http_api::{Answer, Json};
use serde::Serialize;
use utoipa::ToSchema;

use super::Organisation;
use crate::{allowed::Allowed, rights::SeeOrganisations, service::Identity};

/// Every organisation that the caller may see.
#[derive(Debug, Serialize, ToSchema)]
pub struct Organisations {
    items: Vec<Organisation>,
}

/// 单位树，自上而下；只含辖区内的单位。
#[utoipa::path(get, path = "/api/v1/organisations", tag = "people",
    responses((status = 200, body = Organisations)), extensions(("x-right" = json!("organisation.see"))))]
pub(crate) async fn list(State(identity): State<Identity>, allowed: Allowed<SeeOrganisations>) -> Answer<Json<Organisations>> {
    let scope = allowed.scope();
    let tree = identity.organisations().await?;
    let items = tree.all().into_iter().filter(|one| scope.covers_region(&one.region) && scope.covers_unit(Some(one.id))).cloned().collect();
    Ok(Json(Organisations { items }))
}
