//! A position (位置信息汇报, 0x0200) and a batch of them (定位数据批量上传, 0x0704).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    fields::{EncodeError, Fault, Hex, Put, Reader, count16},
    item::Item,
    moment::Moment,
};

/// How a vehicle is loaded, as far as status bits 8 and 9 say (载货状态).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Load {
    /// Empty (空车).
    Empty,
    /// Half (半载).
    Half,
    /// Full (满载).
    Full,
}

/// The fixed part of a position: the first 28 bytes (位置基本信息).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Fix {
    /// Alarm bits (报警标志); what each means stands in [`crate::ALARMS`].
    pub alarm: u32,
    /// Status bits (状态).
    pub status: u32,
    /// Latitude in millionths of a degree, without sign.
    pub latitude: u32,
    /// Longitude in millionths of a degree, without sign.
    pub longitude: u32,
    /// Altitude in metres.
    pub altitude: u16,
    /// Speed in 0.1 km/h.
    pub speed: u16,
    /// Direction in degrees, north 0, clockwise.
    pub direction: u16,
    /// When, by the terminal's clock.
    pub time: Moment,
}

impl Fix {
    /// Bytes on the wire.
    pub const BYTES: usize = 28;

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        Ok(Self {
            alarm: reader.u32()?,
            status: reader.u32()?,
            latitude: reader.u32()?,
            longitude: reader.u32()?,
            altitude: reader.u16()?,
            speed: reader.u16()?,
            direction: reader.u16()?,
            time: reader.moment()?,
        })
    }

    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        for value in [self.alarm, self.status, self.latitude, self.longitude] {
            out.u32(value);
        }
        for value in [self.altitude, self.speed, self.direction] {
            out.u16(value);
        }
        out.extend_from_slice(&self.time.bytes());
    }

    fn has(&self, bit: u32) -> bool {
        self.status >> bit & 1 == 1
    }

    /// Whether the ignition is on (status bit 0).
    #[must_use]
    pub fn ignition(&self) -> bool {
        self.has(0)
    }

    /// Whether the position is a fix of satellites (status bit 1). One that is none is no evidence.
    #[must_use]
    pub fn fixed(&self) -> bool {
        self.has(1)
    }

    /// Whether the coordinates are encrypted (status bit 5).
    #[must_use]
    pub fn encrypted(&self) -> bool {
        self.has(5)
    }

    /// The load that the status says; none for the reserved value.
    #[must_use]
    pub fn load(&self) -> Option<Load> {
        match self.status >> 8 & 3 {
            0 => Some(Load::Empty),
            1 => Some(Load::Half),
            3 => Some(Load::Full),
            _ => None,
        }
    }

    /// Longitude and latitude in millionths of a degree with their signs (status bits 3 and 2; WGS-84); none where there are no such
    /// places on Earth, as when a terminal has them the wrong way round.
    #[must_use]
    pub fn place(&self) -> Option<(i32, i32)> {
        if self.latitude > 90_000_000 || self.longitude > 180_000_000 {
            return None;
        }
        let signed = |value: u32, negative: bool| i32::try_from(value).ok().map(|value| if negative { -value } else { value });
        Some((signed(self.longitude, self.has(3))?, signed(self.latitude, self.has(2))?))
    }

    /// When, in UTC; none where the terminal's digits are no date.
    #[must_use]
    pub fn at(&self) -> Option<DateTime<Utc>> {
        self.time.instant()
    }
}

/// A position, as it lies in its frame: the fixed part read, the items not yet. The quick way for thousands of vehicles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PositionRef<'a> {
    /// The fixed part.
    pub fix: Fix,
    /// The items' bytes.
    pub items: &'a [u8],
}

impl<'a> PositionRef<'a> {
    /// Reads a body; none where it is shorter than its fixed part.
    #[must_use]
    pub fn read(body: &'a [u8]) -> Option<Self> {
        let mut reader = Reader(body);
        let fix = Fix::read(&mut reader).ok()?;
        Some(Self { fix, items: reader.0 })
    }

