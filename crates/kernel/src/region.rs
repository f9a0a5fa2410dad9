//! Region codes (区划代码): county, township, community and unit grid, each a prefix of the next.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// How deep a region lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegionLevel {
    /// County-level district (县级行政区), 6 digits.
    County,
    /// Street or town (街道、乡镇), 9 digits.
    Township,
    /// Community or village (社区、村), 12 digits.
    Community,
    /// Unit grid (单元网格), 15 digits.
    Grid,
}

impl RegionLevel {
    /// The number of digits of a code at this level.
    #[must_use]
    pub fn digits(self) -> usize {
        match self {
            Self::County => 6,
            Self::Township => 9,
            Self::Community => 12,
            Self::Grid => 15,
        }
    }
}

/// Why a text is no region code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("区划代码应为 6、9、12 或 15 位数字")]
pub struct NotARegionCode;

/// A region code (区划代码) of 6, 9, 12 or 15 digits, ordered as text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RegionCode(Box<str>);

impl RegionCode {
    /// Reads a code.
    ///
    /// # Errors
    /// Anything but 6, 9, 12 or 15 digits.
    pub fn parse(text: &str) -> Result<Self, NotARegionCode> {
        let well_formed = matches!(text.len(), 6 | 9 | 12 | 15) && text.bytes().all(|byte| byte.is_ascii_digit());
        if well_formed { Ok(Self(text.into())) } else { Err(NotARegionCode) }
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The level that its length says.
    #[must_use]
    pub fn level(&self) -> RegionLevel {
        match self.0.len() {
            6 => RegionLevel::County,
            9 => RegionLevel::Township,
            12 => RegionLevel::Community,
            _ => RegionLevel::Grid,
        }
    }

    /// The region one level up; a county has none here.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let shorter = self.0.len() - 3;
        (shorter >= 6).then(|| Self(self.0[..shorter].into()))
    }

    /// This region or the one above it at `level`; `None` if this one lies higher.
    #[must_use]
    pub fn at(&self, level: RegionLevel) -> Option<Self> {
        self.0.get(..level.digits()).map(|prefix| Self(prefix.into()))
    }

    /// The county (县级行政区) it lies in.
    #[must_use]
    pub fn county(&self) -> Self {
        Self(self.0[..6].into())
    }

    /// The township (街道、乡镇) it lies in or is.
    #[must_use]
    pub fn township(&self) -> Option<Self> {
        self.at(RegionLevel::Township)
    }

    /// The community (社区、村) it lies in or is.
    #[must_use]
    pub fn community(&self) -> Option<Self> {
        self.at(RegionLevel::Community)
    }

    /// Whether it is `other` or lies in it.
    #[must_use]
    pub fn is_within(&self, other: &Self) -> bool {
        self.is_within_prefix(&other.0)
    }

    /// Whether it lies under a prefix of any length, as a scope holds them: `""` is everywhere.
    #[must_use]
    pub fn is_within_prefix(&self, prefix: &str) -> bool {
        self.0.starts_with(prefix)
    }
}

impl fmt::Display for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for RegionCode {
    type Err = NotARegionCode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for RegionCode {
    type Error = NotARegionCode;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<RegionCode> for String {
    fn from(code: RegionCode) -> Self {
        code.0.into()
    }
}

impl AsRef<str> for RegionCode {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_knows_everything_above_it() {
        let grid = RegionCode::parse("330482001002003").unwrap();
        assert_eq!(grid.level(), RegionLevel::Grid);
        assert_eq!(grid.parent().unwrap().as_str(), "330482001002");
        assert_eq!(grid.township().unwrap().as_str(), "330482001");
        assert_eq!(grid.county().as_str(), "330482");
        assert_eq!(grid.county().parent(), None);
        assert_eq!(grid.county().community(), None);
        assert!(grid.is_within(&grid.county()) && !grid.county().is_within(&grid));
        assert!(grid.is_within_prefix("") && !grid.is_within_prefix("330483"));
    }

    #[test]
    fn anything_else_is_refused() {
        for text in ["", "33048", "3304820", "33048a", "３３０４８２", "330482001002003004"] {
            assert_eq!(RegionCode::parse(text), Err(NotARegionCode), "{text}");
        }
        assert!(serde_json::from_str::<RegionCode>("\"12\"").is_err());
    }
}
