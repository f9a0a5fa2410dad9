//! A matter in full: what holds on two days and why, its articles with their text, what else is about the same conduct, its history.

use std::collections::HashMap;

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use http_api::{Answer, Json, Path, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{FineParty, MatterFacts, MatterRow, SimpleUse, Version, on};
use crate::{
    Matters, ReadLaw,
    law::{Choice, MatterVerdict, RelationKind, choose, relate, same_conduct},
    library::Library,
    statute::{reference, store as statutes},
};

/// Relations that are shown.
const MOST_RELATIONS: usize = 12;

/// For which act and party.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// The day of the act; today without it.
    act: Option<NaiveDate>,
    /// The day of the decision; today without it.
    decision: Option<NaiveDate>,
    /// Whose fine; an organisation's without it where citizens are no target.
    #[param(inline)]
    party: Option<FineParty>,
}

/// A version with who made it.
#[derive(Debug, Serialize, ToSchema)]
pub struct MatterVersion {
    /// Its number.
    number: i32,
    /// What it says.
    facts: MatterFacts,
    /// Why it was made.
    reason: String,
    /// It came with the program.
    shipped: bool,
    /// When it was published, or entered where it is a draft.
    at: DateTime<Utc>,
    /// By whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
}

/// Which version judges an act of one day that is decided on another.
#[derive(Debug, Serialize, ToSchema)]
pub struct MatterChoice {
    /// The day of the act.
    act: NaiveDate,
    /// The day of the decision.
    decision: NaiveDate,
    /// Whose fine.
    party: FineParty,
    /// The number of the version of the day of the act.
    of_act: Option<i32>,
    /// The number of the version of the day of the decision.
    at_decision: Option<i32>,
    /// What follows.
    verdict: MatterVerdict,
    /// The verdict in Chinese.
    verdict_label: &'static str,
    /// The version to decide by; nothing where there is none or a person must first compare.
    chosen: Option<i32>,
    /// Why.
    why: String,
    /// The article.
    citation: &'static str,
    /// Whether the fine can be decided on the spot.
    simple: Option<SimpleUse>,
}

/// Another row that is likely about the same conduct.
#[derive(Debug, Serialize, ToSchema)]
pub struct MatterRelation {
    /// Its code.
    code: String,
    /// What it says.
    facts: MatterFacts,
    /// How it stands to this one.
    kind: RelationKind,
    /// The same in Chinese.
    kind_label: &'static str,
}

/// An article that a version cites, with its text where the library has the statute.
#[derive(Debug, Serialize, ToSchema)]
pub struct CitedArticle {
    /// Whether it is the one that is broken, or the one that carries the penalty.
    penalty: bool,
    /// The citation as it stands in the row.
    cited: String,
    /// The article's number.
    article: u16,
    /// The statute; nothing where the library has none of this name.
    #[serde(skip_serializing_if = "Option::is_none")]
    statute: Option<statutes::CitedStatute>,
    /// Its paragraphs (款), each with whether the citation means it.
    paragraphs: Vec<CitedParagraph>,
}

/// A paragraph of an article.
#[derive(Debug, Serialize, ToSchema)]
pub struct CitedParagraph {
    /// Its lines: the paragraph and its items (项).
    lines: Vec<String>,
    /// Whether it is meant.
    meant: bool,
    /// The lines among them that are meant, where items are cited.
    items: Vec<usize>,
}

/// A matter.
#[derive(Debug, Serialize, ToSchema)]
pub struct MatterInFull {
    /// Its code.
    code: String,
    /// The published versions, the newest first.
    versions: Vec<MatterVersion>,
    /// The draft that waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    draft: Option<MatterVersion>,
    /// The newest version or draft as a row, to be edited.
    row: MatterRow,
    /// Which version counts.
    choice: MatterChoice,
    /// The articles of the version that is chosen, or of the newest, in the statute's text that was dated last before the day on which that
    /// version counts. A text may be dated before it enters into force: its own last article says when it does.
    articles: Vec<CitedArticle>,
    /// What else is likely about the same conduct.
    relations: Vec<MatterRelation>,
}

/// Reads a matter.
///
/// # Errors
/// `matter-unknown`.
#[utoipa::path(get, path = "/api/v1/matters/{code}", tag = "law", operation_id = "read_matter",
    params(("code" = String, Path, description = "The matter"), Ask),
    responses((status = 200, body = MatterInFull)), extensions(("x-right" = json!("law.read"))))]
