//! Imports (导入): files of other systems become leads, row by row, each once.
//!
//! The file is durable in the data folder before anybody hears that it was taken. A worker turns it into rows, hands every row to the
//! intake as any other source does, and keeps how far it came. Invariants: imported + present + rejected = rows done; a row's lead and
//! its key are one commit, so a worker that starts again doubles nothing; the words of refused rows stand in the file alone.

mod act;
mod create;
mod encoding;
mod list;
pub mod mapping;
mod mappings;
mod now;
mod prepare;
mod preview;
pub(crate) mod receive;
pub(crate) mod row;
mod rows;
mod run;
mod spool;
mod store;
mod sweep;
mod time;

use axum::extract::DefaultBodyLimit;
use http_api::Answer;
use kernel::codes;
use kernel::problem::Problem;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{Leads, lead::Source};

pub use mapping::Mapping;
pub use now::{ImportReport, NewImport};

/// The largest file, in bytes.
pub const LARGEST_FILE: u64 = 1024 * 1024 * 1024;

codes! {
    /// Where an import stands (导入状态).
    ImportState {
        /// Waits for the worker (排队中).
        Waiting = "waiting", "排队中";
        /// The worker is at it (导入中).
        Running = "running", "导入中";
        /// A person paused it (已暂停).
        Paused = "paused", "已暂停";
        /// Every row is accounted for (已完成).
        Done = "done", "已完成";
        /// The file cannot be read on (失败).
        Failed = "failed", "失败";
        /// A person cancelled it; what was imported stays (已取消).
        Cancelled = "cancelled", "已取消";
    }
}

/// The operations.
pub(crate) fn routes() -> OpenApiRouter<Leads> {
    let uploads = OpenApiRouter::new()
        .routes(routes!(create::create))
        .routes(routes!(preview::preview))
        // A file is counted while it streams to the disk; the limit for JSON bodies is not for it.
        .layer(DefaultBodyLimit::disable());
    OpenApiRouter::new()
        .merge(uploads)
        .routes(routes!(list::list))
        .routes(routes!(list::show))
        .routes(routes!(list::rows))
        .routes(routes!(act::pause))
        .routes(routes!(act::resume))
        .routes(routes!(act::cancel))
        .routes(routes!(mappings::list, mappings::save))
        .routes(routes!(mappings::remove))
}

/// The source that a file is of; without a code, files in general.
pub(crate) async fn source(leads: &Leads, code: Option<&str>) -> Answer<Source> {
    match code.map(str::trim).filter(|code| !code.is_empty()) {
        None => Ok(Source::IMPORT),
        Some(code) => Ok(leads.settings().await?.outside_source(code)?.source.clone()),
    }
}

pub(crate) fn not_found() -> Problem {
    Problem::not_found("import-not-found", "没有找到这次导入")
}

/// Refuses who may import only for a part of the district: rows may lie anywhere in it.
pub(crate) fn whole_district(leads: &Leads, scope: &identity::Scope) -> Result<(), Problem> {
    if scope.units.is_none() && scope.covers_region(leads.home_region()) {
        return Ok(());
    }
    Err(Problem::forbidden("import-beyond-scope", "导入的线索可能位于全区任何地方，需要全区范围的权限"))
}
