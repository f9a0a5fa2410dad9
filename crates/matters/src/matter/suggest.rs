//! Which matter a description may be about (按描述查找事项), with the words that decided.

use std::collections::{HashMap, HashSet};

use axum::extract::State;
use chrono::NaiveDate;
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::{problem::Problem, words::bigrams};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Version, on};
use crate::{Matters, ReadLaw};

const MOST: usize = 8;
/// What is so far behind the best rests on a stray pair of characters.
const FAR_BEHIND: f64 = 0.4;
/// A description is read up to so many characters.
const LONGEST: usize = 2_000;
/// How much a pair of the class's name counts beside one of the words.
const CLASS_WEIGHT: f64 = 0.6;
/// How much a pair of the field's name counts beside one of the conduct.
const DOMAIN_WEIGHT: f64 = 0.4;

/// A description of what somebody saw.
#[derive(Debug, Deserialize, ToSchema)]
pub struct MatterQuestion {
    /// What was seen, in anybody's words.
    text: String,
    /// The name of the class it was put under.
    #[serde(default)]
    class_name: String,
    /// Where, a region code; without it the home district.
    region: Option<String>,
    /// The day of the act; today without it.
    on: Option<NaiveDate>,
}

/// A matter that it may be.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
pub struct MatterSuggestion {
    /// Its code.
    code: String,
    /// The conduct.
    name: String,
    /// The field.
    domain: String,
    /// The instrument.
    law: String,
    /// The article that carries the penalty.
    penalty_article: String,
    /// From 0 to 1; comparable within one answer.
    score: f64,
    /// The words that decided.
    words: Vec<String>,
}

/// Likely matters, best first.
#[derive(Debug, Serialize, ToSchema)]
pub struct MatterSuggestions {
    items: Vec<MatterSuggestion>,
}

/// What finds matters by words: the pairs of characters of each conduct's name, the rarer the weightier.
#[derive(Debug, Default)]
pub(crate) struct Finder {
    matters: Vec<Known>,
    weights: HashMap<String, f64>,
}

#[derive(Debug)]
struct Known {
    code: String,
    name: HashSet<String>,
    domain: HashSet<String>,
}

impl Finder {
    /// From one version of each matter.
    pub fn new<'a>(versions: impl Iterator<Item = &'a Version>) -> Self {
        let pairs = |text: &str| bigrams(text).into_iter().collect::<HashSet<_>>();
        let matters: Vec<Known> =
            versions.map(|it| Known { code: it.code.clone(), name: pairs(&it.facts.name), domain: pairs(&it.facts.domain) }).collect();
        let mut counts: HashMap<String, f64> = HashMap::new();
        for pair in matters.iter().flat_map(|it| it.name.union(&it.domain)) {
            *counts.entry(pair.clone()).or_default() += 1.0;
        }
        let all = matters.len() as f64;
        let weights = counts.into_iter().map(|(pair, count)| (pair, (1.0 + all / count).ln())).collect();
        Self { matters, weights }
    }

    /// The likeliest matters with their scores, best first; none where nothing speaks for any.
    fn ask(&self, text: &str, class_name: &str) -> Vec<(&str, f64)> {
        let text: String = text.chars().take(LONGEST).collect();
        let mut asked: HashMap<String, f64> = bigrams(class_name).into_iter().map(|pair| (pair, CLASS_WEIGHT)).collect();
        asked.extend(bigrams(&text).into_iter().map(|pair| (pair, 1.0)));
        let weight = |pair: &String| self.weights.get(pair).copied().unwrap_or_default();
        let mut found: Vec<(&str, f64)> = self
            .matters
            .iter()
            .filter_map(|matter| {
                let shared: f64 = matter.name.iter().filter_map(|pair| Some(asked.get(pair)? * weight(pair))).sum();
                let field: f64 = matter.domain.iter().filter_map(|pair| Some(asked.get(pair)? * weight(pair) * DOMAIN_WEIGHT)).sum();
                let whole: f64 = matter.name.iter().map(weight).sum();
                // A long name is not likelier for being long, nor a short one for being short.
                let score = (shared + field) / (whole + 1.0).sqrt();
                (shared > 0.0).then_some((matter.code.as_str(), score))
            })
            .collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        found
    }
}

