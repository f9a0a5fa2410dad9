//! Bodies as messages.

use super::{Device, GeneralAnswer, Message, Resend};
use crate::{
    area::{self, AreaKind, Polygon, Route},
    fields::{Fault, Hex, Malformed, Reader, text},
    header::Edition,
    parameter,
    position::{BatchRef, Position},
    register::Register,
};

impl GeneralAnswer {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        Ok(Self { serial: reader.u16()?, id: reader.u16()?, result: reader.u8()? })
    }
}

impl Resend {
    /// The count is a byte in 2013; frames of 2019 have two. What is left over by the parts tells which.
    fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let first_serial = reader.u16()?;
        let count = if reader.0.len().is_multiple_of(2) { reader.u16()?.into() } else { reader.u8()?.into() };
        Ok(Self { first_serial, numbers: reader.list(count, Reader::u16)? })
    }
}

impl Message {
    /// Reads a body; answers the message and what stands behind it, as later revisions may add.
    ///
    /// # Errors
    /// A message that is known, whose body is shorter than it says.
    pub fn read(id: u16, edition: Edition, body: &[u8]) -> Result<(Self, Hex), Malformed> {
        let mut reader = Reader(body);
        let message = Self::known(id, edition, &mut reader).map_err(|what| Malformed { id, what })?;
        Ok((message, Hex(reader.rest().to_vec())))
    }

    fn known(id: u16, edition: Edition, reader: &mut Reader<'_>) -> Result<Self, Fault> {
        Ok(match id {
            0x0001 => Self::TerminalAnswer(GeneralAnswer::read(reader)?),
            0x8001 => Self::PlatformAnswer(GeneralAnswer::read(reader)?),
            0x0002 => Self::Heartbeat,
            0x0003 => Self::Unregister,
            0x0004 => Self::AskTime,
            0x8004 => Self::Time { time: reader.moment()? },
            0x0005 => Self::TerminalLacks(Resend::read(reader)?),
            0x8003 => Self::PlatformLacks(Resend::read(reader)?),
            0x0100 => Self::Register(Register::read(reader, edition)?),
            0x8100 => {
                let (serial, result) = (reader.u16()?, reader.u8()?);
                let code = if result == 0 { text(reader.rest()) } else { String::new() };
                Self::RegisterAnswer { serial, result, code }
            }
            0x0102 if edition == Edition::Y2019 => {
                let length = reader.u8()?.into();
                let code = text(reader.take(length)?);
                Self::Authenticate { code, device: Some(Device { imei: reader.padded(15)?, version: reader.padded(20)? }) }
            }
            0x0102 => Self::Authenticate { code: text(reader.rest()), device: None },
            0x8103 => Self::SetParameters { parameters: parameter::read_all(reader)? },
            0x8104 => Self::QueryParameters,
            0x0104 => Self::Parameters { serial: reader.u16()?, parameters: parameter::read_all(reader)? },
            0x0200 => Self::Position(Position::read(reader)?),
            0x8201 => Self::QueryPosition,
            0x0201 => Self::PositionAnswer { serial: reader.u16()?, position: Position::read(reader)? },
            0x8202 => {
                let interval = reader.u16()?;
                Self::Follow { interval, seconds: if reader.0.is_empty() { None } else { Some(reader.u32()?) } }
            }
            0x8203 => Self::ConfirmAlarm { serial: reader.u16()?, kinds: reader.u32()? },
            0x8300 => {
                let flag = reader.u8()?;
                let kind = if edition == Edition::Y2019 { Some(reader.u8()?) } else { None };
                Self::Text { flag, kind, text: text(reader.rest()) }
            }
            0x8600 => area::read_list(reader, edition).map(|(action, areas)| Self::SetCircles { action, areas })?,
            0x8602 => area::read_list(reader, edition).map(|(action, areas)| Self::SetRectangles { action, areas })?,
            0x8604 => Self::SetPolygon(Polygon::read(reader, edition)?),
            0x8606 => Self::SetRoute(Route::read(reader, edition)?),
            0x8601 | 0x8603 | 0x8605 | 0x8607 => {
                let count = reader.u8()?.into();
                let kind = match id {
                    0x8601 => AreaKind::Circle,
                    0x8603 => AreaKind::Rectangle,
                    0x8605 => AreaKind::Polygon,
                    _ => AreaKind::Route,
                };
                Self::DeleteAreas { kind, ids: reader.list(count, Reader::u32)? }
            }
            0x8608 => {
                let (kind, count) = (reader.u8()?, reader.u32()?);
                let count = usize::try_from(count).map_err(|_| "个数过大")?;
                Self::QueryAreas { kind, ids: reader.list(count, Reader::u32)? }
            }
            0x0704 => {
                let batch = BatchRef::take(reader).ok_or("批量位置的个数或长度与内容不符")?;
                Self::Batch { kind: batch.kind, positions: batch.positions().map(|position| position.owned()).collect() }
            }
            0x0800 => {
                Self::Media { media: reader.u32()?, kind: reader.u8()?, format: reader.u8()?, event: reader.u8()?, channel: reader.u8()? }
            }
            id => Self::Raw { id, body: Hex(reader.rest().to_vec()) },
        })
    }
}
