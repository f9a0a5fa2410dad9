//! Reading components out of GeoJSON or CSV, and judging each row.

use kernel::position::{CoordinateSystem, Position};
use kernel::problem::Problem;
use serde_json::{Map, Value};

use super::store::Row;
use crate::{
    body::{self, Feature, lon_lat},
    handle::Catalogue,
};

/// The most components of one import.
const MOST: usize = 200_000;

/// The 18 attributes of the standard, each with whether it must be there and how long it may be.
const ATTRIBUTES: [(&str, bool, usize); 18] = [
    ("GLBJBSM", true, 17),
    ("GLBJMC", true, 30),
    ("ZGBMDM", true, 18),
    ("ZGBMMC", true, 100),
    ("QSDWDM", true, 18),
    ("QSDWMC", true, 100),
    ("YHDWDM", true, 18),
    ("YHDWMC", false, 100),
    // Found from the position where it is missing.
    ("SZDYWGBSM", false, 15),
    ("GLBJZT", true, 10),
    ("CSRQ", true, 8),
    ("BGRQ", false, 8),
    ("SJLY", false, 30),
    ("BZ", false, 1000),
    ("SZJDDM", false, 9),
    ("SZJDMC", false, 50),
    ("SZSQDM", false, 12),
    ("SZSQMC", false, 50),
];
const STATES: [&str; 5] = ["完好", "破损", "丢失", "废弃", "移除"];

/// One row as it came, with its number in the file.
pub(super) type Raw = (usize, Result<Feature, String>);

/// The rows of a GeoJSON feature collection of points.
pub(super) fn geojson(bytes: &[u8]) -> Result<Vec<Raw>, Problem> {
    let collection = body::collection(bytes, MOST)?;
    Ok(collection.features.into_iter().enumerate().map(|(i, feature)| (i + 1, Ok(feature))).collect())
}

/// The rows of a CSV with a header: the attributes' names, and `lon`, `lat` (`x`, `y`).
pub(super) fn csv(bytes: &[u8]) -> Result<Vec<Raw>, Problem> {
    let malformed = |detail: &str| Problem::invalid("csv-malformed", detail.to_owned());
    let text = std::str::from_utf8(bytes).map_err(|_| malformed("CSV 应为 UTF-8 编码，请另存后再导入"))?;
    let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().map_err(|_| malformed("CSV 的表头无法读取"))?.clone();
    let column = |names: [&str; 2]| header.iter().position(|h| names.contains(&h.trim()));
    let (Some(lon), Some(lat)) = (column(["lon", "x"]), column(["lat", "y"])) else {
        return Err(malformed("CSV 缺少 lon、lat 列"));
    };
    let mut rows = Vec::new();
    for (i, record) in reader.records().enumerate() {
        if i >= MOST {
            return Err(Problem::too_large("import-too-large", format!("一次最多导入 {MOST} 行，请分批导入")));
        }
        let row = record.map_err(|_| "列数与表头不符".to_owned()).and_then(|record| {
            let number = |at: usize| record[at].trim().parse::<f64>().map_err(|_| "lon、lat 不是数字".to_owned());
            let properties: Map<String, Value> =
                header.iter().zip(record.iter()).map(|(key, value)| (key.trim().to_owned(), Value::from(value))).collect();
            let geometry = serde_json::json!({"type": "Point", "coordinates": [number(lon)?, number(lat)?]});
            Ok(Feature { properties: Some(properties), geometry: Some(geometry) })
        });
        rows.push((i + 1, row));
    }
    Ok(rows)
}

/// Judges one row. `Ok` carries whether the grid it named is not the one it stands in.
pub(super) fn component(catalogue: &Catalogue, system: CoordinateSystem, feature: &Feature) -> Result<(Row, bool), String> {
    let mut attributes = Map::new();
    for (key, required, longest) in ATTRIBUTES {
        let value = feature.text(key).unwrap_or_default();
        if required && value.is_empty() {
            return Err(format!("缺少 {key}"));
        }
        if value.chars().count() > longest || value.contains('\0') {
            return Err(format!("{key} 不能超过 {longest} 个字"));
        }
        attributes.insert(key.to_owned(), value.into());
    }
    let text = |key: &str| attributes[key].as_str().unwrap_or_default().to_owned();
    let code = text("GLBJBSM");
    if code.len() != 17 || !code.bytes().all(|b| b.is_ascii_digit()) {
        return Err("GLBJBSM 应为 17 位数字".to_owned());
    }
    let class_code = code[6..11].to_owned();
    if catalogue.component_class(&class_code).is_none() {
        return Err(format!("现行标准中没有部件类别 {class_code}"));
    }
    let state = text("GLBJZT");
    if !STATES.contains(&state.as_str()) {
        return Err(format!("GLBJZT 应为{}之一", STATES.join("、")));
    }
    for key in ["CSRQ", "BGRQ"] {
        let day = text(key);
        if !day.is_empty() && chrono::NaiveDate::parse_from_str(&day, "%Y%m%d").is_err() {
            return Err(format!("{key} 应为 8 位日期"));
        }
    }
    let point = feature.geometry.as_ref().filter(|g| g["type"] == "Point").and_then(|g| lon_lat(&g["coordinates"]));
    let [x, y] = point.ok_or("位置应为 Point，坐标在有效范围内")?;
    let position = Position::from(system, x, y).map_err(|error| error.to_string())?;
    let place = catalogue.place(position);
    let named = text("SZDYWGBSM");
    let grid_code = match place.grid_code() {
        Some(code) => code.to_owned(),
        None if named.is_empty() => return Err("位置不在任何单元网格内".to_owned()),
        None => return Err(format!("位置不在任何单元网格内（填报为 {named}）")),
    };
    if !grid_code.starts_with(&code[..6]) {
        return Err(format!("标识码的区县 {} 与所在网格 {grid_code} 不符", &code[..6]));
    }
    let moved = !named.is_empty() && named != grid_code;
    let name = text("GLBJMC");
    attributes.insert("SZDYWGBSM".to_owned(), grid_code.clone().into());
    let row = Row {
        class_code,
        name,
        grid_code,
        state,
        lon: position.lon,
        lat: position.lat,
        simulated: feature.simulated(),
        attributes: attributes.into(),
        code,
    };
    Ok((row, moved))
}
