//! Vehicles (运输车辆): one file each, and the terminal that is entered under its plate and colour.

pub(crate) mod import;
pub(crate) mod list;
pub(crate) mod save;
pub(crate) mod store;

use kernel::problem::Problem;

/// The problem of a vehicle that is not there for the caller.
pub(crate) fn no_vehicle() -> Problem {
    Problem::not_found("waste-vehicle-not-found", "没有这辆车，或者不在您的查看范围内")
}

/// The colour of a plate by JT/T 415, as people say it.
pub(crate) fn colour_label(colour: i16) -> &'static str {
    match colour {
        1 => "蓝色",
        2 => "黄色",
        3 => "黑色",
        4 => "白色",
        5 => "绿色",
        9 => "其他",
        _ => "未上牌",
    }
}
