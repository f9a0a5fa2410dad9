//! What changes of matters share: a reason, and a line in the history of settings.

use identity::{Allowed, audit};
use kernel::problem::Problem;
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::{Version, facts::MatterFacts, fine::yuan, parse::Fault};
use crate::{ManageLaw, Matters, service::changed_for};

/// The reason for a change, which people read later.
pub(crate) fn reason(text: &str) -> Result<&str, Problem> {
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

/// What is wrong with a version as the successor of the newest: where that one ends, its successor says from when on it counts, or it would
/// hold for acts of before too. A correction of the same law that ends as well stays within its time.
pub(super) fn reaches_back(newest: Option<&Version>, facts: &MatterFacts) -> Option<Fault> {
    let last = newest?.facts.effective_to?;
    let correction = facts.effective_to.is_some() && newest?.facts.law_title() == facts.law_title();
    let detail = || format!("现行版本只到 {last}，须写明生效日期：新规定不适用于此前的行为（{}）", crate::law::OLD_OR_LIGHTER);
    (facts.effective_from.is_none() && !correction).then(|| ("effective_from", detail()))
}

/// A draft that stands is another one than was seen.
pub(super) fn other_draft(code: &str) -> Problem {
    Problem::conflict("draft-changed", format!("{code} 的草稿已由他人改动、发布或放弃，请刷新后再操作"))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        matter::MatterRank,
        sample::{facts, version},
    };

    #[test]
    fn article_37_a_new_penalty_does_not_reach_back() {
        let ended = version(1, facts(200, 1_000).until("2026-08-14"));
        let field = |newest, made: crate::sample::Made| reaches_back(newest, &made.0).map(|(field, _)| field);
        assert_eq!(field(Some(&ended), facts(500, 2_000)), Some("effective_from"));
        assert_eq!(field(Some(&ended), facts(500, 2_000).since("2026-08-15")), None);
        // A correction of what ended ends too; another law is none.
        assert_eq!(field(Some(&ended), facts(200, 900).until("2026-08-14")), None);
        let other = facts(200, 900).until("2026-12-31").of("另一条例", MatterRank::Provincial, "33");
        assert_eq!(field(Some(&ended), other), Some("effective_from"));
        assert_eq!(field(None, facts(500, 2_000)), None);
        assert_eq!(field(Some(&version(1, facts(200, 1_000))), facts(200, 2_000)), None);
    }
}
