//! The header of a message (消息头).

use serde::{Deserialize, Serialize};

use crate::{
    fields::{EncodeError, Put, Reader},
    frame::FrameError,
    phone::Phone,
};

/// Which edition's layout a message has. 2011 and 2013 share their header; only the registration differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Edition {
    /// JT/T 808-2011.
    #[serde(rename = "2011")]
    Y2011,
    /// JT/T 808-2013.
    #[serde(rename = "2013")]
    Y2013,
    /// JT/T 808-2019.
    #[serde(rename = "2019")]
    Y2019,
}

impl Edition {
    /// Bytes of the packed telephone number.
    pub(crate) fn phone_bytes(self) -> usize {
        if self == Self::Y2019 { 10 } else { 6 }
    }
}

/// Which part of a message that was cut into several frames (分包项).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Part {
    /// Parts of the whole message.
    pub total: u16,
    /// This one, from 1.
    pub number: u16,
}

/// The header of a message (消息头).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// The message id (消息 ID).
    pub id: u16,
    /// Bits 10 to 12 of the attributes: 0 none, 1 RSA. An encrypted body is kept as it came.
    pub encryption: u8,
    /// The layout: [`Edition::Y2019`] where bit 14 is set, [`Edition::Y2013`] otherwise.
    pub edition: Edition,
    /// Revision of the 2019 protocol, from 1; zero before.
    pub version: u8,
    /// Who sends, or is sent to.
    pub phone: Phone,
    /// The serial number (消息流水号), which wraps.
    pub serial: u16,
    /// Which part, where the message was cut.
    pub part: Option<Part>,
}

const LENGTH: u16 = 0x03ff;
const SPLIT: u16 = 1 << 13;
const VERSIONED: u16 = 1 << 14;

impl Header {
    /// Reads a header; answers it and the length that it says its body has.
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<(Self, usize), FrameError> {
        let mut read = || {
            let (id, attributes) = (reader.u16()?, reader.u16()?);
            let edition = if attributes & VERSIONED == 0 { Edition::Y2013 } else { Edition::Y2019 };
            let version = if edition == Edition::Y2019 { reader.u8()? } else { 0 };
            let phone = reader.take(edition.phone_bytes())?;
            let serial = reader.u16()?;
            let part = if attributes & SPLIT == 0 { None } else { Some(Part { total: reader.u16()?, number: reader.u16()? }) };
            Ok::<_, &'static str>((id, attributes, edition, version, phone, serial, part))
        };
        let (id, attributes, edition, version, phone, serial, part) = read().map_err(|_| FrameError::Short)?;
        let phone = Phone::packed(phone).ok_or(FrameError::Phone)?;
        if part.is_some_and(|part| part.number == 0 || part.number > part.total) {
            return Err(FrameError::Part);
        }
        let encryption = (attributes >> 10 & 7) as u8;
        Ok((Self { id, encryption, edition, version, phone, serial, part }, usize::from(attributes & LENGTH)))
    }

    /// Writes the header of a body of so many bytes.
    pub(crate) fn write(&self, length: usize, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        let length = u16::try_from(length).ok().filter(|length| *length <= LENGTH).ok_or(EncodeError::TooLong("消息体"))?;
        let mut attributes = length | u16::from(self.encryption & 7) << 10;
        if self.part.is_some() {
            attributes |= SPLIT;
        }
        if self.edition == Edition::Y2019 {
            attributes |= VERSIONED;
        }
        out.u16(self.id);
        out.u16(attributes);
        if self.edition == Edition::Y2019 {
            out.u8(self.version);
        }
        out.extend_from_slice(self.phone.pack(self.edition).ok_or(EncodeError::TooLong("终端手机号"))?);
        out.u16(self.serial);
        if let Some(part) = self.part {
            out.u16(part.total);
            out.u16(part.number);
        }
        Ok(())
    }
}
