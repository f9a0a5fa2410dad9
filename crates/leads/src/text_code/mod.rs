//! Codes by text message (短信验证码): whether the telephone of a public report is its reporter's.
//!
//! Nouns: setting, code, provider. Tables: `text_code_setting`, `text_code`. Invariants: a code opens one report, within its minutes and tries; it is kept
//! as a keyed digest, the telephone as a keyed index, and neither is ever logged; what may be sent is bounded by telephone, by address and by
//! day; without a provider nothing can be asked for.

mod confirm;
mod provider;
mod rules;
mod send;
pub(crate) mod setting;
pub(crate) mod store;

use futures::future::BoxFuture;
use kernel::{codes, personal::Telephone};
use utoipa_axum::{router::OpenApiRouter, routes};

pub(crate) use confirm::{Asked, TelephoneCode, verify};
pub use provider::{HttpProvider, SimulatedProvider};

use crate::Leads;

codes! {
    /// When a public report needs a code (短信验证时机).
    TextCodeMode {
        /// Never (不验证).
        Off = "off", "不验证";
        /// Where a telephone is left (留电话时).
        WithTelephone = "with-telephone", "留电话时";
        /// Where a telephone is left, and of every report that bears a mark (留电话时，以及有上报提醒时).
        Odd = "odd", "留电话时，以及有上报提醒时";
    }
}

/// How it is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TextCodes {
    pub mode: TextCodeMode,
    pub daily_most: i32,
}

impl Default for TextCodes {
    fn default() -> Self {
        Self { mode: TextCodeMode::Off, daily_most: rules::DAILY_MOST }
    }
}

/// What sends text messages (短信服务商).
pub trait TextMessages: Send + Sync {
    /// Sends a code; the error says why it was not sent, in a few words without the telephone.
    fn send<'a>(&'a self, telephone: &'a Telephone, code: &'a str) -> BoxFuture<'a, Result<(), String>>;

    /// Where messages go, for whoever sets it up; nothing secret.
    fn name(&self) -> String;

    /// No message leaves: the code is shown on the page instead (模拟).
    fn is_simulated(&self) -> bool {
        false
    }
}

/// The operations.
pub(crate) fn routes() -> OpenApiRouter<Leads> {
    OpenApiRouter::new().routes(routes!(setting::show, setting::replace)).routes(routes!(setting::public)).routes(routes!(send::send))
}
