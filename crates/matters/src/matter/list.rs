//! Listing matters.

use axum::extract::State;
use chrono::NaiveDate;
use http_api::{Answer, Json, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{FineParty, MatterFacts, MatterRank, MatterStatus, MatterTarget, SimpleUse, Version};
use crate::{Matters, ReadLaw, library::Library};

const PAGE: usize = 50;

/// What to look for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct MatterFilter {
    /// Words that all stand in the code, the conduct, the law, an article, the department or the note.
    pub q: Option<String>,
    /// The field.
    pub domain: Option<String>,
    /// The rank of the law.
    #[param(inline)]
    pub rank: Option<MatterRank>,
    /// How far it may be relied upon.
    #[param(inline)]
    pub status: Option<MatterStatus>,
    /// Who may be penalised; `individual` and `organisation` include those of both.
    #[param(inline)]
    pub target: Option<MatterTarget>,
    /// Only what applies in this region, a region code.
    pub region: Option<String>,
    /// The day; today without it.
    pub on: Option<NaiveDate>,
    /// Only matters with a draft.
    #[serde(default)]
    pub drafts: bool,
    /// Where the page before ended.
    pub cursor: Option<String>,
}

/// A matter in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct MatterItem {
    /// Its code.
    pub code: String,
    /// The version that is shown.
    pub number: i32,
    /// What it says.
    pub facts: MatterFacts,
    /// Whether it holds on the day; otherwise it is of no use for acts of that day.
    pub in_force: bool,
    /// Whether it was published at all; a new matter is only a draft.
    pub published: bool,
    /// Whether a draft waits.
    pub has_draft: bool,
    /// Whether a citizen's fine can be decided on the spot.
    pub simple_individual: Option<SimpleUse>,
    /// Whether an organisation's can.
    pub simple_organisation: Option<SimpleUse>,
    /// The law leaves the range to local law: choose a local row.
    pub needs_local_row: bool,
}

/// Matters.
#[derive(Debug, Serialize, ToSchema)]
pub struct MatterPage {
    /// The rows.
    items: Vec<MatterItem>,
    /// How many fit the filter in all.
    total: usize,
    /// How many drafts wait.
    drafts: usize,
    /// All fields, for the filter.
    domains: Vec<String>,
    /// What to send as `cursor` for the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

impl MatterItem {
    fn new(version: &Version, library: &Library, day: NaiveDate) -> Self {
        let published = !library.versions(&version.code).is_empty();
        Self {
            code: version.code.clone(),
            number: version.number,
            in_force: published && version.facts.covers(day),
            published,
            has_draft: library.drafts.contains_key(&version.code),
            simple_individual: version.facts.simple_use(FineParty::Individual),
            simple_organisation: version.facts.simple_use(FineParty::Organisation),
            needs_local_row: version.facts.needs_local_row(),
            facts: version.facts.clone(),
        }
    }
}

fn fits(filter: &MatterFilter, words: &[&str], version: &Version) -> bool {
    let facts = &version.facts;
    let who = |wanted: MatterTarget| {
        facts.target == wanted
            || facts.target == MatterTarget::Both && matches!(wanted, MatterTarget::Individual | MatterTarget::Organisation)
    };
    let texts = [
        &version.code,
        &facts.name,
        &facts.domain,
        &facts.law,
        &facts.penalty_article,
        &facts.enforcer,
        facts.violated_article.as_ref().unwrap_or(&facts.penalty_article),
        facts.note.as_ref().unwrap_or(&facts.law),
        facts.external_code.as_ref().unwrap_or(&version.code),
    ];
    filter.domain.as_ref().is_none_or(|domain| *domain == facts.domain)
        && filter.rank.is_none_or(|rank| rank == facts.rank)
        && filter.status.is_none_or(|status| status == facts.status)
        && filter.target.is_none_or(who)
        && filter.region.as_ref().is_none_or(|region| facts.applies_in(region))
        && words.iter().all(|word| texts.iter().any(|text| text.contains(word)))
}

/// The matters that fit a filter, in the order of their codes, each in the version of the day.
pub(super) fn matching<'a>(library: &'a Library, filter: &MatterFilter, day: NaiveDate) -> Vec<&'a Version> {
    let words: Vec<&str> = filter.q.as_deref().unwrap_or_default().split_whitespace().take(10).collect();
    let mut codes: Vec<&String> = library.published.keys().chain(library.drafts.keys()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
        .into_iter()
        .filter(|code| !filter.drafts || library.drafts.contains_key(*code))
        .filter_map(|code| library.shown(code, day).or_else(|| library.drafts.get(code)))
        .filter(|version| fits(filter, &words, version))
        .collect()
}

/// Lists matters by code, with keyset paging.
///
/// # Errors
/// `query-invalid`.
#[utoipa::path(get, path = "/api/v1/matters", tag = "law", operation_id = "list_matters", params(MatterFilter),
    responses((status = 200, body = MatterPage)), extensions(("x-right" = json!("law.read"))))]
pub(crate) async fn list(
    State(room): State<Matters>,
    _allowed: Allowed<ReadLaw>,
    Query(filter): Query<MatterFilter>,
) -> Answer<Json<MatterPage>> {
    let after: Option<String> = match &filter.cursor {
        Some(cursor) => Some(
            database::keyset::decode(cursor)
                .map_err(|_| Problem::invalid("query-invalid", "查询参数不符合要求").field("cursor", "翻页标记无效，请重新查询"))?,
        ),
        None => None,
    };
    let day = filter.on.unwrap_or_else(|| room.today());
    let library = room.library().await?;
    let found = matching(&library, &filter, day);
    let total = found.len();
    let rest = found.into_iter().filter(|it| after.as_ref().is_none_or(|after| it.code > *after));
    let rows: Vec<&Version> = rest.take(PAGE + 1).collect();
    let (rows, next_cursor) = database::keyset::page(rows, PAGE, |row| row.code.clone());
    let mut domains: Vec<String> = library.published.values().flatten().map(|it| it.facts.domain.clone()).collect();
    domains.sort_unstable();
    domains.dedup();
    let items = rows.into_iter().map(|version| MatterItem::new(version, &library, day)).collect();
    Ok(Json(MatterPage { items, total, drafts: library.drafts.len(), domains, next_cursor }))
}
