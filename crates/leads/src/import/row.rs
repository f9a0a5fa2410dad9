//! A row of a file as a report. Reasons for refusal name the fault, never the value.

use chrono::{DateTime, Utc};
use kernel::{
    personal::{PersonName, Telephone},
    position::{CoordinateSystem, Position},
};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

pub(crate) use super::mapping::Places;
use super::time;
use crate::{
    Leads, Report,
    lead::{Source, rules},
};

/// The longest id of another system, in bytes.
const LONGEST_ID: usize = 180;
/// The longest of what the source says besides, in characters.
const LONGEST_DETAIL: usize = 8_000;
/// What people write into a cell that has nothing to say.
const NOTHING: [&str; 10] = ["无", "暂无", "没有", "不详", "匿名", "未知", "-", "—", "/", "null"];

/// What all rows of one import share.
pub(crate) struct Origin<'a> {
    pub leads: &'a Leads,
    /// The import and, with it, the number of each row; none for messages.
    pub import: Option<Uuid>,
    pub source: Source,
    pub places: &'a Places,
    pub now: DateTime<Utc>,
}

impl Origin<'_> {
    /// The report that row `number` is.
    pub(crate) fn report(&self, number: i64, cells: &[String]) -> Result<Report, String> {
        let cell = |field: &str| self.places.cell(cells, field);
        let said = |field: &str| cell(field).filter(|text| !NOTHING.contains(text));
        let title = said("title");
        let description = cell("description").or(title).ok_or("没有反映内容")?.to_owned();
        if description.chars().count() > rules::LONGEST_DESCRIPTION {
            return Err(format!("反映内容超过 {} 字", rules::LONGEST_DESCRIPTION));
        }
        let occurred_at = match cell("occurred_at") {
            Some(text) => Some(time::parse(text, self.now).ok_or("时间无法识别，或晚于现在")?),
            None => None,
        };
        let address = said("address").map(|text| text.chars().take(rules::LONGEST_NOTE).collect());
        let class_code = match said("class_code") {
            Some(code) => Some(self.leads.known_class(code).map_err(|_| "类别代码不在分类目录中")?),
            None => None,
        };
        let name = said("name").map(PersonName::parse).transpose().map_err(|problem| problem.detail)?;
        Ok(Report {
            source: self.source.clone(),
            source_key: source_key(cell("external_id"), cells)?,
            position: self.position(cell("lon"), cell("lat"), cell("coordinate_system"))?,
            address,
            class_code,
            component_code: None,
            name,
            telephone: said("telephone").map(telephone).transpose()?,
            telephone_verified: false,
            person: None,
            role: None,
            photos: Vec::new(),
            details: self.details(number, title.filter(|title| *title != description), &said),
            description,
            occurred_at,
            simulated: false,
        })
    }

    fn position(&self, lon: Option<&str>, lat: Option<&str>, system: Option<&str>) -> Result<Option<Position>, String> {
        let (lon, lat) = match (lon, lat) {
            (Some(lon), Some(lat)) => (lon, lat),
            (None, None) => return Ok(None),
            _ => return Err("经度和纬度应同时填写".to_owned()),
        };
        let (Ok(lon), Ok(lat)) = (lon.parse::<f64>(), lat.parse::<f64>()) else { return Err("经纬度不是数字".to_owned()) };
        // Systems without a position write zeros.
        if lon == 0.0 && lat == 0.0 {
            return Ok(None);
        }
        let system = match system {
            Some(name) => name.parse::<CoordinateSystem>().map_err(|error| error.to_string())?,
            None => self.places.system,
        };
        Position::from(system, lon, lat).map(Some).map_err(|error| error.to_string())
    }

    fn details<'a>(&self, number: i64, title: Option<&str>, said: &dyn Fn(&str) -> Option<&'a str>) -> Value {
        let mut details = Map::new();
        if let Some(import) = self.import {
            details.insert("import".to_owned(), json!(import));
            details.insert("row".to_owned(), json!(number));
        }
        if let Some(title) = title {
            details.insert("title".to_owned(), json!(title.chars().take(200).collect::<String>()));
        }
        for field in ["nature", "channel", "reply", "label"] {
            if let Some(text) = said(field) {
                details.insert(field.to_owned(), json!(text.chars().take(LONGEST_DETAIL).collect::<String>()));
            }
        }
        if let Some(text) = said("transfers") {
            details.insert(
                "transfers".to_owned(),
                text.parse::<i64>().map_or_else(|_| json!(text.chars().take(40).collect::<String>()), |count| json!(count)),
            );
        }
        Value::Object(details)
    }
}

/// The source's own id; without one, the digest of the row.
fn source_key(id: Option<&str>, cells: &[String]) -> Result<String, String> {
    match id {
        Some(id) if id.len() <= LONGEST_ID => Ok(id.to_owned()),
        Some(_) => Err("来源编号过长".to_owned()),
        None => {
            let mut digest = Sha256::new();
            for cell in cells {
                digest.update((cell.len() as u64).to_be_bytes());
                digest.update(cell);
            }
            Ok(format!("row:{}", hex::encode(digest.finalize())))
        }
    }
}

/// The first number of a cell that may hold several.
fn telephone(text: &str) -> Result<Telephone, String> {
    let mut parts = text.split([',', '，', ';', '；', '、', '/', '\n']);
    parts.find_map(|part| Telephone::parse(part).ok()).ok_or_else(|| "电话号码应为 5 至 15 位数字".to_owned())
}
