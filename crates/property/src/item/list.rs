//! `GET /api/v1/property/items`: the register, by words, state, measure and place.

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use database::keyset;
use http_api::{Answer, Json, Page, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    Kind, Measure,
    held::{self, PropertyHold},
    store::{self, ListedItem},
};
use crate::{CaseProperty, Code, Property, State as ItemState, rights};

/// Rows of a page at most.
const MOST: i64 = 200;

/// Which items.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PropertyFilter {
    /// A part of name, code, case number or plate; or a whole code as it was scanned.
    q: Option<String>,
    /// `listed`, `stored`, `lent`, `sold`, `returned`, `destroyed`, `handed_over`, `forfeited`, `lost`; or `held` for what has not left.
    state: Option<String>,
    /// `registration`, `seizure`, `sealing`, `towing`, `confiscated`.
    measure: Option<String>,
    place: Option<Uuid>,
    /// Where the last page ended.
    cursor: Option<String>,
    /// At most 200.
    limit: Option<i64>,
}

/// An item in a list (财物).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PropertyRow {
    pub id: Uuid,
    pub code: String,
    pub name: String,
    pub kind: Kind,
    pub kind_label: &'static str,
    pub measure: Measure,
    pub measure_label: &'static str,
    /// Thousandths of the unit.
    pub quantity_milli: i64,
    pub unit: String,
    pub mark: Option<String>,
    pub state: ItemState,
    pub state_label: &'static str,
    pub place: Option<Uuid>,
    pub place_name: Option<String>,
    pub case_id: Option<Uuid>,
    pub case_number: Option<String>,
    /// Of a towed vehicle.
    pub plate: Option<String>,
    pub held_from: DateTime<Utc>,
    /// How the measure stands in the case; nothing of what needs none.
    pub hold: Option<PropertyHold>,
    /// With an expert until then.
    pub lent_until: Option<NaiveDate>,
    /// Movements so far.
    pub moves: i32,
    pub simulated: bool,
}

impl PropertyRow {
    pub fn of(row: ListedItem, cases: &[CaseProperty], now: DateTime<Utc>) -> Option<Self> {
        let it = row.item;
        let (kind, measure, state): (Kind, Measure, ItemState) = (it.kind.parse().ok()?, it.measure()?, it.state.parse().ok()?);
        let hold = held::hold_of(&it, cases).filter(|_| !state.is_gone()).map(|hold| hold.shown(now));
        Some(Self {
            id: it.id,
            code: it.code,
            name: it.name,
            kind,
            kind_label: kind.label(),
            measure,
            measure_label: measure.label(),
            quantity_milli: it.quantity_milli,
            unit: it.unit,
            mark: it.mark,
            state,
            state_label: state.label(),
            place: it.place,
            place_name: row.place_name,
            case_id: it.docket,
            case_number: it.case_number,
            plate: row.plate,
            held_from: it.held_from,
            hold,
            lent_until: it.lent_until,
            moves: it.moves,
            simulated: it.simulated,
        })
    }
}

/// The states that a word of the filter stands for.
pub(crate) fn states(word: &str) -> Result<Vec<String>, Problem> {
    if word == "held" {
        return Ok(ItemState::ALL.iter().filter(|state| !state.is_gone()).map(|state| state.code().to_owned()).collect());
    }
    let state: ItemState = word.parse().map_err(|()| Problem::invalid("field-invalid", "没有这种状态").field("state", "没有这种状态"))?;
    Ok(vec![state.code().to_owned()])
}

/// Lists items on the caller's ground, newest first.
///
/// # Errors
/// `invalid-cursor`, `field-invalid`.
#[utoipa::path(get, path = "/api/v1/property/items", tag = "property", operation_id = "list_property", params(PropertyFilter),
    responses((status = 200, body = Page<PropertyRow>, description = "A page of items")))]
pub(crate) async fn list(
    State(room): State<Property>,
    allowed: Allowed<rights::SeeProperty>,
    Query(filter): Query<PropertyFilter>,
) -> Answer<Json<Page<PropertyRow>>> {
    let limit = filter.limit.unwrap_or(50).clamp(1, MOST);
    let measure = filter.measure.filter(|it| !it.is_empty());
    if measure.as_ref().is_some_and(|measure| measure.parse::<Measure>().is_err()) {
        return Err(Problem::invalid("field-invalid", "没有这种措施").field("measure", "没有这种措施").into());
    }
    let words = filter.q.map(|q| q.trim().chars().take(60).collect::<String>()).filter(|q| !q.is_empty());
    // What a scanner sends may have blanks and small letters; a whole code is looked up, and not searched for.
    let code = words.as_deref().and_then(|words| Code::parse(words).ok());
    let wanted = store::Wanted {
        words: words.filter(|_| code.is_none()),
        code: code.map(|code| code.as_str().to_owned()),
        states: filter.state.filter(|it| !it.is_empty()).map(|word| states(&word)).transpose()?.unwrap_or_default(),
        measure,
        place: filter.place,
        before: filter.cursor.map(|cursor| keyset::decode(&cursor).map_err(Problem::from)).transpose()?,
        most: limit + 1,
        oldest: false,
        case: None,
    };
    let mut connection = room.database().pool().acquire().await?;
    let rows = store::list(&mut connection, &allowed.scope(), room.home_region(), &wanted).await?;
    let (rows, next_cursor) = keyset::page(rows, usize::try_from(limit).unwrap_or(1), |row| row.item.id);
    let items: Vec<_> = rows.iter().map(|row| row.item.clone()).collect();
    let cases = held::cases(&room, &mut connection, &items).await?;
    let now = room.clock().now();
    Ok(Json(Page { items: rows.into_iter().filter_map(|row| PropertyRow::of(row, &cases, now)).collect(), next_cursor }))
}
