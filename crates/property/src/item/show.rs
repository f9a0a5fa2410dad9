//! `GET /api/v1/property/items/{id}`: one item with its chain of custody, and what may be done with it now.

use axum::extract::State;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Measure, held, list::PropertyRow, no_item, store};
use crate::{
    MovementKind, Property,
    movement::{self, rules, store::MovementRow},
    people::{Names, PropertyPerson},
    place, rights, stocktake, tow,
};

/// A line of the chain (出入库记录).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PropertyMovement {
    ordinal: i32,
    kind: MovementKind,
    label: &'static str,
    at: DateTime<Utc>,
    from_place: Option<String>,
    to_place: Option<String>,
    hander: Option<PropertyPerson>,
    hander_words: Option<String>,
    receiver: Option<PropertyPerson>,
    receiver_words: Option<String>,
    /// Somebody's data are kept with it and can be seen with a reason.
    has_fetcher: bool,
    proof: Option<String>,
    reason: String,
    article: String,
    document: Option<String>,
    files: Vec<String>,
    until: Option<NaiveDate>,
    amount_fen: Option<i64>,
    noted_by: PropertyPerson,
}

/// Something that may be done with it, or why not (可办理的出入库).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PropertyOffer {
    kind: MovementKind,
    label: &'static str,
    allowed: bool,
    /// Why not, by which article, and what would make it allowed.
    why: Option<String>,
    article: Option<String>,
    cure: Option<String>,
}

/// A towed vehicle (拖移车辆).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PropertyTow {
    plate: String,
    towed_from: String,
    reason: String,
    article: String,
    /// Whether it can be found by the public: only with the end of its identification number.
    findable: bool,
    told_how: Option<String>,
    told_at: Option<DateTime<Utc>>,
}

/// An item (财物).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PropertyItem {
    #[serde(flatten)]
    row: PropertyRow,
    condition: Option<String>,
    value_fen: Option<i64>,
    party: Option<i16>,
    perishable: bool,
    photos: Vec<String>,
    measure_article: &'static str,
    entered_by: PropertyPerson,
    entered_at: DateTime<Utc>,
    tow: Option<PropertyTow>,
    movements: Vec<PropertyMovement>,
    /// Whole days with experts, which do not count towards a seizure (行政强制法第二十五条第三款).
    appraisal_days: i64,
    /// When the period ends without those days; the case's own period is in `hold`.
    due_without_appraisal: Option<DateTime<Utc>>,
    offers: Vec<PropertyOffer>,
}

/// Whole days that a chain lay with experts until now.
fn appraisal_days(lines: &[MovementRow], now: DateTime<Utc>) -> i64 {
    let mut spent = TimeDelta::zero();
    let mut since = None;
    for line in lines {
        if line.kind == MovementKind::Lent.code() {
            since = Some(line.at);
        } else if let Some(from) = since.take() {
            spent += line.at - from;
        }
    }
    (spent + since.map_or(TimeDelta::zero(), |from| now - from)).num_days()
}

/// Shows an item.
///
/// # Errors
/// `property-not-found`.
#[utoipa::path(get, path = "/api/v1/property/items/{id}", tag = "property", operation_id = "show_property",
    params(("id" = Uuid, Path, description = "The item")), responses((status = 200, body = PropertyItem, description = "The item")))]
pub(crate) async fn show(
    State(room): State<Property>,
    allowed: Allowed<rights::SeeProperty>,
    Path(id): Path<Uuid>,
) -> Answer<Json<PropertyItem>> {
    let now = room.clock().now();
    let row = store::one(room.database().pool(), &allowed.scope(), id).await?.ok_or_else(no_item)?;
    let mut connection = room.database().pool().acquire().await?;
    let lines = movement::store::of(&mut *connection, id).await?;
    let cases = held::cases(&room, &mut connection, std::slice::from_ref(&row)).await?;
    let lost = stocktake::store::is_lost(&mut connection, id).await?;
    let tow = tow::store::of(&mut connection, id).await?;
    let places =
        place::store::names(&mut connection, &lines.iter().flat_map(|it| [it.from_place, it.to_place]).flatten().collect::<Vec<_>>())
            .await?;
    // Names come over a connection of their own; nobody holds two.
    drop(connection);
    let people = lines.iter().flat_map(|it| [it.hander, it.receiver, Some(it.noted_by)]).flatten().chain([row.entered_by]);
    let people = people.collect();
    let names = Names::of(&room, people).await?;
    let facts = held::facts_of(&row, &cases, lost);
    let offers = MovementKind::ALL.iter().map(|kind| {
        let refused = rules::refusal(*kind, &facts);
        PropertyOffer {
            kind: *kind,
            label: kind.label(),
            allowed: refused.is_none(),
            article: refused.as_ref().and_then(|it| it.citation.clone()),
            cure: refused.as_ref().and_then(|it| it.cure.clone()),
            why: refused.map(|it| it.detail),
        }
    });
    let named = |place: Option<Uuid>| place.and_then(|place| places.iter().find(|(id, _)| *id == place)).map(|(_, name)| name.clone());
    let days = appraisal_days(&lines, now);
    let movements = lines.into_iter().filter_map(|it| {
        let kind: MovementKind = it.kind.parse().ok()?;
        Some(PropertyMovement {
            ordinal: it.ordinal,
            kind,
            label: kind.label(),
            at: it.at,
            from_place: named(it.from_place),
            to_place: named(it.to_place),
            hander: it.hander.map(|id| names.person(id)),
            hander_words: it.hander_words,
            receiver: it.receiver.map(|id| names.person(id)),
            receiver_words: it.receiver_words,
            has_fetcher: it.subject.is_some(),
            proof: it.proof,
            reason: it.reason,
            article: it.article,
            document: it.document,
            files: it.files,
            until: it.until,
            amount_fen: it.amount_fen,
            noted_by: names.person(it.noted_by),
        })
    });
    let movements = movements.collect();
    let hold = held::hold_of(&row, &cases);
    let seized = matches!(row.measure(), Some(Measure::Seizure | Measure::Sealing));
    let due_without_appraisal = hold.and_then(|hold| hold.due_at).filter(|_| seized && days > 0).map(|due| due + TimeDelta::days(days));
    let place_name = named(row.place);
    let own = store::ListedItem { item: row.clone(), place_name, plate: tow.as_ref().map(|tow| tow.plate.clone()), told_at: None };
    Ok(Json(PropertyItem {
        offers: offers.collect(),
        measure_article: row.measure().map_or("", Measure::article),
        condition: row.condition,
        value_fen: row.value_fen,
        party: row.party,
        perishable: row.perishable,
        photos: row.photos,
        entered_by: names.person(row.entered_by),
        entered_at: row.entered_at,
        tow: tow.map(|tow| PropertyTow {
            plate: tow.plate,
            towed_from: tow.towed_from,
            reason: tow.reason,
            article: tow.article,
            findable: tow.proof.is_some(),
            told_how: tow.told_how,
            told_at: tow.told_at,
        }),
        movements,
        appraisal_days: days,
        due_without_appraisal,
        row: PropertyRow::of(own, &cases, now).ok_or_else(no_item)?,
    }))
}
