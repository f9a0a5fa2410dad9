//! Figures (考核数据): the indicators of subjects in a period, and the leads behind each.

mod export;
mod leads;
mod report;
mod store;

pub(crate) use export::{__path_export, export};
pub(crate) use leads::{__path_leads, leads};
pub(crate) use report::{__path_figures, figures};
