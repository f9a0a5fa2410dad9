//! `POST /api/v1/cases/{id}/dossier`: the case as one file that anybody can check.

use axum::{extract::State, response::Response};
use http_api::{Answer, Path};
use identity::Allowed;
use uuid::Uuid;

use crate::{
    Archives,
    bundle::{Bundle, Ending, Taken},
    rights,
};

/// Makes the dossier of a case and hands it over as a ZIP: documents, evidence, the ledger, an index with the city's signature.
///
/// # Errors
/// `case-not-found`; `busy` while another is made; `dossier-too-large`; `file-lost` where the store has lost a file; `dossier-broken`.
#[utoipa::path(post, path = "/api/v1/cases/{id}/dossier", tag = "archives", operation_id = "export_dossier",
    params(("id" = Uuid, Path, description = "The case")),
    responses((status = 200, content_type = "application/zip", description = "The dossier")))]
pub(crate) async fn export(
    State(archives): State<Archives>,
    allowed: Allowed<rights::ExportDossiers>,
    Path(id): Path<Uuid>,
) -> Answer<Response> {
    let case = archives.parts.cases.told(&allowed.caller, id).await?;
    let bundle = Bundle::begin(&archives, &allowed.caller, &case, ("dossier", Taken::All)).await?;
    for (number, paper) in (1..).zip(&case.papers) {
        bundle.paper(format!("{number:03}.pdf"), paper).await?;
    }
    bundle.put_exhibits().await?;
    bundle.finish(Ending::Dossier(case.told), "dossier.zip").await
}
