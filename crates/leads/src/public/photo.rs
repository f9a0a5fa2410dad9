//! Photos of a followed report: the covered copy, only with the report's code. The original never leaves here.

use axum::{extract::State as Shared, http::HeaderMap, response::Response};
use files::FileId;
use http_api::{Answer, ClientAddress, Path};

use super::{follow::unknown, store};
use crate::{Leads, lead, tracking};

async fn serve(leads: &Leads, code: &str, file: &str, small: bool, headers: &HeaderMap) -> Answer<Response> {
    let pool = leads.database().pool();
    let code = tracking::normalised(code).ok_or_else(unknown)?;
    let (region, id) = lead::store::by_tracking_code(pool, &code).await?.ok_or_else(unknown)?;
    let id_of_file = FileId::parse(file)?;
    let shown = lead::store::goes_on_in(&mut *pool.acquire().await?, &region, id).await?;
    if !store::shows_photo(pool, &region, id, shown, file).await? {
        return Err(unknown().into());
    }
    leads.files().serve_published(&id_of_file, small, headers).await
}

/// Shows a photo.
///
/// # Errors
/// `report-not-found`, `too-many-requests`.
#[utoipa::path(get, path = "/api/v1/public/reports/{tracking_code}/photos/{file}", tag = "public",
    params(("tracking_code" = String, Path, description = "The code"), ("file" = String, Path, description = "The photo")),
    responses((status = 200, content_type = "image/jpeg", description = "The photo")))]
pub(crate) async fn photo(
    Shared(leads): Shared<Leads>,
    ClientAddress(address): ClientAddress,
    Path((code, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer<Response> {
    leads.photo_rate().check(address)?;
    serve(&leads, &code, &file, false, &headers).await
}

/// Shows a photo small.
///
/// # Errors
/// `report-not-found`, `too-many-requests`.
#[utoipa::path(get, path = "/api/v1/public/reports/{tracking_code}/photos/{file}/thumbnail", tag = "public",
    params(("tracking_code" = String, Path, description = "The code"), ("file" = String, Path, description = "The photo")),
    responses((status = 200, content_type = "image/jpeg", description = "The photo, small")))]
pub(crate) async fn thumbnail(
    Shared(leads): Shared<Leads>,
    ClientAddress(address): ClientAddress,
    Path((code, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer<Response> {
    leads.photo_rate().check(address)?;
    serve(&leads, &code, &file, true, &headers).await
}
