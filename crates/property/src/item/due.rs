//! `GET /api/v1/property/due`: what must be done, the most pressing at the top (到期清单).

use axum::extract::State;
use chrono::{DateTime, TimeDelta, Utc};
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::{clock::shanghai, codes, light::Light};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Hold, Measure, held,
    store::{self, ListedItem},
};
use crate::{CaseProperty, HoldState, Property, State as ItemState, place, rights};

/// Items that are looked at: more than a district ever held at once.
const MOST_ITEMS: i64 = 5_000;
/// Cases that hold something, looked at.
const MOST_CASES: i64 = 1_000;
/// Lines shown at most.
const MOST_LINES: usize = 1_000;
/// A place is counted every quarter. Provisional: the house's own.
const COUNTED_EVERY: i64 = 92;
/// How long a driver may be left without being told where the vehicle is: 道路交通安全法第九十三条第二款 says in time. Provisional.
const TELL_WITHIN_HOURS: i64 = 24;

codes! {
    /// What is due (到期事项).
    #[schema(as = PropertyDutyKind)]
    DutyKind {
        /// To be given back at once (立即退还).
        Release = "release", "应当立即解除、退还";
        /// Confiscated, to be disposed of (待处置).
        Dispose = "dispose", "没收的财物待处置";
        /// The period of a measure runs (措施期限).
        Measure = "measure", "措施期限";
        /// A measure without a list (缺清单).
        List = "list", "已采取措施，未登记物品";
        /// Overdue from an expert (送检).
        Appraisal = "appraisal", "送检";
        /// A driver who was not told (告知停放地点).
        Tell = "tell", "告知车辆停放地点";
        /// A place that was not counted (盘点).
        Count = "count", "定期盘点";
    }
}

/// Something to be done (到期事项).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PropertyDuty {
    kind: DutyKind,
    label: &'static str,
    words: String,
    article: &'static str,
    #[schema(value_type = String)]
    light: Light,
    due_at: Option<DateTime<Utc>>,
    item_id: Option<Uuid>,
    code: Option<String>,
    case_id: Option<Uuid>,
    case_number: Option<String>,
    place: Option<Uuid>,
}

/// What must be done (到期清单).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PropertyDuties {
    items: Vec<PropertyDuty>,
    /// More is due than is shown.
    truncated: bool,
}

fn blank(kind: DutyKind, light: Light, article: &'static str, words: String) -> PropertyDuty {
    let label = kind.label();
    PropertyDuty {
        kind,
        label,
        words,
        article,
        light,
        due_at: None,
        item_id: None,
        code: None,
        case_id: None,
        case_number: None,
        place: None,
    }
}

/// What is due of one item.
fn of_item(row: &ListedItem, cases: &[CaseProperty], now: DateTime<Utc>) -> Option<PropertyDuty> {
    let it = &row.item;
    let state: ItemState = it.state.parse().ok()?;
    let hold = held::hold_of(it, cases);
    let case = cases.iter().find(|case| Some(case.key.id.uuid()) == it.docket);
    let is = |of: fn(&CaseProperty) -> bool| case.is_some_and(of);
    let (forfeits, merged) = (is(|case| case.forfeits), is(|case| case.merged));
    let duty = match hold {
        Some(Hold { state: HoldState::Expired, .. }) => blank(
            DutyKind::Release,
            Light::Red,
            "行政强制法第二十八条；行政处罚法第五十六条",
            format!("{}：{}期限已过，应当立即解除并退还", it.name, it.measure()?.label()),
        ),
        Some(_) if merged => blank(
            DutyKind::Measure,
            Light::Yellow,
            "行政强制法第二十七条、第二十八条",
            format!("{}：案件已经并入他案，{}，随主案处理", it.name, state.label()),
        ),
        Some(Hold { state: HoldState::Settled, .. }) if !forfeits => blank(
            DutyKind::Release,
            Light::Red,
            "行政强制法第二十八条第二款",
            format!("{}：案件已经作出处理，{}，应当立即退还", it.name, state.label()),
        ),
        _ if it.measure() == Some(Measure::Confiscated) && !forfeits => blank(
            DutyKind::Release,
            Light::Red,
            "国家赔偿法第三十六条第一项",
            format!("{}：没收决定已经撤销或者不再执行，应当立即退还", it.name),
        ),
        _ if forfeits && is(|case| case.contested) => {
            blank(DutyKind::Dispose, Light::Green, "行政处罚法第七十四条", format!("{}：没收决定正在复议、诉讼，结束以前不得处置", it.name))
        }
        _ if forfeits => {
            blank(DutyKind::Dispose, Light::Yellow, "行政处罚法第七十四条", format!("{}：已经没收，应当拍卖、上缴或者销毁", it.name))
        }
        _ if state == ItemState::Lent => {
            let today = now.with_timezone(&shanghai()).date_naive();
            let until = it.lent_until?;
            let light = if today > until { Light::Red } else { Light::Green };
            let words = format!("{}：送检应于 {until} 前收回，期间不计入查封、扣押期限", it.name);
            blank(DutyKind::Appraisal, light, "行政强制法第二十五条第三款", words)
        }
        _ if it.measure() == Some(Measure::Towing) && row.told_at.is_none() => {
            let due = it.held_from + TimeDelta::hours(TELL_WITHIN_HOURS);
            let words = format!("{}：还没有告知驾驶人停放地点", row.plate.as_deref().unwrap_or(&it.name));
            let light = Light::at(now, it.held_from, due);
            PropertyDuty { due_at: Some(due), ..blank(DutyKind::Tell, light, "道路交通安全法第九十三条第二款", words) }
        }
        Some(hold) => {
            let words = format!("{}：{}", it.name, it.measure()?.label());
            blank(DutyKind::Measure, hold.light(now)?, it.measure()?.article(), words)
        }
        None => return None,
    };
    let due_at = duty.due_at.or_else(|| hold.and_then(|hold| hold.due_at));
    Some(PropertyDuty {
        due_at,
        item_id: Some(it.id),
        code: Some(it.code.clone()),
        case_id: it.docket,
        case_number: it.case_number.clone(),
        place: it.place,
        ..duty
    })
}

