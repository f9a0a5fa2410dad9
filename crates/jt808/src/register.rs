//! Registration of a terminal (终端注册, 0x0100).

use serde::{Deserialize, Serialize};

use crate::{
    fields::{EncodeError, Fault, Put, Reader, text},
    header::Edition,
};

/// What a terminal says of itself and its vehicle (终端注册, 0x0100).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Register {
    /// The layout of the body.
    pub edition: Edition,
    /// The first two digits of the region code (GB/T 2260).
    pub province: u16,
    /// Its other four digits.
    pub city: u16,
    /// The maker's code (制造商 ID).
    pub maker: String,
    /// The model (终端型号).
    pub model: String,
    /// The terminal's own number at its maker (终端 ID).
    pub terminal: String,
    /// Colour of the plate by JT/T 415: 1 blue, 2 yellow, 3 black, 4 white, 9 other, 0 no plate yet.
    pub colour: u8,
    /// The number plate; the frame number where there is no plate yet.
    pub plate: String,
}

/// Widths of maker, model and terminal.
fn widths(edition: Edition) -> (usize, usize, usize) {
    match edition {
        Edition::Y2011 => (5, 8, 7),
        Edition::Y2013 => (5, 20, 7),
        Edition::Y2019 => (11, 30, 30),
    }
}

/// The 2013 body without any plate; a 2011 body with its plate of seven or eight characters is shorter. An inference: the header of both
/// editions is the same.
const SHORTEST_2013: usize = 37;

impl Register {
    pub(crate) fn read(reader: &mut Reader<'_>, header: Edition) -> Result<Self, Fault> {
        let edition = if header != Edition::Y2019 && reader.0.len() < SHORTEST_2013 { Edition::Y2011 } else { header };
        let (maker, model, terminal) = widths(edition);
        Ok(Self {
            edition,
            province: reader.u16()?,
            city: reader.u16()?,
            maker: reader.padded(maker)?,
            model: reader.padded(model)?,
            terminal: reader.padded(terminal)?,
            colour: reader.u8()?,
            plate: text(reader.rest()).trim_matches('\0').to_owned(),
        })
    }

    pub(crate) fn write(&self, header: Edition, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        if (self.edition == Edition::Y2019) != (header == Edition::Y2019) {
            return Err(EncodeError::Contradiction("注册内容与消息头的版本不一致"));
        }
        let (maker, model, terminal) = widths(self.edition);
        let begin = out.len();
        out.u16(self.province);
        out.u16(self.city);
        out.padded(&self.maker, maker, "制造商 ID")?;
        out.padded(&self.model, model, "终端型号")?;
        out.padded(&self.terminal, terminal, "终端 ID")?;
        out.u8(self.colour);
        out.text(&self.plate)?;
        if self.edition == Edition::Y2011 && out.len() - begin >= SHORTEST_2013 {
            return Err(EncodeError::TooLong("2011 版的车牌"));
        }
        Ok(())
    }
}
