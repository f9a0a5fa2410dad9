//! Finding faces and number plates in pictures (人脸与号牌检出): pixels in, areas out, no IO but reading the models once.
//!
//! Invariants:
//! - a model is used only where its bytes are those that were looked at when this was written (SHA-256); anything else is as if absent;
//! - without both models nothing is looked for: half a look would let a picture pass as clean;
//! - a picture is looked at in at most two sizes, neither longer than 1280 pixels, on at most two threads: time and memory are bounded;
//! - thresholds are low on purpose: an area too much is better than a face too few.
//!
//! The models are not part of the repository; `scripts/models` fetches them.

mod area;
mod face;
mod input;
mod model;
mod plate;

pub use area::Area;
pub use model::{FACES, Lacking, ModelFile, PLATES};

use std::{path::Path, sync::Arc};

use image::RgbImage;
use rten::ThreadPool;

/// What was found (检出种类).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A face (人脸).
    Face,
    /// A vehicle's number plate (号牌).
    Plate,
}

/// One face or plate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// Which of both.
    pub kind: Kind,
    /// Where, in shares of the picture's sides, as the detector drew it.
    pub area: Area,
    /// How sure the detector is, 0 to 1. Not a probability.
    pub confidence: f32,
}

/// Why a picture could not be looked at.
#[derive(Debug, thiserror::Error)]
pub enum SightError {
    /// A model is absent or not the one that is known.
    #[error("a model is missing")]
    Lacking,
    /// A model did not run on this picture.
    #[error("a model did not run: {0}")]
    Run(String),
}

/// The longer sides at which a picture is looked at: large faces and plates in the first, small ones in the second.
const SIZES: [u32; 2] = [640, 1280];
/// Threads of one look.
const THREADS: usize = 2;

/// Both detectors, or what is missing of them. Cheap to clone.
#[derive(Clone)]
pub struct Sight(Arc<Inner>);

struct Inner {
    detectors: Option<(face::Faces, plate::Plates)>,
    lacking: Vec<Lacking>,
    threads: Arc<ThreadPool>,
}

impl Sight {
    /// Opens the models of a folder. What is missing or altered is told by [`Sight::lacking`]; it is no error.
    #[must_use]
    pub fn open(folder: &Path) -> Self {
        let (faces, plates) = (model::open(folder, &FACES), model::open(folder, &PLATES));
        let threads = Arc::new(ThreadPool::with_num_threads(THREADS));
        let inner = match (faces.and_then(face::Faces::new), plates.and_then(plate::Plates::new)) {
            (Ok(faces), Ok(plates)) => Inner { detectors: Some((faces, plates)), lacking: Vec::new(), threads },
            (faces, plates) => Inner { detectors: None, lacking: [faces.err(), plates.err()].into_iter().flatten().collect(), threads },
        };
        Self(Arc::new(inner))
    }

    /// Which models are missing, and why; empty when all are there.
    #[must_use]
    pub fn lacking(&self) -> &[Lacking] {
        &self.0.lacking
    }

    /// Finds faces and plates, the surest first.
    ///
    /// # Errors
    /// A missing model, or one that does not run.
    pub fn look(&self, picture: &RgbImage) -> Result<Vec<Found>, SightError> {
        let (faces, plates) = self.0.detectors.as_ref().ok_or(SightError::Lacking)?;
        let mut found = Vec::new();
        for side in sizes_of(picture) {
            let input = input::Scaled::of(picture, side);
            found.extend(faces.look(&input, &self.0.threads)?);
            found.extend(plates.look(&input, &self.0.threads)?);
        }
        Ok(area::without_repeats(found))
    }
}

/// A picture that is hardly larger than the first size is looked at in that alone.
fn sizes_of(picture: &RgbImage) -> impl Iterator<Item = u32> {
    let longer = picture.width().max(picture.height());
    SIZES.into_iter().enumerate().filter(move |(nth, side)| *nth == 0 || longer * 5 > side * 3).map(|(_, side)| side)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_pictures_are_looked_at_once_and_large_ones_twice() {
        assert_eq!(sizes_of(&RgbImage::new(200, 640)).collect::<Vec<_>>(), [640]);
        assert_eq!(sizes_of(&RgbImage::new(1600, 1200)).collect::<Vec<_>>(), [640, 1280]);
    }

    #[test]
    fn a_folder_without_models_says_which_are_missing_and_looks_at_nothing() {
        let sight = Sight::open(Path::new("/nowhere"));
        assert_eq!(sight.lacking().iter().map(|lacking| lacking.model).collect::<Vec<_>>(), [FACES.name, PLATES.name]);
        assert!(matches!(sight.look(&RgbImage::new(40, 30)), Err(SightError::Lacking)));
    }
}