pub(crate) async fn show(
    State(room): State<Matters>,
    _allowed: Allowed<ReadLaw>,
    Path(code): Path<String>,
    Query(ask): Query<Ask>,
) -> Answer<Json<MatterInFull>> {
    let library = room.library().await?;
    let (versions, draft) = (library.versions(&code), library.drafts.get(&code));
    let newest = versions.last().or(draft).ok_or_else(|| Problem::not_found("matter-unknown", "没有这个编号的执法事项"))?;
    let (act, decision) = (ask.act.unwrap_or_else(|| room.today()), ask.decision.unwrap_or_else(|| room.today()));
    if decision < act {
        return Err(Problem::invalid("query-invalid", "查询参数不符合要求").field("decision", "决定日不能早于行为日").into());
    }
    let party = ask.party.unwrap_or(if newest.facts.individual.is_none() && newest.facts.organisation.is_some() {
        FineParty::Organisation
    } else {
        FineParty::Individual
    });
    let choice = choose(versions, act, decision, party);
    let counts_on = if choice.verdict == MatterVerdict::Newer { decision } else { act };
    let shown = choice.chosen().or(choice.of_act).unwrap_or(newest);
    let people: Vec<Uuid> = versions.iter().chain(draft).filter_map(|it| it.settled_by.or(it.created_by)).collect();
    let names = room.identity().names_of(&people).await?;
    let view = |version: &Version| told(version, &names);
    let answer = MatterInFull {
        row: MatterRow::of(&code, &draft.unwrap_or(newest).facts),
        versions: versions.iter().rev().map(view).collect(),
        draft: draft.map(view),
        articles: articles(&room, &shown.facts, text_day(&shown.facts, counts_on)).await?,
        relations: relations(&library, &code, &shown.facts, act),
        choice: MatterChoice {
            act,
            decision,
            party,
            of_act: choice.of_act.map(|it| it.number),
            at_decision: choice.at_decision.map(|it| it.number),
            verdict: choice.verdict,
            verdict_label: choice.verdict.label(),
            chosen: choice.chosen().map(|it| it.number),
            citation: crate::law::OLD_OR_LIGHTER,
            simple: choice.chosen().and_then(|it| it.facts.simple_use(party)),
            why: {
                let Choice { why, .. } = choice;
                why
            },
        },
        code,
    };
    Ok(Json(answer))
}

fn told(version: &Version, names: &HashMap<Uuid, String>) -> MatterVersion {
    MatterVersion {
        number: version.number,
        facts: version.facts.clone(),
        reason: version.reason.clone(),
        shipped: version.shipped,
        at: version.settled_at.unwrap_or(version.created_at),
        by: version.settled_by.or(version.created_by).and_then(|by| names.get(&by).cloned()),
    }
}

/// What else is about the same conduct; nothing where the row itself does not hold on the day, and so prevails over nothing.
fn relations(library: &Library, code: &str, facts: &MatterFacts, day: NaiveDate) -> Vec<MatterRelation> {
    if !facts.covers(day) {
        return Vec::new();
    }
    let others = library.published.iter().filter(|(other, _)| *other != code);
    let found = others.filter_map(|(_, versions)| on(versions, day)).filter(|it| same_conduct(facts, &it.facts));
    found
        .map(|it| {
            let kind = relate(facts, &it.facts).kind;
            MatterRelation { code: it.code.clone(), facts: it.facts.clone(), kind, kind_label: kind.label() }
        })
        .take(MOST_RELATIONS)
        .collect()
}

/// The day whose text of the statute belongs to a version: the day that it was chosen for, or the nearest on which the version holds, where
/// it is shown without holding on that day.
fn text_day(facts: &MatterFacts, day: NaiveDate) -> NaiveDate {
    let day = facts.effective_to.map_or(day, |last| day.min(last));
    facts.effective_from.map_or(day, |first| day.max(first))
}

/// The articles that a row cites; the statute's version is that of the day.
async fn articles(room: &Matters, facts: &MatterFacts, day: NaiveDate) -> Answer<Vec<CitedArticle>> {
    let statute = statutes::cited(room.pool(), facts.law_title(), day).await?;
    let cited = facts.violated_article.iter().map(|it| (false, it)).chain([(true, &facts.penalty_article)]);
    let wanted: Vec<(bool, &String, reference::Reference)> =
        cited.flat_map(|(penalty, text)| reference::parse(text).into_iter().flatten().map(move |it| (penalty, text, it))).collect();
    let texts: HashMap<i32, String> = match &statute {
        Some(statute) => {
            let numbers: Vec<i32> = wanted.iter().map(|(_, _, it)| i32::from(it.article)).collect();
            statutes::texts(room.pool(), statute.id, &numbers).await?.into_iter().collect()
        }
        None => HashMap::new(),
    };
    let view = |(penalty, text, wanted): (bool, &String, reference::Reference)| CitedArticle {
        penalty,
        cited: text.clone(),
        article: wanted.article,
        statute: statute.clone(),
        paragraphs: texts.get(&i32::from(wanted.article)).map(|text| paragraphs(text, &wanted)).unwrap_or_default(),
    };
    Ok(wanted.into_iter().map(view).collect())
}

fn paragraphs(text: &str, wanted: &reference::Reference) -> Vec<CitedParagraph> {
    let found = crate::statute::parse::paragraphs(text);
    (1_u16..)
        .zip(found)
        .map(|(number, lines)| {
            let meant = wanted.paragraphs.is_empty() || wanted.paragraphs.contains(&number);
            let items = wanted.items.iter().map(|it| usize::from(*it)).filter(|it| meant && *it < lines.len()).collect();
            CitedParagraph { lines: lines.into_iter().map(str::to_owned).collect(), meant, items }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{day, facts};

    #[test]
    fn a_text_is_looked_up_on_a_day_on_which_the_version_holds() {
        let old = facts(200, 1_000).until("2026-08-14").0;
        assert_eq!(text_day(&old, day("2026-08-01")), day("2026-08-01"));
        assert_eq!(text_day(&old, day("2026-09-01")), day("2026-08-14"));
        let new = facts(100, 500).since("2026-08-15").0;
        assert_eq!(text_day(&new, day("2026-08-01")), day("2026-08-15"));
        assert_eq!(text_day(&new, day("2026-09-01")), day("2026-09-01"));
    }
}
