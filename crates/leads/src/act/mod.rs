//! What people do with a lead: one file a verb, one way through for all of them.

mod accept;
mod appoint;
mod charge;
mod check;
mod close;
mod comment;
mod correct;
mod dispatch;
mod erase_reporter;
mod extension;
mod file;
mod fix;
mod joint;
mod layer;
mod merge;
pub(crate) mod perform;
pub(crate) mod permitted;
mod refer;
mod reject;
mod request_check;
mod request_verify;
mod require;
mod reveal;
mod rework;
pub(crate) mod seen_gone;
mod send_back;
mod settle;
mod stance;
mod standing;
mod suspend;
mod take;
mod verify;
mod void;

pub(crate) use erase_reporter::{erase, outlast_backups};
pub(crate) use layer::raise_by_rule;
pub(crate) use perform::{covers, not_found, state_of};
pub(crate) use permitted::rights_of;
pub(crate) use require::require_files;
pub(crate) use stance::{Beside, facts_for};

use kernel::problem::Problem;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{Leads, lead::rules};

/// Every action of the API.
pub(crate) fn routes() -> OpenApiRouter<Leads> {
    OpenApiRouter::new()
        .routes(routes!(request_verify::request_verify))
        .routes(routes!(verify::verify))
        .routes(routes!(accept::accept))
        .routes(routes!(appoint::appoint))
        .routes(routes!(reject::reject))
        .routes(routes!(merge::merge))
        .routes(routes!(file::file))
        .routes(routes!(dispatch::dispatch))
        .routes(routes!(joint::call_joint))
        .routes(routes!(joint::ask_joint))
        .routes(routes!(joint::joint_take))
        .routes(routes!(joint::joint_done))
        .routes(routes!(joint::joint_return))
        .routes(routes!(joint::joint_withdraw))
        .routes(routes!(charge::charge))
        .routes(routes!(charge::end_charge))
        .routes(routes!(charge::instruct))
        .routes(routes!(charge::answer_instruction))
        .routes(routes!(charge::withdraw_instruction))
        .routes(routes!(layer::raise))
        .routes(routes!(layer::return_raised))
        .routes(routes!(layer::send_down))
        .routes(routes!(refer::refer))
        .routes(routes!(refer::take_back))
        .routes(routes!(take::take))
        .routes(routes!(take::unassign))
        .routes(routes!(send_back::send_back))
        .routes(routes!(extension::request))
        .routes(routes!(extension::grant))
        .routes(routes!(extension::refuse))
        .routes(routes!(suspend::suspend))
        .routes(routes!(suspend::resume))
        .routes(routes!(fix::fix))
        .routes(routes!(request_check::request_check))
        .routes(routes!(check::check))
        .routes(routes!(rework::rework))
        .routes(routes!(close::close))
        .routes(routes!(void::void))
        .routes(routes!(correct::correct))
        .routes(routes!(comment::remind))
        .routes(routes!(comment::comment))
        .routes(routes!(reveal::reveal))
        .routes(routes!(erase_reporter::erase_reporter))
}

/// A text that must be there.
pub(crate) fn required(field: &'static str, label: &str, text: &str) -> Result<String, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::invalid("field-required", format!("请填写{label}")).field(field, format!("请填写{label}")));
    }
    bounded(field, label, text)
}

/// A text that may be absent.
pub(crate) fn optional(field: &'static str, label: &str, text: Option<&str>) -> Result<Option<String>, Problem> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(|text| bounded(field, label, text)).transpose()
}

fn bounded(field: &'static str, label: &str, text: &str) -> Result<String, Problem> {
    if text.chars().count() > rules::LONGEST_NOTE {
        let detail = format!("{label}不能超过 {} 字", rules::LONGEST_NOTE);
        return Err(Problem::invalid("field-too-long", detail.clone()).field(field, detail));
    }
    if text.contains('\0') {
        return Err(Problem::invalid("field-invalid", format!("{label}含有不可用的字符")).field(field, "含有不可用的字符"));
    }
    Ok(text.to_owned())
}
