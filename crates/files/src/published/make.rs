//! Making a public copy, and what is known of it.

use std::sync::Arc;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http_api::{Answer, ApiProblem};
use image::RgbImage;
use kernel::problem::Problem;
use serde::Serialize;
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Area, CoverOrigin, CoveredArea, Detector, MOST_BY_HAND, Waiting, mosaic,
    store::{self, AreaRow, CopyRow},
};
use crate::{FileId, Files, MediaType, object, picture, put::not_found};

/// Beyond the edges that a detector draws lie hair and chin, screws and frame: so many hundredths of a face's sides are covered with it.
const RIM_OF_FACE: (u16, u16) = (20, 25);
/// So many of a plate's, whose height is drawn less surely than its width.
const RIM_OF_PLATE: (u16, u16) = (12, 35);
/// How often a picture is looked at at most: once where nothing is found.
const LOOKS: usize = 2;
/// How often a copy is begun anew when areas are marked meanwhile.
const TRIES: usize = 4;

/// What a detector saw.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seen {
    /// A face or a plate.
    pub origin: CoverOrigin,
    /// Where.
    pub area: Area,
    /// How sure it is, 0 to 1.
    pub confidence: f32,
}

kernel::codes! {
    /// Why a public copy is a mosaic as a whole (整图打码原因).
    WholeMosaic {
        /// No detector was there: its models are not installed (未安装识别模型).
        NoDetector = "no-detector", "系统未安装人脸与号牌识别模型，整张照片已打码";
        /// The detector could not look at this picture (识别失败).
        DetectorFailed = "detector-failed", "本照片未能完成人脸与号牌识别，整张照片已打码";
    }
}

/// What is known of a picture's public copy (公开副本信息).
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Publication {
    /// Counts how often it was to be made anew.
    pub version: i32,
    /// When it was made; nobody asked for it yet where it was not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub made_at: Option<DateTime<Utc>>,
    /// Why it is a mosaic as a whole, if it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub whole: Option<WholeMosaic>,
    /// What is covered in it.
    pub areas: Vec<CoveredArea>,
}

/// A copy as it was made.
struct Made {
    full: Vec<u8>,
    small: Vec<u8>,
    whole: Option<WholeMosaic>,
    seen: Vec<Seen>,
}

impl Files {
    /// What is known of a picture's public copy.
    ///
    /// # Errors
    /// The database out of reach.
    pub async fn publication(&self, id: &FileId) -> Answer<Publication> {
        let pool = self.database.pool();
        let row = store::copy(pool, id.as_str()).await?;
        let areas = store::areas(&mut *pool.acquire().await?, id.as_str()).await?;
        let whole = row.as_ref().and_then(|row| row.whole.as_deref()?.parse().ok());
        Ok(Publication {
            version: row.as_ref().map_or(0, |row| row.version),
            made_at: row.and_then(|row| row.made_at),
            whole,
            areas: areas.iter().filter_map(covered).collect(),
        })
    }

    /// Which of these pictures the public sees as a mosaic as a whole, each with the reason; of what was not made yet, what is to come.
    ///
    /// # Errors
    /// The database out of reach.
    pub async fn whole_mosaics(&self, files: &[String]) -> Answer<Vec<(String, WholeMosaic)>> {
        let rows = store::copies(self.database.pool(), files).await?;
        let ready = self.detector().is_some();
        let of = |file: &String| match rows.iter().find(|row| row.sha256 == *file && row.made_at.is_some()) {
            Some(row) => row.whole.as_deref().and_then(|code| code.parse().ok()).filter(|why| !(ready && *why == WholeMosaic::NoDetector)),
            None => (!ready).then_some(WholeMosaic::NoDetector),
        };
        Ok(files.iter().filter_map(|file| Some((file.clone(), of(file)?))).collect())
    }

