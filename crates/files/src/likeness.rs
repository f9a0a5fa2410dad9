//! What a picture looks like (照片指纹), in 64 bits: the same picture sent again smaller or encoded anew is found, whatever its bytes.
//!
//! The hash is of the frequencies of the picture shrunk to grey (a discrete cosine transform, each of the lowest 64 above or below their
//! median). It says nothing about what the picture shows: two photos of one thing from two sides are far apart, and photos of two blank
//! walls may be near.

use http_api::ApiProblem;
use image::DynamicImage;
use image_hasher::{HashAlg, HasherConfig};
use sqlx::PgConnection;

use crate::{Files, store};

/// Hashes that differ in at most so many of their 64 bits are taken for the same picture: as many as the bands are sure to find. Made
/// pictures that were resized, brightened or encoded anew lie within, and none of the others (`crates/files/tests/it/likeness.rs`).
pub const SAME_PICTURE: u32 = 7;
/// Of each band at most so many pictures are compared: a hash that half the city shares says nothing.
const MOST_OF_A_BAND: i64 = 200;
/// Pictures that are asked about at once.
const MOST_ASKED: usize = 9;
/// Grey levels between the darkest and the brightest spot below which a picture shows nothing to be known by.
const LEAST_CONTRAST: u8 = 16;

/// A picture that looks like one that was asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    /// The one asked about.
    pub asked: String,
    /// The other.
    pub file: String,
    /// Bits of 64 in which they differ.
    pub bits: i32,
}

/// The hash of an upright picture; none of one without contrast.
pub(crate) fn hash(picture: &DynamicImage) -> Option<i64> {
    // A thumbnail's worth of pixels is more than enough, and bounds the work.
    let small = picture.thumbnail(128, 128).to_luma8();
    let (least, most) = small.pixels().fold((u8::MAX, 0), |(least, most), pixel| (least.min(pixel.0[0]), most.max(pixel.0[0])));
    if most.saturating_sub(least) < LEAST_CONTRAST {
        return None;
    }
    let hasher = HasherConfig::new().hash_size(8, 8).hash_alg(HashAlg::Median).preproc_dct().to_hasher();
    let bytes: [u8; 8] = hasher.hash_image(&small).as_bytes().try_into().ok()?;
    Some(i64::from_be_bytes(bytes))
}

/// A band of 16 bits and those that differ from it in one.
fn near_band(hash: i64, shift: u32) -> Vec<i64> {
    let band = (hash >> shift) & 0xffff;
    std::iter::once(band).chain((0..16).map(|bit| band ^ (1 << bit))).collect()
}

impl Files {
    /// Pictures that look like one of these, without themselves; at most `most`, the nearest first. Of more than nine only the first nine
    /// are looked at, and what was kept before hashes were has none.
    ///
    /// # Errors
    /// The database out of reach.
    pub async fn alike(&self, files: &[String], most: i64) -> Result<Vec<Alike>, ApiProblem> {
        Ok(self.alike_in(&mut *self.database.pool().acquire().await?, files, most).await?)
    }

    /// As [`Files::alike`], in the caller's transaction.
    ///
    /// # Errors
    /// The database's.
    pub async fn alike_in(&self, connection: &mut PgConnection, files: &[String], most: i64) -> sqlx::Result<Vec<Alike>> {
        let files = &files[..files.len().min(MOST_ASKED)];
        if files.is_empty() {
            return Ok(Vec::new());
        }
        let mut found: Vec<Alike> = Vec::new();
        for known in store::picture_hashes(connection, files).await? {
            let bands = [48, 32, 16, 0].map(|shift| near_band(known.hash, shift));
            let others = store::near_hashes(connection, known.hash, &bands, i64::from(SAME_PICTURE), MOST_OF_A_BAND).await?;
            found.extend(others.into_iter().filter(|other| other.sha256 != known.sha256).map(|other| Alike {
                asked: known.sha256.clone(),
                file: other.sha256,
                bits: i32::try_from((other.hash ^ known.hash).count_ones()).unwrap_or(64),
            }));
        }
        found.sort_by(|one, other| (one.bits, &one.file).cmp(&(other.bits, &other.file)));
        found.truncate(usize::try_from(most).unwrap_or(0));
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_has_itself_and_sixteen_neighbours() {
        let band = near_band(0x1234_5678_9abc_def0, 16);
        assert_eq!((band.len(), band[0]), (17, 0x9abc));
        assert!(band.iter().skip(1).all(|other| (other ^ band[0]).count_ones() == 1));
        assert_eq!(near_band(-1, 48)[0], 0xffff, "the sign does not spread into the band");
    }

    #[test]
    fn what_shows_nothing_has_no_hash() {
        assert_eq!(hash(&DynamicImage::new_rgb8(40, 30)), None);
    }
}
