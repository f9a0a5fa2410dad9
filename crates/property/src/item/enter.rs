//! `POST /api/v1/cases/{id}/property`: the list of what was taken (财物清单), entered with the case's act.

use axum::{extract::State, http::StatusCode};
use chrono::{DateTime, Utc};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::{id::uuid_at, problem::Problem};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Kind, Measure, store};
use crate::{
    CaseProperty, Code, HoldState, Property, State as ItemState, Wish, rights,
    words::{LINE, NOTE, optional, required},
};

/// Items of one case at most.
const MOST_ITEMS: i64 = 500;
/// Items entered at once at most.
const MOST_AT_ONCE: usize = 100;
/// Photos of one item at most.
pub(crate) const MOST_PHOTOS: usize = 12;
/// A quantity is so much at most, in thousandths.
const LARGEST: i64 = 1_000_000_000_000;

/// A thing on the list (财物).
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPropertyItem {
    measure: Measure,
    kind: Kind,
    name: String,
    /// Thousandths of the unit: 2.5 kg are 2500.
    quantity_milli: i64,
    unit: String,
    /// Make and model.
    mark: Option<String>,
    /// In what condition it is.
    condition: Option<String>,
    value_fen: Option<i64>,
    /// The owner: the ordinal of a party of the case.
    party: Option<i16>,
    /// Fresh goods, or others that do not keep.
    #[serde(default)]
    perishable: bool,
    /// Uploads that are whole.
    #[serde(default)]
    photos: Vec<String>,
}

/// The list (财物清单).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPropertyList {
    items: Vec<NewPropertyItem>,
}

/// What was entered.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EnteredProperty {
    items: Vec<EnteredPropertyItem>,
}

/// An item with its code.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EnteredPropertyItem {
    id: Uuid,
    /// What its label says.
    code: String,
}

/// Refuses an item whose measure the case has not taken, or has dealt with.
fn measured(measure: Measure, case: &CaseProperty) -> Result<(), Problem> {
    let held = match measure {
        Measure::Towing => {
            let why = "拖移的车辆在“拖移车辆”里登记";
            return Err(Problem::invalid("measure-not-taken", why).field("items", why));
        }
        Measure::Confiscated if case.forfeits => return Ok(()),
        Measure::Confiscated => {
            return Err(Problem::conflict("measure-not-taken", "案件没有作出没收决定")
                .citing("行政处罚法第七十四条")
                .cured_by("先作出没收决定，或者选择实际采取的措施", None));
        }
        Measure::Registration => case.registration,
        Measure::Seizure | Measure::Sealing => case.seizure,
    };
    match held.map(|held| held.state) {
        Some(HoldState::Standing | HoldState::Expired) => Ok(()),
        Some(HoldState::Settled) => Err(Problem::conflict("measure-settled", "案件对这项措施已经作出处理，不能再登记物品")
            .citing(measure.article())
            .cured_by("需要重新采取措施的，先在案件中办理", None)),
        None => {
            let step = if measure == Measure::Registration { "先行登记保存" } else { "查封扣押" };
            Err(Problem::conflict("measure-not-taken", format!("案件还没有办理“{step}”，没有依据保管财物"))
                .citing(measure.article())
                .cured_by(format!("先在案件的“下一步”里办理“{step}”"), None))
        }
    }
}

fn checked(wanted: &NewPropertyItem, case: &CaseProperty) -> Result<(), Problem> {
    if !(1..=LARGEST).contains(&wanted.quantity_milli) {
        return Err(Problem::invalid("field-invalid", "数量应大于零").field("quantity_milli", "数量应大于零"));
    }
    if wanted.value_fen.is_some_and(|value| !(0..=LARGEST).contains(&value)) {
        return Err(Problem::invalid("field-invalid", "价值不对").field("value_fen", "请检查价值"));
    }
    if wanted.party.is_some_and(|party| !case.parties.contains(&party)) {
        return Err(Problem::invalid("party-unknown", "案件没有这个当事人").field("party", "请从本案当事人中选择"));
    }
    measured(wanted.measure, case)
}

