//! A message with its header, as programs and people write it down.

use serde::{Deserialize, Serialize};

use crate::{
    fields::{EncodeError, Hex, Malformed},
    frame::{Frame, LONGEST_BODY, frame},
    header::{Edition, Header, Part},
    message::Message,
    phone::Phone,
};

/// A message with what its header says (消息与消息头). In JSON it is what `bihuan jt808` prints and reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packet {
    /// The layout.
    pub edition: Edition,
    /// Revision of the 2019 protocol; 1 where none is said. None before 2019.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u8>,
    /// Whose.
    pub phone: Phone,
    /// The serial number.
    #[serde(default)]
    pub serial: u16,
    /// 0 none, 1 RSA; the message is raw then.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub encryption: u8,
    /// Which part of a message this is; the message is raw then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<Part>,
    /// What it says.
    pub message: Message,
    /// What stands behind the message's own fields.
    #[serde(default, skip_serializing_if = "Hex::is_empty")]
    pub surplus: Hex,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(value: &u8) -> bool {
    *value == 0
}

impl Packet {
    /// Reads a frame. A part of a message, and what is encrypted, stay raw.
    ///
    /// # Errors
    /// A known message whose body is shorter than it says.
    pub fn read(frame: &Frame<'_>) -> Result<Self, Malformed> {
        let header = &frame.header;
        let (message, surplus) = if header.part.is_some() || header.encryption != 0 {
            (Message::Raw { id: header.id, body: Hex(frame.body.to_vec()) }, Hex::default())
        } else {
            Message::read(header.id, header.edition, frame.body)?
        };
        let (edition, phone, serial) = (header.edition, header.phone, header.serial);
        let version = (edition == Edition::Y2019).then_some(header.version);
        Ok(Self { edition, version, phone, serial, encryption: header.encryption, part: header.part, message, surplus })
    }

    /// The frames: one, or as many as a body over [`LONGEST_BODY`] bytes needs, with serial numbers that follow one another.
    ///
    /// # Errors
    /// A field that does not fit, or that the edition does not have.
    pub fn frames(&self) -> Result<Vec<Vec<u8>>, EncodeError> {
        let mut body = Vec::new();
        self.message.write(self.edition, &mut body)?;
        body.extend_from_slice(&self.surplus.0);
        let header = Header {
            id: self.message.id(),
            encryption: self.encryption,
            edition: self.edition,
            version: self.version.unwrap_or(1),
            phone: self.phone,
            serial: self.serial,
            part: self.part,
        };
        if body.len() <= LONGEST_BODY {
            return Ok(vec![frame(&header, &body)?]);
        }
        if self.part.is_some() {
            return Err(EncodeError::TooLong("一个分包"));
        }
        let total = u16::try_from(body.chunks(LONGEST_BODY).len()).map_err(|_| EncodeError::TooLong("消息"))?;
        (1..=total)
            .zip(body.chunks(LONGEST_BODY))
            .map(|(number, body)| {
                let serial = self.serial.wrapping_add(number - 1);
                frame(&Header { serial, part: Some(Part { total, number }), ..header }, body)
            })
            .collect()
    }
}