    /// Adds areas that the public copy covers from the caller's commit on. They are never taken away: whoever marked too much withholds the
    /// photo instead.
    ///
    /// # Errors
    /// `area-outside`, `too-many-areas`; the database's.
    pub async fn cover_in(&self, connection: &mut PgConnection, id: &FileId, areas: &[Area], by: Uuid) -> Result<(), ApiProblem> {
        let areas = areas.iter().map(|area| area.checked()).collect::<Result<Vec<_>, _>>()?;
        store::renew(connection, id.as_str()).await?;
        let there = store::areas(connection, id.as_str()).await?;
        let by_hand = there.iter().filter(|area| area.origin == CoverOrigin::Hand.code()).count();
        if areas.is_empty() || by_hand + areas.len() > MOST_BY_HAND {
            return Err(
                Problem::invalid("too-many-areas", format!("每张照片可人工遮挡 1 至 {MOST_BY_HAND} 处，需要更多时请撤回公开")).into()
            );
        }
        let now = self.clock.now();
        let rows: Vec<AreaRow> = areas.iter().map(|area| row(CoverOrigin::Hand, *area, None, Some(by), now)).collect();
        Ok(store::add(connection, id.as_str(), &rows).await?)
    }

    /// The newest version of a picture's public copy, made now if it was not yet; with its version.
    ///
    /// # Errors
    /// `file-not-found`, `picture-missing` of a document, `photo-being-covered` when too many wait; store or database out of reach.
    pub(super) async fn published(&self, id: &FileId, small: bool) -> Answer<(Bytes, i32)> {
        for _ in 0..TRIES {
            let row = store::copy(self.database.pool(), id.as_str()).await?;
            if let Some(row) = row.filter(|row| row.made_at.is_some()) {
                if row.whole.as_deref() == Some(WholeMosaic::NoDetector.code()) && self.detector().is_some() {
                    // Somebody installed the models since.
                    store::renew_if(self.database.pool(), id.as_str(), row.version).await?;
                } else if let Some(kept) = object::get(&*self.objects, &place(id, row.version, small)).await? {
                    return Ok((kept, row.version));
                }
            }
            self.make(id).await?;
        }
        Err(Problem::unavailable("photo-being-covered", "照片正在处理，请稍后重试").into())
    }

    /// Makes the copy that the row asks for, when it is its turn. Who goes away while he waits makes room; what was begun is finished whoever
    /// goes, so that nobody frees the seat while the pixels are still being worked on.
    async fn make(&self, id: &FileId) -> Answer<()> {
        let busy = || Problem::unavailable("photo-being-covered", "正在处理的照片较多，请稍后重试");
        let _line = Waiting::in_line(&self.workshop.seat.waiting).ok_or_else(busy)?;
        let seat = self.workshop.seat.one.clone().acquire_owned().await.map_err(|_| busy())?;
        let (files, id) = (self.clone(), id.clone());
        let begun = tokio::spawn(async move {
            let made = files.make_seated(&id).await;
            drop(seat);
            made
        });
        begun.await.map_err(|error| Problem::internal("photo-not-covered", error.to_string()))?
    }

    async fn make_seated(&self, id: &FileId) -> Answer<()> {
        let pool = self.database.pool();
        let meta = self.meta(id).await?;
        let media = meta.kind().filter(|media| media.is_picture());
        let media = media.ok_or_else(|| Problem::not_found("picture-missing", "该文件不是图片，没有公开副本"))?;
        store::begin(pool, id.as_str()).await?;
        let row = store::copy(pool, id.as_str()).await?.ok_or_else(not_found)?;
        // Whoever had the seat before may have made it.
        let mut stands = row.made_at.is_some();
        for small in [false, true] {
            stands = stands && object::size(&*self.objects, &place(id, row.version, small)).await?.is_some();
        }
        if stands {
            return Ok(());
        }
        let marked: Vec<Area> = {
            let areas = store::areas(&mut *pool.acquire().await?, id.as_str()).await?;
            areas.iter().filter_map(covered).filter(|area| area.origin == CoverOrigin::Hand).map(|area| area.area).collect()
        };
        let original = object::get(&*self.objects, &object::original(id)).await?.ok_or_else(|| crate::serve::lost(id))?;
        let (detector, name) = (self.detector().cloned(), id.clone());
        let made = self.with_pictures(move || cover(&original, media, detector.as_ref(), &marked, &name)).await?;
        // The bytes first, durably, under a version of their own: a row never names what could be an older copy.
        object::put(&*self.objects, &place(id, row.version, false), made.full.into()).await?;
        object::put(&*self.objects, &place(id, row.version, true), made.small.into()).await?;
        let now = self.clock.now();
        let found: Vec<AreaRow> =
            made.seen.iter().map(|seen| self::row(seen.origin, seen.area, Some(seen.confidence), None, now)).collect();
        let row = CopyRow { made_at: Some(now), whole: made.whole.map(|why| why.code().to_owned()), ..row };
        let mut transaction = pool.begin().await?;
        let noted = store::made(&mut transaction, &row, &found).await?;
        transaction.commit().await?;
        if noted {
            let outcome = made.whole.map_or("areas", WholeMosaic::code);
            metrics::counter!("bihuan_published_copies_total", "outcome" => outcome).increment(1);
            self.forget(id, row.version - 1).await;
        }
        Ok(())
    }

