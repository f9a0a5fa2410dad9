//! Additional items of a position (位置附加信息项).

use serde::{Deserialize, Serialize};

use crate::fields::{EncodeError, Hex, Put, count8};

/// One additional item of a position (位置附加信息项). The standard's own where id and length are the standard's, its bytes otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "item", rename_all = "snake_case")]
pub enum Item {
    /// 0x01: mileage on the odometer (里程), in 0.1 km.
    Mileage {
        /// In 0.1 km.
        value: u32,
    },
    /// 0x02: fuel (油量), in 0.1 L.
    Fuel {
        /// In 0.1 L.
        value: u16,
    },
    /// 0x03: speed by the recorder (行驶记录仪速度), in 0.1 km/h.
    RecorderSpeed {
        /// In 0.1 km/h.
        value: u16,
    },
    /// 0x04: event of an alarm that a person must confirm (需要人工确认报警事件的 ID), counted from 1.
    AlarmEvent {
        /// The event.
        value: u16,
    },
    /// 0x05, since 2019: tyre pressures (胎压), 30 bytes, 0xFF where there is no wheel.
    TyrePressure {
        /// As it came.
        value: Hex,
    },
    /// 0x06, since 2019: temperature of the compartment (车厢温度), highest bit set below zero.
    CompartmentTemperature {
        /// As it came.
        value: u16,
    },
    /// 0x11: where the speed was too high (超速报警附加信息).
    Overspeed {
        /// 0 anywhere, 1 circle, 2 rectangle, 3 polygon, 4 segment.
        kind: u8,
        /// Which area or segment; none where `kind` is 0.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        area: Option<u32>,
    },
    /// 0x12: which area or route was entered or left (进出区域/路线报警附加信息).
    Crossing {
        /// 1 circle, 2 rectangle, 3 polygon, 4 route.
        kind: u8,
        /// Which.
        area: u32,
        /// 0 in, 1 out.
        direction: u8,
    },
    /// 0x13: driving time of a segment (路段行驶时间不足/过长报警附加信息).
    Segment {
        /// Which.
        segment: u32,
        /// In seconds.
        seconds: u16,
        /// 0 too short, 1 too long.
        result: u8,
    },
    /// 0x25: signals of the vehicle (扩展车辆信号状态位): 0 dipped beam, 4 brake, 5 reverse, 8 horn, …
    Signals {
        /// The bits.
        value: u32,
    },
    /// 0x2A: input and output (IO 状态位): 0 deep sleep, 1 sleep.
    Io {
        /// The bits.
        value: u16,
    },
    /// 0x2B: analogue inputs (模拟量).
    Analogue {
        /// AD0.
        ad0: u16,
        /// AD1.
        ad1: u16,
    },
    /// 0x30: strength of the mobile signal (无线通信网络信号强度).
    Signal {
        /// As it came.
        value: u8,
    },
    /// 0x31: satellites (GNSS 定位卫星数).
    Satellites {
        /// How many.
        value: u8,
    },
    /// Any other.
    Raw {
        /// Its id.
        id: u8,
        /// Its bytes.
        value: Hex,
    },
}

impl Item {
    /// Of an id and its bytes.
    #[must_use]
    pub fn of(id: u8, bytes: &[u8]) -> Self {
        let word = |a: &u8, b: &u8| u16::from_be_bytes([*a, *b]);
        let dword = |a: &u8, b: &u8, c: &u8, d: &u8| u32::from_be_bytes([*a, *b, *c, *d]);
        match (id, bytes) {
            (0x01, [a, b, c, d]) => Self::Mileage { value: dword(a, b, c, d) },
            (0x02, [a, b]) => Self::Fuel { value: word(a, b) },
            (0x03, [a, b]) => Self::RecorderSpeed { value: word(a, b) },
            (0x04, [a, b]) => Self::AlarmEvent { value: word(a, b) },
            (0x05, bytes) if bytes.len() == 30 => Self::TyrePressure { value: Hex(bytes.to_vec()) },
            (0x06, [a, b]) => Self::CompartmentTemperature { value: word(a, b) },
            (0x11, [kind]) => Self::Overspeed { kind: *kind, area: None },
            (0x11, [kind, a, b, c, d]) => Self::Overspeed { kind: *kind, area: Some(dword(a, b, c, d)) },
            (0x12, [kind, a, b, c, d, direction]) => Self::Crossing { kind: *kind, area: dword(a, b, c, d), direction: *direction },
            (0x13, [a, b, c, d, e, f, result]) => Self::Segment { segment: dword(a, b, c, d), seconds: word(e, f), result: *result },
            (0x25, [a, b, c, d]) => Self::Signals { value: dword(a, b, c, d) },
            (0x2a, [a, b]) => Self::Io { value: word(a, b) },
            // AD0 in the low word, AD1 in the high one.
            (0x2b, [a, b, c, d]) => Self::Analogue { ad0: word(c, d), ad1: word(a, b) },
            (0x30, [value]) => Self::Signal { value: *value },
            (0x31, [value]) => Self::Satellites { value: *value },
            (id, bytes) => Self::Raw { id, value: Hex(bytes.to_vec()) },
        }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> u8 {
        match self {
            Self::Mileage { .. } => 0x01,
            Self::Fuel { .. } => 0x02,
            Self::RecorderSpeed { .. } => 0x03,
            Self::AlarmEvent { .. } => 0x04,
            Self::TyrePressure { .. } => 0x05,
            Self::CompartmentTemperature { .. } => 0x06,
            Self::Overspeed { .. } => 0x11,
            Self::Crossing { .. } => 0x12,
            Self::Segment { .. } => 0x13,
            Self::Signals { .. } => 0x25,
            Self::Io { .. } => 0x2a,
            Self::Analogue { .. } => 0x2b,
            Self::Signal { .. } => 0x30,
            Self::Satellites { .. } => 0x31,
            Self::Raw { id, .. } => *id,
        }
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        match self {
            Self::Mileage { value } | Self::Signals { value } => bytes.u32(*value),
            Self::Fuel { value }
            | Self::RecorderSpeed { value }
            | Self::AlarmEvent { value }
            | Self::CompartmentTemperature { value }
            | Self::Io { value } => bytes.u16(*value),
            Self::TyrePressure { value } | Self::Raw { value, .. } => bytes.extend_from_slice(&value.0),
            Self::Overspeed { kind, area } => {
                bytes.u8(*kind);
                area.iter().for_each(|area| bytes.u32(*area));
            }
            Self::Crossing { kind, area, direction } => {
                bytes.u8(*kind);
                bytes.u32(*area);
                bytes.u8(*direction);
            }
            Self::Segment { segment, seconds, result } => {
                bytes.u32(*segment);
                bytes.u16(*seconds);
                bytes.u8(*result);
            }
            Self::Analogue { ad0, ad1 } => {
                bytes.u16(*ad1);
                bytes.u16(*ad0);
            }
            Self::Signal { value } | Self::Satellites { value } => bytes.u8(*value),
        }
        bytes
    }

    pub(crate) fn write(&self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        let bytes = self.bytes();
        out.u8(self.id());
        out.u8(count8(bytes.len(), "附加信息项")?);
        out.extend(bytes);
        Ok(())
    }
}
