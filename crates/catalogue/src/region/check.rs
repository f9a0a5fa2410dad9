//! What a border must be before it comes in, and what is said about how borders fit together.

use std::collections::HashMap;

use geo::{Area, BooleanOps, BoundingRect, MultiPolygon};
use kernel::region::{RegionCode, RegionLevel};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::store::Row;
use crate::{
    body::{Feature, lon_lat},
    snapshot::shape,
};

/// The most points of one region.
const MOST_POINTS: usize = 20_000;
/// Gaps and overlaps under this share of a community's area are rounding.
const TOLERANCE: f64 = 1e-6;

/// Reads one feature as a region.
pub(super) fn region(feature: &Feature) -> Result<(RegionCode, Row), String> {
    let code = feature.text("code").ok_or("缺少 code")?;
    let code = RegionCode::parse(&code).map_err(|error| error.to_string())?;
    let name = feature.text("name").ok_or("缺少 name")?;
    if name.chars().count() > 60 {
        return Err("name 不能超过 60 个字".to_owned());
    }
    if let Some(level) = feature.text("level")
        && serde_json::to_value(code.level()).ok().as_ref().and_then(Value::as_str) != Some(level.as_str())
    {
        return Err(format!("level 为 {level}，与 {} 位代码不符", code.as_str().len()));
    }
    let geometry = feature.geometry.clone().ok_or("缺少 geometry")?;
    let polygons: Vec<&Value> = match geometry["type"].as_str() {
        Some("Polygon") => vec![&geometry["coordinates"]],
        Some("MultiPolygon") => geometry["coordinates"].as_array().map(|all| all.iter().collect()).unwrap_or_default(),
        _ => return Err("geometry 应为 Polygon 或 MultiPolygon".to_owned()),
    };
    let mut points = 0;
    for polygon in &polygons {
        let rings = polygon.as_array().filter(|rings| !rings.is_empty()).ok_or("多边形没有边界")?;
        for ring in rings {
            points += closed_and_simple(ring)?;
            if points > MOST_POINTS {
                return Err(format!("边界点不能超过 {MOST_POINTS} 个"));
            }
        }
    }
    if points == 0 {
        return Err("多边形没有边界".to_owned());
    }
    // Kept without foreign members, which GeoJSON allows and nobody reads.
    let geometry = serde_json::json!({"type": geometry["type"], "coordinates": geometry["coordinates"]});
    let row = Row { code: code.to_string(), name, geometry, simulated: feature.simulated() };
    Ok((code, row))
}

fn closed_and_simple(ring: &Value) -> Result<usize, String> {
    let raw = ring.as_array().ok_or("边界不是坐标数组")?;
    if raw.len() > MOST_POINTS {
        return Err(format!("边界点不能超过 {MOST_POINTS} 个"));
    }
    let points: Vec<[f64; 2]> = raw.iter().map(|p| lon_lat(p).ok_or("坐标应为经度、纬度，且在有效范围内")).collect::<Result<_, _>>()?;
    if points.len() < 4 || points.first() != points.last() {
        return Err("边界没有闭合（首尾坐标应相同，至少 4 个点）".to_owned());
    }
    let n = points.len() - 1;
    let mut order: Vec<usize> = (0..n).collect();
    let west = |i: usize| points[i][0].min(points[i + 1][0]);
    let east = |i: usize| points[i][0].max(points[i + 1][0]);
    order.sort_by(|a, b| west(*a).total_cmp(&west(*b)));
    for (k, i) in order.iter().enumerate() {
        if points[*i] == points[i + 1] {
            return Err("边界有重复的相邻点".to_owned());
        }
        // Sorted by their western ends, only those that begin before this one ends can meet it.
        for j in order[k + 1..].iter().take_while(|j| west(**j) <= east(*i)) {
            let neighbours = (i + 1) % n == *j || (j + 1) % n == *i;
            if !neighbours && meet(points[*i], points[i + 1], points[*j], points[j + 1]) {
                let [lon, lat] = points[*i];
                return Err(format!("边界自相交（{lon:.5}, {lat:.5} 附近）"));
            }
        }
    }
    Ok(points.len())
}

fn meet(a: [f64; 2], b: [f64; 2], c: [f64; 2], d: [f64; 2]) -> bool {
    let turn = |p: [f64; 2], q: [f64; 2], r: [f64; 2]| (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]);
    let (u, v, w, x) = (turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b));
    if u == 0.0 && v == 0.0 {
        // On one line: they meet where their extents do.
        let over = |k: usize| a[k].min(b[k]) <= c[k].max(d[k]) && c[k].min(d[k]) <= a[k].max(b[k]);
        return over(0) && over(1);
    }
    u * v <= 0.0 && w * x <= 0.0
}

/// How the grids of a community fail to fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Misfit {
    /// Part of the community lies in no grid (空隙).
    Gap,
    /// Two grids cover the same ground (重叠).
    Overlap,
    /// A grid reaches beyond its community (越界).
    Beyond,
}

