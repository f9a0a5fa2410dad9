//! What a camera wrote into a picture (拍摄信息): when by its own clock, and where.
//!
//! It is a claim and no proof: clocks are set wrongly, positions can be switched off or written by hand, and most pictures that come
//! through a browser carry neither. Nothing of it is ever shown to the public: thumbnails and public copies carry no metadata.

use std::io::Cursor;

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use exif::{Exif, In, Tag, Value};
use kernel::{clock::shanghai, position::Position};
use sqlx::PgConnection;

use crate::{Files, store};

/// A camera whose clock says an earlier year has never been set.
const FIRST_YEAR: i32 = 2015;

/// What the camera of a picture says.
#[derive(Debug, Clone, PartialEq)]
pub struct Trace {
    /// The file.
    pub file: String,
    /// When it was taken, by the camera's clock.
    pub taken_at: Option<DateTime<Utc>>,
    /// The picture names its offset from UTC; otherwise Shanghai's was taken.
    pub zoned: bool,
    /// Where it was taken.
    pub position: Option<Position>,
}

/// What stands in a picture's EXIF.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Taken {
    pub at: Option<DateTime<Utc>>,
    pub zoned: bool,
    pub position: Option<Position>,
}

/// Reads the EXIF of a picture; nothing when it says neither when nor where.
pub(crate) fn read(bytes: &[u8]) -> Option<Taken> {
    let exif = exif::Reader::new().read_from_container(&mut Cursor::new(bytes)).ok()?;
    let (at, zoned) = taken_at(&exif).map_or((None, false), |(at, zoned)| (Some(at), zoned));
    let position = position(&exif);
    (at.is_some() || position.is_some()).then_some(Taken { at, zoned, position })
}

fn ascii(exif: &Exif, tag: Tag) -> Option<&[u8]> {
    match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(texts) => texts.first().map(Vec::as_slice),
        _ => None,
    }
}

fn taken_at(exif: &Exif) -> Option<(DateTime<Utc>, bool)> {
    let mut stamp = exif::DateTime::from_ascii(ascii(exif, Tag::DateTimeOriginal)?).ok()?;
    if let Some(offset) = ascii(exif, Tag::OffsetTimeOriginal) {
        // An offset that cannot be read is none.
        let _ = stamp.parse_offset(offset);
    }
    let offset = stamp.offset.and_then(|minutes| FixedOffset::east_opt(i32::from(minutes) * 60));
    let local = NaiveDate::from_ymd_opt(i32::from(stamp.year), u32::from(stamp.month), u32::from(stamp.day))?.and_hms_opt(
        u32::from(stamp.hour),
        u32::from(stamp.minute),
        u32::from(stamp.second),
    )?;
    let at = local.and_local_timezone(offset.unwrap_or_else(shanghai)).single()?.to_utc();
    (i32::from(stamp.year) >= FIRST_YEAR).then_some((at, offset.is_some()))
}

fn position(exif: &Exif) -> Option<Position> {
    let degrees = |tag: Tag, reference: Tag, negative: u8| {
        let Value::Rational(parts) = &exif.get_field(tag, In::PRIMARY)?.value else { return None };
        let [degrees, minutes, seconds] = parts.get(..3)?.try_into().map(|three: [exif::Rational; 3]| three.map(|it| it.to_f64())).ok()?;
        let size = degrees + minutes / 60.0 + seconds / 3600.0;
        let sign = if ascii(exif, reference)?.first() == Some(&negative) { -1.0 } else { 1.0 };
        Some(sign * size)
    };
    let lon = degrees(Tag::GPSLongitude, Tag::GPSLongitudeRef, b'W')?;
    let lat = degrees(Tag::GPSLatitude, Tag::GPSLatitudeRef, b'S')?;
    // A receiver that found nothing writes zeros.
    Position::new(lon, lat).ok().filter(|place| place.lon != 0.0 || place.lat != 0.0)
}

impl Files {
    /// What the cameras of these pictures say; those that say nothing are left out.
    ///
    /// # Errors
    /// The database's.
    pub async fn traces(&self, connection: &mut PgConnection, files: &[String]) -> sqlx::Result<Vec<Trace>> {
        let rows = store::traces(connection, files).await?;
        Ok(rows
            .into_iter()
            .map(|row| Trace {
                file: row.sha256,
                taken_at: row.taken_at,
                zoned: row.zoned,
                position: row.lon.zip(row.lat).and_then(|(lon, lat)| Position::new(lon, lat).ok()),
            })
            .collect())
    }
}
