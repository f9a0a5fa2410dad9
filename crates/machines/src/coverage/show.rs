//! Show where devices looked, and where nothing looks (覆盖情况与盲区).

use std::collections::HashMap;

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use http_api::{Answer, Json, Query};
use identity::{Allowed, Scope};
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{HOURS, Tally, store};
use crate::{Machines, kind, rights};

/// The longest time, in days.
const LONGEST: i64 = 31;
/// Rows of a day, grid and kind that are read; more is said to be cut.
const MOST_ROWS: i64 = 300_000;
/// Grids of an answer; more is said to be cut.
const MOST_GRIDS: usize = 10_000;

/// Which looks.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CoverageOf {
    /// The first city day.
    from: NaiveDate,
    /// The last city day, counted too; at most 31 in all.
    to: NaiveDate,
    /// Of one kind.
    kind: Option<i16>,
}

/// A unit grid, and how often devices looked at it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GridCoverage {
    /// 15 digits.
    pub code: String,
    /// Township and grid.
    pub name: String,
    /// Devices in use that stand in it.
    pub devices: i64,
    pub looks: i64,
    /// Looks at each hour of the city's day, from 0 to 23.
    pub hours: Vec<i64>,
    /// Hours of the day at which nothing looked.
    pub blind_hours: usize,
    /// How many kinds were looked for.
    pub kinds: usize,
}

/// A kind, and how far it was looked for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KindCoverage {
    pub number: i16,
    pub name: String,
    pub looks: i64,
    /// Grids in which it was looked for.
    pub grids: usize,
}

/// Where and when devices looked (覆盖情况).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CoverageReport {
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// Grids, those that nothing looked at first.
    pub grids: Vec<GridCoverage>,
    /// How many of them nothing looked at (盲区).
    pub blind_grids: usize,
    /// Hours of the day at which nothing looked at any grid, 0 to 23.
    pub blind_hours: Vec<usize>,
    pub kinds: Vec<KindCoverage>,
    /// Looks in none of these grids.
    pub elsewhere: i64,
    /// There was more than is shown; a shorter time shows all of it.
    pub cut: bool,
    /// Events that were taken in before this are counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counted_to: Option<DateTime<Utc>>,
}

/// Shows where and when devices looked, and where nothing looks.
///
/// # Errors
/// `period-invalid`, `query-invalid`.
#[utoipa::path(get, path = "/api/v1/machine-coverage", tag = "machines", operation_id = "machine_coverage", params(CoverageOf),
    responses((status = 200, body = CoverageReport, description = "The coverage of the caller's ground")))]
pub(crate) async fn show(
    State(machines): State<Machines>,
    allowed: Allowed<rights::SeeSightings>,
    Query(of): Query<CoverageOf>,
) -> Answer<Json<CoverageReport>> {
    Ok(Json(report(&machines, &allowed.scope(), of).await?))
}

/// The coverage of a scope.
pub(super) async fn report(machines: &Machines, scope: &Scope, of: CoverageOf) -> Answer<CoverageReport> {
    let days = (of.to - of.from).num_days() + 1;
    if !(1..=LONGEST).contains(&days) {
        let detail = format!("起止日期应为 1 至 {LONGEST} 天");
        return Err(Problem::invalid("period-invalid", detail.clone()).field("to", detail).into());
    }
    if of.kind.is_some_and(|number| kind::of(number).is_none()) {
        return Err(Problem::invalid("query-invalid", "没有这个识别种类").field("kind", "没有这个识别种类").into());
    }
    let catalogue = machines.catalogue();
    let mut grids = catalogue.grids_within(machines.home_region());
    grids.retain(|grid| scope.covers_region(grid));
    let (pool, region) = (machines.database().pool(), machines.home_region());
    let kept = store::between(pool, region, (of.from, of.to), of.kind, MOST_ROWS + 1).await?;
    let cut = kept.len() as i64 > MOST_ROWS || grids.len() > MOST_GRIDS;
    grids.truncate(MOST_GRIDS);
    let tally = Tally::of(grids, &kept);
    let devices: HashMap<String, i64> = store::devices(pool, region).await?.into_iter().collect();
    let name = |code: &str| {
        let names = [code.get(..9), Some(code)].into_iter().flatten().filter_map(|code| catalogue.region(code));
        names.map(|region| region.name).collect::<Vec<_>>().join(" ")
    };
    let blind_hours = (0..HOURS).filter(|hour| tally.grids.values().all(|cell| cell.hours[*hour] == 0)).collect();
    let mut grids: Vec<GridCoverage> = tally
        .grids
        .iter()
        .map(|(code, cell)| GridCoverage {
            code: code.clone(),
            name: name(code),
            devices: devices.get(code).copied().unwrap_or(0),
            looks: cell.looks,
            hours: cell.hours.to_vec(),
            blind_hours: cell.hours.iter().filter(|looks| **looks == 0).count(),
            kinds: cell.kinds.len(),
        })
        .collect();
    grids.sort_by(|one, other| other.blind_hours.cmp(&one.blind_hours).then(one.looks.cmp(&other.looks)).then(one.code.cmp(&other.code)));
    let kinds = tally.kinds.iter().map(|(number, (looks, grids))| KindCoverage {
        number: *number,
        name: kind::of(*number).map_or_else(|| number.to_string(), |kind| kind.name.clone()),
        looks: *looks,
        grids: grids.len(),
    });
    Ok(CoverageReport {
        from: of.from,
        to: of.to,
        blind_grids: grids.iter().filter(|grid| grid.looks == 0).count(),
        blind_hours,
        kinds: kinds.collect(),
        // What others see is no part of an answer to who has a part of the district alone.
        elsewhere: if scope.covers_region(machines.home_region()) { tally.elsewhere } else { 0 },
        grids,
        cut,
        counted_to: store::counted_to(pool, region).await?,
    })
}
