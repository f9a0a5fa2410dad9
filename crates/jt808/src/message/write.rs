//! Messages as bodies.

use super::{GeneralAnswer, Message, Resend};
use crate::{
    area,
    fields::{EncodeError, Put, count8, count16, gbk},
    header::Edition,
    parameter, position,
};

impl GeneralAnswer {
    fn write(self, out: &mut Vec<u8>) {
        out.u16(self.serial);
        out.u16(self.id);
        out.u8(self.result);
    }
}

impl Resend {
    fn write(&self, edition: Edition, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        out.u16(self.first_serial);
        match edition {
            Edition::Y2019 => out.u16(count16(self.numbers.len(), "补传包数")?),
            _ => out.u8(count8(self.numbers.len(), "补传包数")?),
        }
        self.numbers.iter().for_each(|number| out.u16(*number));
        Ok(())
    }
}

impl Message {
    /// Writes the body.
    ///
    /// # Errors
    /// A field that does not fit, or that the edition does not have.
    pub fn write(&self, edition: Edition, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        match self {
            Self::TerminalAnswer(answer) | Self::PlatformAnswer(answer) => answer.write(out),
            Self::Heartbeat | Self::Unregister | Self::AskTime | Self::QueryParameters | Self::QueryPosition => {}
            Self::Time { time } => out.extend_from_slice(&time.bytes()),
            Self::TerminalLacks(resend) | Self::PlatformLacks(resend) => resend.write(edition, out)?,
            Self::Register(register) => register.write(edition, out)?,
            Self::RegisterAnswer { serial, result, code } => {
                if *result != 0 && !code.is_empty() {
                    return Err(EncodeError::Contradiction("注册成功时才有鉴权码"));
                }
                out.u16(*serial);
                out.u8(*result);
                out.text(code)?;
            }
            Self::Authenticate { code, device } => match (edition, device) {
                (Edition::Y2019, Some(device)) => {
                    let code = gbk(code)?;
                    out.u8(count8(code.len(), "鉴权码")?);
                    out.extend(code);
                    out.padded(&device.imei, 15, "IMEI")?;
                    out.padded(&device.version, 20, "软件版本")?;
                }
                (Edition::Y2019, None) => return Err(EncodeError::Contradiction("2019 版的鉴权需要 IMEI 和软件版本")),
                (_, Some(_)) => return Err(EncodeError::Contradiction("IMEI 和软件版本是 2019 版才有的")),
                (_, None) => out.text(code)?,
            },
            Self::SetParameters { parameters } => parameter::write_all(parameters, out)?,
            Self::Parameters { serial, parameters } => {
                out.u16(*serial);
                parameter::write_all(parameters, out)?;
            }
            Self::Position(position) => position.write(out)?,
            Self::PositionAnswer { serial, position } => {
                out.u16(*serial);
                position.write(out)?;
            }
            Self::Follow { interval, seconds } => {
                out.u16(*interval);
                seconds.iter().for_each(|seconds| out.u32(*seconds));
            }
            Self::ConfirmAlarm { serial, kinds } => {
                out.u16(*serial);
                out.u32(*kinds);
            }
            Self::Text { flag, kind, text } => {
                out.u8(*flag);
                match (edition, kind) {
                    (Edition::Y2019, Some(kind)) => out.u8(*kind),
                    (Edition::Y2019, None) => return Err(EncodeError::Contradiction("2019 版的文本需要文本类型")),
                    (_, Some(_)) => return Err(EncodeError::Contradiction("文本类型是 2019 版才有的")),
                    (_, None) => {}
                }
                out.text(text)?;
            }
            Self::SetCircles { action, areas } => area::write_list(*action, areas, edition, out)?,
            Self::SetRectangles { action, areas } => area::write_list(*action, areas, edition, out)?,
            Self::SetPolygon(polygon) => polygon.write(edition, out)?,
            Self::SetRoute(route) => route.write(edition, out)?,
            Self::DeleteAreas { ids, .. } => {
                if ids.len() > 125 {
                    return Err(EncodeError::TooLong("一次删除的区域（最多 125 个）"));
                }
                out.u8(count8(ids.len(), "区域个数")?);
                ids.iter().for_each(|id| out.u32(*id));
            }
            Self::QueryAreas { kind, ids } => {
                out.u8(*kind);
                out.u32(u32::from(count16(ids.len(), "区域个数")?));
                ids.iter().for_each(|id| out.u32(*id));
            }
            Self::Batch { kind, positions } => position::write_batch(*kind, positions, out)?,
            Self::Media { media, kind, format, event, channel } => {
                out.u32(*media);
                for value in [*kind, *format, *event, *channel] {
                    out.u8(value);
                }
            }
            Self::Raw { body, .. } => out.extend_from_slice(&body.0),
        }
        Ok(())
    }
}
