//! Class models (类别模型): learned from the city's own leads whose class a person confirmed, tried on the newest of them, chosen and
//! given back by a person.
//!
//! Tables: `class_model`, `class_model_choice`. Invariants: at most one model learns at a time; only a model with its body can be
//! chosen; before there is any, the table of words proposes alone ([`catalogue::Catalogue::suggest`]); what a model proposes shows the
//! words that decided and is a person's to correct, which the next model learns from.

mod blend;
pub(crate) mod choose;
mod exam;
mod held;
pub(crate) mod list;
mod propose;
mod samples;
pub(crate) mod store;
pub(crate) mod train;
pub(crate) mod try_text;
mod work;

pub(crate) use exam::Report;
pub(crate) use held::Held;

use kernel::codes;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::Leads;

codes! {
    /// How far a class model has come (类别模型状态).
    ModelState {
        /// It is being learned (训练中).
        Learning = "learning", "训练中";
        /// It can be chosen (可用).
        Ready = "ready", "可用";
        /// Nothing was learned (训练未成).
        Failed = "failed", "训练未成";
    }
}

/// The operations.
pub(crate) fn routes() -> OpenApiRouter<Leads> {
    OpenApiRouter::new()
        .routes(routes!(list::list, train::train))
        .routes(routes!(list::show))
        .routes(routes!(choose::choose))
        .routes(routes!(try_text::try_text))
}
