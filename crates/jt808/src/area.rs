//! Areas and routes that a terminal watches by itself (区域与路线, 0x8600 to 0x8607).

use serde::{Deserialize, Serialize};

use crate::{
    fields::{EncodeError, Fault, Put, Reader, count8, count16, text},
    header::Edition,
    moment::Moment,
};

/// Attribute bit: the area has hours.
const TIMED: u16 = 1;
/// Attribute bit: the area has a speed limit.
const LIMITED: u16 = 2;

/// Which shape is meant, by the message that sets it; the message that deletes is the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AreaKind {
    /// 0x8600.
    Circle,
    /// 0x8602.
    Rectangle,
    /// 0x8604.
    Polygon,
    /// 0x8606.
    Route,
}

/// A highest speed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// In km/h.
    pub highest: u16,
    /// How long it must be exceeded, in seconds.
    pub seconds: u8,
    /// At night, in km/h; since 2019, and there always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub night: Option<u16>,
}

impl Limit {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        Ok(Self { highest: reader.u16()?, seconds: reader.u8()?, night: None })
    }

    fn write(&self, out: &mut Vec<u8>) {
        out.u16(self.highest);
        out.u8(self.seconds);
    }

    fn write_night(&self, edition: Edition, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        match (edition, self.night) {
            (Edition::Y2019, Some(night)) => out.u16(night),
            (Edition::Y2019, None) => return Err(EncodeError::Contradiction("2019 版的限速需要夜间最高速度")),
            (_, Some(_)) => return Err(EncodeError::Contradiction("夜间最高速度是 2019 版才有的")),
            (_, None) => {}
        }
        Ok(())
    }
}

/// What holds in an area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaRules {
    /// Attribute bits 2 and above (区域属性): 2 enter told to driver, 3 to platform, 4 leave told to driver, 5 to platform, 6 south,
    /// 7 west, 8 doors stay shut, 14 silent inside, 15 detailed positions. Bits 0 and 1 follow from `hours` and `limit`.
    pub attributes: u16,
    /// From when to when; with a date of zeros, every day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<(Moment, Moment)>,
    /// The highest speed. Of a route each turn has its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
    /// Its name, since 2019.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
}

impl AreaRules {
    fn bits(&self) -> u16 {
        let bit = |there: bool, bit| if there { bit } else { 0 };
        self.attributes & !(TIMED | LIMITED) | bit(self.hours.is_some(), TIMED) | bit(self.limit.is_some(), LIMITED)
    }

    fn of(bits: u16) -> Self {
        Self { attributes: bits & !(TIMED | LIMITED), hours: None, limit: None, name: String::new() }
    }

    /// Hours and speed, where the attributes say so.
    fn read(&mut self, reader: &mut Reader<'_>, bits: u16) -> Result<(), Fault> {
        if bits & TIMED != 0 {
            self.hours = Some((reader.moment()?, reader.moment()?));
        }
        if bits & LIMITED != 0 {
            self.limit = Some(Limit::read(reader)?);
        }
        Ok(())
    }

    /// What 2019 added at the end.
    fn read_tail(&mut self, reader: &mut Reader<'_>, edition: Edition) -> Result<(), Fault> {
        if edition == Edition::Y2019 {
            if let Some(limit) = &mut self.limit {
                limit.night = Some(reader.u16()?);
            }
            let length = reader.u16()?;
            self.name = text(reader.take(length.into())?);
        }
        Ok(())
    }

    fn write(&self, out: &mut Vec<u8>) {
        if let Some((from, to)) = self.hours {
            out.extend_from_slice(&from.bytes());
            out.extend_from_slice(&to.bytes());
        }
        if let Some(limit) = &self.limit {
            limit.write(out);
        }
    }

