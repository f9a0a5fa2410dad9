//! Gathers candidates along bounded paths and holds each against the lead.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, Utc};
use docket::{Header, search_month};
use http_api::Answer;
use identity::Scope;
use kernel::{position::Position, words};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    MOST_SHOWN, Rarity, SHOWN, SURE, Traits,
    score::{Beside, Likeness, score},
    store::{self, Candidate},
    traits::named_numbers,
};
use crate::{
    Leads,
    lead::{record::LeadRecord, store as lead_store},
    list::store::id_at,
    places,
};

/// What was reported longer ago is hardly the same; the very same words, a picture and a number count at any time.
const WINDOW: Duration = Duration::days(30);
/// Open leads within so many metres are held against each other.
const RADIUS_METRES: f64 = 150.0;
/// Leads with the very same words.
const MOST_SAME_TEXT: i64 = 20;
/// Pictures that look alike, and leads of each.
const MOST_PICTURES: i64 = 20;
const MOST_OF_A_PICTURE: i64 = 5;
/// Open leads of a cell, and of all cells the nearest.
const MOST_OF_A_CELL: i64 = 100;
const MOST_NEAR: usize = 60;
/// Leads by rare words.
const MOST_BY_WORDS: i64 = 60;
/// The rarest words that are looked up, in pairs.
const RAREST: usize = 5;

/// A lead that may be the same (疑似重复).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Duplicate {
    id: Uuid,
    number: String,
    title: String,
    state: String,
    /// State in Chinese.
    state_label: String,
    /// How far away, in metres.
    #[serde(skip_serializing_if = "Option::is_none")]
    distance_m: Option<f64>,
    /// How likely it is the same: 0.5 to 1.
    score: f64,
    /// A person would hardly doubt: from 0.8 on.
    sure: bool,
    /// Why, each in Chinese.
    reasons: Vec<String>,
    /// The reasons in one line.
    reason: String,
}

/// Leads that may be the same as this one, the likeliest first, within a scope: at most ten.
///
/// # Errors
/// The database out of reach.
pub(crate) async fn duplicates(leads: &Leads, scope: &Scope, header: &Header, record: &LeadRecord) -> Answer<Vec<Duplicate>> {
    let pool = leads.database().one_plan_pool();
    let rarity = leads.rarity().get_or_read(pool, &header.region).await?;
    let here = position(header.lon, header.lat);
    // When it was seen, where the source says so: an old file's orders all came in today.
    let lead = Traits::new(here, record.occurred_at.unwrap_or(header.opened_at), record.class_code.clone(), record.description.clone())
        .with_address(record.address.as_deref());
    let found = gather(leads, header, record, &lead, &rarity).await?;
    let mut likely: Vec<(Likeness, Candidate)> = Vec::new();
    for candidate in store::candidates(pool, &header.region, header.id, &found.ids()).await? {
        // A duplicate beyond the caller's scope is not told of: it could not be opened, and its words are not for him.
        let within = if scope.units.is_some() { scope.covers_unit(candidate.unit) } else { scope.covers_region(&candidate.jurisdiction) };
        if !within {
            continue;
        }
        let there = position(candidate.lon, candidate.lat);
        let other = Traits::new(
            there,
            candidate.occurred_at.unwrap_or(candidate.opened_at),
            candidate.class_code.clone(),
            candidate.description.clone(),
        )
        .with_address(candidate.address.as_deref());
        let likeness = score(&lead, &other, &rarity, found.beside(&candidate));
        if likeness.score >= SHOWN {
            likely.push((likeness, candidate));
        }
    }
    likely.sort_by(|one, other| other.0.score.total_cmp(&one.0.score).then(other.1.id.cmp(&one.1.id)));
    likely.truncate(MOST_SHOWN);
    Ok(likely.into_iter().map(show).collect())
}

fn show((likeness, candidate): (Likeness, Candidate)) -> Duplicate {
    Duplicate {
        id: candidate.id,
        number: candidate.number,
        title: candidate.title,
        state_label: candidate
            .state
            .parse::<crate::lead::State>()
            .map_or_else(|()| candidate.state.clone(), |state| state.label().to_owned()),
        state: candidate.state,
        distance_m: likeness.distance_m,
        score: (likeness.score * 100.0).round() / 100.0,
        sure: likeness.score >= SURE,
        reason: likeness.reasons.join("，"),
        reasons: likeness.reasons,
    }
}

fn position(lon: Option<f64>, lat: Option<f64>) -> Option<Position> {
    lon.zip(lat).and_then(|(lon, lat)| Position::new(lon, lat).ok())
}