/// A new item under its own code.
pub(crate) async fn coded(room: &Property, now: DateTime<Utc>) -> Answer<(Uuid, Code)> {
    let number = room.numbers().next(room.home_region(), "property", now).await?;
    let code = Code::of_number(&number).ok_or_else(|| Problem::unavailable("codes-used-up", "今天的财物编码已经用完"))?;
    Ok((uuid_at(now), code))
}

/// Enters things that were taken in a case. Each gets a code for its label.
///
/// # Errors
/// `case-not-found`, `case-not-handled`, `case-over`; `measure-not-taken`, `measure-settled`; `party-unknown`, `property-full`,
/// `photos-too-many`, `photo-missing`; a field that is missing or wrong.
#[utoipa::path(post, path = "/api/v1/cases/{id}/property", tag = "property", operation_id = "enter_case_property",
    params(("id" = Uuid, Path, description = "The case")), request_body = NewPropertyList,
    responses((status = 201, body = EnteredProperty, description = "Entered")))]
pub(crate) async fn enter(
    State(room): State<Property>,
    allowed: Allowed<rights::KeepProperty>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<NewPropertyList>,
) -> Answer<(StatusCode, Json<EnteredProperty>)> {
    if wanted.items.is_empty() || wanted.items.len() > MOST_AT_ONCE {
        return Err(Problem::invalid("property-list", format!("一次登记 1 至 {MOST_AT_ONCE} 件")).into());
    }
    for item in &wanted.items {
        room.pictures("photos", &item.photos, MOST_PHOTOS).await?;
    }
    let case = room.cases().opened(&allowed.caller, id, Wish::Enter).await?;
    let now = room.clock().now();
    let mut codes = Vec::with_capacity(wanted.items.len());
    for _ in &wanted.items {
        // Numbers come over a connection of their own, before the transaction has one.
        codes.push(coded(&room, now).await?);
    }
    let mut transaction = room.database().pool().begin().await?;
    let payload = json!({ "items": codes.iter().zip(&wanted.items).map(|((_, code), item)| json!({
        "code": code.as_str(), "measure": item.measure, "kind": item.kind, "quantity_milli": item.quantity_milli })).collect::<Vec<_>>() });
    // This holds the case: its measures stay as they are until the commit.
    room.note(&mut transaction, &case.key, &allowed.caller, "property-entered", payload).await?;
    let standing = room.cases().standing(&mut transaction, &case.key.region, &[id]).await?.pop().unwrap_or(case);
    if store::count(&mut transaction, &standing.key).await? + i64::try_from(wanted.items.len()).unwrap_or(i64::MAX) > MOST_ITEMS {
        return Err(Problem::conflict("property-full", format!("一个案件最多登记 {MOST_ITEMS} 件财物")).into());
    }
    let mut entered = Vec::with_capacity(wanted.items.len());
    for (item, (id, code)) in wanted.items.into_iter().zip(codes) {
        checked(&item, &standing)?;
        let row = store::ItemRow {
            id,
            region: standing.key.region.clone(),
            jurisdiction: standing.jurisdiction.clone(),
            code: code.as_str().to_owned(),
            docket: Some(standing.key.id.uuid()),
            case_number: Some(standing.number.clone()),
            party: item.party,
            measure: item.measure.code().to_owned(),
            kind: item.kind.code().to_owned(),
            name: required("name", "名称", &item.name, LINE)?,
            quantity_milli: item.quantity_milli,
            unit: required("unit", "单位", &item.unit, 12)?,
            mark: optional("mark", "品牌型号", item.mark.as_deref(), LINE)?,
            condition: optional("condition", "成色", item.condition.as_deref(), NOTE)?,
            value_fen: item.value_fen,
            photos: item.photos,
            perishable: item.perishable,
            held_from: now,
            simulated: room.is_demo(),
            entered_by: allowed.caller.person.uuid(),
            entered_at: now,
            state: ItemState::Listed.code().to_owned(),
            place: None,
            moves: 0,
            lent_until: None,
        };
        store::insert(&mut transaction, &row).await?;
        entered.push(EnteredPropertyItem { id, code: row.code });
    }
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(EnteredProperty { items: entered })))
}
