//! Show a finding with its evidence (车辆违规发现详情).

use axum::extract::State;
use chrono::{DateTime, Utc};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use jt808::{Lid, Load};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{evidence::Spot, not_found, store, view::VehicleFinding};
use crate::{Findings, PlaceKind, rights};

/// A point of the track around it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FindingPoint {
    at: DateTime<Utc>,
    /// WGS-84.
    lon: f64,
    /// WGS-84.
    lat: f64,
    /// In km/h.
    speed: f64,
    /// 空载、半载、满载, where the terminal tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    load: Option<&'static str>,
    /// 开启、关闭, where the terminal tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    lid: Option<&'static str>,
    /// In kilograms.
    #[serde(skip_serializing_if = "Option::is_none")]
    load_kg: Option<u32>,
}

/// A place that it was held against, as it was.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FindingPlace {
    kind: PlaceKind,
    kind_label: &'static str,
    name: String,
    /// Of a corridor, metres to each side.
    #[serde(skip_serializing_if = "Option::is_none")]
    half_width_m: Option<f64>,
}

/// A finding with its evidence.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FindingWithTrack {
    #[serde(flatten)]
    finding: VehicleFinding,
    /// In the order of time, three minutes before and after with it; of more than 400 every so many.
    track: Vec<FindingPoint>,
    places: Vec<FindingPlace>,
}

/// Shows a finding.
///
/// # Errors
/// `finding-not-found`.
#[utoipa::path(get, path = "/api/v1/findings/{id}", tag = "findings", operation_id = "show_vehicle_finding",
    params(("id" = Uuid, Path, description = "The finding")), responses((status = 200, body = FindingWithTrack, description = "The finding")))]
pub(crate) async fn show(
    State(room): State<Findings>,
    allowed: Allowed<rights::SeeFindings>,
    Path(id): Path<Uuid>,
) -> Answer<Json<FindingWithTrack>> {
    let kept = store::one(room.pool(), room.region(), &allowed.scope(), id).await?.ok_or_else(not_found)?;
    let track = kept.track.0.iter().map(point).collect();
    let places = kept.places.0.iter().map(|place| FindingPlace {
        kind: place.kind,
        kind_label: place.kind.label(),
        name: place.name.clone(),
        half_width_m: place.half_width_m,
    });
    let places = places.collect();
    let finding = room.show(vec![kept]).await?.pop().ok_or_else(not_found)?;
    Ok(Json(FindingWithTrack { finding, track, places }))
}

fn point(spot: &Spot) -> FindingPoint {
    FindingPoint {
        at: DateTime::from_timestamp(spot.0, 0).unwrap_or_default(),
        lon: spot.1,
        lat: spot.2,
        speed: spot.3,
        load: spot.4.map(|load| match load {
            Load::Empty => "空载",
            Load::Half => "半载",
            Load::Full => "满载",
        }),
        lid: spot.5.map(|lid| match lid {
            Lid::Open => "开启",
            Lid::Closed => "关闭",
        }),
        load_kg: spot.6,
    }
}
