//! The original beside what is published (对照): read from the case, shown, and kept nowhere.

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{draft::people, store};
use crate::{
    Publications,
    mask::{MaskKind, mask},
    rights,
};

/// Something that the program took out.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MaskMark {
    kind: MaskKind,
    label: &'static str,
    /// As it stands in the original.
    words: String,
}

/// A part of the content, original and masked.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ComparedPart {
    field: &'static str,
    label: &'static str,
    original: String,
    /// As it would be published now; what was written by hand included.
    masked: String,
    /// What the program takes out of the original.
    marks: Vec<MaskMark>,
}

/// All parts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublicationComparison {
    parts: Vec<ComparedPart>,
}

/// Shows the original beside what is published. The ledger of the case says who looked.
///
/// # Errors
/// `publication-not-found`, `forbidden` without the right to see the parties, `vault-unreadable`.
#[utoipa::path(post, path = "/api/v1/publications/{id}/actions/compare", tag = "publication", operation_id = "compare_publication",
    params(("id" = Uuid, Path, description = "The publication")),
    responses((status = 200, body = PublicationComparison, description = "Original and masked")))]
pub(crate) async fn compare(
    State(room): State<Publications>,
    allowed: Allowed<rights::CheckPublications>,
    Path(id): Path<Uuid>,
) -> Answer<Json<PublicationComparison>> {
    let number = room.number_of(id).await?;
    let mut transaction = room.database().pool().begin().await?;
    let (_, row) = room.hold(&mut transaction, &allowed.scope(), id, None).await?;
    let text = room.decisions().text(&mut transaction, &allowed.caller, &row.key()).await?;
    let _ = store::held(&mut transaction, id).await?;
    transaction.commit().await?;
    let names = people(&text);
    let parties =
        text.parties.iter().map(|party| format!("{} {}", party.name, party.number).trim().to_owned()).collect::<Vec<_>>().join("、");
    let numbers = text.parties.iter().map(|party| party.number.as_str()).filter(|number| !number.is_empty()).collect::<Vec<_>>().join("、");
    let original = |field: &str| match field {
        "number" => number.clone().unwrap_or_default(),
        "party" => parties.clone(),
        // What would stand as a code is looked at beside what was entered: a person's number in its place is seen.
        "credit_code" => numbers.clone(),
        "facts" => text.facts.clone(),
        "basis" => text.basis.clone(),
        "penalty" => text.penalty.clone(),
        "matter" => row.matter.clone(),
        _ => String::new(),
    };
    let content = row.content.as_ref().map(|content| &content.0);
    let parts = content.map(|content| {
        content.parts().into_iter().filter(|(field, ..)| *field != "organ").map(|(field, label, masked)| {
            let original = original(field);
            let found = mask(&original, &names).marks;
            let marks = found.into_iter().map(|mark| MaskMark { kind: mark.kind, label: mark.kind.label(), words: mark.words }).collect();
            ComparedPart { field, label, original, masked: masked.to_owned(), marks }
        })
    });
    Ok(Json(PublicationComparison { parts: parts.map(Iterator::collect).unwrap_or_default() }))
}
