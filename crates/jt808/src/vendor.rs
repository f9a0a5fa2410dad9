//! What vendors put into items of their own (厂家附加项对照表): lid, tipper, load. Nationally nothing of it is standardised.
//!
//! A table is data: a file in `vendors/`, or one that a city brings. A row says where in which item a field stands and what its values mean.

use std::{collections::BTreeMap, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::position::{Load, PositionRef};

/// The lid of the box (厢盖).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lid {
    /// Open (开).
    Open,
    /// Shut (关).
    Closed,
}

/// The tipping body (举升).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tipper {
    /// Down (平放).
    Flat,
    /// Raised (举升).
    Raised,
}

/// By whom something is locked or limited (限制来源).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// Not at all.
    None,
    /// By the platform (平台).
    Platform,
    /// In the vehicle (本地).
    Local,
    /// By both.
    Both,
}

/// What is known of a vehicle's body, whoever made its terminal. What no table says is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Body {
    /// The lid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lid: Option<Lid>,
    /// The tipper.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tipper: Option<Tipper>,
    /// How it is loaded; from status bits 8 and 9 where the table names no item for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub load: Option<Load>,
    /// What it carries, in kilograms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub load_kg: Option<u32>,
    /// Whether the vehicle is locked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lock: Option<By>,
    /// Whether its speed is limited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speed_limited: Option<By>,
    /// Whether its tipper is blocked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tip_limited: Option<By>,
}

/// A field of [`Body`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// [`Body::lid`].
    Lid,
    /// [`Body::tipper`].
    Tipper,
    /// [`Body::load`].
    Load,
    /// [`Body::load_kg`].
    LoadKg,
    /// [`Body::lock`].
    Lock,
    /// [`Body::speed_limited`].
    SpeedLimited,
    /// [`Body::tip_limited`].
    TipLimited,
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// The item.
    pub item: u8,
    /// The byte at which the number begins.
    pub offset: usize,
    /// Its bytes, 1, 2 or 4, the highest first.
    pub width: usize,
    /// Its bits that count; what is left is shifted down.
    pub mask: u32,
    /// What it says.
    pub field: Field,
    /// What each value means; what is not here says nothing.
    pub values: BTreeMap<u32, String>,
    /// Kilograms of one, for weights.
    pub unit: f64,
}

/// The table of one vendor (厂家附加项对照表).
#[derive(Debug, Clone, PartialEq)]
pub struct VendorTable {
    /// Its code, the name of its file.
    pub vendor: String,
    /// Something in it was inferred and must be checked against the vendor's own paper before anybody is held to it.
    pub provisional: bool,
    /// Its rows.
    pub rules: Vec<Rule>,
}

/// A table that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("厂家对照表第 {line} 行：{what}")]
pub struct TableError {
    /// Counted from 1, the heading included.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    item: String,
    offset: usize,
    width: usize,
    mask: String,
    field: Field,
    values: String,
    unit: String,
    provisional: String,
    #[serde(rename = "source")]
    _source: String,
}

/// Tables that ship with the program: code and file.
const BUILT_IN: [(&str, &str); 5] = [
    ("standard", include_str!("../vendors/standard.csv")),
    ("gps51", include_str!("../vendors/gps51.csv")),
    ("slag-a", include_str!("../vendors/slag-a.csv")),
    ("slag-b", include_str!("../vendors/slag-b.csv")),
    ("simulated", include_str!("../vendors/simulated.csv")),
];

