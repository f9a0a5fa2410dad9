//! Putting the file of an archived case on its shelf, and elsewhere.

use axum::{extract::State, http::StatusCode};
use chrono::Months;
use docket::KeyOf;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::{id::uuid_at, problem::Problem};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{VolumeState, no_volume, store};
use crate::{
    Centre, rights,
    service::Told,
    words::{required, wrong},
};

/// Characters of a place.
const PLACE: usize = 40;

/// Where it stands (存放位置).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CentreShelf {
    /// The room.
    store: String,
    rack: String,
    #[serde(rename = "box")]
    container: String,
}

/// A file to be shelved (档案上架).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCentreVolume {
    case: Uuid,
    place: CentreShelf,
    /// How many volumes it has.
    volumes: i32,
    pages: Option<i32>,
    /// 10 or 30 years; for ever where it is missing.
    keep_years: Option<u32>,
}

/// What was shelved.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ShelvedCentreVolume {
    id: Uuid,
    /// What its label says.
    code: String,
}

impl CentreShelf {
    fn checked(&self) -> Result<(String, String, String), Problem> {
        Ok((
            required("store", "档案室", &self.store, PLACE)?,
            required("rack", "柜架", &self.rack, PLACE)?,
            required("box", "盒号", &self.container, PLACE)?,
        ))
    }
}

/// Shelves the file of a case that is in the archive.
///
/// # Errors
/// `case-not-found`, `case-not-archived`, `volume-known`; a field that is wrong.
#[utoipa::path(post, path = "/api/v1/centre/volumes", tag = "centre", operation_id = "shelve_centre_volume",
    request_body = NewCentreVolume, responses((status = 201, body = ShelvedCentreVolume, description = "Shelved")))]
pub(crate) async fn shelve(
    State(centre): State<Centre>,
    allowed: Allowed<rights::KeepStores>,
    Json(wanted): Json<NewCentreVolume>,
) -> Answer<(StatusCode, Json<ShelvedCentreVolume>)> {
    let case = centre.cases().opened(&allowed.caller, wanted.case).await?;
    if !case.is_archived {
        return Err(Problem::conflict("case-not-archived", "案件还没有归档，不能上架").cured_by("先在案件页办理归档", None).into());
    }
    let (store, rack, container) = wanted.place.checked()?;
    if !(1..=99).contains(&wanted.volumes) || wanted.pages.is_some_and(|pages| !(1..=100_000).contains(&pages)) {
        return Err(wrong("volumes", "册数应为 1 至 99，页数应为 1 至 100000").into());
    }
    if wanted.keep_years.is_some_and(|years| !matches!(years, 10 | 30)) {
        return Err(wrong("keep_years", "保管期限为 10 年、30 年或者永久").into());
    }
    let (now, today) = (centre.now(), centre.today());
    let code = centre.code("DA").await?;
    let row = store::VolumeRow {
        id: uuid_at(now),
        region: case.key.region.clone(),
        jurisdiction: case.jurisdiction,
        docket: wanted.case,
        case_number: case.number,
        code,
        store,
        rack,
        container,
        volumes: wanted.volumes,
        pages: wanted.pages,
        keep_until: wanted.keep_years.and_then(|years| today.checked_add_months(Months::new(years * 12))),
        state: VolumeState::Shelved.code().to_owned(),
        simulated: case.simulated || centre.is_demo(),
        shelved_by: allowed.caller.person.uuid(),
        shelved_at: now,
        moved_at: now,
    };
    let mut transaction = centre.database().pool().begin().await?;
    if !store::insert(&mut transaction, &row).await? {
        return Err(Problem::conflict("volume-known", "这个案件的档案已经上架").into());
    }
    let facts = json!({ "volume": row.id, "code": row.code, "keep_until": row.keep_until });
    centre
        .note(&mut transaction, &case.key, Some(&allowed.caller), Told { action: "centre-shelved", topic: Some("centre.shelved"), facts })
        .await?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(ShelvedCentreVolume { id: row.id, code: row.code })))
}

/// Puts a volume elsewhere; one that a stock-take missed is there again.
///
/// # Errors
/// `volume-not-found`, `volume-gone`; a field that is missing.
#[utoipa::path(put, path = "/api/v1/centre/volumes/{id}", tag = "centre", operation_id = "put_centre_volume",
    params(("id" = Uuid, Path, description = "The volume")), request_body = CentreShelf, responses((status = 204, description = "Put there")))]
pub(crate) async fn put(
    State(centre): State<Centre>,
    allowed: Allowed<rights::KeepStores>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<CentreShelf>,
) -> Answer<StatusCode> {
    let (store, rack, container) = wanted.checked()?;
    let mut transaction = centre.database().pool().begin().await?;
    let row = store::hold(&mut transaction, &allowed.scope(), centre.home_region(), id).await?.ok_or_else(no_volume)?;
    if row.state == VolumeState::Destroyed.code() {
        return Err(Problem::conflict("volume-gone", "这份档案已经销毁").into());
    }
    store::put(&mut transaction, id, (&store, &rack, &container), centre.now()).await?;
    let key = KeyOf { region: row.region, id: row.docket.into() };
    let facts = json!({ "volume": id, "code": row.code, "store": store, "rack": rack, "box": container });
    centre.note(&mut transaction, &key, Some(&allowed.caller), Told { action: "centre-moved", topic: Some("centre.moved"), facts }).await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
