//! Positions (坐标位置) and the four coordinate systems in which Chinese maps and devices speak.
//!
//! Inside the house every position is WGS-84 longitude and latitude in degrees. CGCS2000, the national system, differs from
//! it by centimetres, less than any telephone knows, so the two are taken as equal. GCJ-02 (火星坐标) and BD-09 (百度坐标)
//! are shifted by hundreds of metres; their published formulas go one way only, so that the way back is found by iteration.

use std::{f64::consts::PI, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A coordinate system (坐标系).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CoordinateSystem {
    /// WGS-84, satellite receivers and the browser's geolocation.
    #[default]
    Wgs84,
    /// GCJ-02 (国测局坐标、火星坐标): Amap, Tencent, most phones' maps in China.
    Gcj02,
    /// BD-09 (百度坐标).
    Bd09,
    /// CGCS2000 (2000 国家大地坐标系): surveyed grids and components; equal to WGS-84 to centimetres.
    Cgcs2000,
}

impl CoordinateSystem {
    /// The name in the API and in files.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Wgs84 => "wgs84",
            Self::Gcj02 => "gcj02",
            Self::Bd09 => "bd09",
            Self::Cgcs2000 => "cgcs2000",
        }
    }
}

impl fmt::Display for CoordinateSystem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for CoordinateSystem {
    type Err = PositionError;

    /// Reads a name in any of its usual spellings: `GCJ-02`, `gcj02`, `bd09ll`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let plain: String = text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        match plain.as_str() {
            "wgs84" | "epsg4326" => Ok(Self::Wgs84),
            "gcj02" => Ok(Self::Gcj02),
            "bd09" | "bd09ll" => Ok(Self::Bd09),
            "cgcs2000" | "epsg4490" => Ok(Self::Cgcs2000),
            _ => Err(PositionError::UnknownSystem),
        }
    }
}

/// Why two numbers are no position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PositionError {
    /// Not a number, or infinite.
    #[error("坐标不是有效数字")]
    NotFinite,
    /// Longitude outside −180…180.
    #[error("经度应在 -180 至 180 之间")]
    Longitude,
    /// Latitude outside −90…90.
    #[error("纬度应在 -90 至 90 之间")]
    Latitude,
    /// The name of the coordinate system is unknown.
    #[error("坐标系应为 wgs84、gcj02、bd09 或 cgcs2000")]
    UnknownSystem,
}

/// A position (位置): WGS-84 longitude and latitude in degrees, both finite and in range when made by [`Position::new`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "LonLat", into = "LonLat")]
pub struct Position {
    /// Longitude (经度) in degrees.
    pub lon: f64,
    /// Latitude (纬度) in degrees.
    pub lat: f64,
}

/// The shape of a position on the wire, before it is judged.
#[derive(Serialize, Deserialize)]
struct LonLat {
    lon: f64,
    lat: f64,
}

impl TryFrom<LonLat> for Position {
    type Error = PositionError;

    fn try_from(raw: LonLat) -> Result<Self, Self::Error> {
        Self::new(raw.lon, raw.lat)
    }
}

impl From<Position> for LonLat {
    fn from(position: Position) -> Self {
        Self { lon: position.lon, lat: position.lat }
    }
}

impl Position {
    /// A WGS-84 position.
    ///
    /// # Errors
    /// Numbers that are not finite or out of range.
    pub fn new(lon: f64, lat: f64) -> Result<Self, PositionError> {
        if !lon.is_finite() || !lat.is_finite() {
            Err(PositionError::NotFinite)
        } else if !(-180.0..=180.0).contains(&lon) {
            Err(PositionError::Longitude)
        } else if !(-90.0..=90.0).contains(&lat) {
            Err(PositionError::Latitude)
        } else {
            Ok(Self { lon, lat })
        }
    }

    /// The position that `system` writes as longitude `x` and latitude `y`.
    ///
    /// # Errors
    /// As [`Position::new`].
    pub fn from(system: CoordinateSystem, x: f64, y: f64) -> Result<Self, PositionError> {
        let given = Self::new(x, y)?;
        let (lon, lat) = match system {
            CoordinateSystem::Wgs84 | CoordinateSystem::Cgcs2000 => (given.lon, given.lat),
            CoordinateSystem::Gcj02 => gcj02_to_wgs84(x, y),
            CoordinateSystem::Bd09 => {
                let (lon, lat) = bd09_to_gcj02(x, y);
                gcj02_to_wgs84(lon, lat)
            }
        };
        Self::new(lon, lat)
    }

    /// Longitude and latitude as `system` writes them.
    #[must_use]
    pub fn to(self, system: CoordinateSystem) -> (f64, f64) {
        match system {
            CoordinateSystem::Wgs84 | CoordinateSystem::Cgcs2000 => (self.lon, self.lat),
            CoordinateSystem::Gcj02 => wgs84_to_gcj02(self.lon, self.lat),
            CoordinateSystem::Bd09 => {
                let (lon, lat) = wgs84_to_gcj02(self.lon, self.lat);
                gcj02_to_bd09(lon, lat)
            }
        }
    }

    /// Metres between two positions, along the great circle.
    #[must_use]
    pub fn distance_m(self, other: Self) -> f64 {
        const MEAN_RADIUS_M: f64 = 6_371_008.8;
        let (lat_a, lat_b) = (self.lat.to_radians(), other.lat.to_radians());
        let half_lat = ((lat_b - lat_a) / 2.0).sin();
        let half_lon = ((other.lon - self.lon).to_radians() / 2.0).sin();
        let h = half_lat * half_lat + lat_a.cos() * lat_b.cos() * half_lon * half_lon;
        2.0 * MEAN_RADIUS_M * h.sqrt().min(1.0).asin()
    }
}

