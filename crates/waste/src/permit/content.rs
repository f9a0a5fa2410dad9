//! What a permit is applied for: looked at by itself, and against the register.

use chrono::{NaiveDate, TimeDelta};
use http_api::Answer;
use identity::Scope;
use kernel::problem::Problem;
use serde::Deserialize;
use sqlx::{PgConnection, types::Json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Material, store::VersionRow};
use crate::{
    PlaceKind, Waste, carrier,
    hours::{Hours, WasteHours},
    paper, place,
    shape::{self, Spot},
    vehicle,
    words::{NOTE, optional, wrong},
};

/// Disposal sites of one permit at most.
const DISPOSALS: usize = 10;
/// Vehicles of one permit at most.
const VEHICLES: usize = 300;
/// Days that one permit holds at most.
const DAYS: i64 = 366;

/// What is applied for (申请内容).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WastePermitContent {
    pub carrier: Uuid,
    /// Where it is brought: disposal sites, recycling plants, transfer sites.
    pub disposals: Vec<Uuid>,
    pub vehicles: Vec<Uuid>,
    pub material: Material,
    /// The route: a line of longitude and latitude, WGS-84 in degrees.
    #[schema(value_type = Vec<Vec<f64>>)]
    pub corridor: Vec<Spot>,
    /// How far beside the line is still on it, in metres.
    pub half_width_m: i32,
    pub hours: Vec<WasteHours>,
    pub volume_m3: i64,
    pub valid_from: NaiveDate,
    pub valid_until: NaiveDate,
    pub note: Option<String>,
}

/// What of an application needs no register.
pub(crate) struct Checked {
    pub content: WastePermitContent,
    pub corridor: Vec<Spot>,
    pub hours: Hours,
    pub note: Option<String>,
}

fn distinct(field: &'static str, name: &str, list: &[Uuid], most: usize) -> Result<Vec<Uuid>, Problem> {
    let mut list = list.to_vec();
    list.sort_unstable();
    list.dedup();
    if list.is_empty() || list.len() > most {
        return Err(wrong(field, format!("请选择 1 至 {most} {name}")));
    }
    Ok(list)
}

/// Looks at an application by itself.
///
/// # Errors
/// A field that is wrong.
pub(crate) fn checked(mut content: WastePermitContent, today: NaiveDate) -> Result<Checked, Problem> {
    content.disposals = distinct("disposals", "个消纳场", &content.disposals, DISPOSALS)?;
    content.vehicles = distinct("vehicles", "辆车", &content.vehicles, VEHICLES)?;
    if !(10..=1_000).contains(&content.half_width_m) {
        return Err(wrong("half_width_m", "路线允许偏离应为 10 至 1000 米"));
    }
    if !(1..=100_000_000).contains(&content.volume_m3) {
        return Err(wrong("volume_m3", "核准量应为 1 至 1 亿立方米"));
    }
    if content.valid_until < content.valid_from || content.valid_until - content.valid_from > TimeDelta::days(DAYS) {
        return Err(wrong("valid_until", format!("有效期应为 1 至 {DAYS} 天")));
    }
    if content.valid_until < today {
        return Err(wrong("valid_until", "有效期已经过去"));
    }
    let corridor = shape::line(&content.corridor)?;
    let hours = Hours::parse(&content.hours)?;
    let note = optional("note", "申请说明", content.note.as_deref(), NOTE)?;
    Ok(Checked { content, corridor, hours, note })
}