    fn write_tail(&self, edition: Edition, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        if let Some(limit) = &self.limit {
            limit.write_night(edition, out)?;
        }
        if edition == Edition::Y2019 {
            let name = crate::fields::gbk(&self.name)?;
            out.u16(count16(name.len(), "区域名称")?);
            out.extend(name);
        } else if !self.name.is_empty() {
            return Err(EncodeError::Contradiction("区域名称是 2019 版才有的"));
        }
        Ok(())
    }
}

/// An area of a list: circles and rectangles come several in a message.
pub(crate) trait Area: Sized {
    fn read(reader: &mut Reader<'_>, edition: Edition) -> Result<Self, Fault>;
    fn write(&self, edition: Edition, out: &mut Vec<u8>) -> Result<(), EncodeError>;
}

/// A circle (圆形区域).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Circle {
    /// Its id.
    pub id: u32,
    /// What holds in it.
    pub rules: AreaRules,
    /// Of the centre, in millionths of a degree.
    pub latitude: u32,
    /// Of the centre, in millionths of a degree.
    pub longitude: u32,
    /// In metres.
    pub radius: u32,
}

impl Area for Circle {
    fn read(reader: &mut Reader<'_>, edition: Edition) -> Result<Self, Fault> {
        let (id, bits) = (reader.u32()?, reader.u16()?);
        let (latitude, longitude, radius) = (reader.u32()?, reader.u32()?, reader.u32()?);
        let mut rules = AreaRules::of(bits);
        rules.read(reader, bits)?;
        rules.read_tail(reader, edition)?;
        Ok(Self { id, rules, latitude, longitude, radius })
    }

    fn write(&self, edition: Edition, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        out.u32(self.id);
        out.u16(self.rules.bits());
        for value in [self.latitude, self.longitude, self.radius] {
            out.u32(value);
        }
        self.rules.write(out);
        self.rules.write_tail(edition, out)
    }
}

/// A rectangle (矩形区域).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rectangle {
    /// Its id.
    pub id: u32,
    /// What holds in it.
    pub rules: AreaRules,
    /// Top left: latitude and longitude in millionths of a degree.
    pub top_left: (u32, u32),
    /// Bottom right: latitude and longitude in millionths of a degree.
    pub bottom_right: (u32, u32),
}

impl Area for Rectangle {
    fn read(reader: &mut Reader<'_>, edition: Edition) -> Result<Self, Fault> {
        let (id, bits) = (reader.u32()?, reader.u16()?);
        let (top_left, bottom_right) = ((reader.u32()?, reader.u32()?), (reader.u32()?, reader.u32()?));
        let mut rules = AreaRules::of(bits);
        rules.read(reader, bits)?;
        rules.read_tail(reader, edition)?;
        Ok(Self { id, rules, top_left, bottom_right })
    }

    fn write(&self, edition: Edition, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        out.u32(self.id);
        out.u16(self.rules.bits());
        for value in [self.top_left.0, self.top_left.1, self.bottom_right.0, self.bottom_right.1] {
            out.u32(value);
        }
        self.rules.write(out);
        self.rules.write_tail(edition, out)
    }
}

/// Reads a list of circles or rectangles: what is to be done with them, and they.
pub(crate) fn read_list<A: Area>(reader: &mut Reader<'_>, edition: Edition) -> Result<(u8, Vec<A>), Fault> {
    let (action, count) = (reader.u8()?, reader.u8()?);
    Ok((action, reader.list(count.into(), |reader| A::read(reader, edition))?))
}

pub(crate) fn write_list<A: Area>(action: u8, areas: &[A], edition: Edition, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    out.u8(action);
    out.u8(count8(areas.len(), "区域个数")?);
    areas.iter().try_for_each(|area| area.write(edition, out))
}

/// A polygon (多边形区域).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Polygon {
    /// Its id.
    pub id: u32,
    /// What holds in it.
    pub rules: AreaRules,
    /// Its corners: latitude and longitude in millionths of a degree.
    pub corners: Vec<(u32, u32)>,
}

