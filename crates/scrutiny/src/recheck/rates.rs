//! What stands beside each unit's closing rate (结案复核率): how many of the re-verified were really fixed, with the interval that so few
//! leave open.

use std::collections::BTreeMap;

use axum::extract::State;
use chrono::NaiveDate;
use http_api::{Answer, Json, Query};
use identity::Allowed;
use kernel::{problem::Problem, share::Share};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{draw::instants, store};
use crate::{Scrutiny, rights};

/// Which period.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AskRates {
    /// The first city day.
    from: NaiveDate,
    /// The last.
    to: NaiveDate,
}

/// A unit.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReverifiedUnit {
    unit: Uuid,
    unit_name: String,
    /// Re-verified and really fixed.
    held: i64,
    /// Re-verified and not fixed.
    broken: i64,
    /// Drawn and not answered yet, or given to nobody.
    waiting: i64,
    /// Held among the answered; none without an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<f64>,
    /// The lower end of Wilson's 95 % interval.
    low: f64,
    /// The upper end.
    high: f64,
    /// Suspicions found in the period and upheld.
    upheld: i64,
    /// Suspicions found in the period and not judged.
    open: i64,
}

/// The units.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReverifiedUnits {
    items: Vec<ReverifiedUnit>,
}

/// Counts, unit by unit, what became of the leads closed in the period that were looked at again.
///
/// # Errors
/// `period-invalid`.
#[utoipa::path(get, path = "/api/v1/reverified-units", tag = "scrutiny", operation_id = "read_reverified_units", params(AskRates),
    responses((status = 200, body = ReverifiedUnits, description = "The units in the order of their names")))]
pub(crate) async fn rates(
    State(room): State<Scrutiny>,
    allowed: Allowed<rights::SeeSuspicions>,
    Query(ask): Query<AskRates>,
) -> Answer<Json<ReverifiedUnits>> {
    if ask.to < ask.from || (ask.to - ask.from).num_days() > 732 {
        return Err(Problem::invalid("period-invalid", "结束日期不能早于开始日期，时段最长两年").into());
    }
    let (pool, scope) = (room.database().pool(), allowed.scope());
    let mut units: BTreeMap<Uuid, (i64, i64, i64, i64, i64)> = BTreeMap::new();
    for row in store::by_unit(pool, &scope, (ask.from, ask.to)).await? {
        units.insert(row.unit, (row.held, row.broken, row.waiting, 0, 0));
    }
    for (unit, upheld, open) in store::suspicions(pool, &scope, instants(ask.from, ask.to)).await? {
        let of = units.entry(unit).or_default();
        (of.3, of.4) = (upheld, open);
    }
    let organisations = room.identity().organisations().await?;
    let view = |(unit, (held, broken, waiting, upheld, open))| {
        let Share { share, low, high } = Share::of(held, held + broken);
        ReverifiedUnit { unit, unit_name: organisations.name(unit).to_owned(), held, broken, waiting, share, low, high, upheld, open }
    };
    let mut items: Vec<ReverifiedUnit> = units.into_iter().map(view).collect();
    items.sort_by(|one, other| one.unit_name.cmp(&other.unit_name));
    Ok(Json(ReverifiedUnits { items }))
}
