//! `POST /api/v1/public/towed-vehicles`: where a vehicle is that was towed away, for who knows its plate and the end of its number.

use axum::extract::State;
use chrono::{DateTime, Utc};
use http_api::{Answer, ClientAddress, Json};
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{plate, proof, store};
use crate::Property;

/// Which vehicle. It is sent as a body, so that no plate stands in a log of addresses.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LookUpTow {
    plate: String,
    /// The last six of its identification number (车架号后六位), as the licence has them.
    vin_end: String,
}

/// Where it is (停放地点).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FoundTow {
    place: String,
    address: Option<String>,
    towed_at: DateTime<Utc>,
    towed_from: String,
    reason: String,
    article: String,
    /// What to bring, and that nothing is to be paid.
    words: &'static str,
    simulated: bool,
}

/// Looks a towed vehicle up. A wrong plate and a wrong proof have the same answer, so that nobody finds a stranger's car.
///
/// # Errors
/// `towed-vehicle-not-found`, `plate-invalid`, `proof-invalid`, `too-many-requests`.
#[utoipa::path(post, path = "/api/v1/public/towed-vehicles", tag = "public", operation_id = "look_up_towed_vehicle",
    request_body = LookUpTow, responses((status = 200, body = FoundTow, description = "Where it is")))]
pub(crate) async fn look_up(
    State(room): State<Property>,
    ClientAddress(address): ClientAddress,
    Json(wanted): Json<LookUpTow>,
) -> Answer<Json<FoundTow>> {
    room.by_address().check(address)?;
    let plate = plate(&wanted.plate)?;
    let proof = proof(&room, &plate, &wanted.vin_end)?;
    room.of_plate().check(plate.clone())?;
    let found = store::by_proof(room.database().pool(), room.home_region(), &plate, &proof).await?;
    let found = found.ok_or_else(|| {
        let why = "没有查到：请核对车牌号和车架号后六位；登记时没有记下车架号的，请打电话询问";
        Problem::not_found("towed-vehicle-not-found", why)
    })?;
    Ok(Json(FoundTow {
        place: found.place_name,
        address: found.place_address,
        towed_at: found.held_from,
        towed_from: found.towed_from,
        reason: found.reason,
        article: found.article,
        words: "请带行驶证和本人身份证件取回；由他人代取的，另带委托书。拖车、停放不收取任何费用（道路交通安全法第九十三条第二款）。",
        simulated: found.simulated,
    }))
}