/// The longest words of a name that stand in a text, in the name's order.
fn shared_words(name: &str, text: &str) -> Vec<String> {
    let name: Vec<char> = name.chars().collect();
    let mut found: Vec<String> = Vec::new();
    let mut from = 0;
    while from + 1 < name.len() {
        let stands = |to: usize| text.contains(&String::from_iter(&name[from..to]));
        let mut to = from + 2;
        if !name[from..to].iter().all(|it| it.is_alphanumeric()) || !stands(to) {
            from += 1;
            continue;
        }
        while to < name.len() && name[to].is_alphanumeric() && stands(to + 1) {
            to += 1;
        }
        found.push(String::from_iter(&name[from..to]));
        from = to;
    }
    // 经营 says nothing beside 店外经营.
    let words: Vec<String> =
        found.iter().filter(|word| !found.iter().any(|it| it != *word && it.contains(word.as_str()))).cloned().collect();
    words.into_iter().take(6).collect()
}

/// Says which matters a description may be about; a person chooses.
///
/// # Errors
/// `question-invalid`.
#[utoipa::path(post, path = "/api/v1/matters/suggestions", tag = "law", operation_id = "suggest_matters", request_body = MatterQuestion,
    responses((status = 200, body = MatterSuggestions)), extensions(("x-right" = json!("law.read"))))]
pub(crate) async fn suggest(
    State(room): State<Matters>,
    _allowed: Allowed<ReadLaw>,
    Json(question): Json<MatterQuestion>,
) -> Answer<Json<MatterSuggestions>> {
    if question.text.trim().is_empty() && question.class_name.trim().is_empty() {
        return Err(Problem::invalid("question-invalid", "请写明看到了什么").field("text", "不能为空").into());
    }
    let day = question.on.unwrap_or_else(|| room.today());
    let region = question.region.as_deref().unwrap_or_else(|| room.home_region());
    let library = room.library().await?;
    let words = format!("{} {}", question.text, question.class_name);
    let likely: Vec<(&Version, f64)> = library
        .finder
        .ask(&question.text, &question.class_name)
        .into_iter()
        .filter_map(|(code, score)| Some((on(library.versions(code), day)?, score)))
        .filter(|(version, _)| version.facts.applies_in(region))
        .take(MOST)
        .collect();
    let least = likely.first().map_or(0.0, |(_, best)| best * FAR_BEHIND);
    let items = likely
        .into_iter()
        .filter(|(_, score)| *score >= least)
        .map(|(version, score)| MatterSuggestion {
            code: version.code.clone(),
            name: version.facts.name.clone(),
            domain: version.facts.domain.clone(),
            law: version.facts.law.clone(),
            penalty_article: version.facts.penalty_article.clone(),
            score: score / (score + 2.0),
            words: shared_words(&version.facts.name, &words),
        })
        .collect();
    Ok(Json(MatterSuggestions { items }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{matter::shipped, sample};

    fn likely(text: &str, class: &str) -> Vec<String> {
        let versions: Vec<Version> =
            shipped().unwrap().into_iter().map(|(code, facts)| Version { code, ..sample::version(1, sample::Made(facts)) }).collect();
        let finder = Finder::new(versions.iter());
        finder.ask(text, class).into_iter().take(MOST).map(|(code, _)| code.to_owned()).collect()
    }

    #[test]
    fn everyday_words_find_the_matter() {
        for (text, class, code) in [
            ("有人在人行道上设摊经营，兜售物品", "占道经营", "M007"),
            ("水果店把货摆到店外经营", "店外经营", "M008"),
            ("电线杆上贴满小广告", "非法小广告", "M010"),
            ("饭店排油烟，楼上居民受不了", "油烟污染", "M257"),
        ] {
            let found = likely(text, class);
            assert!(found.iter().any(|it| it == code), "{text}: {found:?}");
        }
        assert!(likely("一二三", "").is_empty());
    }

    #[test]
    fn the_words_that_decided_are_whole() {
        assert_eq!(shared_words("经营者擅自超出门窗店外经营、作业、展示", "水果店把货摆到店外经营"), ["店外经营"]);
        assert_eq!(shared_words("任意刻画(小广告)", "贴满小广告"), ["小广告"]);
    }
}
