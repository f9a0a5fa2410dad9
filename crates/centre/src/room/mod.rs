//! Rooms (房间): settings with a history.

pub(crate) mod list;
pub(crate) mod save;
pub(crate) mod store;

use chrono::{DateTime, Datelike, Utc};
use kernel::{clock::shanghai, codes, problem::Problem};

codes! {
    /// What a room is for (房间种类).
    #[schema(as = CentreRoomKind)]
    RoomKind {
        /// Questioning (询问室).
        Inquiry = "inquiry", "询问室";
        /// Hearings (听证室).
        Hearing = "hearing", "听证室";
        /// Mediation (调解室).
        Mediation = "mediation", "调解室";
        /// Waiting (候问室).
        Waiting = "waiting", "候问室";
        /// Looking through files (阅卷室).
        Inspection = "inspection", "阅卷室";
    }
}

codes! {
    /// What a room is equipped with (房间设备).
    #[schema(as = CentreRoomEquipment)]
    RoomEquipment {
        /// Sound and picture are recorded in step (同步录音录像).
        Recording = "recording", "同步录音录像";
        /// A screen on which who is questioned reads along (笔录同显屏).
        Screen = "screen", "笔录同显屏";
        /// A pad to sign on (签字板).
        SignPad = "sign_pad", "电子签字板";
        /// A reader of identity cards (身份证读卡器).
        CardReader = "card_reader", "身份证读卡器";
        /// Speaking with somebody elsewhere (远程视频).
        Remote = "remote", "远程视频";
        /// Without steps (无障碍).
        Accessible = "accessible", "无障碍通道";
    }
}

/// The problem of a room that is not there for the caller, or closed.
pub(crate) fn no_room() -> Problem {
    Problem::not_found("room-not-found", "没有这个房间，或者不在您的辖区内").field("room", "请选择房间")
}

/// Whether a room is open for all of a stretch: on one day, on a day of the week that it is open, within its hours.
pub(crate) fn is_open(room: &store::RoomRow, from: DateTime<Utc>, until: DateTime<Utc>) -> bool {
    let (from, until) = (from.with_timezone(&shanghai()), until.with_timezone(&shanghai()));
    let weekday = i16::try_from(from.weekday().number_from_monday()).unwrap_or(0);
    from.date_naive() == until.date_naive() && room.weekdays.contains(&weekday) && room.opens <= from.time() && until.time() <= room.closes
}
