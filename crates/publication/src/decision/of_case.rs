//! Publication, repair and remedies of one case, for its page (案件的公开与信用).

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{store, view::PublicationView};
use crate::{
    Publications,
    remedy::{self, view::RemedyView},
    repair::{self, Earliest, view::RepairView},
    rights,
};

/// Everything about a case that stands in this room.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CasePublications {
    /// A penalty was decided.
    decided: bool,
    /// The newest revision first.
    publications: Vec<PublicationView>,
    /// From when, and with what, credit can be repaired; absent where nothing is public.
    #[serde(skip_serializing_if = "Option::is_none")]
    earliest: Option<Earliest>,
    repairs: Vec<RepairView>,
    remedies: Vec<RemedyView>,
    /// Whether a review or a suit may be taken in now.
    may_ask_review: bool,
    may_sue: bool,
}

/// Shows what stands in this room about a case.
///
/// # Errors
/// `case-not-found`, `forbidden`.
#[utoipa::path(get, path = "/api/v1/cases/{id}/publications", tag = "publication", operation_id = "list_case_publications",
    params(("id" = Uuid, Path, description = "The case")), responses((status = 200, body = CasePublications, description = "What there is")))]
pub(crate) async fn of_case(
    State(room): State<Publications>,
    allowed: Allowed<rights::SeePublications>,
    Path(id): Path<Uuid>,
) -> Answer<Json<CasePublications>> {
    let (key, standing) = room.decisions().seen(&allowed.caller, id).await?;
    let me = allowed.caller.person.uuid();
    let mut connection = room.database().pool().acquire().await?;
    let rows = store::of_case(&mut connection, &key).await?;
    let earliest = match (&standing, rows.first()) {
        (Some(standing), Some(row)) => repair::earliest::of(&room, standing, row),
        _ => None,
    };
    let remedies = remedy::store::of_case(&mut connection, &key).await?;
    let repairs = repair::store::of_case(&mut connection, &key).await?;
    drop(connection);
    Ok(Json(CasePublications {
        decided: standing.is_some(),
        may_ask_review: standing
            .as_ref()
            .is_some_and(|it| it.served && matches!(it.remedy, crate::RemedyFact::None | crate::RemedyFact::ReviewRefused)),
        may_sue: standing.as_ref().is_some_and(|it| {
            it.served && {
                use crate::RemedyFact::{None, ReviewEnded, ReviewLapsed, ReviewRefused, Reviewed};
                matches!(it.remedy, None | Reviewed | ReviewEnded | ReviewLapsed | ReviewRefused)
            }
        }),
        publications: room.views(rows, me).await?,
        earliest,
        repairs: room.repair_views(repairs, me).await?,
        remedies: room.remedy_views(remedies).await?,
    }))
}
