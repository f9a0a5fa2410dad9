//! The fields that bodies are made of: big-endian numbers, GBK text, raw bytes.

use encoding_rs::GBK;
use serde::{Deserialize, Serialize, de};

use crate::moment::Moment;

/// A body that is shorter than it says, or says what cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("消息 0x{id:04X} 的内容不合规：{what}")]
pub struct Malformed {
    /// The message.
    pub id: u16,
    /// What is wrong, for people.
    pub what: &'static str,
}

/// Why a message cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EncodeError {
    /// A field does not fit into its width.
    #[error("{0}过长，协议中放不下")]
    TooLong(&'static str),
    /// A text has characters that GBK lacks.
    #[error("“{0}”中有 GBK 没有的字")]
    NoGbk(String),
    /// Fields that contradict one another.
    #[error("{0}")]
    Contradiction(&'static str),
}

/// Bytes that are kept as they came; in JSON as hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Hex(pub Vec<u8>);

impl Hex {
    /// Whether there is nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Hex {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex::encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Hex {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        hex::decode(String::deserialize(deserializer)?).map(Self).map_err(de::Error::custom)
    }
}

/// What is wrong with a body, without saying yet which message it is.
pub(crate) type Fault = &'static str;

/// Shorter than its fields.
const SHORT: Fault = "内容不完整";

/// What is left to read of a body.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    pub fn take(&mut self, count: usize) -> Result<&'a [u8], Fault> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(SHORT)?;
        self.0 = rest;
        Ok(taken)
    }

    fn chunk<const N: usize>(&mut self) -> Result<[u8; N], Fault> {
        let (taken, rest) = self.0.split_first_chunk::<N>().ok_or(SHORT)?;
        self.0 = rest;
        Ok(*taken)
    }

    pub fn u8(&mut self) -> Result<u8, Fault> {
        self.chunk().map(|[byte]| byte)
    }

    pub fn u16(&mut self) -> Result<u16, Fault> {
        self.chunk().map(u16::from_be_bytes)
    }

    pub fn u32(&mut self) -> Result<u32, Fault> {
        self.chunk().map(u32::from_be_bytes)
    }

    pub fn moment(&mut self) -> Result<Moment, Fault> {
        self.chunk().map(Moment::packed)
    }

    /// All that is left.
    pub fn rest(&mut self) -> &'a [u8] {
        std::mem::take(&mut self.0)
    }

    /// Text of a fixed width, padded with zero bytes.
    pub fn padded(&mut self, width: usize) -> Result<String, Fault> {
        Ok(text(self.take(width)?).trim_matches('\0').to_owned())
    }

    /// So many numbers, as long as they are there: the count is somebody else's word, the room for them is not.
    pub fn list<T>(&mut self, count: usize, mut each: impl FnMut(&mut Self) -> Result<T, Fault>) -> Result<Vec<T>, Fault> {
        let mut list = Vec::with_capacity(count.min(self.0.len()));
        for _ in 0..count {
            list.push(each(self)?);
        }
        Ok(list)
    }
}

/// GBK as text; what is no GBK becomes U+FFFD.
pub(crate) fn text(bytes: &[u8]) -> String {
    GBK.decode_without_bom_handling(bytes).0.into_owned()
}

/// Text as GBK.
pub(crate) fn gbk(text: &str) -> Result<Vec<u8>, EncodeError> {
    let (bytes, _, lacking) = GBK.encode(text);
    if lacking { Err(EncodeError::NoGbk(text.to_owned())) } else { Ok(bytes.into_owned()) }
}

/// Writing of fields.
pub(crate) trait Put {
    fn u8(&mut self, value: u8);
    fn u16(&mut self, value: u16);
    fn u32(&mut self, value: u32);
    fn text(&mut self, text: &str) -> Result<(), EncodeError>;
    fn padded(&mut self, text: &str, width: usize, what: &'static str) -> Result<(), EncodeError>;
}

impl Put for Vec<u8> {
    fn u8(&mut self, value: u8) {
        self.push(value);
    }

    fn u16(&mut self, value: u16) {
        self.extend_from_slice(&value.to_be_bytes());
    }

    fn u32(&mut self, value: u32) {
        self.extend_from_slice(&value.to_be_bytes());
    }

    fn text(&mut self, text: &str) -> Result<(), EncodeError> {
        self.extend(gbk(text)?);
        Ok(())
    }

    fn padded(&mut self, text: &str, width: usize, what: &'static str) -> Result<(), EncodeError> {
        let mut bytes = gbk(text)?;
        if bytes.len() > width {
            return Err(EncodeError::TooLong(what));
        }
        bytes.resize(width, 0);
        self.extend(bytes);
        Ok(())
    }
}

/// A count in one byte.
pub(crate) fn count8(count: usize, what: &'static str) -> Result<u8, EncodeError> {
    u8::try_from(count).map_err(|_| EncodeError::TooLong(what))
}

/// A count in two bytes.
pub(crate) fn count16(count: usize, what: &'static str) -> Result<u16, EncodeError> {
    u16::try_from(count).map_err(|_| EncodeError::TooLong(what))
}
