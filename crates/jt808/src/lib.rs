//! JT/T 808 (道路运输车辆卫星定位系统终端通讯协议), editions 2011, 2013 and 2019: bytes in, messages out, and back.
//!
//! Nouns: frame (帧), header (消息头), part (分包), message (消息), position (位置信息汇报), item (附加信息项), vendor table (厂家附加项对照表).
//!
//! Invariants:
//! - nothing here does IO, and nothing here asks for the time: an age is counted from an instant that is handed in;
//! - what one stream may hold is bounded ([`Framer`], [`Assembly`]), and a frame that is refused never costs the next one;
//! - what is not known is kept as its bytes and written back as them: messages, items, parameters, what follows a known body;
//! - a length is the one that the wire says, never one from a table: real terminals reuse low item ids with other lengths;
//! - what a vendor's item means stands in a table in a file of its own (`vendors/`), never in code.
//!
//! The names of the fields are those of JT/T 808-2013 and 808-2019; a message id is written as there, `0x0200`.

mod alarm;
mod area;
mod assembly;
mod fields;
mod frame;
mod header;
mod item;
mod message;
mod moment;
mod packet;
mod parameter;
mod phone;
mod position;
mod register;
mod vendor;

pub use alarm::{ALARMS, AlarmBit, Clears, raised};
pub use area::{AreaKind, AreaRules, Circle, Limit, Polygon, Rectangle, Route, Turn};
pub use assembly::{Assembly, Lacking, Limits, Offered};
pub use fields::{EncodeError, Hex, Malformed};
pub use frame::{Frame, FrameError, Framer, LONGEST_BODY, LONGEST_FRAME, check, frame};
pub use header::{Edition, Header, Part};
pub use item::Item;
pub use message::{Device, GeneralAnswer, Message, Resend, id};
pub use moment::Moment;
pub use packet::Packet;
pub use parameter::{Parameter, ParameterValue};
pub use phone::Phone;
pub use position::{BatchRef, Fix, Items, Load, Position, PositionRef};
pub use register::Register;
pub use vendor::{Body, By, Field, Lid, Rule, TableError, Tipper, VendorTable};
