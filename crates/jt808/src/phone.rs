//! The telephone number that a terminal calls itself by (终端手机号).

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize, de};

use crate::header::Edition;

/// The number of a terminal's card (终端手机号): up to 12 digits until 2013, up to 20 since 2019.
///
/// Two are the same when they differ in leading zeros alone: the wire pads on the left, to another length in each edition. It names a
/// device, not a person.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Phone([u8; 10]);

impl Phone {
    /// Of packed digits; none where a half byte is no digit.
    pub(crate) fn packed(digits: &[u8]) -> Option<Self> {
        let mut phone = [0; 10];
        phone.get_mut(10 - digits.len()..)?.copy_from_slice(digits);
        phone.iter().all(|byte| byte >> 4 < 10 && byte & 15 < 10).then_some(Self(phone))
    }

    /// The packed digits in the width of an edition; none where they do not fit.
    pub(crate) fn pack(&self, edition: Edition) -> Option<&[u8]> {
        let (front, back) = self.0.split_at(10 - edition.phone_bytes());
        front.iter().all(|byte| *byte == 0).then_some(back)
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = hex::encode(self.0);
        let short = digits.trim_start_matches('0');
        formatter.write_str(if short.is_empty() { "0" } else { short })
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl FromStr for Phone {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.is_empty() || text.len() > 20 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err("终端手机号应为 1 至 20 位数字");
        }
        let bytes = hex::decode(format!("{text:0>20}")).map_err(|_| "终端手机号应为 1 至 20 位数字")?;
        Self::packed(&bytes).ok_or("终端手机号应为 1 至 20 位数字")
    }
}

impl Serialize for Phone {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Phone {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}