/// Looks at an application against the register, for a caller who applies: an enterprise applies for its own site or with its own vehicles.
///
/// # Errors
/// `waste-place-not-found`, `waste-carrier-not-found`; a field that is wrong.
pub(crate) async fn fits(
    room: &Waste,
    connection: &mut PgConnection,
    scope: &Scope,
    site: Uuid,
    checked: &Checked,
) -> Answer<place::store::PlaceRow> {
    let (home, content) = (room.home(), &checked.content);
    let places = place::store::some(connection, home, &[&content.disposals[..], &[site]].concat()).await?;
    let is = |id: Uuid| places.iter().find(|it| it.id == id && !it.closed);
    let kind = |it: &place::store::PlaceRow| it.kind.parse::<PlaceKind>().ok();
    let from = is(site).filter(|it| kind(it) == Some(PlaceKind::Site)).ok_or_else(place::no_place)?;
    if !scope.covers_region(&from.jurisdiction) && !scope.regions.iter().any(|region| region.starts_with(&from.jurisdiction)) {
        return Err(place::no_place().into());
    }
    if content.disposals.iter().any(|id| !is(*id).and_then(kind).is_some_and(PlaceKind::receives)) {
        return Err(wrong("disposals", "消纳场应为登记在用的消纳场、综合利用场或者转运场").into());
    }
    let carrier = carrier::store::named(connection, home, content.carrier).await?.filter(|it| !it.closed);
    let carrier = carrier.ok_or_else(carrier::no_carrier)?;
    if let Some(units) = &scope.units {
        let own = |organisation: Option<Uuid>| organisation.is_some_and(|it| units.contains(&it));
        if !own(from.organisation) && !own(carrier.organisation) {
            return Err(place::no_place().into());
        }
    }
    let vehicles = vehicle::store::some(connection, home, &content.vehicles).await?;
    if vehicles.len() != content.vehicles.len() || vehicles.iter().any(|it| it.row.carrier != carrier.id || it.row.closed) {
        return Err(wrong("vehicles", "车辆应为这家运输企业登记在用的车辆").into());
    }
    Ok(from.clone())
}

impl Checked {
    /// The application as a version.
    pub(crate) fn version(self, region: &str, permit: Uuid, ordinal: i32, by: Uuid, now: chrono::DateTime<chrono::Utc>) -> VersionRow {
        VersionRow {
            region: region.to_owned(),
            permit,
            ordinal,
            carrier: self.content.carrier,
            disposals: self.content.disposals,
            vehicles: self.content.vehicles,
            material: self.content.material.code().to_owned(),
            corridor: Json(self.corridor),
            half_width_m: self.content.half_width_m,
            hours: Json(self.hours),
            volume_m3: self.content.volume_m3,
            valid_from: self.content.valid_from,
            valid_until: self.content.valid_until,
            note: self.note,
            asked_by: by,
            asked_at: now,
            reviewed_by: None,
            reviewed_at: None,
            review: None,
            decided_by: None,
            decided_at: None,
            granted: None,
            decision: None,
            from_at: None,
            until_at: None,
            extended_until: None,
        }
    }
}

/// What stands against granting a version today: what is out of use, papers that are over, days that are past.
pub(crate) async fn against(room: &Waste, connection: &mut PgConnection, site: Uuid, version: &VersionRow) -> Answer<Vec<String>> {
    let (home, today) = (room.home(), room.today());
    let mut against = Vec::new();
    if version.valid_until < today {
        against.push("申请的有效期已经过去".to_owned());
    }
    let places = place::store::some(connection, home, &[&version.disposals[..], &[site]].concat()).await?;
    against.extend(
        places
            .iter()
            .filter(|it| it.closed || it.valid_until.is_some_and(|day| day < today))
            .map(|it| format!("{}已经停用或者到期", it.name)),
    );
    if let Some(carrier) = carrier::store::named(connection, home, version.carrier).await?.filter(|it| it.closed) {
        against.push(format!("{}已经停用", carrier.name));
    }
    let vehicles = vehicle::store::some(connection, home, &version.vehicles).await?;
    let bad = vehicles.iter().filter(|it| it.row.closed || it.row.carrier != version.carrier);
    against.extend(bad.map(|it| format!("{}已经停用或者不属于这家企业", it.row.plate)));
    let papers = paper::store::of(connection, home, &[&version.vehicles[..], &[version.carrier]].concat()).await?;
    for it in papers.iter().filter(|it| it.valid_until.is_some_and(|day| day < today)) {
        let name = vehicles.iter().find(|vehicle| vehicle.row.id == it.owner).map_or("运输企业", |vehicle| &vehicle.row.plate);
        let kind = it.kind.parse::<paper::PaperKind>().map_or("证照", paper::PaperKind::label);
        against.push(format!("{name}的{kind}已经过期"));
    }
    against.truncate(20);
    Ok(against)
}
