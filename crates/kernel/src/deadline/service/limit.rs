//! A service limit: a value, its unit, and the clock that measures it.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Which hours count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceClock {
    /// Every hour, nights and holidays included (连续计时).
    Continuous,
    /// Office hours of working days only (工作时间计时).
    Office,
}

/// The unit of a service limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceUnit {
    /// Urgent hour (紧急工作时): 60 minutes on the continuous clock.
    UrgentHour,
    /// Working hour (工作时): 60 minutes of office time.
    WorkingHour,
    /// Working day (工作日): 8 working hours, counted from the minute.
    WorkingDay,
    /// Urgent day (紧急工作日): 24 hours on the continuous clock.
    UrgentDay,
}

impl ServiceUnit {
    /// Every unit.
    pub const ALL: [Self; 4] = [Self::UrgentHour, Self::WorkingHour, Self::WorkingDay, Self::UrgentDay];

    /// The name in the API and in tables of limits.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::UrgentHour => "urgent_hour",
            Self::WorkingHour => "working_hour",
            Self::WorkingDay => "working_day",
            Self::UrgentDay => "urgent_day",
        }
    }

    /// The Chinese name, as time-limit tables write it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::UrgentHour => "紧急工作时",
            Self::WorkingHour => "工作时",
            Self::WorkingDay => "工作日",
            Self::UrgentDay => "紧急工作日",
        }
    }

    /// The clock that measures it.
    #[must_use]
    pub fn clock(self) -> ServiceClock {
        match self {
            Self::UrgentHour | Self::UrgentDay => ServiceClock::Continuous,
            Self::WorkingHour | Self::WorkingDay => ServiceClock::Office,
        }
    }

    /// Minutes of its clock in one unit.
    #[must_use]
    pub fn minutes(self) -> u32 {
        match self {
            Self::UrgentHour | Self::WorkingHour => 60,
            Self::WorkingDay => 8 * 60,
            Self::UrgentDay => 24 * 60,
        }
    }
}

impl fmt::Display for ServiceUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for ServiceUnit {
    type Err = LimitError;

    /// Reads the code or the Chinese name.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|unit| text == unit.code() || text == unit.label()).ok_or(LimitError::Unit)
    }
}

/// Why something is no service limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LimitError {
    /// The unit is unknown.
    #[error("时限单位应为 urgent_hour、working_hour、working_day 或 urgent_day")]
    Unit,
    /// The value is not positive, too large, or no whole number of minutes.
    #[error("时限应大于 0、不超过十年，且折合整分钟")]
    Value,
    /// Not a value and a unit.
    #[error("时限应写作“4 working_hour”或“2 工作日”")]
    Form,
}

/// No limit of the city is longer than ten years of continuous minutes.
const LONGEST_MINUTES: u32 = 10 * 366 * 24 * 60;

/// A service limit (时限), such as 2 urgent hours or 15 working days; whole minutes inside, so that the step limits of a
/// quarter of an hour fit as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "LimitText", into = "LimitText")]
pub struct ServiceLimit {
    minutes: u32,
    unit: ServiceUnit,
}

/// The shape on the wire: `{"value": 4, "unit": "working_hour"}`.
#[derive(Serialize, Deserialize)]
struct LimitText {
    value: f64,
    unit: ServiceUnit,
}

impl TryFrom<LimitText> for ServiceLimit {
    type Error = LimitError;

    fn try_from(raw: LimitText) -> Result<Self, Self::Error> {
        Self::new(raw.value, raw.unit)
    }
}

impl From<ServiceLimit> for LimitText {
    fn from(limit: ServiceLimit) -> Self {
        Self { value: limit.value(), unit: limit.unit }
    }
}

impl ServiceLimit {
    /// `value` units; a fraction must come out in whole minutes.
    ///
    /// # Errors
    /// A value that is not positive, longer than ten years, or no whole number of minutes.
    pub fn new(value: f64, unit: ServiceUnit) -> Result<Self, LimitError> {
        let exact = value * f64::from(unit.minutes());
        let minutes = exact.round();
        if minutes >= 1.0 && minutes <= f64::from(LONGEST_MINUTES) && (exact - minutes).abs() < 1e-6 {
            // In range by the test above, so that the cast is exact.
            Ok(Self { minutes: minutes as u32, unit })
        } else {
            Err(LimitError::Value)
        }
    }

    /// A limit of whole minutes on the clock of `unit`.
    ///
    /// # Errors
    /// No minute at all, or more than ten years of them.
    pub fn of_minutes(minutes: u32, unit: ServiceUnit) -> Result<Self, LimitError> {
        if (1..=LONGEST_MINUTES).contains(&minutes) { Ok(Self { minutes, unit }) } else { Err(LimitError::Value) }
    }

    /// How many units.
    #[must_use]
    pub fn value(self) -> f64 {
        f64::from(self.minutes) / f64::from(self.unit.minutes())
    }

    /// The unit.
    #[must_use]
    pub fn unit(self) -> ServiceUnit {
        self.unit
    }

    /// Minutes on the clock of its unit.
    #[must_use]
    pub fn minutes(self) -> u32 {
        self.minutes
    }

    /// Seconds on the clock of its unit.
    #[must_use]
    pub fn seconds(self) -> i64 {
        i64::from(self.minutes) * 60
    }

    /// The limit in Chinese: "4 个工作时", "2 个工作日", "15 分钟（紧急）".
    #[must_use]
    pub fn label(self) -> String {
        if self.minutes.is_multiple_of(self.unit.minutes()) {
            return format!("{} 个{}", self.minutes / self.unit.minutes(), self.unit.label());
        }
        match self.unit.clock() {
            ServiceClock::Continuous => format!("{} 分钟（连续计时）", self.minutes),
            ServiceClock::Office => format!("{} 分钟（工作时间）", self.minutes),
        }
    }
}

impl fmt::Display for ServiceLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.value(), self.unit)
    }
}

impl FromStr for ServiceLimit {
    type Err = LimitError;

    /// Reads `4 working_hour`, `0.25 urgent_hour` or `2工作日`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let split = text.find(|c: char| !c.is_ascii_digit() && c != '.').ok_or(LimitError::Form)?;
        let (value, unit) = text.split_at(split);
        let value: f64 = value.parse().map_err(|_| LimitError::Form)?;
        let unit = unit.trim();
        Self::new(value, unit.strip_prefix('个').unwrap_or(unit).parse()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_json_come_back() {
        let limit: ServiceLimit = "4 working_hour".parse().unwrap();
        assert_eq!(limit.minutes(), 240);
        assert_eq!("4 个工作时".parse::<ServiceLimit>().unwrap(), limit);
        assert_eq!(serde_json::to_value(limit).unwrap(), serde_json::json!({"value": 4.0, "unit": "working_hour"}));
        let quarter: ServiceLimit = serde_json::from_str(r#"{"value":0.25,"unit":"urgent_hour"}"#).unwrap();
        assert_eq!((quarter.minutes(), quarter.to_string().as_str()), (15, "0.25 urgent_hour"));
        assert_eq!("2紧急工作日".parse::<ServiceLimit>().unwrap().label(), "2 个紧急工作日");
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "4", "x working_hour", "0 working_day", "-1 working_day", "0.001 working_hour", "9999999 urgent_day", "1 week"] {
            assert!(text.parse::<ServiceLimit>().is_err(), "{text}");
        }
    }
}
