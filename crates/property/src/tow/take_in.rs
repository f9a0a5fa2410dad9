//! `POST /api/v1/property/tows`: a vehicle that was towed away comes into a yard.

use std::collections::BTreeSet;

use axum::{extract::State, http::StatusCode};
use chrono::{DateTime, Utc};
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{plate, proof, store};
use crate::{
    MovementKind, Property, Stand,
    item::{self, Kind, Measure, enter::MOST_PHOTOS},
    movement, people, place, rights,
    words::{LINE, NOTE, optional, required},
};

/// Sides of a vehicle that must be seen: damage from before is not ours (道路交通安全法第九十三条第三款 answers for what is).
const SIDES: usize = 4;

/// A vehicle (拖移车辆).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPropertyTow {
    plate: String,
    /// The last six of its identification number: with them the driver finds it himself.
    vin_end: Option<String>,
    /// What it is: 小型轿车, 电动自行车.
    name: String,
    /// Make, model, colour.
    mark: Option<String>,
    /// Damage that it had; "无" where there was none.
    condition: String,
    towed_at: DateTime<Utc>,
    /// From where.
    towed_from: String,
    reason: String,
    /// 道路交通安全法第九十三条第二款 where it is missing.
    article: Option<String>,
    /// The yard.
    place: Uuid,
    /// Who brought it: the tow crew; no names.
    brought_by: String,
    /// All sides, and the damage.
    photos: Vec<String>,
    /// How the driver was told where it is, if he was.
    told_how: Option<String>,
}

/// What was taken in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TakenTow {
    id: Uuid,
    /// What its label says.
    code: String,
}

/// Takes a towed vehicle in; the caller is who takes it over. Nothing is charged for towing (道路交通安全法第九十三条第二款).
///
/// # Errors
/// `plate-invalid`, `proof-invalid`, `tow-photos`, `tow-later`, `tow-known` where a vehicle of that plate stands in a yard;
/// `property-place-not-found`, `property-place-full`, `property-place-counting`, `property-people`; a field that is missing.
#[utoipa::path(post, path = "/api/v1/property/tows", tag = "property", operation_id = "take_in_towed_vehicle",
    request_body = NewPropertyTow, responses((status = 201, body = TakenTow, description = "Taken in")))]
pub(crate) async fn take_in(
    State(room): State<Property>,
    allowed: Allowed<rights::KeepProperty>,
    Json(wanted): Json<NewPropertyTow>,
) -> Answer<(StatusCode, Json<TakenTow>)> {
    let (me, now) = (allowed.caller.person.uuid(), room.clock().now());
    let plate = plate(&wanted.plate)?;
    let proof = wanted.vin_end.as_deref().filter(|end| !end.trim().is_empty()).map(|end| proof(&room, &plate, end)).transpose()?;
    // The same picture four times shows one side.
    if wanted.photos.iter().collect::<BTreeSet<_>>().len() < SIDES {
        let why = format!("请拍摄车辆四面，至少 {SIDES} 张");
        return Err(Problem::invalid("tow-photos", why.clone()).field("photos", why).citing("道路交通安全法第九十三条第三款").into());
    }
    room.pictures("photos", &wanted.photos, MOST_PHOTOS).await?;
    if wanted.towed_at > now {
        return Err(Problem::invalid("tow-later", "拖移时间不能晚于现在").field("towed_at", "请检查时间").into());
    }
    let told_how = optional("told_how", "告知方式", wanted.told_how.as_deref(), LINE)?;
    let (id, code) = item::enter::coded(&room, now).await?;
    let mut transaction = room.database().pool().begin().await?;
    let place = place::store::one(&mut transaction, &allowed.scope(), wanted.place).await?;
    let place = place.filter(|place| !place.closed).ok_or_else(place::no_place)?;
    if place::store::hold(&mut transaction, &[place.id]).await? > 0 {
        let why = "停车场正在盘点，盘点结束以前不能出入库";
        return Err(Problem::conflict("property-place-counting", why).cured_by("先结束盘点，或者换一处", None).into());
    }
    if let Some(capacity) = place.capacity
        && place::store::items(&mut transaction, place.id).await? >= i64::from(capacity)
    {
        return Err(Problem::conflict("property-place-full", format!("{}已满", place.name)).cured_by("换一处停车场", None).into());
    }
    if !people::on_ground(&room, &mut transaction, &[place.keeper_role.as_str()], &place.jurisdiction).await?.contains(&me) {
        let why = "车辆由停车场的保管人员接收";
        return Err(Problem::invalid("property-people", why).field("place", why).into());
    }
    if store::is_in(&mut transaction, room.home_region(), &plate).await? {
        return Err(Problem::conflict("tow-known", "这辆车已经在停车场里").cured_by("核对车牌号，或者先办理取回", None).into());
    }
    let article = optional("article", "依据", wanted.article.as_deref(), LINE)?.unwrap_or_else(|| Measure::Towing.article().to_owned());
    let stand = Stand::LISTED.after(MovementKind::In, Some(place.id), None).ok_or_else(item::no_item)?;
    let reason = required("reason", "拖移原因", &wanted.reason, NOTE)?;
    let row = item::ItemRow {
        id,
        region: room.home_region().to_owned(),
        jurisdiction: place.jurisdiction.clone(),
        code: code.as_str().to_owned(),
        docket: None,
        case_number: None,
        party: None,
        measure: Measure::Towing.code().to_owned(),
        kind: Kind::Vehicle.code().to_owned(),
        name: required("name", "车辆", &wanted.name, LINE)?,
        quantity_milli: 1_000,
        unit: "辆".to_owned(),
        mark: optional("mark", "品牌颜色", wanted.mark.as_deref(), LINE)?,
        condition: Some(required("condition", "车损情况", &wanted.condition, NOTE)?),
        value_fen: None,
        photos: wanted.photos,
        perishable: false,
        held_from: wanted.towed_at,
        simulated: room.is_demo(),
        entered_by: me,
        entered_at: now,
        state: stand.state.code().to_owned(),
        place: stand.place,
        moves: stand.moves,
        lent_until: None,
    };
    item::store::insert(&mut transaction, &row).await?;
    let tow = store::TowRow {
        item: id,
        plate,
        proof,
        towed_from: required("towed_from", "拖移地点", &wanted.towed_from, LINE)?,
        reason: reason.clone(),
        article: article.clone(),
        told_at: told_how.as_ref().map(|_| now),
        told_by: told_how.as_ref().map(|_| me),
        told_how,
    };
    store::insert(&mut transaction, &tow).await?;
    let line = movement::store::MovementRow {
        item: id,
        ordinal: 1,
        kind: MovementKind::In.code().to_owned(),
        at: now,
        from_place: None,
        to_place: Some(place.id),
        hander: None,
        hander_words: Some(required("brought_by", "送车单位", &wanted.brought_by, LINE)?),
        receiver: Some(me),
        receiver_words: None,
        subject: None,
        proof: None,
        reason,
        article,
        document: None,
        files: Vec::new(),
        until: None,
        amount_fen: None,
        noted_by: me,
    };
    movement::store::insert(&mut transaction, &line).await?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(TakenTow { id, code: row.code })))
}