impl Polygon {
    pub(crate) fn read(reader: &mut Reader<'_>, edition: Edition) -> Result<Self, Fault> {
        let (id, bits) = (reader.u32()?, reader.u16()?);
        let mut rules = AreaRules::of(bits);
        rules.read(reader, bits)?;
        let count = reader.u16()?.into();
        let corners = reader.list(count, |reader| Ok((reader.u32()?, reader.u32()?)))?;
        rules.read_tail(reader, edition)?;
        Ok(Self { id, rules, corners })
    }

    pub(crate) fn write(&self, edition: Edition, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        out.u32(self.id);
        out.u16(self.rules.bits());
        self.rules.write(out);
        out.u16(count16(self.corners.len(), "顶点个数")?);
        for (latitude, longitude) in &self.corners {
            out.u32(*latitude);
            out.u32(*longitude);
        }
        self.rules.write_tail(edition, out)
    }
}

/// A turn of a route and the segment that follows it (拐点).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// Of the turn.
    pub id: u32,
    /// Of the segment.
    pub segment: u32,
    /// In millionths of a degree.
    pub latitude: u32,
    /// In millionths of a degree.
    pub longitude: u32,
    /// Of the segment, in metres.
    pub width: u8,
    /// Attribute bits of the segment but 0 and 1, which follow from the fields below: 2 south, 3 west.
    pub attributes: u8,
    /// Driving times that are too long and too short, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<(u16, u16)>,
    /// The highest speed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
}

/// A route (路线).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// Its id.
    pub id: u32,
    /// What holds on it; its `limit` is none.
    pub rules: AreaRules,
    /// Its turns.
    pub turns: Vec<Turn>,
}

impl Route {
    pub(crate) fn read(reader: &mut Reader<'_>, edition: Edition) -> Result<Self, Fault> {
        let (id, bits) = (reader.u32()?, reader.u16()?);
        let mut rules = AreaRules::of(bits);
        rules.read(reader, bits & TIMED)?;
        let count = reader.u16()?.into();
        let turns = reader.list(count, |reader| Turn::read(reader, edition))?;
        rules.read_tail(reader, edition)?;
        Ok(Self { id, rules, turns })
    }

    pub(crate) fn write(&self, edition: Edition, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        if self.rules.limit.is_some() {
            return Err(EncodeError::Contradiction("路线的限速逐段设置"));
        }
        out.u32(self.id);
        out.u16(self.rules.bits());
        self.rules.write(out);
        out.u16(count16(self.turns.len(), "拐点个数")?);
        self.turns.iter().try_for_each(|turn| turn.write(edition, out))?;
        self.rules.write_tail(edition, out)
    }
}

impl Turn {
    fn read(reader: &mut Reader<'_>, edition: Edition) -> Result<Self, Fault> {
        let (id, segment, latitude, longitude) = (reader.u32()?, reader.u32()?, reader.u32()?, reader.u32()?);
        let (width, bits) = (reader.u8()?, reader.u8()?);
        let times = if bits & 1 == 0 { None } else { Some((reader.u16()?, reader.u16()?)) };
        let mut limit = if bits & 2 == 0 { None } else { Some(Limit::read(reader)?) };
        if let (Edition::Y2019, Some(limit)) = (edition, &mut limit) {
            limit.night = Some(reader.u16()?);
        }
        Ok(Self { id, segment, latitude, longitude, width, attributes: bits & !3, times, limit })
    }

    fn write(&self, edition: Edition, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        for value in [self.id, self.segment, self.latitude, self.longitude] {
            out.u32(value);
        }
        out.u8(self.width);
        out.u8(self.attributes & !3 | u8::from(self.times.is_some()) | u8::from(self.limit.is_some()) << 1);
        if let Some((long, short)) = self.times {
            out.u16(long);
            out.u16(short);
        }
        if let Some(limit) = &self.limit {
            limit.write(out);
            limit.write_night(edition, out)?;
        }
        Ok(())
    }
}
