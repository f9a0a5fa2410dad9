//! Giving out a copy (提供副本): one ZIP with everything that is kept, to the person himself or to the staff member who hands it over.

use std::io::{Cursor, Write};

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use docket::{Actor, KeyOf};
use files::FileId;
use futures::TryStreamExt;
use http_api::{Answer, ClientAddress, Json, Path};
use identity::Allowed;
use kernel::{personal::Telephone, problem::Problem};
use leads::{ContactMatch, PersonalLead};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{
    Channel, Kind, RequestState,
    ask::{named, no_match},
    fulfil::{self, Decision},
    new::{self, New},
    not_found, store,
    store::{RequestRow, StepRow},
};
use crate::{Privacy, rights};

/// Bytes of photos in one copy. What is beyond is named in the list and handed over at the counter.
const MOST_PHOTOS: usize = 64 << 20;

/// What only the reporter knows.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OwnData {
    /// The telephone that was left with the report; nothing where none was left.
    telephone: Option<String>,
}

/// Gives the reporter what is kept of this report (art. 45). Where a telephone was left it must be named. Other reports have their own
/// codes: whoever left somebody else's telephone learns nothing about him.
///
/// # Errors
/// `report-not-found`, `contact-not-matched`, `too-many-requests`.
#[utoipa::path(post, path = "/api/v1/public/reports/{tracking_code}/personal-data", tag = "public", operation_id = "copy_own_data",
    params(("tracking_code" = String, Path, description = "The code")), request_body = OwnData,
    responses((status = 200, description = "The copy", content_type = "application/zip", body = [u8])))]
pub(crate) async fn own(
    State(room): State<Privacy>,
    ClientAddress(address): ClientAddress,
    Path(code): Path<String>,
    Json(asked): Json<OwnData>,
) -> Answer<Response> {
    room.rate().check(address)?;
    let (key, number) = named(&room, &code).await?;
    room.rate_of_report().check(number)?;
    let telephone = asked.telephone.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let telephone = telephone.map(Telephone::parse).transpose().map_err(|_| no_match())?;
    let now = room.clock().now();
    let mut transaction = room.database().pool().begin().await?;
    let matched = room.leads().matches_contact(&mut transaction, &key, telephone.as_ref()).await?;
    if matched == ContactMatch::Other || (matched == ContactMatch::NoneKept && telephone.is_some()) {
        return Err(no_match().into());
    }
    let identified =
        if matched == ContactMatch::Same { "查询码和上报时留下的电话" } else { "查询码（没有留下电话）" };
    let new = New {
        kind: Kind::Copy,
        channel: Channel::Code,
        identified: identified.to_owned(),
        leads: vec![key.id.uuid()],
        wanted: (None, None),
        note: String::new(),
        by: None,
    };
    let row = new::write(&room, &mut transaction, new, now).await?;
    fulfil::decide(&room, &mut transaction, row.clone(), (None, None), Decision::Granted(None), now).await?;
    room.leads().note_copy_of(&mut transaction, &key, (Actor::Public, None), &row.number, now).await?;
    let mut record = room.leads().personal_of(&mut transaction, &key).await?;
    if matched == ContactMatch::NoneKept {
        record = record.by_code_alone();
    }
    transaction.commit().await?;
    packed(&room, &row, vec![record]).await
}

/// Hands a granted copy over to the staff member who checked that the person is the one. Each time is a line of the request and of every
/// lead.
///
/// # Errors
/// `privacy-request-not-found`, `copy-not-granted`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/privacy-requests/{id}/actions/copy", tag = "privacy", operation_id = "hand_out_copy",
    params(("id" = Uuid, Path, description = "The request")),
    responses((status = 200, description = "The copy", content_type = "application/zip", body = [u8])))]