/// A fault that does not hinder the import but should be mended.
#[derive(Debug, Serialize, ToSchema)]
pub struct Warning {
    /// The community or grid.
    pub code: String,
    /// What is wrong.
    pub kind: Misfit,
    /// Which share of the community's area is concerned.
    pub share: f64,
    /// In words.
    pub detail: String,
}

/// How well the grids fit their communities.
pub(super) fn fit(rows: &[Row]) -> Vec<Warning> {
    let mut grids: HashMap<&str, Vec<(&str, MultiPolygon<f64>)>> = HashMap::new();
    for row in rows.iter().filter(|r| r.code.len() == RegionLevel::Grid.digits()) {
        grids.entry(&row.code[..12]).or_default().push((&row.code, shape(&row.geometry)));
    }
    let mut warnings = Vec::new();
    for row in rows.iter().filter(|r| r.code.len() == RegionLevel::Community.digits()) {
        let Some(parts) = grids.get(row.code.as_str()) else { continue };
        let community = shape(&row.geometry);
        let whole = community.unsigned_area();
        let mut warn = |code: &str, kind: Misfit, area: f64, detail: String| {
            if area / whole > TOLERANCE {
                warnings.push(Warning { code: code.to_owned(), kind, share: area / whole, detail });
            }
        };
        let mut covered = 0.0;
        for (k, (code, part)) in parts.iter().enumerate() {
            let inside = part.intersection(&community).unsigned_area();
            covered += inside;
            warn(code, Misfit::Beyond, part.unsigned_area() - inside, format!("网格 {code} 超出社区 {} 的边界", row.code));
            for (other, their) in &parts[k + 1..] {
                if boxes_meet(part, their) {
                    let shared = part.intersection(their).unsigned_area();
                    covered -= shared;
                    warn(code, Misfit::Overlap, shared, format!("网格 {code} 与 {other} 重叠"));
                }
            }
        }
        warn(&row.code, Misfit::Gap, whole - covered, format!("社区 {} 有未划入网格的空隙", row.code));
    }
    warnings
}

fn boxes_meet(a: &MultiPolygon<f64>, b: &MultiPolygon<f64>) -> bool {
    match (a.bounding_rect(), b.bounding_rect()) {
        (Some(a), Some(b)) => a.min().x <= b.max().x && b.min().x <= a.max().x && a.min().y <= b.max().y && b.min().y <= a.max().y,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn feature(code: &str, coordinates: Value) -> Feature {
        serde_json::from_value(json!({
            "type": "Feature", "properties": {"code": code, "name": "模拟"},
            "geometry": {"type": "Polygon", "coordinates": coordinates},
        }))
        .unwrap()
    }

    fn square(west: f64, south: f64, size: f64) -> Value {
        json!([[[west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south]]])
    }

    #[test]
    fn open_crossing_and_strange_borders_are_refused() {
        let refuse = |code: &str, rings: Value| region(&feature(code, rings)).unwrap_err();
        assert!(refuse("330482", json!([[[0, 0], [1, 0], [1, 1], [0, 1]]])).contains("闭合"));
        assert!(refuse("330482", json!([[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]])).contains("自相交"));
        assert!(refuse("330482", json!([[[0, 0], [1, 0], [1, 99], [0, 1], [0, 0]]])).contains("坐标"));
        assert!(refuse("33048", square(0.0, 0.0, 1.0)).contains("区划代码"));
        assert!(refuse("330482", json!([])).contains("边界"));
        assert!(region(&feature("330482", square(120.0, 30.0, 0.1))).is_ok());
    }

    #[test]
    fn gaps_overlaps_and_strays_are_told() {
        let row = |code: &str, rings: Value| region(&feature(code, rings)).unwrap().1;
        let community = row("330482901001", square(0.0, 0.0, 10.0));
        let half = |x: f64, width: f64| json!([[[x, 0.0], [x + width, 0.0], [x + width, 10.0], [x, 10.0], [x, 0.0]]]);
        let kinds = |rows: &[Row]| fit(rows).into_iter().map(|w| (w.kind, (w.share * 100.0).round())).collect::<Vec<_>>();
        let two = |a: Value, b: Value| vec![community.clone(), row("330482901001001", a), row("330482901001002", b)];
        assert_eq!(kinds(&two(half(0.0, 5.0), half(5.0, 5.0))), []);
        assert_eq!(kinds(&two(half(0.0, 5.0), half(6.0, 4.0))), [(Misfit::Gap, 10.0)]);
        assert_eq!(kinds(&two(half(0.0, 6.0), half(5.0, 5.0))), [(Misfit::Overlap, 10.0)]);
        assert_eq!(kinds(&two(half(-1.0, 6.0), half(5.0, 5.0))), [(Misfit::Beyond, 10.0)]);
    }
}
