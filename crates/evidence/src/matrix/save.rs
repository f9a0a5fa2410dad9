//! `PUT /api/v1/cases/{id}/evidence/matrix`: the facts of a case and what proves them.

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{EvidenceFact, MOST_FACTS, store};
use crate::{
    Evidence, Wish,
    item::{LONGEST_LINE, LONGEST_NOTE, optional, required, store as items},
    rights,
};

/// The matrix as it is to stand (保存事实证据对照表).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewEvidenceMatrix {
    /// The revision that the caller saw; 0 for none.
    seen: i32,
    facts: Vec<EvidenceFact>,
}

/// Saves the matrix. What was excluded proves nothing, and what is another case's does not count.
///
/// # Errors
/// `case-not-found`; `matrix-changed` when somebody saved meanwhile; `proof-unknown`, `proof-excluded`, `facts-too-many`; words that are
/// missing or too long.
#[utoipa::path(put, path = "/api/v1/cases/{id}/evidence/matrix", tag = "evidence", operation_id = "save_evidence_matrix",
    params(("id" = Uuid, Path, description = "The case")), request_body = NewEvidenceMatrix,
    responses((status = 204, description = "Saved")))]
pub(crate) async fn save(
    State(evidence): State<Evidence>,
    allowed: Allowed<rights::AddEvidence>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<NewEvidenceMatrix>,
) -> Answer<StatusCode> {
    if wanted.facts.len() > MOST_FACTS {
        return Err(Problem::invalid("facts-too-many", format!("一个案件最多列 {MOST_FACTS} 项事实")).into());
    }
    let facts = wanted.facts.iter().map(checked).collect::<Result<Vec<_>, Problem>>()?;
    let case = evidence.cases().opened(&allowed.caller, id, Wish::Add).await?;
    let mut transaction = evidence.database().pool().begin().await?;
    let digest = json!(facts.iter().map(|fact| json!({ "article": fact.article, "proofs": fact.proofs })).collect::<Vec<_>>());
    // This holds the case: nobody else saves or excludes until the commit.
    evidence.note(&mut transaction, &case.key, &allowed.caller, "evidence-matrix-saved", json!({ "facts": digest })).await?;
    let stands = store::of(&mut transaction, &case.key).await?.head.map_or(0, |head| head.revision);
    if stands != wanted.seen {
        return Err(Problem::conflict("matrix-changed", "对照表刚刚被他人修改，请刷新后在最新内容上修改").into());
    }
    let items = items::of_case(&mut transaction, &case.key).await?;
    for proof in facts.iter().flat_map(|fact| &fact.proofs) {
        let item = items.iter().find(|item| item.id == *proof);
        let item = item.ok_or_else(|| Problem::invalid("proof-unknown", "所列证据不是本案的证据"))?;
        if item.excluded_at.is_some() {
            let say = format!("证据 {} 已经排除，不得作为认定事实的根据", item.ordinal);
            return Err(Problem::invalid("proof-excluded", say).citing("行政处罚法第四十六条第三款").into());
        }
    }
    let head = store::HeadRow { revision: stands + 1, changed_by: allowed.caller.person.uuid(), changed_at: evidence.clock().now() };
    store::replace(&mut transaction, &case.key, &head, &facts).await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A fact with its words in order and each proof once.
fn checked(fact: &EvidenceFact) -> Result<EvidenceFact, Problem> {
    let mut proofs = fact.proofs.clone();
    proofs.sort_unstable();
    proofs.dedup();
    Ok(EvidenceFact {
        words: required("words", "事实", &fact.words, LONGEST_NOTE)?,
        article: optional("article", "依据", fact.article.as_deref(), LONGEST_LINE)?,
        proofs,
    })
}
