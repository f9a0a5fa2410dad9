//! Campaigns (全域整治): begun by a person, followed to the last grid, ended by a person.

pub(crate) mod end;
pub(crate) mod grids;
pub(crate) mod list;
pub(crate) mod show;
pub(crate) mod start;
mod view;

use kernel::problem::Problem;

use kernel::codes;

codes! {
    /// How far a grid is (排查状态).
    GridState {
        /// Nobody looked yet.
        Waiting = "waiting", "待排查";
        /// Nothing of the kind is there.
        Clean = "clean", "未发现";
        /// Something is, and became a lead.
        Found = "found", "已发现";
    }
}

/// Nobody finds it, or not he.
pub(crate) fn not_found() -> Problem {
    Problem::not_found("campaign-not-found", "没有找到这次全域整治，或不在您的权限范围内")
}

/// A field that cannot be so.
pub(crate) fn invalid(field: &'static str, words: &str) -> Problem {
    Problem::invalid("campaign-invalid", words.to_owned()).field(field, words.to_owned())
}

/// Words that must be there and not be too many, without personal numbers.
pub(crate) fn words(field: &'static str, label: &str, text: &str, most: usize) -> Result<String, Problem> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > most || text.contains('\0') {
        return Err(invalid(field, &format!("{label}应为 1 至 {most} 字")));
    }
    Ok(kernel::personal::redact(text).into_owned())
}
