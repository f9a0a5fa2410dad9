//! Parameters of a terminal (终端参数, 0x8103 and 0x0104).

use serde::{Deserialize, Serialize};

use crate::fields::{EncodeError, Fault, Hex, Put, Reader, count8, gbk, text};

/// One parameter (终端参数项).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameter {
    /// Its id: 0x0001 heartbeat, 0x0029 interval, 0x0055 highest speed, …
    pub id: u32,
    /// What it is, or is to be.
    pub value: ParameterValue,
}

/// The value of a parameter, as wide as its id says; as its bytes where the id is not known or the width is another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParameterValue {
    /// One byte.
    Byte(u8),
    /// Two bytes.
    Word(u16),
    /// Four bytes.
    Dword(u32),
    /// GBK.
    Text(String),
    /// As it came.
    Raw(Hex),
}

enum Width {
    Byte,
    Word,
    Dword,
    Text,
}

/// What is known of the parameters that this program reads and sets (JT/T 808-2013, table 12).
fn width(id: u32) -> Option<Width> {
    Some(match id {
        0x0001 | 0x0018 | 0x0020 | 0x0027 | 0x0029 | 0x002c | 0x0030 | 0x0050 | 0x0055..=0x0057 | 0x005a | 0x0080 => Width::Dword,
        0x0031 | 0x0081 | 0x0082 => Width::Word,
        0x0084 => Width::Byte,
        0x0013 | 0x0083 => Width::Text,
        _ => return None,
    })
}

impl Parameter {
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let (id, length) = (reader.u32()?, reader.u8()?);
        let bytes = reader.take(length.into())?;
        let value = match (width(id), bytes) {
            (Some(Width::Byte), [byte]) => ParameterValue::Byte(*byte),
            (Some(Width::Word), [a, b]) => ParameterValue::Word(u16::from_be_bytes([*a, *b])),
            (Some(Width::Dword), [a, b, c, d]) => ParameterValue::Dword(u32::from_be_bytes([*a, *b, *c, *d])),
            (Some(Width::Text), bytes) if gbk(&text(bytes)).is_ok_and(|again| again == bytes) => ParameterValue::Text(text(bytes)),
            (_, bytes) => ParameterValue::Raw(Hex(bytes.to_vec())),
        };
        Ok(Self { id, value })
    }

    pub(crate) fn write(&self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        let value = match &self.value {
            ParameterValue::Byte(value) => vec![*value],
            ParameterValue::Word(value) => value.to_be_bytes().to_vec(),
            ParameterValue::Dword(value) => value.to_be_bytes().to_vec(),
            ParameterValue::Text(value) => gbk(value)?,
            ParameterValue::Raw(value) => value.0.clone(),
        };
        out.u32(self.id);
        out.u8(count8(value.len(), "参数值")?);
        out.extend(value);
        Ok(())
    }
}

pub(crate) fn read_all(reader: &mut Reader<'_>) -> Result<Vec<Parameter>, Fault> {
    let count = reader.u8()?.into();
    reader.list(count, Parameter::read)
}

pub(crate) fn write_all(items: &[Parameter], out: &mut Vec<u8>) -> Result<(), EncodeError> {
    out.u8(count8(items.len(), "参数个数")?);
    items.iter().try_for_each(|item| item.write(out))
}
