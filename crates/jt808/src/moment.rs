//! A date and time of the wire (BCD 时间).

use std::{fmt, str::FromStr};

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, TimeDelta, Timelike, Utc};
use serde::{Deserialize, Serialize, de};

/// Beijing time, which all times of the protocol are in but for those that say otherwise, in seconds before UTC's.
const OFFSET: i32 = 8 * 3600;

/// Six packed bytes YYMMDDhhmmss, as they came: a daily window has zeros for its date, and a broken clock has no date at all.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Moment([u8; 6]);

impl Moment {
    /// As packed on the wire.
    #[must_use]
    pub fn packed(bytes: [u8; 6]) -> Self {
        Self(bytes)
    }

    /// The packed bytes.
    #[must_use]
    pub fn bytes(self) -> [u8; 6] {
        self.0
    }

    /// The moment in Beijing time; none after 2099.
    #[must_use]
    pub fn of(at: DateTime<Utc>) -> Option<Self> {
        let at = at + TimeDelta::seconds(OFFSET.into());
        let year = at.year().checked_sub(2000).and_then(|year| u32::try_from(year).ok()).filter(|year| *year < 100)?;
        let packed = [year, at.month(), at.day(), at.hour(), at.minute(), at.second()].map(|part| (((part / 10) << 4) | (part % 10)) as u8);
        Some(Self(packed))
    }

    /// Seconds since 1970 in UTC; none where the digits are no date.
    #[must_use]
    pub fn seconds(self) -> Option<i64> {
        let mut parts = [0_u32; 6];
        for (part, byte) in parts.iter_mut().zip(self.0) {
            let (tens, ones) = (u32::from(byte >> 4), u32::from(byte & 15));
            if tens > 9 || ones > 9 {
                return None;
            }
            *part = tens * 10 + ones;
        }
        let [year, month, day, hour, minute, second] = parts;
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let date = NaiveDate::from_ymd_opt(2000 + i32::try_from(year).ok()?, month, day)?;
        let days = i64::from(date.num_days_from_ce()) - 719_163;
        Some(days * 86_400 + i64::from(hour * 3600 + minute * 60 + second) - i64::from(OFFSET))
    }

    /// The instant; none where the digits are no date.
    #[must_use]
    pub fn instant(self) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp(self.seconds()?, 0)
    }
}

/// For people: the date and time in Beijing time, or the digits where they are none.
impl fmt::Display for Moment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.instant(), FixedOffset::east_opt(OFFSET)) {
            (Some(at), Some(beijing)) => write!(formatter, "{}", at.with_timezone(&beijing).format("%Y-%m-%d %H:%M:%S")),
            _ => formatter.write_str(&hex::encode(self.0)),
        }
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&hex::encode(self.0))
    }
}

impl FromStr for Moment {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut bytes = [0; 6];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| "时间应为 12 位数字 YYMMDDhhmmss")?;
        Ok(Self(bytes))
    }
}

/// In JSON: the twelve digits.
impl Serialize for Moment {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex::encode(self.0))
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}