/// What the paths led to, with the evidence that lies on the path itself.
#[derive(Debug, Default)]
struct Found {
    ids: BTreeSet<Uuid>,
    named: BTreeSet<Uuid>,
    pictures: BTreeMap<Uuid, u32>,
}

impl Found {
    fn ids(&self) -> Vec<Uuid> {
        self.ids.iter().copied().collect()
    }

    fn beside(&self, candidate: &Candidate) -> Beside {
        Beside {
            picture: self.pictures.get(&candidate.id).copied(),
            named: self.named.contains(&candidate.id),
            same_text: candidate.same_text,
        }
    }
}

async fn gather(leads: &Leads, header: &Header, record: &LeadRecord, lead: &Traits, rarity: &Rarity) -> Answer<Found> {
    let pool = leads.database().one_plan_pool();
    let (region, since) = (&header.region, id_at(header.opened_at - WINDOW));
    let mut found = Found::default();
    found.ids.extend(store::by_text(pool, region, header.id, MOST_SAME_TEXT).await?);
    let numbers = named_numbers(&record.description);
    if !numbers.is_empty() {
        found.named.extend(store::by_numbers(pool, region, &record.source, &numbers).await?);
        found.ids.extend(&found.named);
    }
    if let Some(here) = lead.position {
        let mut near = store::by_cells(pool, &places::cells_around(here, RADIUS_METRES), since, MOST_OF_A_CELL).await?;
        let metres = |lon, lat| Position::new(lon, lat).map_or(f64::MAX, |there| here.distance_m(there));
        near.retain(|(_, lon, lat)| metres(*lon, *lat) <= RADIUS_METRES);
        near.sort_by(|one, other| metres(one.1, one.2).total_cmp(&metres(other.1, other.2)));
        found.ids.extend(near.into_iter().take(MOST_NEAR).map(|(id, ..)| id));
    }
    let combinations = combinations(&record.description, rarity, header.opened_at);
    if !combinations.is_empty() {
        found.ids.extend(store::by_words(pool, &combinations, since, MOST_BY_WORDS).await?);
    }
    let mut connection = pool.acquire().await?;
    let photos = lead_store::photos(&mut connection, region, header.id).await?;
    drop(connection);
    // What was photographed by the reporter: the photos of the fix come later and from others.
    let photos: Vec<String> = photos.into_iter().filter(|photo| photo.role == "report").map(|photo| photo.file).collect();
    if !photos.is_empty() {
        let mut bits: BTreeMap<String, u32> = photos.iter().map(|file| (file.clone(), 0)).collect();
        for alike in leads.files().alike(&photos, MOST_PICTURES).await? {
            let differ = u32::try_from(alike.bits).unwrap_or(64);
            bits.entry(alike.file).and_modify(|known| *known = differ.min(*known)).or_insert(differ);
        }
        let files: Vec<String> = bits.keys().cloned().collect();
        for (id, file) in store::by_photos(pool, region, &files, MOST_OF_A_PICTURE).await? {
            let differ = bits.get(&file).copied().unwrap_or(64);
            found.pictures.entry(id).and_modify(|known| *known = differ.min(*known)).or_insert(differ);
        }
        found.ids.extend(found.pictures.keys());
    }
    found.ids.remove(&header.id);
    Ok(found)
}

/// Pairs of the rarest words with the month in front, for the month of the report and the one before; a single one where only one is rare.
fn combinations(text: &str, rarity: &Rarity, at: DateTime<Utc>) -> Vec<String> {
    let mut rare: Vec<String> = words::covering(text).into_iter().filter(|gram| rarity.is_rare(gram)).collect();
    rare.sort_by(|one, other| rarity.weight(other).total_cmp(&rarity.weight(one)));
    rare.truncate(RAREST);
    let month = search_month(at);
    let mut found = Vec::new();
    for month in [month, month - 1] {
        match rare.as_slice() {
            [] => {}
            [only] => found.push(format!("{month}{only}")),
            many => {
                for (n, one) in many.iter().enumerate() {
                    found.extend(many[n + 1..].iter().map(|other| format!("{month}{one} {month}{other}")));
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    #[test]
    fn rare_words_are_looked_up_in_pairs_and_never_many() {
        let at = Utc.with_ymd_and_hms(2026, 11, 2, 4, 0, 0).unwrap();
        let rarity = Rarity::default();
        assert!(combinations("。", &rarity, at).is_empty());
        assert_eq!(combinations("喷泉", &rarity, at), ["24322喷泉", "24321喷泉"]);
        assert_eq!(combinations(&"喷泉池水发绿发臭蚊虫很多".repeat(20), &rarity, at).len(), 20);
    }
}
