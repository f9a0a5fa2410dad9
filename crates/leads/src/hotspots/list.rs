//! `GET /api/v1/hotspots`: the hot spots of a window within the caller's scope.

use std::collections::{BTreeSet, HashMap};

use axum::extract::State;
use chrono::{DateTime, Duration, Utc};
use http_api::{Answer, Json, Query};
use identity::Allowed;
use kernel::{position::Position, problem::Problem};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    DAYS, LEAST, LEAST_REPORTERS, METRES, MOST_ROWS, MOST_SPOTS,
    cluster::{Cluster, Point, clusters},
    store::{self, PointRow},
};
use crate::{
    Leads, lead,
    list::{
        filter::Filter,
        row::{Named, RowPlace, RowPosition},
        store::id_at,
    },
    rights,
};

/// Leads that are named of each spot, the newest.
const MOST_NAMED: usize = 10;
/// Spots whose reporters are looked up, before those of a single reporter fall away.
const MOST_TRIED: usize = 200;
/// Reports whose reporters are looked up.
const MOST_REPORTERS: usize = 20_000;

/// Which spots.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Window {
    /// Days of the window, 1 to 30; 7 without.
    days: Option<i64>,
    /// The radius in metres, 50 to 1,000; 200 without.
    metres: Option<f64>,
    /// Reports that make a spot, 2 to 100; 5 without.
    least: Option<usize>,
    /// The category, two digits.
    class: Option<String>,
}

/// A lead of a spot.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SpotLead {
    id: Uuid,
    number: String,
    title: String,
    state: String,
    /// State in Chinese.
    state_label: String,
    reported_at: DateTime<Utc>,
}

/// How the window compares with the one before (趋势).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Trend {
    /// Nothing there in the window before (新出现).
    New,
    /// More than in the window before (上升).
    Up,
    /// As many (持平).
    Same,
    /// Fewer (下降).
    Down,
}

impl Trend {
    fn of(now: usize, before: usize) -> Self {
        match now.cmp(&before) {
            _ if before == 0 => Self::New,
            std::cmp::Ordering::Greater => Self::Up,
            std::cmp::Ordering::Equal => Self::Same,
            std::cmp::Ordering::Less => Self::Down,
        }
    }
}

/// A hot spot (热点).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Hotspot {
    /// The category (大类).
    category: Named,
    /// Reports in the window.
    count: usize,
    /// Those that are not over yet.
    open: usize,
    /// Reporters: who left no telephone counts as one of his own each time.
    reporters: usize,
    /// Reports in the window before, in the same circle.
    before: usize,
    /// How that compares.
    trend: Trend,
    /// The middle of the reports.
    centre: RowPosition,
    /// Where that is.
    place: RowPlace,
    /// The first report of the window.
    first_at: DateTime<Utc>,
    /// The last report.
    last_at: DateTime<Utc>,
    /// The newest of its leads.
    leads: Vec<SpotLead>,
}

/// The hot spots.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Hotspots {
    /// The window begins.
    from: DateTime<Utc>,
    /// The window ends: now.
    to: DateTime<Utc>,
    /// Its days.
    days: i64,
    /// The radius.
    metres: f64,
    /// Reports that make a spot.
    least: usize,
    /// There were more reports than are looked at: the oldest were left out.
    cut: bool,
    /// The fullest first.
    items: Vec<Hotspot>,
}

fn bounded<T: PartialOrd + Copy + std::fmt::Display>(
    name: &'static str,
    value: Option<T>,
    usual: T,
    least: T,
    most: T,
) -> Result<T, Problem> {
    let value = value.unwrap_or(usual);
    if value >= least && value <= most {
        return Ok(value);
    }
    let detail = format!("{name} 应为 {least} 至 {most}");
    Err(Problem::invalid("query-invalid", detail.clone()).field(name, detail))
}

/// Lists places with many like reports.
///
/// # Errors
/// `query-invalid` for a window out of bounds.
#[utoipa::path(get, path = "/api/v1/hotspots", tag = "leads", params(Window),
    responses((status = 200, body = Hotspots, description = "The spots, the fullest first")))]