pub(crate) async fn hand_out(
    State(room): State<Privacy>,
    allowed: Allowed<rights::HandleRequests>,
    Path(id): Path<Uuid>,
) -> Answer<Response> {
    room.require_ground(&allowed.scope())?;
    let now = room.clock().now();
    let mut transaction = room.database().pool().begin().await?;
    let mut row = store::lock(&mut transaction, room.home_region(), id).await?.ok_or_else(not_found)?;
    if row.kind != Kind::Copy.code() || row.state != RequestState::Granted.code() {
        return Err(Problem::conflict("copy-not-granted", "只有已同意的查阅、复制请求才能提供副本").into());
    }
    row.leads.sort_unstable();
    let (person, role) = (allowed.caller.person, allowed.caller.roles.first().cloned());
    let mut records = Vec::with_capacity(row.leads.len());
    for lead in &row.leads {
        let key = KeyOf { region: row.region.clone(), id: (*lead).into() };
        room.leads().note_copy_of(&mut transaction, &key, (Actor::Person(person), role.clone()), &row.number, now).await?;
        records.push(room.leads().personal_of(&mut transaction, &key).await?);
    }
    let step = StepRow { at: now, actor: Some(person.uuid()), action: "copied".to_owned(), note: String::new() };
    store::step(&mut transaction, &row.region, row.id, &step).await?;
    transaction.commit().await?;
    packed(&room, &row, records).await
}

/// Packs the records and their photos.
async fn packed(room: &Privacy, row: &RequestRow, records: Vec<PersonalLead>) -> Answer<Response> {
    let mut files: Vec<&str> = records.iter().flat_map(|record| record.photos.iter().map(|photo| photo.file.as_str())).collect();
    files.sort_unstable();
    files.dedup();
    let (mut photos, mut size, mut left_out) = (Vec::new(), 0, Vec::new());
    for file in files {
        let id = FileId::parse(file)?;
        let meta = room.files().meta(&id).await?;
        let bytes = usize::try_from(meta.size).unwrap_or(usize::MAX);
        if size + bytes > MOST_PHOTOS {
            left_out.push(file.to_owned());
            continue;
        }
        size += bytes;
        let end = meta.media_type.rsplit('/').next().unwrap_or("bin").to_owned();
        let mut whole = Vec::with_capacity(bytes);
        let mut stream = room.files().open(&id).await?;
        while let Some(part) = stream.try_next().await.map_err(|_| lost())? {
            whole.extend_from_slice(&part);
        }
        photos.push((format!("photos/{file}.{end}"), whole));
    }
    let told = json!({
        "请求编号": row.number,
        "提供时间": room.clock().now(),
        "依据": "个人信息保护法第四十五条",
        "说明": "这里是本平台保存的与这些上报有关的您的个人信息。工作人员以角色表示；照片在 photos 文件夹里，以 SHA-256 命名。",
        "未附的照片": left_out,
        "上报": records,
    });
    let packed = tokio::task::spawn_blocking(move || pack(&told, &photos)).await.map_err(|_| lost())?.map_err(|_| lost())?;
    let name = format!("attachment; filename=\"personal-data-{}.zip\"", row.number);
    let name = HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment"));
    let head = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/zip")),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((head, packed).into_response())
}

fn lost() -> Problem {
    Problem::unavailable("copy-unavailable", "副本暂时无法生成，请稍后再试")
}

fn pack(told: &serde_json::Value, photos: &[(String, Vec<u8>)]) -> std::io::Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // Photos are compressed already, and the list is short.
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    archive.start_file("personal-data.json", stored)?;
    archive.write_all(&serde_json::to_vec_pretty(told)?)?;
    for (name, bytes) in photos {
        archive.start_file(name.as_str(), stored)?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use serde_json::{Value, json};
    use zip::ZipArchive;

    #[test]
    fn a_copy_unpacks_to_what_was_told_and_the_photos() {
        let told = json!({ "上报": [{ "姓名": "市民甲" }] });
        let packed = super::pack(&told, &[("photos/a.png".to_owned(), vec![1, 2, 3])]).unwrap();
        let mut archive = ZipArchive::new(Cursor::new(packed)).unwrap();
        let mut read = |name: &str| {
            let mut bytes = Vec::new();
            archive.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
            bytes
        };
        assert_eq!(serde_json::from_slice::<Value>(&read("personal-data.json")).unwrap(), told);
        assert_eq!(read("photos/a.png"), [1, 2, 3]);
    }
}