/// Measures of cases of which nothing was entered.
fn without_list(holding: &[CaseProperty], known: &[Uuid], now: DateTime<Utc>) -> Vec<PropertyDuty> {
    let bare = holding.iter().filter(|case| !known.contains(&case.key.id.uuid()));
    let duties = bare.filter_map(|case| {
        let hold = [Measure::Registration, Measure::Seizure]
            .iter()
            .filter_map(|measure| Hold::of(*measure, case))
            .find(|hold| hold.state != HoldState::Settled)?;
        let words = format!("{}，清单应当当场制作并交付", hold.measure.label());
        let light = hold.light(now).filter(|light| *light == Light::Red).unwrap_or(Light::Yellow);
        Some(PropertyDuty {
            due_at: hold.due_at,
            case_id: Some(case.key.id.uuid()),
            case_number: Some(case.number.clone()),
            ..blank(DutyKind::List, light, "行政强制法第二十四条", words)
        })
    });
    duties.collect()
}

/// Says what is due on the caller's ground.
///
/// # Errors
/// The database's.
#[utoipa::path(get, path = "/api/v1/property/due", tag = "property", operation_id = "list_property_due",
    responses((status = 200, body = PropertyDuties, description = "What is due")))]
pub(crate) async fn due(State(room): State<Property>, allowed: Allowed<rights::SeeProperty>) -> Answer<Json<PropertyDuties>> {
    let (scope, now) = (allowed.scope(), room.clock().now());
    let places = place::store::list(room.database().pool(), &scope, room.home_region(), MOST_CASES).await?;
    let mut connection = room.database().pool().acquire().await?;
    let wanted = store::Wanted { states: super::list::states("held")?, most: MOST_ITEMS, oldest: true, ..store::Wanted::default() };
    let rows = store::list(&mut connection, &scope, room.home_region(), &wanted).await?;
    let items: Vec<_> = rows.iter().map(|row| row.item.clone()).collect();
    let cases = held::cases(&room, &mut connection, &items).await?;
    let holding = room.cases().holding_now(&mut connection, &scope, MOST_CASES).await?;
    let with_items =
        store::cases_with_items(&mut connection, room.home_region(), &holding.iter().map(|it| it.key.id.uuid()).collect::<Vec<_>>())
            .await?;
    drop(connection);
    let mut duties: Vec<PropertyDuty> = rows.iter().filter_map(|row| of_item(row, &cases, now)).collect();
    duties.extend(without_list(&holding, &with_items, now));
    duties.extend(
        places.into_iter().filter(|it| !it.place.closed && it.items > 0 && scope.covers_region(&it.place.jurisdiction)).filter_map(|it| {
            let due = it.counted_at.unwrap_or(it.place.changed_at) + TimeDelta::days(COUNTED_EVERY);
            let light = Light::at(now, due - TimeDelta::days(7), due);
            let words = format!("{}：在库 {} 件，每季度盘点一次", it.place.name, it.items);
            let duty = blank(DutyKind::Count, light, "行政强制法第二十六条第一款", words);
            (light != Light::Green).then_some(PropertyDuty { due_at: Some(due), place: Some(it.place.id), ..duty })
        }),
    );
    duties.sort_by_key(|duty| (std::cmp::Reverse(duty.light), duty.kind, duty.due_at));
    let full = |count: usize, most: i64| i64::try_from(count).is_ok_and(|count| count >= most);
    let truncated = duties.len() > MOST_LINES || full(rows.len(), MOST_ITEMS) || full(holding.len(), MOST_CASES);
    duties.truncate(MOST_LINES);
    Ok(Json(PropertyDuties { items: duties, truncated }))
}
