//! The catalogues in memory: read whole from the database, never changed, replaced whole.

use std::{collections::HashMap, fmt::Write, sync::Arc};

use chrono::NaiveDate;
use geo::{Coord, LineString, MultiPolygon, Polygon};
use kernel::{
    deadline::service::ServiceLimit,
    locate::GridIndex,
    position::Position,
    region::{RegionCode, RegionLevel},
};
use rstar::{RTree, primitives::GeomWithData};
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::{
    base,
    cached::Prepared,
    class::{self, Class, ClassKind, Edition, Limit, length},
    component::{self, Spot},
    error::CatalogueError,
    place::{NamedRegion, Nesting},
    region,
    suggest::Suggester,
};

/// A region without its geometry.
#[derive(Debug, Clone)]
pub(crate) struct Region {
    pub code: RegionCode,
    pub name: String,
}

/// Everything, as of one revision.
#[derive(Debug)]
pub(crate) struct Snapshot {
    pub revision: i64,
    editions: Vec<Edition>,
    current: usize,
    pub suggester: Suggester,
    pub regions: Vec<Region>,
    pub grids: GridIndex,
    nesting: HashMap<RegionCode, Arc<Nesting>>,
    geometry: HashMap<RegionLevel, Prepared>,
    pub bounds: [f64; 4],
    pub spots: RTree<GeomWithData<[f64; 2], Spot>>,
    pub base: Prepared,
}

/// Where the map opens before any region is known: the whole country.
const EVERYWHERE: [f64; 4] = [73.5, 18.0, 135.1, 53.6];

impl Snapshot {
    /// Reads everything. `day` decides which edition is in force.
    pub async fn read(pool: &PgPool, day: NaiveDate, default_limit: ServiceLimit) -> Result<Self, CatalogueError> {
        let revision = class::store::revision(pool).await?;
        let editions = editions(pool, default_limit).await?;
        let regions = region::store::current(pool).await?;
        let spots = component::store::spots(pool).await?;
        let layers = base::store::all(pool).await?;
        // Building takes a while for a large city; other tasks go on meanwhile.
        tokio::task::spawn_blocking(move || Self::build(revision, editions, regions, spots, layers, day))
            .await
            .map_err(|error| CatalogueError::Grids(error.to_string()))?
    }

    fn build(
        revision: i64,
        editions: Vec<Edition>,
        rows: Vec<region::store::Row>,
        spots: Vec<Spot>,
        layers: Vec<base::store::Layer>,
        day: NaiveDate,
    ) -> Result<Self, CatalogueError> {
        let current = editions
            .iter()
            .position(|e| e.holds_on(day))
            .or(editions.len().checked_sub(1))
            .ok_or(CatalogueError::Data { file: "classes.csv", reason: "no edition".to_owned() })?;
        let suggester = Suggester::new(&editions[current])?;

        let mut regions = Vec::with_capacity(rows.len());
        let mut shapes = Vec::new();
        let mut features: HashMap<RegionLevel, String> = HashMap::new();
        let mut bounds = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
        for row in &rows {
            let Ok(code) = RegionCode::parse(&row.code) else { continue };
            let level = code.level();
            let feature = json!({
                "type": "Feature",
                "properties": {"code": row.code, "name": row.name, "level": level, "simulated": row.simulated},
                "geometry": row.geometry,
            });
            let all = features.entry(level).or_default();
            let _ = write!(all, "{}{feature}", if all.is_empty() { "" } else { "," });
            let shape = shape(&row.geometry);
            for point in shape.iter().flat_map(|p| p.exterior().coords()) {
                bounds = [bounds[0].min(point.x), bounds[1].min(point.y), bounds[2].max(point.x), bounds[3].max(point.y)];
            }
            if level == RegionLevel::Grid {
                shapes.push((code.clone(), shape));
            }
            regions.push(Region { code, name: row.name.clone() });
        }
        if regions.is_empty() {
            bounds = EVERYWHERE;
        }
        let names: HashMap<&RegionCode, &str> = regions.iter().map(|r| (&r.code, r.name.as_str())).collect();
        let named = |code: Option<RegionCode>| {
            code.and_then(|code| names.get(&code).map(|name| NamedRegion { code: code.to_string(), name: (*name).to_owned() }))
        };
        let nesting = regions
            .iter()
            .filter(|r| r.code.level() == RegionLevel::Grid)
            .map(|r| {
                let nesting = Nesting {
                    grid: NamedRegion { code: r.code.to_string(), name: r.name.clone() },
                    community: named(r.code.community()),
                    township: named(r.code.township()),
                    county: named(Some(r.code.county())),
                };
                (r.code.clone(), Arc::new(nesting))
            })
            .collect();
        let geometry = [RegionLevel::County, RegionLevel::Township, RegionLevel::Community, RegionLevel::Grid]
            .into_iter()
            .map(|level| (level, collection(features.remove(&level).unwrap_or_default())))
            .collect();
        let grids = GridIndex::build(shapes).map_err(|error| CatalogueError::Grids(error.to_string()))?;
        let spots = RTree::bulk_load(spots.into_iter().map(|s| GeomWithData::new(metres(s.position), s)).collect());
        let mut drawn = String::new();
        for layer in layers {
            for feature in layer.features.as_array().into_iter().flatten() {
                let _ = write!(drawn, "{}{feature}", if drawn.is_empty() { "" } else { "," });
            }
        }
        Ok(Self { revision, current, editions, suggester, regions, grids, nesting, geometry, bounds, spots, base: collection(drawn) })
    }