/// Semi-major axis and squared eccentricity of the ellipsoid (Krasovsky 1940) on which the GCJ-02 shift is defined.
const AXIS: f64 = 6_378_245.0;
const ECCENTRICITY: f64 = 0.006_693_421_622_965_943;

/// Degrees below which an inverse counts as found: a tenth of a millimetre.
const FOUND: f64 = 1e-11;

/// WGS-84 to GCJ-02; outside the rectangle around China the two are equal.
#[must_use]
pub fn wgs84_to_gcj02(lon: f64, lat: f64) -> (f64, f64) {
    if !(72.004..=137.8347).contains(&lon) || !(0.8293..=55.8271).contains(&lat) {
        return (lon, lat);
    }
    let (x, y) = (lon - 105.0, lat - 35.0);
    let root = x.abs().sqrt();
    let ripple = (20.0 * (6.0 * x * PI).sin() + 20.0 * (2.0 * x * PI).sin()) * 2.0 / 3.0;
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * root
        + ripple
        + (20.0 * (y * PI).sin() + 40.0 * (y / 3.0 * PI).sin()) * 2.0 / 3.0
        + (160.0 * (y / 12.0 * PI).sin() + 320.0 * (y * PI / 30.0).sin()) * 2.0 / 3.0;
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * root
        + ripple
        + (20.0 * (x * PI).sin() + 40.0 * (x / 3.0 * PI).sin()) * 2.0 / 3.0
        + (150.0 * (x / 12.0 * PI).sin() + 300.0 * (x / 30.0 * PI).sin()) * 2.0 / 3.0;
    let latitude = lat.to_radians();
    let magic = 1.0 - ECCENTRICITY * latitude.sin().powi(2);
    let meridian = AXIS * (1.0 - ECCENTRICITY) / (magic * magic.sqrt());
    let parallel = AXIS / magic.sqrt() * latitude.cos();
    (lon + (east / parallel).to_degrees(), lat + (north / meridian).to_degrees())
}

/// GCJ-02 to WGS-84, to better than 1e-9 degrees.
#[must_use]
pub fn gcj02_to_wgs84(lon: f64, lat: f64) -> (f64, f64) {
    invert(wgs84_to_gcj02, lon, lat)
}

/// GCJ-02 to BD-09.
#[must_use]
pub fn gcj02_to_bd09(lon: f64, lat: f64) -> (f64, f64) {
    const TURN: f64 = PI * 3000.0 / 180.0;
    let radius = lon.hypot(lat) + 0.000_02 * (lat * TURN).sin();
    let angle = lat.atan2(lon) + 0.000_003 * (lon * TURN).cos();
    (radius * angle.cos() + 0.0065, radius * angle.sin() + 0.006)
}

/// BD-09 to GCJ-02, to better than 1e-9 degrees.
#[must_use]
pub fn bd09_to_gcj02(lon: f64, lat: f64) -> (f64, f64) {
    invert(gcj02_to_bd09, lon, lat)
}

/// Finds what `shift` moves to `(lon, lat)`. The shift changes by well under one part in a hundred along its own length,
/// so each round wins two digits or more.
fn invert(shift: fn(f64, f64) -> (f64, f64), lon: f64, lat: f64) -> (f64, f64) {
    let (mut x, mut y) = (lon, lat);
    for _ in 0..32 {
        let (shifted_x, shifted_y) = shift(x, y);
        let (miss_x, miss_y) = (shifted_x - lon, shifted_y - lat);
        x -= miss_x;
        y -= miss_y;
        if miss_x.abs() < FOUND && miss_y.abs() < FOUND {
            break;
        }
    }
    (x, y)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: (f64, f64), wanted: (f64, f64), by: f64) {
        assert!((found.0 - wanted.0).abs() < by && (found.1 - wanted.1).abs() < by, "{found:?} is not {wanted:?}");
    }

    #[test]
    fn known_values() {
        close(wgs84_to_gcj02(120.7, 30.77), (120.704_27, 30.767_67), 6e-6);
        let centre = Position::new(120.7, 30.77).unwrap();
        assert_eq!(centre.to(CoordinateSystem::Cgcs2000), (120.7, 30.77));
        // The published shift of a GCJ-02 point to BD-09 is about 0.0065 east and 0.006 north.
        close(gcj02_to_bd09(116.404, 39.915), (116.410_369, 39.921_336), 2e-6);
    }

    #[test]
    fn outside_china_nothing_is_shifted() {
        assert_eq!(wgs84_to_gcj02(2.35, 48.85), (2.35, 48.85));
        assert_eq!(gcj02_to_wgs84(2.35, 48.85), (2.35, 48.85));
    }

    #[test]
    fn nonsense_is_refused() {
        assert_eq!(Position::new(f64::NAN, 0.0), Err(PositionError::NotFinite));
        assert_eq!(Position::new(30.77, 120.7), Err(PositionError::Latitude));
        assert_eq!(Position::from(CoordinateSystem::Gcj02, 181.0, 0.0), Err(PositionError::Longitude));
        assert!(serde_json::from_str::<Position>(r#"{"lon":500,"lat":0}"#).is_err());
        assert_eq!("BD-09".parse(), Ok(CoordinateSystem::Bd09));
        assert!("utm".parse::<CoordinateSystem>().is_err());
    }

    #[test]
    fn a_kilometre_is_a_kilometre() {
        let a = Position::new(120.7, 30.77).unwrap();
        let b = Position::new(120.7, 30.77 + 0.008_993).unwrap();
        assert!((a.distance_m(b) - 1000.0).abs() < 1.0);
    }
}