    /// Takes the copy that was replaced out of the store. Where that fails it lies there unread: no row names it.
    async fn forget(&self, id: &FileId, version: i32) {
        for small in [false, true] {
            if version > 0
                && let Err(problem) = object::remove(&*self.objects, &place(id, version, small)).await
            {
                tracing::warn!(code = problem.code, "a replaced public copy could not be removed");
            }
        }
    }
}

/// Where a version of a copy stands.
fn place(id: &FileId, version: i32, small: bool) -> object_store::path::Path {
    object::derived(&format!("published-{}{version}", if small { "small-" } else { "" }), id)
}

/// Covers what is found and what was marked; everything where nobody could look.
fn cover(original: &[u8], media: MediaType, detector: Option<&Arc<dyn Detector>>, marked: &[Area], id: &FileId) -> Result<Made, Problem> {
    let upright = picture::decode(original, media)?;
    let mut copy = picture::fitted(&upright, picture::PUBLIC_SIDE);
    drop(upright);
    let (whole, seen) = hide(&mut copy, detector, id);
    if whole.is_some() {
        mosaic::cover_whole(&mut copy);
    }
    for area in marked {
        mosaic::cover(&mut copy, *area, CoverOrigin::Hand);
    }
    let full = picture::as_jpeg(&copy, 85)?;
    let small = picture::as_jpeg(&picture::fitted(&copy.into(), picture::THUMBNAIL_SIDE), 80)?;
    Ok(Made { full, small, whole, seen })
}

/// Covers what the detector finds, and looks again at what came of it: what still passes for a face or plate gets one colour. Answers why all
/// of it must be covered, if it must, and everything that was seen.
fn hide(copy: &mut RgbImage, detector: Option<&Arc<dyn Detector>>, id: &FileId) -> (Option<WholeMosaic>, Vec<Seen>) {
    let Some(detector) = detector else { return (Some(WholeMosaic::NoDetector), Vec::new()) };
    let mut all = Vec::new();
    for look in 0..LOOKS {
        // A network that panics on a picture has not looked at it.
        let looked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| detector.look(copy)));
        let seen = match looked.unwrap_or_else(|_| Err("the detector panicked".to_owned())) {
            Ok(seen) => seen,
            Err(error) => {
                tracing::error!(file = %id, error, "no faces and plates could be looked for in a photo; all of it is covered");
                return (Some(WholeMosaic::DetectorFailed), Vec::new());
            }
        };
        if seen.is_empty() {
            break;
        }
        for seen in &seen {
            let (across, down) = if seen.origin == CoverOrigin::Face { RIM_OF_FACE } else { RIM_OF_PLATE };
            mosaic::cover(copy, seen.area.grown(across, down), if look == 0 { seen.origin } else { CoverOrigin::Hand });
        }
        // What a second look draws in the same place is known.
        for seen in seen {
            if !all.iter().any(|known: &Seen| known.origin == seen.origin && known.area.holds_middle_of(seen.area)) {
                all.push(seen);
            }
        }
    }
    (None, all)
}

fn row(origin: CoverOrigin, area: Area, confidence: Option<f32>, by: Option<Uuid>, at: DateTime<Utc>) -> AreaRow {
    AreaRow {
        origin: origin.code().to_owned(),
        left_edge: area.left.into(),
        top_edge: area.top.into(),
        width: area.width.into(),
        height: area.height.into(),
        confidence: confidence.map(|sure| sure.clamp(0.0, 1.0)),
        marked_by: by,
        marked_at: at,
    }
}

fn covered(row: &AreaRow) -> Option<CoveredArea> {
    let part = |value: i32| u16::try_from(value).ok();
    let area = Area { left: part(row.left_edge)?, top: part(row.top_edge)?, width: part(row.width)?, height: part(row.height)? };
    Some(CoveredArea { origin: row.origin.parse().ok()?, area, marked_by: row.marked_by, marked_at: row.marked_at })
}
