//! `GET /api/v1/cases/{id}/evidence`: all of a case's evidence, its custody and marks, and the matrix.

use std::collections::HashMap;

use axum::extract::State;
use chrono::{DateTime, Utc};
use http_api::{Answer, Json, Path};
use identity::{Allowed, Caller};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Form, Kind, Manner,
    store::{self, FileRow, ItemRow},
};
use crate::{
    Evidence, Wish,
    custody::{self, CustodyLine},
    mark::{self, EvidenceMark},
    matrix::{self, EvidenceMatrix},
    people::{EvidencePerson, Names},
    rights,
};

/// That an item does not count, and why (证据排除).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Excluded {
    at: DateTime<Utc>,
    by: EvidencePerson,
    reason: String,
}

/// An item of evidence (证据).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EvidenceItem {
    id: Uuid,
    /// Its number inside the case.
    ordinal: i32,
    kind: Kind,
    kind_label: &'static str,
    title: String,
    manner: Manner,
    manner_label: &'static str,
    form: Form,
    form_label: &'static str,
    original_at: Option<String>,
    obtained_at: DateTime<Utc>,
    place: Option<String>,
    obtained_by: Vec<EvidencePerson>,
    note: Option<String>,
    /// The kind of its file, judged by content.
    media_type: String,
    /// Bytes.
    size: i64,
    /// `sha256:` and the hash of its bytes.
    digest: String,
    /// `sm3:` and the hash of its bytes, where the house counts it.
    sm3: Option<String>,
    /// The item of which this is a covered copy.
    covers: Option<Uuid>,
    added_by: EvidencePerson,
    added_at: DateTime<Utc>,
    excluded: Option<Excluded>,
    /// Who holds it, the newest last.
    custody: Vec<CustodyLine>,
    /// Of a recording: where to look.
    marks: Vec<EvidenceMark>,
}

/// A case's evidence (案件证据).
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseEvidence {
    /// The number of the case.
    number: String,
    items: Vec<EvidenceItem>,
    matrix: EvidenceMatrix,
    /// Whether the caller may add to it now; the reason where not.
    may_add: bool,
    refusal: Option<String>,
}

/// Shows a case's evidence.
///
/// # Errors
/// `case-not-found`.
#[utoipa::path(get, path = "/api/v1/cases/{id}/evidence", tag = "evidence", operation_id = "list_evidence",
    params(("id" = Uuid, Path, description = "The case")), responses((status = 200, body = CaseEvidence, description = "The evidence")))]
pub(crate) async fn list(
    State(evidence): State<Evidence>,
    allowed: Allowed<rights::SeeEvidence>,
    Path(id): Path<Uuid>,
) -> Answer<Json<CaseEvidence>> {
    Ok(Json(of_case(&evidence, &allowed.caller, id).await?))
}

async fn of_case(evidence: &Evidence, caller: &Caller, id: Uuid) -> Answer<CaseEvidence> {
    let case = evidence.cases().opened(caller, id, Wish::See).await?;
    let adding = match Allowed::<rights::AddEvidence>::check(caller.clone()) {
        Ok(_) => evidence.cases().opened(caller, id, Wish::Add).await.err().map(|refused| refused.problem().detail.clone()),
        Err(refused) => Some(refused.detail),
    };
    let mut connection = evidence.database().pool().acquire().await?;
    let rows = store::of_case(&mut connection, &case.key).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let hashes: Vec<String> = rows.iter().map(|row| row.file.clone()).collect();
    let files: HashMap<String, FileRow> =
        store::files(&mut connection, &hashes).await?.into_iter().map(|file| (file.sha256.clone(), file)).collect();
    let custody = custody::store::of(&mut connection, &ids).await?;
    let marks = mark::store::of(&mut connection, &ids).await?;
    let matrix = matrix::store::of(&mut connection, &case.key).await?;
    let people = rows.iter().flat_map(|row| row.obtained_by.iter().copied().chain([row.added_by]).chain(row.excluded_by));
    let people = people.chain(custody.iter().flat_map(|line| [Some(line.noted_by), line.holder].into_iter().flatten()));
    let people = people.chain(marks.iter().map(|mark| mark.made_by)).chain(matrix.changed_by());
    // Names come over a connection of their own; nobody holds two.
    drop(connection);
    let names = Names::of(evidence, people).await?;
    let mut items: Vec<EvidenceItem> = rows.into_iter().filter_map(|row| shown(row, &files, &names)).collect();
    for item in &mut items {
        item.custody = custody.iter().filter(|line| line.item == item.id).map(|line| CustodyLine::of(line, &names)).collect();
        item.marks = marks.iter().filter(|mark| mark.item == item.id).map(|mark| EvidenceMark::of(mark, &names)).collect();
    }
    Ok(CaseEvidence { number: case.number, items, matrix: matrix.shown(&names), may_add: adding.is_none(), refusal: adding })
}

impl Evidence {
    /// A case's evidence as [`list`] shows it; nothing for a caller without the right.
    ///
    /// # Errors
    /// `case-not-found`.
    pub async fn listed(&self, caller: &Caller, case: Uuid) -> Answer<Option<CaseEvidence>> {
        match Allowed::<rights::SeeEvidence>::check(caller.clone()) {
            Ok(allowed) => of_case(self, &allowed.caller, case).await.map(Some),
            Err(_) => Ok(None),
        }
    }
}

fn shown(row: ItemRow, files: &HashMap<String, FileRow>, names: &Names) -> Option<EvidenceItem> {
    let file = files.get(&row.file)?;
    let (kind, manner, form): (Kind, Manner, Form) = (row.kind.parse().ok()?, row.manner.parse().ok()?, row.form.parse().ok()?);
    let excluded = row.excluded_at.zip(row.excluded_by).zip(row.exclusion);
    Some(EvidenceItem {
        id: row.id,
        ordinal: row.ordinal,
        kind,
        kind_label: kind.label(),
        title: row.title,
        manner,
        manner_label: manner.label(),
        form,
        form_label: form.label(),
        original_at: row.original_at,
        obtained_at: row.obtained_at,
        place: row.place,
        obtained_by: row.obtained_by.into_iter().map(|officer| names.person(officer)).collect(),
        note: row.note,
        media_type: file.media_type.clone(),
        size: file.size,
        digest: format!("sha256:{}", row.file),
        sm3: file.sm3.as_ref().map(|sm3| format!("sm3:{sm3}")),
        covers: row.covers,
        added_by: names.person(row.added_by),
        added_at: row.added_at,
        excluded: excluded.map(|((at, by), reason)| Excluded { at, by: names.person(by), reason }),
        custody: Vec::new(),
        marks: Vec::new(),
    })
}
