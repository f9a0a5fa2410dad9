//! Messages of either direction (消息), and what each is made of.

mod read;
mod write;

use serde::{Deserialize, Serialize};

use crate::{
    area::{AreaKind, Circle, Polygon, Rectangle, Route},
    fields::Hex,
    moment::Moment,
    parameter::Parameter,
    position::Position,
    register::Register,
};

/// Message ids (消息 ID) that programs beside this one ask for by name.
pub mod id {
    /// The terminal's general answer.
    pub const TERMINAL_ANSWER: u16 = 0x0001;
    /// A heartbeat.
    pub const HEARTBEAT: u16 = 0x0002;
    /// A terminal goes.
    pub const UNREGISTER: u16 = 0x0003;
    /// A terminal asks for the time.
    pub const ASK_TIME: u16 = 0x0004;
    /// A terminal registers.
    pub const REGISTER: u16 = 0x0100;
    /// A terminal shows its code.
    pub const AUTHENTICATE: u16 = 0x0102;
    /// A position.
    pub const POSITION: u16 = 0x0200;
    /// The answer to a query for a position.
    pub const POSITION_ANSWER: u16 = 0x0201;
    /// Positions in a batch.
    pub const BATCH: u16 = 0x0704;
}

/// A message (消息): what a body says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Message {
    /// 0x0001 (终端通用应答).
    TerminalAnswer(GeneralAnswer),
    /// 0x8001 (平台通用应答).
    PlatformAnswer(GeneralAnswer),
    /// 0x0002 (终端心跳).
    Heartbeat,
    /// 0x0003 (终端注销).
    Unregister,
    /// 0x0004, since 2019 (查询服务器时间).
    AskTime,
    /// 0x8004, since 2019 (查询服务器时间应答).
    Time {
        /// In UTC, unlike every other time of the protocol.
        time: Moment,
    },
    /// 0x0005, since 2019: the terminal lacks parts (终端补传分包请求).
    TerminalLacks(Resend),
    /// 0x8003: the platform lacks parts (服务器补传分包请求).
    PlatformLacks(Resend),
    /// 0x0100 (终端注册).
    Register(Register),
    /// 0x8100 (终端注册应答).
    RegisterAnswer {
        /// Serial number of the registration.
        serial: u16,
        /// 0 done, 1 vehicle already registered, 2 vehicle unknown, 3 terminal already registered, 4 terminal unknown.
        result: u8,
        /// What the terminal shows from now on; with result 0 alone.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        code: String,
    },
    /// 0x0102 (终端鉴权).
    Authenticate {
        /// What the registration was answered with.
        code: String,
        /// Since 2019.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        device: Option<Device>,
    },
    /// 0x8103 (设置终端参数).
    SetParameters {
        /// Which.
        parameters: Vec<Parameter>,
    },
    /// 0x8104 (查询终端参数).
    QueryParameters,
    /// 0x0104 (查询终端参数应答).
    Parameters {
        /// Serial number of the query.
        serial: u16,
        /// Which.
        parameters: Vec<Parameter>,
    },
    /// 0x0200 (位置信息汇报).
    Position(Position),
    /// 0x8201 (位置信息查询).
    QueryPosition,
    /// 0x0201 (位置信息查询应答).
    PositionAnswer {
        /// Serial number of the query.
        serial: u16,
        /// Where.
        position: Position,
    },
    /// 0x8202 (临时位置跟踪控制).
    Follow {
        /// In seconds; 0 ends it.
        interval: u16,
        /// For so many seconds; may be left out with interval 0.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seconds: Option<u32>,
    },
    /// 0x8203 (人工确认报警消息).
    ConfirmAlarm {
        /// Of the message with the alarm; 0 all of the kinds.
        serial: u16,
        /// Alarm bits 0, 3, 20, 21, 22, 27, 28.
        kinds: u32,
    },
    /// 0x8300 (文本信息下发).
    Text {
        /// Until 2013: 0 urgent, 2 display, 3 speech, 4 advertisement, 5 fault code. Since 2019 bits 0 and 1 are 1 service, 2 urgent, 3 notice.
        flag: u8,
        /// Since 2019: 1 notice, 2 service.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kind: Option<u8>,
        /// The words.
        text: String,
    },
    /// 0x8600 (设置圆形区域).
    SetCircles {
        /// 0 instead of all, 1 beside them, 2 instead of those with the same ids.
        action: u8,
        /// Which.
        areas: Vec<Circle>,
    },
    /// 0x8602 (设置矩形区域).
    SetRectangles {
        /// As for circles.
        action: u8,
        /// Which.
        areas: Vec<Rectangle>,
    },
    /// 0x8604 (设置多边形区域).
    SetPolygon(Polygon),
    /// 0x8606 (设置路线).
    SetRoute(Route),
    /// 0x8601, 0x8603, 0x8605, 0x8607 (删除区域或路线).
    DeleteAreas {
        /// Of which shape.
        kind: AreaKind,
        /// Which; all where none is named. 125 at most.
        ids: Vec<u32>,
    },
    /// 0x8608, since 2019 (查询区域或线路数据). The layout is that of JT/T 808-2019, 8.59 as commonly implemented; no frame of a terminal was
    /// at hand to check it with.
    QueryAreas {
        /// 1 circles, 2 rectangles, 3 polygons, 4 routes.
        kind: u8,
        /// Which; all where none is named.
        ids: Vec<u32>,
    },
    /// 0x0704 (定位数据批量上传).
    Batch {
        /// 0 as usual, 1 kept where there was no network.
        kind: u8,
        /// In the order in which they came.
        positions: Vec<Position>,
    },
    /// 0x0800 (多媒体事件信息上传).
    Media {
        /// Of the recording.
        media: u32,
        /// 0 picture, 1 sound, 2 film.
        kind: u8,
        /// 0 JPEG, 1 TIF, 2 MP3, 3 WAV, 4 WMV.
        format: u8,
        /// What it was made upon: 0 the platform's order, 1 timer, 2 robbery, 3 collision, …
        event: u8,
        /// Of the camera.
        channel: u8,
    },
    /// Any other message, one that is encrypted, or a part of one.
    Raw {
        /// Its id.
        id: u16,
        /// As it came.
        body: Hex,
    },
}