    pub fn current(&self) -> &Edition {
        &self.editions[self.current]
    }

    pub fn edition_on(&self, day: NaiveDate) -> Option<&Edition> {
        self.editions.iter().find(|e| e.holds_on(day))
    }

    pub fn nesting_at(&self, position: Position) -> Option<&Arc<Nesting>> {
        self.nesting.get(self.grids.locate(position)?)
    }

    pub fn geometry_of(&self, level: RegionLevel) -> Option<&Prepared> {
        self.geometry.get(&level)
    }
}

/// Metres on a plane good enough to compare distances of some kilometres around `position`.
///
/// Longitudes shrink with the latitude; scaling by the point's own latitude would bend the plane, so a fixed one in the
/// middle of the country's cities is taken and distances are measured exactly afterwards.
pub(crate) fn metres(position: Position) -> [f64; 2] {
    [position.lon * 111_320.0 * 31f64.to_radians().cos(), position.lat * 110_950.0]
}

fn collection(features: String) -> Prepared {
    Prepared::new(format!("{{\"type\":\"FeatureCollection\",\"features\":[{features}]}}").into_bytes())
}

/// The polygons of a geometry that passed the import's checks.
pub(crate) fn shape(geometry: &Value) -> MultiPolygon<f64> {
    let ring = |value: &Value| -> LineString<f64> {
        let points = value.as_array().into_iter().flatten().filter_map(crate::body::lon_lat);
        points.map(|[x, y]| Coord { x, y }).collect()
    };
    let polygon = |value: &Value| -> Option<Polygon<f64>> {
        let mut rings = value.as_array()?.iter().map(ring);
        Some(Polygon::new(rings.next()?, rings.collect()))
    };
    let coordinates = &geometry["coordinates"];
    if geometry["type"] == "Polygon" {
        MultiPolygon(polygon(coordinates).into_iter().collect())
    } else {
        MultiPolygon(coordinates.as_array().into_iter().flatten().filter_map(polygon).collect())
    }
}

async fn editions(pool: &PgPool, default_limit: ServiceLimit) -> Result<Vec<Edition>, CatalogueError> {
    let mut limits: HashMap<(String, String, String), Vec<Limit>> = HashMap::new();
    for row in class::store::limits(pool).await? {
        let limit = row
            .unit
            .parse()
            .ok()
            .zip(u32::try_from(row.minutes).ok())
            .and_then(|(unit, minutes)| ServiceLimit::of_minutes(minutes, unit).ok());
        // The table's checks leave nothing else possible.
        let Some(limit) = limit else { continue };
        limits.entry((row.catalogue_id, row.kind, row.code)).or_default().push(Limit {
            id: row.id,
            conditions: row.conditions,
            value: limit.value(),
            unit: limit.unit(),
            provisional: false,
        });
    }
    for of_class in limits.values_mut() {
        of_class.sort_by(|a, b| length(a.value, a.unit).total_cmp(&length(b.value, b.unit)).then(a.id.cmp(&b.id)));
    }
    let mut classes: HashMap<String, Vec<Class>> = HashMap::new();
    for row in class::store::classes(pool).await? {
        let own = limits.remove(&(row.catalogue_id.clone(), row.kind.clone(), row.code.clone()));
        classes.entry(row.catalogue_id).or_default().push(Class {
            code: row.code,
            name: row.name,
            kind: if row.kind == "component" { ClassKind::Component } else { ClassKind::Matter },
            category_code: row.category_code,
            category_name: row.category_name,
            predecessor_code: row.predecessor_code,
            predecessor_kind: row.predecessor_kind,
            local: row.local,
            settled: own.is_some(),
            limits: own.unwrap_or_else(|| vec![Limit::provisional(default_limit)]),
        });
    }
    let editions = class::store::editions(pool).await?;
    Ok(editions
        .into_iter()
        .map(|row| {
            let own = classes.remove(&row.id).unwrap_or_default();
            Edition::new(row.id, row.valid_from, row.valid_to, own)
        })
        .collect())
}
