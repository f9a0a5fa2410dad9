//! Marks on a citizen's report (上报提醒): what the operator should look at before he believes it, each with its reason.
//!
//! A mark is a reason to look and nothing else: no report is refused, delayed or put last for one, and the reporter sees none. They are
//! worked out when somebody looks, from what stands in the tables, so that nothing is kept about a person.

mod rules;
mod store;

use kernel::codes;
use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use docket::Header;
use files::FileId;
use http_api::Answer;
use identity::Scope;
use kernel::position::Position;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Leads,
    lead::{Source, record::LeadRecord, store as lead_store},
    list::store::id_at,
    places,
};

codes! {
    /// What a mark is about (提醒种类).
    CautionKind {
        /// The picture came with a report of another place (照片用过).
        RepeatedPhoto = "repeated-photo", "照片用过";
        /// The picture looks like a screen shot (疑似截屏).
        Screenshot = "screenshot", "疑似截屏";
        /// Many reports of one place in a short time (短时集中).
        Crowded = "crowded", "短时集中";
    }
}

/// A lead that a mark speaks of.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CautionLead {
    id: Uuid,
    number: String,
}

/// A mark (上报提醒).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Caution {
    kind: CautionKind,
    kind_label: &'static str,
    /// Why, in Chinese.
    reason: String,
    /// The photo that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    photo: Option<String>,
    /// The other lead.
    #[serde(skip_serializing_if = "Option::is_none")]
    lead: Option<CautionLead>,
}

/// Sources whose reports nobody of the city saw himself.
const PUBLIC: [Source; 2] = [Source::PORTAL, Source::OPEN311];
/// Pictures alike that are looked up, and leads of each.
const MOST_PICTURES: i64 = 20;
const MOST_OF_A_PICTURE: i64 = 5;
/// Marks of one kind that are shown.
const MOST_OF_A_KIND: usize = 3;

impl Caution {
    fn of(kind: CautionKind, reason: String) -> Self {
        Self { kind, kind_label: kind.label(), reason, photo: None, lead: None }
    }
}

/// The marks on a lead, within a scope: none on what the city's own people or systems reported.
///
/// # Errors
/// The database out of reach.
pub(crate) async fn cautions(leads: &Leads, scope: &Scope, header: &Header, record: &LeadRecord) -> Answer<Vec<Caution>> {
    if !PUBLIC.iter().any(|source| source.code() == record.source) {
        return Ok(Vec::new());
    }
    let pool = leads.database().pool();
    let photos = lead_store::photos(&mut *pool.acquire().await?, &header.region, header.id).await?;
    let photos: Vec<String> = photos.into_iter().filter(|photo| photo.role == "report").map(|photo| photo.file).collect();
    let here = position(header.lon, header.lat);
    let mut found = repeated(leads, scope, header.id, here, &photos).await?;
    found.extend(screenshots(leads, &photos).await?);
    found.extend(crowded(leads, here, header.opened_at, 0).await?);
    Ok(found)
}

impl Leads {
    /// Those of these leads of a district that have marks, with what the marks are about, in Chinese: for whoever must not go by a report
    /// before a person looked at it.
    ///
    /// # Errors
    /// The database out of reach.
    pub async fn cautions_of(&self, ids: &[Uuid]) -> Answer<Vec<(Uuid, String)>> {
        let everything = of_the_house();
        let pool = self.database().pool();
        let mut marked = Vec::new();
        for id in ids {
            let Some(header) = lead_store::header(pool, *id).await? else { continue };
            let record = lead_store::record(&mut *pool.acquire().await?, &header.region, *id).await?;
            let Some(record) = record else { continue };
            let mut kinds: Vec<&str> = cautions(self, &everything, &header, &record).await?.iter().map(|it| it.kind_label).collect();
            kinds.dedup();
            if !kinds.is_empty() {
                marked.push((*id, kinds.join("、")));
            }
        }
        Ok(marked)
    }
}

