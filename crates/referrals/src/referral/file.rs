//! Files of a referral (移交材料): announced, sent by tus, named by their hash, read by the sides.

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use chrono::{DateTime, Utc};
use files::{FileId, LargeFile};
use http_api::{Answer, ClientAddress, Json, Path};
use identity::{Allowed, Scope};
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    MOST_FILES, not_found,
    sides::{Sight, of_units, sight},
    store::{self, AskRow, LineRow},
};
use crate::{Referrals, rights, text};

/// A file of a referral may have so many bytes: documents, photos and recordings of what was seen.
const LARGEST: u64 = 512 * 1024 * 1024;

/// A file that was uploaded.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CaseReferralNewFile)]
pub(crate) struct NewFile {
    /// The caller's upload that is whole.
    upload: Uuid,
    /// What it is called.
    name: String,
}

/// A file that has arrived.
pub(super) struct Arrived {
    pub upload: Uuid,
    pub name: String,
    pub file: LargeFile,
}

/// The files of these uploads of a person.
///
/// # Errors
/// `files-too-many`, `field-required`, `upload-not-found`.
pub(super) async fn arrived(room: &Referrals, connection: &mut PgConnection, person: Uuid, given: Vec<NewFile>) -> Answer<Vec<Arrived>> {
    if given.len() > MOST_FILES {
        let why = format!("一次最多 {MOST_FILES} 个文件，可以分几次补充");
        return Err(Problem::invalid("files-too-many", why.clone()).field("files", why).into());
    }
    let mut all = Vec::with_capacity(given.len());
    for one in given {
        let name = text::required("files", "文件名称", Some(&one.name), 200)?;
        let file = room.parts().files.large_of_upload(connection, one.upload, person).await?;
        let unknown = || Problem::invalid("upload-not-found", "有文件没有传完，请重新选择").field("files", "请重新选择");
        all.push(Arrived { upload: one.upload, name, file: file.ok_or_else(unknown)? });
    }
    Ok(all)
}

/// Whether a line may be seen: what is said inside by who enforces alone, what an assistant is asked by both.
pub(super) fn may_see(sight: Sight, scope: &Scope, line: &LineRow, asks: &[AskRow]) -> bool {
    match sight {
        Sight::Inside => true,
        Sight::Side => !line.inside,
        Sight::Assistant => {
            let ask = line.ask.and_then(|ordinal| asks.iter().find(|ask| ask.ordinal == ordinal));
            !line.inside && ask.is_some_and(|ask| of_units(scope, Some(ask.unit)))
        }
    }
}

/// How large the file is (上传申请).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CaseReferralNewUpload)]
pub(crate) struct NewUpload {
    /// Bytes, at most 512 MiB.
    length: u64,
}

/// Where its bytes go (上传地址).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CaseReferralUpload)]
pub(crate) struct Upload {
    /// Bytes go to `/api/v1/uploads/{id}` by tus 1.0.0.
    id: Uuid,
    /// When it is forgotten if it is not whole.
    expires_at: DateTime<Utc>,
}

/// Announces a file of a referral.
///
/// # Errors
/// `file-empty`, `file-too-large`, `uploads-too-many`, `busy`.
#[utoipa::path(post, path = "/api/v1/referral-uploads", tag = "referrals", operation_id = "announce_referral_file", request_body = NewUpload,
    responses((status = 201, body = Upload, description = "Announced")))]
pub(crate) async fn announce(
    State(room): State<Referrals>,
    allowed: Allowed<rights::ActOnReferrals>,
    ClientAddress(address): ClientAddress,
    Json(wanted): Json<NewUpload>,
) -> Answer<(StatusCode, Json<Upload>)> {
    if wanted.length > LARGEST {
        return Err(Problem::too_large("file-too-large", "文件超过 512 MB，请分卷后再上传").into());
    }
    let made = room.parts().files.announce_large(allowed.caller.person.uuid(), &address.to_string(), wanted.length).await?;
    Ok((StatusCode::CREATED, Json(Upload { id: made.id, expires_at: made.expires_at })))
}

/// Gives out a file of a referral.
///
/// # Errors
/// `referral-not-found`, `file-not-found`; `file-lost` where the store has lost it.
#[utoipa::path(get, path = "/api/v1/referrals/{id}/files/{ordinal}", tag = "referrals", operation_id = "referral_file",
    params(("id" = Uuid, Path, description = "The referral"), ("ordinal" = i32, Path, description = "Which file")),
    responses((status = 200, content_type = "application/octet-stream", description = "The bytes, by the kind they are")))]
pub(crate) async fn content(
    State(room): State<Referrals>,
    allowed: Allowed<rights::SeeReferrals>,
    Path((id, ordinal)): Path<(Uuid, i32)>,
    headers: HeaderMap,
) -> Answer<Response> {
    let (scope, pool) = (allowed.scope(), room.parts().database.pool());
    let key = store::header(pool, &scope, id).await?.ok_or_else(not_found)?.key();
    let record = store::record(pool, &key).await?.ok_or_else(not_found)?;
    let missing = || Problem::not_found("file-not-found", "没有这个文件，或不在您的权限范围内");
    let file = store::files(pool, &key).await?.into_iter().find(|file| file.ordinal == ordinal).ok_or_else(missing)?;
    let line = store::lines(pool, &key).await?.into_iter().find(|line| line.ordinal == file.line).ok_or_else(missing)?;
    let asks = store::asks(pool, &key).await?;
    if !may_see(sight(&scope, &record), &scope, &line, &asks) {
        return Err(missing().into());
    }
    let mut answer = room.parts().files.serve_large(&FileId::parse(&file.file)?, &headers).await?;
    // Who loses sight of a referral loses its files: the browser asks again each time.
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    Ok(answer)
}