/// What both sides answer with where a message has no answer of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GeneralAnswer {
    /// Serial number of what is answered.
    pub serial: u16,
    /// Its id.
    pub id: u16,
    /// 0 done, 1 failed, 2 wrong, 3 not supported, 4 alarm handled (the platform alone).
    pub result: u8,
}

/// Parts that lack (补传分包请求).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resend {
    /// Serial number of the message's first part.
    pub first_serial: u16,
    /// Which parts, from 1.
    pub numbers: Vec<u16>,
}

/// What a terminal says of itself since 2019 when it shows its code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// 15 digits.
    pub imei: String,
    /// Of its software.
    pub version: String,
}

impl Message {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> u16 {
        match self {
            Self::TerminalAnswer(_) => 0x0001,
            Self::PlatformAnswer(_) => 0x8001,
            Self::Heartbeat => 0x0002,
            Self::Unregister => 0x0003,
            Self::AskTime => 0x0004,
            Self::Time { .. } => 0x8004,
            Self::TerminalLacks(_) => 0x0005,
            Self::PlatformLacks(_) => 0x8003,
            Self::Register(_) => 0x0100,
            Self::RegisterAnswer { .. } => 0x8100,
            Self::Authenticate { .. } => 0x0102,
            Self::SetParameters { .. } => 0x8103,
            Self::QueryParameters => 0x8104,
            Self::Parameters { .. } => 0x0104,
            Self::Position(_) => 0x0200,
            Self::QueryPosition => 0x8201,
            Self::PositionAnswer { .. } => 0x0201,
            Self::Follow { .. } => 0x8202,
            Self::ConfirmAlarm { .. } => 0x8203,
            Self::Text { .. } => 0x8300,
            Self::SetCircles { .. } => 0x8600,
            Self::SetRectangles { .. } => 0x8602,
            Self::SetPolygon(_) => 0x8604,
            Self::SetRoute(_) => 0x8606,
            Self::DeleteAreas { kind, .. } => match kind {
                AreaKind::Circle => 0x8601,
                AreaKind::Rectangle => 0x8603,
                AreaKind::Polygon => 0x8605,
                AreaKind::Route => 0x8607,
            },
            Self::QueryAreas { .. } => 0x8608,
            Self::Batch { .. } => 0x0704,
            Self::Media { .. } => 0x0800,
            Self::Raw { id, .. } => *id,
        }
    }
}
