//! The law changed between act and decision (从旧兼从轻, 行政处罚法第三十七条): both are shown, and who approves the notice or decides chooses
//! the lighter with its reason.

use chrono::NaiveDate;
use docket::KeyOf;
use http_api::Answer;
use kernel::problem::Problem;
use law::procedure::Action;
use matters::{OwnedChoice, Version, law::MatterVerdict};
use serde::{Deserialize, Serialize};
use sqlx::{PgConnection, types::Json};
use utoipa::ToSchema;

use super::{super::record::Dossier, BasisRow, CaseLawSettled, derive::articles, store};
use crate::Cases;

/// The article.
const OLD_OR_LIGHTER: &str = "行政处罚法第三十七条";

/// The law that is chosen, and why.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseLawChoice {
    /// The version of the matter.
    pub version: i32,
    /// Why.
    pub reason: String,
}

/// One of the two laws.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseLawOption {
    /// The version of the matter.
    version: i32,
    /// What punishes the act.
    articles: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    fine_min_fen: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fine_max_fen: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effective_from: Option<NaiveDate>,
}

/// What the change of the law comes to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseLawView {
    /// What follows, by its code.
    verdict: &'static str,
    verdict_label: &'static str,
    why: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    of_act: Option<CaseLawOption>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at_decision: Option<CaseLawOption>,
    /// The version that must be chosen; nothing where a person compares, or none can be.
    #[serde(skip_serializing_if = "Option::is_none")]
    chosen: Option<i32>,
    /// It was not chosen yet: the next approval or decision asks for it.
    needed: bool,
}

/// Whether a step asks for the law that is chosen.
pub(in crate::case) const fn asks(action: Action) -> bool {
    matches!(action, Action::ApproveNotice | Action::Decide | Action::DecideOnSpot)
}

/// Whether something must be chosen: the law changed, or was corrected, and nobody chose between these two yet.
fn is_needed(basis: &BasisRow, choice: &OwnedChoice) -> bool {
    let numbers = (choice.of_act.as_ref().map(|it| it.number), choice.at_decision.as_ref().map(|it| it.number));
    let settled = basis.settled.as_ref().is_some_and(|it| (it.of_act, it.at_decision) == numbers);
    !settled && (choice.verdict != MatterVerdict::Same || choice.chosen != basis.matter_version)
}

async fn looked_up(room: &Cases, dossier: &Dossier, today: NaiveDate) -> Answer<Option<OwnedChoice>> {
    let record = &dossier.record;
    if dossier.basis.as_ref().is_none_or(|basis| basis.matter_version.is_none()) {
        return Ok(None);
    }
    Ok(Some(room.matters().choice_of(&record.matter_code, record.acted_on, today, dossier.fine_party()).await?))
}

/// What the page shows of a law that changed; nothing where it did not, or where the case was decided.
pub(in crate::case) async fn view(room: &Cases, dossier: &Dossier, today: NaiveDate) -> Answer<Option<CaseLawView>> {
    let Some(basis) = &dossier.basis else { return Ok(None) };
    if dossier.record.decided_at.is_some() {
        return Ok(None);
    }
    let Some(choice) = looked_up(room, dossier, today).await? else { return Ok(None) };
    if choice.verdict == MatterVerdict::Same && choice.chosen == basis.matter_version {
        return Ok(None);
    }
    let party = dossier.fine_party();
    let option = |version: &Version| CaseLawOption {
        version: version.number,
        articles: articles(&version.facts),
        fine_min_fen: version.facts.range(party).map(|range| range.min_fen),
        fine_max_fen: version.facts.range(party).map(|range| range.max_fen),
        effective_from: version.facts.effective_from,
    };
    Ok(Some(CaseLawView {
        verdict: choice.verdict.code(),
        verdict_label: choice.verdict.label(),
        needed: is_needed(basis, &choice),
        of_act: choice.of_act.as_ref().map(option),
        at_decision: choice.at_decision.as_ref().map(option),
        chosen: choice.chosen,
        why: choice.why,
    }))
}