pub(crate) async fn list(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Read>,
    Query(window): Query<Window>,
) -> Answer<Json<Hotspots>> {
    let days = bounded("days", window.days, DAYS, 1, 30)?;
    let metres = bounded("metres", window.metres, METRES, 50.0, 1_000.0)?;
    let least = bounded("least", window.least, LEAST, 2, 100)?;
    let category = Filter::digits("class", window.class.as_ref())?.and_then(|class| class.get(..2));
    let to = leads.clock().now();
    let from = to - Duration::days(days);
    let pool = leads.database().pool();
    let scope = allowed.scope();
    let rows = store::points(pool, &scope, id_at(from - Duration::days(days)), category, MOST_ROWS).await?;
    let cut = rows.len() as i64 >= MOST_ROWS;
    let (now, before): (Vec<PointRow>, Vec<PointRow>) = rows.into_iter().partition(|row| row.opened_at >= from);
    let mut found = clusters(&now.iter().map(point).collect::<Vec<_>>(), metres, least);
    found.truncate(MOST_TRIED);
    let members: Vec<Uuid> = found.iter().flat_map(|spot| spot.members.iter().map(|&n| now[n].id)).take(MOST_REPORTERS).collect();
    let reporters: HashMap<Uuid, String> = store::reporters(pool, &members).await?.into_iter().collect();
    let reporters_of = |spot: &Cluster| spot.members.iter().filter_map(|&n| reporters.get(&now[n].id)).collect::<BTreeSet<_>>().len();
    found.retain(|spot| reporters_of(spot) >= LEAST_REPORTERS);
    found.truncate(MOST_SPOTS);
    // The members stand in the order of the rows, the newest first.
    let named: Vec<Uuid> = found.iter().flat_map(|spot| spot.members.iter().take(MOST_NAMED).map(|&n| now[n].id)).collect();
    let mut named: HashMap<Uuid, SpotLead> = store::named(pool, &named).await?.into_iter().map(|row| (row.id, named_lead(row))).collect();
    let items = found.iter().map(|spot| {
        let own: Vec<&PointRow> = spot.members.iter().map(|&n| &now[n]).collect();
        let earlier = before.iter().filter(|row| row.class_code.get(..2) == Some(&spot.category) && apart(spot, row) <= metres).count();
        Hotspot {
            category: Named {
                name: own.first().and_then(|row| leads.category_name(&row.class_code)).unwrap_or_default(),
                code: spot.category.clone(),
            },
            count: own.len(),
            open: own.iter().filter(|row| row.open).count(),
            reporters: reporters_of(spot),
            before: earlier,
            trend: Trend::of(own.len(), earlier),
            centre: RowPosition { lon: spot.lon, lat: spot.lat },
            place: place(&leads, spot),
            first_at: own.iter().map(|row| row.opened_at).min().unwrap_or(from),
            last_at: own.iter().map(|row| row.opened_at).max().unwrap_or(to),
            leads: own.iter().take(MOST_NAMED).filter_map(|row| named.remove(&row.id)).collect(),
        }
    });
    Ok(Json(Hotspots { items: items.collect(), from, to, days, metres, least, cut }))
}

fn point(row: &PointRow) -> Point {
    Point { lon: row.lon, lat: row.lat, category: row.class_code.get(..2).unwrap_or_default().to_owned() }
}

fn apart(spot: &Cluster, row: &PointRow) -> f64 {
    let there = Position::new(spot.lon, spot.lat).ok().zip(Position::new(row.lon, row.lat).ok());
    there.map_or(f64::MAX, |(centre, there)| centre.distance_m(there))
}

fn place(leads: &Leads, spot: &Cluster) -> RowPlace {
    let found = Position::new(spot.lon, spot.lat).ok().map(|centre| leads.catalogue().place(centre));
    let grid_code = found.as_ref().and_then(|place| place.grid_code()).map(str::to_owned);
    RowPlace {
        township_name: grid_code.as_deref().and_then(|grid| leads.region_name(grid.get(..9)?)),
        grid_name: grid_code.as_deref().and_then(|grid| leads.region_name(grid)),
        grid_code,
        address: None,
    }
}

fn named_lead(row: store::NamedRow) -> SpotLead {
    SpotLead {
        id: row.id,
        number: row.number,
        title: row.title,
        state_label: row.state.parse::<lead::State>().map_or_else(|()| row.state.clone(), |state| state.label().to_owned()),
        state: row.state,
        reported_at: row.opened_at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trend_compares_with_the_window_before() {
        let trends = [(5, 0), (5, 3), (5, 5), (5, 9)].map(|(now, before)| Trend::of(now, before));
        assert_eq!(trends, [Trend::New, Trend::Up, Trend::Same, Trend::Down]);
    }
}
