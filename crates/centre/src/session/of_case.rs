//! `GET /api/v1/cases/{id}/centre`: what the centre has of a case.

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{list::sessions, store, view::CentreSession};
use crate::{
    Centre,
    archive::{self, view::CentreVolume},
    recording::{self, view::CentreRecording},
    rights,
    service::CentrePerson,
};

/// Sessions and recordings of a case shown at most.
const MOST: i64 = 200;

/// What the centre has of a case (案件在办案中心).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseInCentre {
    sessions: Vec<CentreSession>,
    recordings: Vec<CentreRecording>,
    /// Where its file is, once it is on a shelf.
    volume: Option<CentreVolume>,
    /// The officers who may be named.
    officers: Vec<CentrePerson>,
    /// Why no room may be booked.
    refusal: Option<String>,
    /// It may be put on a shelf now.
    may_shelve: bool,
}

/// Shows what the centre has of a case.
///
/// # Errors
/// `case-not-found`.
#[utoipa::path(get, path = "/api/v1/cases/{id}/centre", tag = "centre", operation_id = "read_case_in_centre",
    params(("id" = Uuid, Path, description = "The case")), responses((status = 200, body = CaseInCentre, description = "What there is")))]
pub(crate) async fn of_case(
    State(centre): State<Centre>,
    allowed: Allowed<rights::SeeCentre>,
    Path(id): Path<Uuid>,
) -> Answer<Json<CaseInCentre>> {
    let case = centre.cases().opened(&allowed.caller, id).await?;
    let scope = allowed.scope();
    let of = sessions(&centre, &scope, &store::Wanted { case: Some(id), most: MOST, ..store::Wanted::default() }).await?;
    let wanted = recording::store::Wanted { case: Some(id), most: MOST, ..recording::store::Wanted::default() };
    let recordings = recording::view::recordings(&centre, &allowed.caller, &scope, &wanted).await?;
    let wanted = archive::store::Wanted { case: Some(id), most: 1, ..archive::store::Wanted::default() };
    let volume = archive::view::volumes(&centre, &scope, &wanted).await?.pop();
    let names = centre.names(case.officers.iter().copied()).await?;
    let refusal = match Allowed::<rights::HoldSessions>::check(allowed.caller.clone()) {
        Err(refused) => Some(refused.detail),
        Ok(_) if case.is_over => Some("案件已经归档或者并入他案，不能再预约房间".to_owned()),
        Ok(_) => None,
    };
    let may_shelve = case.is_archived && volume.is_none() && Allowed::<rights::KeepStores>::check(allowed.caller.clone()).is_ok();
    Ok(Json(CaseInCentre { sessions: of, recordings, volume, officers: names.people(&case.officers), refusal, may_shelve }))
}