/// Whether a report of the public would bear a mark that does not exist yet; nobody is told which.
///
/// # Errors
/// The database out of reach.
pub(crate) async fn would_bear_mark(leads: &Leads, here: Option<Position>, photos: &[String]) -> Answer<bool> {
    let scope = of_the_house();
    Ok(!repeated(leads, &scope, Uuid::nil(), here, photos).await?.is_empty()
        || !screenshots(leads, photos).await?.is_empty()
        || crowded(leads, here, leads.clock().now(), 1).await?.is_some())
}

/// The program asks, not a person: everything that the installation has counts.
fn of_the_house() -> Scope {
    Scope { regions: vec![String::new()], units: None, person: Uuid::nil().into() }
}

/// Photos that came with reports of other places.
async fn repeated(leads: &Leads, scope: &Scope, own: Uuid, here: Option<Position>, photos: &[String]) -> Answer<Vec<Caution>> {
    // The very same file, and those that look the same.
    let mut bits: BTreeMap<String, (String, u32)> = photos.iter().map(|file| (file.clone(), (file.clone(), 0))).collect();
    for alike in leads.files().alike(photos, MOST_PICTURES).await? {
        bits.entry(alike.file).or_insert((alike.asked, u32::try_from(alike.bits).unwrap_or(64)));
    }
    let files: Vec<String> = bits.keys().cloned().collect();
    let others = store::reported_with(leads.database().pool(), scope, own, &files, MOST_OF_A_PICTURE).await?;
    let mut found = Vec::new();
    for other in others {
        let Some((asked, bits)) = bits.get(&other.file) else { continue };
        let distance = here.zip(position(other.lon, other.lat)).map(|(here, there)| here.distance_m(there));
        if let Some(words) = rules::repeated(*bits, distance) {
            let mut caution = Caution::of(CautionKind::RepeatedPhoto, format!("{} {words}", other.number));
            caution.photo = Some(asked.clone());
            caution.lead = Some(CautionLead { id: other.id, number: other.number });
            found.push(caution);
        }
    }
    found.truncate(MOST_OF_A_KIND);
    Ok(found)
}

async fn screenshots(leads: &Leads, photos: &[String]) -> Answer<Vec<Caution>> {
    let traced = leads.files().traces(&mut *leads.database().pool().acquire().await?, photos).await?;
    let mut found = Vec::new();
    for file in photos.iter().take(9) {
        let meta = match leads.files().meta(&FileId::parse(file)?).await {
            Ok(meta) => meta,
            // Gone with its retention: nothing to say about it.
            Err(_) => continue,
        };
        let looks = rules::Looks {
            png: meta.media_type == "image/png",
            width: meta.width.unwrap_or(0),
            height: meta.height.unwrap_or(0),
            has_camera: traced.iter().any(|trace| trace.file == *file),
        };
        if let Some(words) = rules::screenshot(looks) {
            let mut caution = Caution::of(CautionKind::Screenshot, words);
            caution.photo = Some(file.clone());
            found.push(caution);
        }
    }
    found.truncate(MOST_OF_A_KIND);
    Ok(found)
}

/// Reports of one place before `at`, and `more` that are not there yet.
async fn crowded(leads: &Leads, here: Option<Position>, at: DateTime<Utc>, more: usize) -> Answer<Option<Caution>> {
    let Some(here) = here else { return Ok(None) };
    let (from, until) = (at - rules::WINDOW, at + Duration::minutes(1));
    let cells = places::cells_around(here, rules::METRES);
    let sources = PUBLIC.map(|source| source.code().to_owned());
    let rows = store::lately(leads.database().one_plan_pool(), &cells, id_at(from), &sources).await?;
    let close = |lon, lat| position(Some(lon), Some(lat)).is_some_and(|there| here.distance_m(there) <= rules::METRES);
    let count = rows.into_iter().filter(|(lon, lat, at)| *at >= from && *at < until && close(*lon, *lat)).count();
    Ok(rules::crowded(count + more).map(|words| Caution::of(CautionKind::Crowded, words)))
}

fn position(lon: Option<f64>, lat: Option<f64>) -> Option<Position> {
    lon.zip(lat).and_then(|(lon, lat)| Position::new(lon, lat).ok())
}
