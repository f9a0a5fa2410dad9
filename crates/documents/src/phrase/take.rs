//! Take a phrase into a document (引用用语): filled from the document and its case; each use counts.

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{PhraseState, fill::filled, store};
use crate::{Documents, owner::Doing, rights};

/// Bytes of what a document says so far.
const MOST: usize = 256 * 1024;

/// For which document.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TakePhrase {
    /// The docket.
    docket: Uuid,
    /// What the document says so far.
    #[serde(default)]
    #[schema(value_type = Object)]
    data: Value,
}

/// A phrase as it goes into a document.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TakenPhrase {
    /// The text; what nobody knows stands in it as 〔待填：…〕, and the document is not issued with it.
    text: String,
    /// What is open.
    open: Vec<String>,
}

/// Fills a phrase for a document of a docket that the caller writes documents of.
///
/// # Errors
/// `phrase-not-found`, `phrase-withdrawn`, `docket-not-found`, `document-too-large`.
#[utoipa::path(post, path = "/api/v1/phrases/{id}/uses", tag = "documents", operation_id = "use_phrase", request_body = TakePhrase,
    params(("id" = Uuid, Path, description = "The phrase")), responses((status = 200, body = TakenPhrase, description = "The text")))]
pub(crate) async fn take(
    State(room): State<Documents>,
    allowed: Allowed<rights::WriteDocuments>,
    Path(id): Path<Uuid>,
    Json(of): Json<TakePhrase>,
) -> Answer<Json<TakenPhrase>> {
    if of.data.to_string().len() > MOST {
        return Err(Problem::too_large("document-too-large", "文书内容过长").into());
    }
    let (header, owner) = room.docket_for(&allowed.caller, of.docket, Doing::Write, None).await?;
    let facts = owner.facts(&allowed.caller, &header.key()).await?;
    let mut transaction = room.database().pool().begin().await?;
    let (row, _) = room.phrase_for(&mut transaction, &allowed.caller, id).await?;
    if row.state == PhraseState::Withdrawn.code() {
        return Err(Problem::conflict("phrase-withdrawn", "这条用语已经停用").into());
    }
    store::used(&mut transaction, id).await?;
    transaction.commit().await?;
    let (text, open) = filled(&row.text, &of.data, &facts);
    Ok(Json(TakenPhrase { text, open }))
}
