//! Balances (出入库平衡): per place and month, what was there and came in less what went out is what is there, to the item.

pub(crate) mod export;
pub(crate) mod show;
pub(crate) mod store;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use http_api::Answer;
use identity::Scope;
use kernel::{clock::shanghai, problem::Problem};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{MovementKind, Property, place};

/// Places of one balance at most.
const MOST: i64 = 500;

/// So many movements of a kind (分类数).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct BalanceCount {
    pub kind: MovementKind,
    pub label: &'static str,
    pub items: i64,
}

/// A place in a month (月度平衡).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PropertyBalance {
    pub place: Uuid,
    pub place_name: String,
    /// Items at the beginning.
    pub opening: i64,
    pub came: i64,
    pub came_by: Vec<BalanceCount>,
    pub went: i64,
    pub went_by: Vec<BalanceCount>,
    /// Items at the end: `opening` + `came` − `went`.
    pub closing: i64,
    /// Items whose last movement until then left them in this place: counted apart, from the items.
    pub counted: i64,
    /// Both are the same.
    pub balances: bool,
}

/// The month that a text like `2026-11` means, as two instants; the month of `today` where there is none.
fn month(text: Option<&str>, today: NaiveDate) -> Result<(NaiveDate, DateTime<Utc>, DateTime<Utc>), Problem> {
    let wrong = || Problem::invalid("field-invalid", "月份应为 2026-11 这样的形式").field("month", "请检查月份");
    let text = text.map_or_else(|| today.format("%Y-%m").to_string(), str::to_owned);
    let first = NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d").map_err(|_| wrong())?;
    let next = first.checked_add_months(chrono::Months::new(1)).ok_or_else(wrong)?;
    let midnight = |day: NaiveDate| {
        let at = day.and_hms_opt(0, 0, 0).and_then(|at| shanghai().from_local_datetime(&at).single());
        at.map(|at| at.with_timezone(&Utc)).ok_or_else(wrong)
    };
    Ok((first, midnight(first)?, midnight(next)?))
}

/// The balances of a month of every place on a scope's ground.
async fn of_month(room: &Property, scope: &Scope, asked: Option<&str>) -> Answer<(NaiveDate, Vec<PropertyBalance>)> {
    let (first, from, to) = month(asked, room.today())?;
    let mut places = place::store::list(room.database().pool(), scope, room.home_region(), MOST).await?;
    places.retain(|it| scope.covers_region(&it.place.jurisdiction));
    let ids: Vec<Uuid> = places.iter().map(|it| it.place.id).collect();
    let mut transaction = room.database().pool().begin().await?;
    // Movements and items are read as of one moment.
    store::at_one_moment(&mut transaction).await?;
    let rows = store::movements(&mut transaction, &ids, from, to).await?;
    let counted: BTreeMap<Uuid, i64> = store::counted(&mut transaction, &ids, to).await?.into_iter().collect();
    drop(transaction);
    let balances = places.into_iter().map(|it| {
        let id = it.place.id;
        let own = || rows.iter().filter(move |row| row.place == id);
        let opening: i64 = own().map(|row| row.before).sum();
        let by = |of: fn(&store::CountRow) -> i64| {
            let counts = own().filter_map(move |row| {
                let kind: MovementKind = row.kind.parse().ok()?;
                (of(row) > 0).then(|| BalanceCount { kind, label: kind.label(), items: of(row) })
            });
            counts.collect::<Vec<_>>()
        };
        let (came_by, went_by) = (by(|row| row.came), by(|row| row.went));
        let came: i64 = own().map(|row| row.came).sum();
        let went: i64 = own().map(|row| row.went).sum();
        let (closing, counted) = (opening + came - went, counted.get(&id).copied().unwrap_or(0));
        PropertyBalance {
            place: id,
            place_name: it.place.name,
            opening,
            came,
            came_by,
            went,
            went_by,
            closing,
            counted,
            balances: closing == counted,
        }
    });
    Ok((first, balances.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_begins_at_midnight_in_shanghai() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 2).unwrap();
        let (_, from, to) = month(None, today).unwrap();
        assert_eq!((from.to_rfc3339(), to.to_rfc3339()), ("2026-10-31T16:00:00+00:00".into(), "2026-11-30T16:00:00+00:00".into()));
        assert!(month(Some("2026-13"), today).is_err());
    }
}