impl VendorTable {
    /// The codes of the tables that ship with the program.
    pub fn codes() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(code, _)| *code)
    }

    /// A table that ships with the program.
    #[must_use]
    pub fn built_in(vendor: &str) -> Option<Self> {
        let (code, text) = BUILT_IN.iter().find(|(code, _)| *code == vendor)?;
        Self::parse(code, text).ok()
    }

    /// Reads a table.
    ///
    /// # Errors
    /// A row that is not understood.
    pub fn parse(vendor: &str, text: &str) -> Result<Self, TableError> {
        let mut rows = csv::ReaderBuilder::new().trim(csv::Trim::All).comment(Some(b'#')).from_reader(text.as_bytes());
        let (mut rules, mut provisional) = (Vec::new(), false);
        for row in rows.deserialize::<Line>() {
            let row = row.map_err(|error| {
                let line = error.position().map_or(0, |at| usize::try_from(at.line()).unwrap_or(usize::MAX));
                TableError { line, what: error.to_string() }
            })?;
            provisional |= row.provisional == "yes";
            rules.push(rule(&row).map_err(|what| TableError { line: rules.len() + 2, what })?);
        }
        Ok(Self { vendor: vendor.to_owned(), provisional, rules })
    }

    /// What a position says of the vehicle's body.
    #[must_use]
    pub fn body(&self, position: &PositionRef<'_>) -> Body {
        let says_load = self.rules.iter().any(|rule| rule.field == Field::Load);
        let mut body = Body { load: if says_load { None } else { position.fix.load() }, ..Body::default() };
        if self.rules.is_empty() {
            return body;
        }
        for (id, bytes) in position.items() {
            for rule in self.rules.iter().filter(|rule| rule.item == id) {
                rule.apply(bytes, &mut body);
            }
        }
        body
    }
}

fn rule(line: &Line) -> Result<Rule, String> {
    let number = |text: &str| u32::from_str_radix(text, 16).map_err(|_| format!("“{text}”不是十六进制数"));
    let item = u8::try_from(number(&line.item)?).map_err(|_| "附加项编号超过 FF".to_owned())?;
    let mask = number(&line.mask)?;
    if !matches!(line.width, 1 | 2 | 4) || mask == 0 || line.width < 4 && mask >> (8 * line.width) != 0 {
        return Err("宽度应为 1、2 或 4 字节，掩码应在宽度之内".to_owned());
    }
    let mut values = BTreeMap::new();
    for pair in line.values.split('|').filter(|pair| !pair.is_empty()) {
        let (value, meaning) = pair.split_once('=').ok_or_else(|| format!("“{pair}”应写作 数值=含义"))?;
        if !understood(line.field, meaning) {
            return Err(format!("“{meaning}”不是这个字段的取值"));
        }
        values.insert(value.parse().map_err(|_| format!("“{value}”不是数"))?, meaning.to_owned());
    }
    let unit = if line.unit.is_empty() { 1.0 } else { f64::from_str(&line.unit).map_err(|_| format!("“{}”不是数", line.unit))? };
    if !(unit.is_finite() && unit > 0.0) || (line.field == Field::LoadKg) != values.is_empty() {
        return Err("重量需要单位，其他字段需要取值对照".to_owned());
    }
    Ok(Rule { item, offset: line.offset, width: line.width, mask, field: line.field, values, unit })
}

fn understood(field: Field, meaning: &str) -> bool {
    let mut body = Body::default();
    set(field, meaning, &mut body);
    body != Body::default()
}

fn set(field: Field, meaning: &str, body: &mut Body) {
    let by = || match meaning {
        "none" => Some(By::None),
        "platform" => Some(By::Platform),
        "local" => Some(By::Local),
        "both" => Some(By::Both),
        _ => None,
    };
    match (field, meaning) {
        (Field::Lid, "open") => body.lid = Some(Lid::Open),
        (Field::Lid, "closed") => body.lid = Some(Lid::Closed),
        (Field::Tipper, "flat") => body.tipper = Some(Tipper::Flat),
        (Field::Tipper, "raised") => body.tipper = Some(Tipper::Raised),
        (Field::Load, "empty") => body.load = Some(Load::Empty),
        (Field::Load, "half") => body.load = Some(Load::Half),
        (Field::Load, "full") => body.load = Some(Load::Full),
        (Field::Lock, _) => body.lock = by(),
        (Field::SpeedLimited, _) => body.speed_limited = by(),
        (Field::TipLimited, _) => body.tip_limited = by(),
        _ => {}
    }
}

impl Rule {
    fn apply(&self, bytes: &[u8], body: &mut Body) {
        let Some(bytes) = bytes.get(self.offset..).and_then(|bytes| bytes.get(..self.width)) else { return };
        let number = bytes.iter().fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
        let value = (number & self.mask) >> self.mask.trailing_zeros();
        if self.field == Field::LoadKg {
            // Saturates: a weight of more than four million tonnes is a fault of the terminal, and stays one.
            body.load_kg = Some((f64::from(value) * self.unit).round() as u32);
        } else if let Some(meaning) = self.values.get(&value) {
            set(self.field, meaning, body);
        }
    }
}
