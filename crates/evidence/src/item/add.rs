//! `POST /api/v1/cases/{id}/evidence`: a file that has arrived becomes evidence of a case.

use axum::{extract::State, http::StatusCode};
use chrono::{DateTime, Utc};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Form, Kind, LONGEST_LINE, LONGEST_NOTE, MOST_ITEMS, Manner, no_item, optional, required, store};
use crate::{CaseFile, Evidence, Wish, custody, rights};

/// Evidence to be added (提交证据).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewEvidence {
    /// The caller's upload that is whole.
    upload: Uuid,
    kind: Kind,
    title: String,
    manner: Manner,
    form: Form,
    /// Of a copy: where the original is kept.
    original_at: Option<String>,
    /// When it was come by.
    obtained_at: DateTime<Utc>,
    /// Where.
    place: Option<String>,
    /// The officers who took it; at least two of the case where officers made, took or wrote it.
    #[serde(default)]
    obtained_by: Vec<Uuid>,
    note: Option<String>,
    /// It is a covered copy (遮盖副本) of this item, for those who must not see everything.
    covers: Option<Uuid>,
}

/// What was added (新证据).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AddedEvidence {
    id: Uuid,
    /// Its number inside the case.
    ordinal: i32,
    /// `sha256:` and the hash of its bytes.
    digest: String,
}

/// Who took it, as the law wants it.
fn officers(wanted: &NewEvidence, case: &CaseFile) -> Result<Vec<Uuid>, Problem> {
    let mut officers = wanted.obtained_by.clone();
    officers.sort_unstable();
    officers.dedup();
    if officers.iter().any(|officer| !case.officers.contains(officer)) {
        return Err(Problem::invalid("evidence-officers", "取证人应为本案的执法人员").field("obtained_by", "请从本案执法人员中选择"));
    }
    let by_officers = matches!(wanted.manner, Manner::Taken | Manner::Extracted | Manner::Recorded);
    if by_officers && officers.len() < 2 {
        return Err(Problem::invalid("evidence-officers", "拍摄、提取证据和制作笔录应当由两名以上执法人员进行")
            .field("obtained_by", "请选择两名以上执法人员")
            .citing("行政处罚法第四十二条第一款"));
    }
    Ok(officers)
}

/// Makes an upload of the caller evidence of a case. Sent again with the same upload, the answer is the same item.
///
/// # Errors
/// `case-not-found`; `upload-not-found` unless the caller's upload is whole; `upload-used` where it is another case's; `evidence-officers`, `evidence-later`, `evidence-full`; a field
/// that is missing or too long.
#[utoipa::path(post, path = "/api/v1/cases/{id}/evidence", tag = "evidence", operation_id = "add_evidence",
    params(("id" = Uuid, Path, description = "The case")), request_body = NewEvidence,
    responses((status = 201, body = AddedEvidence, description = "Added")))]
pub(crate) async fn add(
    State(evidence): State<Evidence>,
    allowed: Allowed<rights::AddEvidence>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<NewEvidence>,
) -> Answer<(StatusCode, Json<AddedEvidence>)> {
    let (caller, now) = (&allowed.caller, evidence.clock().now());
    let case = evidence.cases().opened(caller, id, Wish::Add).await?;
    let title = required("title", "证据名称", &wanted.title, LONGEST_LINE)?;
    let original_at = optional("original_at", "原件存放处", wanted.original_at.as_deref(), LONGEST_LINE)?;
    if wanted.form == Form::Copy && original_at.is_none() {
        return Err(Problem::invalid("field-required", "复制件应当注明原件存放处").field("original_at", "请填写原件存放处").into());
    }
    if wanted.obtained_at > now {
        return Err(Problem::invalid("evidence-later", "取得时间不能晚于现在").field("obtained_at", "请检查取得时间").into());
    }
    let obtained_by = officers(&wanted, &case)?;
    let place = optional("place", "取得地点", wanted.place.as_deref(), LONGEST_LINE)?;
    let note = optional("note", "说明", wanted.note.as_deref(), LONGEST_NOTE)?;
    let mut transaction = evidence.database().pool().begin().await?;
    let file = evidence.files().large_of_upload(&mut transaction, wanted.upload, caller.person.uuid()).await?;
    let file = file.ok_or_else(|| Problem::not_found("upload-not-found", "该文件尚未传完，或者不是您上传的"))?;
    // The upload's id is the item's: what is sent twice is one. One that is sent twice at once waits here.
    evidence.hold_upload(&mut transaction, wanted.upload).await?;
    if let Some(there) = store::item(&mut *transaction, wanted.upload).await? {
        if there.docket != case.key.id.uuid() {
            return Err(Problem::conflict("upload-used", "该文件已经是另一个案件的证据，请重新上传").into());
        }
        return Ok((StatusCode::CREATED, Json(there.into())));
    }
    if let Some(covers) = wanted.covers {
        let original = store::item(&mut *transaction, covers).await?;
        original.filter(|item| item.docket == case.key.id.uuid() && item.covers.is_none()).ok_or_else(no_item)?;
    }
    let digest = format!("sha256:{}", file.id);
    let payload = json!({ "evidence": wanted.upload, "kind": wanted.kind, "form": wanted.form, "manner": wanted.manner,
        "digest": digest, "sm3": file.sm3.as_ref().map(|sm3| format!("sm3:{sm3}")), "size": file.size, "covers": wanted.covers });
    // This holds the case until the commit, so numbers have no gap.
    evidence.note(&mut transaction, &case.key, caller, "evidence-added", payload).await?;
    let ordinal = store::last_ordinal(&mut transaction, &case.key).await? + 1;
    if i64::from(ordinal) > MOST_ITEMS {
        return Err(Problem::conflict("evidence-full", format!("一个案件最多 {MOST_ITEMS} 份证据")).into());
    }
    let row = store::ItemRow {
        id: wanted.upload,
        region: case.key.region.clone(),
        docket: case.key.id.uuid(),
        ordinal,
        kind: wanted.kind.code().to_owned(),
        title,
        manner: wanted.manner.code().to_owned(),
        form: wanted.form.code().to_owned(),
        original_at,
        obtained_at: wanted.obtained_at,
        place,
        obtained_by,
        note,
        file: file.id.to_string(),
        covers: wanted.covers,
        added_by: caller.person.uuid(),
        added_at: now,
        excluded_at: None,
        excluded_by: None,
        exclusion: None,
    };
    store::insert(&mut transaction, &row).await?;
    let first = custody::store::CustodyRow {
        item: row.id,
        ordinal: 1,
        holder: Some(caller.person.uuid()),
        holder_words: None,
        place: row.place.clone(),
        reason: "提交证据".to_owned(),
        noted_by: caller.person.uuid(),
        noted_at: now,
    };
    custody::store::insert(&mut transaction, &first).await?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(row.into())))
}

impl From<store::ItemRow> for AddedEvidence {
    fn from(row: store::ItemRow) -> Self {
        Self { id: row.id, ordinal: row.ordinal, digest: format!("sha256:{}", row.file) }
    }
}