/// Which version counts of those that were found, with the reason; refuses another than the lighter.
fn judged(choice: &OwnedChoice, given: Option<&CaseLawChoice>) -> Result<(i32, String), Problem> {
    let numbers = [choice.of_act.as_ref(), choice.at_decision.as_ref()].map(|it| it.map(|version| version.number));
    let conflict = |code: &'static str, cure: &str| {
        Problem::conflict(code, format!("{}。{cure}", choice.why)).citing(OLD_OR_LIGHTER).cured_by(cure, None)
    };
    match choice.verdict {
        MatterVerdict::NotUnlawful => return Err(conflict("no-longer-unlawful", "决定不予处罚或者撤销案件")),
        MatterVerdict::NewerMissing => return Err(conflict("newer-law-missing", "由法律库管理员录入并发布新条文后再比较")),
        MatterVerdict::NoLaw => return Err(conflict("matter-no-law", "由法律库管理员核对事项的版本")),
        MatterVerdict::Same | MatterVerdict::OfAct | MatterVerdict::Newer | MatterVerdict::Compare => {}
    }
    let Some(given) = given else {
        let detail = format!("行为发生后规定有变化：{}。请选定较轻的规定并写明理由", choice.why);
        return Err(Problem::invalid("law-choice-needed", detail.clone()).field("law_choice", detail).citing(OLD_OR_LIGHTER));
    };
    let reason = super::super::required("law_choice.reason", "适用哪一规定的理由", &given.reason)?;
    if choice.chosen.is_some_and(|chosen| chosen != given.version) {
        return Err(conflict("law-lighter", "选定较轻的规定；行为时的规定较轻或者相同的，适用行为时的规定"));
    }
    if !numbers.contains(&Some(given.version)) {
        let detail = "只能在行为时和决定时的两版规定中选定";
        return Err(Problem::invalid("field-invalid", detail).field("law_choice.version", detail));
    }
    Ok((given.version, reason))
}

/// Chooses the law before a step that asks for it; from then on the case is judged by the version that was chosen.
///
/// # Errors
/// `law-choice-needed`, `law-lighter`, `no-longer-unlawful`, `newer-law-missing`, `matter-no-law`.
pub(in crate::case) async fn settle(
    room: &Cases,
    connection: &mut PgConnection,
    key: &KeyOf,
    dossier: &mut Dossier,
    (action, today): (Action, NaiveDate),
    given: Option<&CaseLawChoice>,
) -> Answer<()> {
    if !asks(action) {
        return Ok(());
    }
    let Some(choice) = looked_up(room, dossier, today).await? else { return Ok(()) };
    let party = dossier.fine_party();
    let Some(basis) = dossier.basis.as_mut().filter(|basis| is_needed(basis, &choice)) else { return Ok(()) };
    let (chosen, reason) = judged(&choice, given)?;
    let number = |version: &Option<Version>| version.as_ref().map(|it| it.number);
    let settled = CaseLawSettled { of_act: number(&choice.of_act), at_decision: number(&choice.at_decision), chosen, reason };
    let facts = [&choice.of_act, &choice.at_decision].into_iter().flatten().find(|it| it.number == chosen).map(|it| &it.facts);
    if let Some(facts) = facts.filter(|_| basis.matter_version != Some(chosen)) {
        dossier.record.articles = articles(facts);
        // What was computed from a formula stays the officer's.
        if let Some(range) = facts.range(party) {
            (dossier.record.fine_min_fen, dossier.record.fine_max_fen) = (Some(range.min_fen), Some(range.max_fen));
        }
    }
    let record = &dossier.record;
    store::settle(connection, key, &settled, &record.articles, (record.fine_min_fen, record.fine_max_fen)).await?;
    (basis.matter_version, basis.settled) = (Some(chosen), Some(Json(settled)));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(verdict: MatterVerdict, chosen: Option<i32>) -> OwnedChoice {
        let (code, facts) = matters::shipped().unwrap().remove(0);
        let version = |number| {
            let (code, facts) = (code.clone(), facts.clone());
            let at = chrono::DateTime::UNIX_EPOCH;
            Version {
                code,
                number,
                facts,
                reason: "模拟".into(),
                shipped: true,
                created_at: at,
                created_by: None,
                settled_at: None,
                settled_by: None,
            }
        };
        OwnedChoice { of_act: Some(version(1)), at_decision: Some(version(2)), verdict, chosen, why: "模拟".into() }
    }

    #[test]
    fn article_37_the_lighter_law_is_chosen_with_its_reason() {
        let given = |version: i32, reason: &str| Some(CaseLawChoice { version, reason: reason.into() });
        let code = |of: &OwnedChoice, given: Option<CaseLawChoice>| judged(of, given.as_ref()).map_err(|problem| problem.code);
        let newer = choice(MatterVerdict::Newer, Some(2));
        assert_eq!(code(&newer, None), Err("law-choice-needed"));
        assert_eq!(code(&newer, given(1, "旧")), Err("law-lighter"));
        assert_eq!(code(&newer, given(2, " ")), Err("field-required"));
        assert_eq!(code(&newer, given(2, "新规定较轻")), Ok((2, "新规定较轻".into())));
        let compare = choice(MatterVerdict::Compare, None);
        assert_eq!((code(&compare, given(1, "旧")).is_ok(), code(&compare, given(3, "x"))), (true, Err("field-invalid")));
        for (verdict, refused) in [(MatterVerdict::NotUnlawful, "no-longer-unlawful"), (MatterVerdict::NewerMissing, "newer-law-missing")] {
            assert_eq!(code(&choice(verdict, None), given(1, "旧")), Err(refused));
        }
    }
}