    /// The items.
    #[must_use]
    pub fn items(&self) -> Items<'a> {
        Items(self.items)
    }

    /// Everything, to keep.
    #[must_use]
    pub fn owned(&self) -> Position {
        let mut items = self.items();
        let list = items.by_ref().map(|(id, bytes)| Item::of(id, bytes)).collect();
        Position { fix: self.fix, items: list, tail: Hex(items.tail().to_vec()) }
    }
}

/// The items of a position, each as its id and its bytes. It ends before what says to be longer than it is.
#[derive(Debug, Clone)]
pub struct Items<'a>(&'a [u8]);

impl<'a> Items<'a> {
    /// What is left: nothing after the last item, or what is no item.
    #[must_use]
    pub fn tail(&self) -> &'a [u8] {
        self.0
    }
}

impl<'a> Iterator for Items<'a> {
    type Item = (u8, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let [id, length, rest @ ..] = self.0 else { return None };
        let (bytes, rest) = rest.split_at_checked((*length).into())?;
        self.0 = rest;
        Some((*id, bytes))
    }
}

/// A position with its items (位置信息汇报, 0x0200).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Position {
    /// The fixed part.
    #[serde(flatten)]
    pub fix: Fix,
    /// The items, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Item>,
    /// What stands behind the items and is none.
    #[serde(default, skip_serializing_if = "Hex::is_empty")]
    pub tail: Hex,
}

impl Position {
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        PositionRef::read(reader.rest()).map(|position| position.owned()).ok_or("位置基本信息不足 28 字节")
    }

    pub(crate) fn write(&self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        self.fix.write(out);
        self.items.iter().try_for_each(|item| item.write(out))?;
        out.extend_from_slice(&self.tail.0);
        Ok(())
    }
}

/// Bytes of the length in front of each position of a batch.
const LENGTH: usize = 2;

/// A batch (定位数据批量上传, 0x0704), as it lies in its frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BatchRef<'a> {
    /// 0 as usual, 1 what was kept where there was no network (盲区补报).
    pub kind: u8,
    count: u16,
    items: &'a [u8],
}

impl<'a> BatchRef<'a> {
    /// Reads a body; none where a position is shorter than it says, or another number of them is there. Nothing of such a batch counts:
    /// which of its lengths is the wrong one cannot be known. A few bytes behind them, too few for one more, cost nothing.
    #[must_use]
    pub fn read(body: &'a [u8]) -> Option<Self> {
        Self::take(&mut Reader(body))
    }

    /// As [`BatchRef::read`]; what stands behind the batch is left.
    pub(crate) fn take(reader: &mut Reader<'a>) -> Option<Self> {
        let (count, kind) = (reader.u16().ok()?, reader.u8().ok()?);
        let batch = Self { kind, count, items: reader.0 };
        for _ in 0..count {
            let length = reader.u16().ok()?;
            PositionRef::read(reader.take(length.into()).ok()?)?;
        }
        (reader.0.len() < LENGTH + Fix::BYTES).then_some(batch)
    }

    /// The positions, in the order in which they came.
    pub fn positions(&self) -> impl Iterator<Item = PositionRef<'a>> + use<'a> {
        let mut reader = Reader(self.items);
        (0..self.count).map_while(move |_| {
            let length = reader.u16().ok()?;
            PositionRef::read(reader.take(length.into()).ok()?)
        })
    }
}

pub(crate) fn write_batch(kind: u8, positions: &[Position], out: &mut Vec<u8>) -> Result<(), EncodeError> {
    out.u16(count16(positions.len(), "位置个数")?);
    out.u8(kind);
    for position in positions {
        let mut body = Vec::new();
        position.write(&mut body)?;
        out.u16(count16(body.len(), "位置汇报")?);
        out.extend(body);
    }
    Ok(())
}
