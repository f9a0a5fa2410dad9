//! What changes of matters share: a reason, and a line in the history of settings.

use identity::{Allowed, audit};
use kernel::problem::Problem;
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::{facts::MatterFacts, fine::yuan, parse::Fault};
use crate::{ManageLaw, Matters, service::changed_for};

/// The reason for a change, which people read later.
pub(super) fn reason(text: &str) -> Result<&str, Problem> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > 500 || text.contains('\0') {
        return Err(Problem::invalid("reason-missing", "请写明原因").field("reason", "原因为 1 至 500 个字"));
    }
    Ok(text)
}

/// A row's faults as a problem with its fields.
pub(super) fn refused(faults: Vec<Fault>) -> Problem {
    faults
        .into_iter()
        .fold(Problem::invalid("matter-invalid", "事项内容不符合要求"), |problem, (field, detail)| problem.field(field, detail))
}

/// What the history of settings keeps of a version.
pub(super) fn told(number: i32, facts: &MatterFacts) -> Value {
    let range = |range: Option<super::FineRange>| range.map(|it| format!("{}–{}", yuan(it.min_fen), yuan(it.max_fen)));
    json!({
        "version": number,
        "name": facts.name,
        "law": facts.law,
        "penalty_article": facts.penalty_article,
        "individual_yuan": range(facts.individual),
        "organisation_yuan": range(facts.organisation),
        "effective_from": facts.effective_from,
        "effective_to": facts.effective_to,
    })
}

/// Writes a line into the history of settings.
pub(super) async fn record(
    connection: &mut PgConnection,
    room: &Matters,
    allowed: &Allowed<ManageLaw>,
    action: &'static str,
    target: &str,
    [before, after]: [Value; 2],
) -> sqlx::Result<()> {
    let scope = allowed.scope();
    let change = audit::SettingChange { region: changed_for(&scope), action, target, before, after };
    audit::record(connection, room.now(), allowed.caller.person, change).await
}
