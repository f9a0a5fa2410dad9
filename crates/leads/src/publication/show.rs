//! What the public sees of a photo, for those who handle the lead: the covered copy, and what is known of it.

use axum::{extract::State, http::HeaderMap, response::Response};
use docket::Header;
use files::{FileId, Publication};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{no_photo, store};
use crate::{
    Leads,
    act::{covers, not_found},
    joint, lead, rights,
};

/// A photo as the public sees it (照片公开情况).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PhotoPublication {
    /// Whether it is of those that the public page shows: a report's, before and after the fix.
    is_public: bool,
    /// A person took it back.
    withheld: bool,
    /// Its covered copy.
    #[serde(flatten)]
    publication: Publication,
}

/// The photo of a lead that the caller may see: whether it is withheld, and whether it is public at all.
async fn found(leads: &Leads, allowed: &Allowed<rights::Read>, id: Uuid, file: &FileId) -> Answer<(bool, bool)> {
    let header: Header = lead::store::header(leads.database().pool(), id).await?.ok_or_else(not_found)?;
    let mut connection = leads.database().pool().acquire().await?;
    let (scope, tasks) = (allowed.scope(), joint::store::of(&mut connection, &header.key()).await?);
    if !covers(&scope, &header) && !joint::admits(&tasks, &scope) {
        return Err(not_found().into());
    }
    Ok(store::photo(&mut connection, &header.key(), file.as_str()).await?.ok_or_else(no_photo)?)
}

/// Tells what the public sees of a photo.
///
/// # Errors
/// `lead-not-found`, `photo-not-found`.
#[utoipa::path(get, path = "/api/v1/leads/{id}/photos/{file}/publication", operation_id = "photo_publication", tag = "leads",
    params(("id" = Uuid, Path, description = "The lead"), ("file" = String, Path, description = "The photo")),
    responses((status = 200, body = PhotoPublication, description = "What the public sees")))]
pub(crate) async fn publication(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Read>,
    Path((id, file)): Path<(Uuid, String)>,
) -> Answer<Json<PhotoPublication>> {
    let file = FileId::parse(&file)?;
    let (withheld, is_public) = found(&leads, &allowed, id, &file).await?;
    Ok(Json(PhotoPublication { is_public, withheld, publication: leads.files().publication(&file).await? }))
}

/// Shows the covered copy, also of a photo that is withheld: whoever decides about it has to see it.
///
/// # Errors
/// `lead-not-found`, `photo-not-found`, `photo-being-covered`.
#[utoipa::path(get, path = "/api/v1/leads/{id}/photos/{file}/public-copy", operation_id = "photo_public_copy", tag = "leads",
    params(("id" = Uuid, Path, description = "The lead"), ("file" = String, Path, description = "The photo")),
    responses((status = 200, content_type = "image/jpeg", description = "The covered copy")))]
pub(crate) async fn public_copy(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Read>,
    Path((id, file)): Path<(Uuid, String)>,
    headers: HeaderMap,
) -> Answer<Response> {
    let file = FileId::parse(&file)?;
    found(&leads, &allowed, id, &file).await?;
    leads.files().serve_published(&file, false, &headers).await
}
