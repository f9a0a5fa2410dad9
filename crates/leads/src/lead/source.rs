//! Where a lead came from (来源), by code.

use std::{borrow::Cow, fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The code of a source (来源): one of the built-in ones, or one that the city set up (see [`crate::source`]). 2 to 32 small letters, digits
/// and hyphens, beginning with a letter.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, pattern = "^[a-z][a-z0-9-]{1,31}$")]
pub struct Source(Cow<'static, str>);

impl Source {
    /// The public portal (市民上报).
    pub const PORTAL: Self = Self(Cow::Borrowed("portal"));
    /// A collector's or officer's patrol (巡查上报).
    pub const PATROL: Self = Self(Cow::Borrowed("patrol"));
    /// Letters and petitions, and visitors received at the counter (信访、接访).
    pub const PETITION: Self = Self(Cow::Borrowed("petition"));
    /// Entered by an operator, for example from a call (受理员登记).
    pub const OPERATOR: Self = Self(Cow::Borrowed("operator"));
    /// Open311 GeoReport v2 (Open311 接口).
    pub const OPEN311: Self = Self(Cow::Borrowed("open311"));
    /// Taken in from a neighbour city's server (邻市转来).
    pub const NEIGHBOUR: Self = Self(Cow::Borrowed("neighbour"));
    /// Cameras, sensors, trucks (机器识别).
    pub const MACHINE: Self = Self(Cow::Borrowed("machine"));
    /// Files of other systems (文件导入).
    pub const IMPORT: Self = Self(Cow::Borrowed("import"));

    /// The code in tables and the API.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for Source {
    type Err = NoSourceCode;

    fn from_str(code: &str) -> Result<Self, NoSourceCode> {
        let mut bytes = code.bytes();
        let fits = (2..=32).contains(&code.len())
            && bytes.next().is_some_and(|first| first.is_ascii_lowercase())
            && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if fits { Ok(Self(Cow::Owned(code.to_owned()))) } else { Err(NoSourceCode) }
    }
}

impl TryFrom<String> for Source {
    type Error = NoSourceCode;

    fn try_from(code: String) -> Result<Self, NoSourceCode> {
        code.parse()
    }
}

impl From<Source> for String {
    fn from(source: Source) -> Self {
        source.0.into_owned()
    }
}

/// A text that is no source's code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("来源编码应为 2 至 32 个小写字母、数字或连字符，以字母开头")]
pub struct NoSourceCode;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_short_and_plain() {
        for good in ["portal", "people-call", "x1"] {
            assert_eq!(good.parse::<Source>().unwrap().code(), good);
        }
        for bad in ["", "a", "1a", "Portal", "a b", "源", "a_b", &"a".repeat(33)] {
            assert_eq!(bad.parse::<Source>(), Err(NoSourceCode), "{bad}");
        }
        assert_eq!("portal".parse::<Source>().unwrap(), Source::PORTAL);
        assert!(serde_json::from_str::<Source>("\"A\"").is_err());
    }
}
