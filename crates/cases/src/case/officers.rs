//! Who may be named as officer of a case (可选执法人员).

use axum::extract::State;
use chrono::NaiveDate;
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::clock::shanghai;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::CasePerson;
use crate::{Cases, rights};

/// So many at most.
const MOST: i64 = 500;

/// An officer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseOfficerChoice {
    id: Uuid,
    name: String,
    organisation: String,
    /// The certificate's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_until: Option<NaiveDate>,
    /// Whether the certificate is valid today.
    valid: bool,
}

/// The officers of the caller's ground, and those who may approve there.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseOfficerChoices {
    items: Vec<CaseOfficerChoice>,
    heads: Vec<CasePerson>,
}

/// Lists the officers of the caller's ground, those with a valid certificate first.
///
/// # Errors
/// The database's.
#[utoipa::path(get, path = "/api/v1/case-officers", tag = "cases", operation_id = "list_case_officers",
    responses((status = 200, body = CaseOfficerChoices, description = "The officers")))]
pub(crate) async fn officers(State(room): State<Cases>, allowed: Allowed<rights::SeeCases>) -> Answer<Json<CaseOfficerChoices>> {
    let today = room.clock().now().with_timezone(&shanghai()).date_naive();
    let found = room.identity().officers_within(&allowed.scope(), today, MOST).await?;
    let items = found.into_iter().map(|it| CaseOfficerChoice {
        id: it.id,
        name: it.name,
        organisation: it.organisation,
        certificate: it.number,
        valid_until: it.valid_until,
        valid: it.valid,
    });
    let mut connection = room.database().pool().acquire().await?;
    let heads = room.identity().people_of(&mut connection, &["leader"], None, Some(room.home_region()), MOST).await?;
    let heads: Vec<Uuid> = heads.into_iter().map(Uuid::from).collect();
    let names = room.identity().names_of(&heads).await?;
    let heads = heads.into_iter().map(|id| CasePerson { id, name: names.get(&id).cloned().unwrap_or_default() });
    Ok(Json(CaseOfficerChoices { items: items.collect(), heads: heads.collect() }))
}
