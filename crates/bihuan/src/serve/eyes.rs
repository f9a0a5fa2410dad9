//! What the public copies of photos are covered by: the detectors of `sight`, behind the port of `files`.

use files::{Area, CoverOrigin, Detector, Seen};
use image::RgbImage;
use sight::{Kind, Sight};

/// The detectors, as the files ask for them.
pub struct Eyes(pub Sight);

impl Detector for Eyes {
    fn is_ready(&self) -> bool {
        self.0.lacking().is_empty()
    }

    fn look(&self, picture: &RgbImage) -> Result<Vec<Seen>, String> {
        let found = self.0.look(picture).map_err(|error| error.to_string())?;
        let seen = found.into_iter().map(|one| Seen {
            origin: match one.kind {
                Kind::Face => CoverOrigin::Face,
                Kind::Plate => CoverOrigin::Plate,
            },
            area: Area::of_shares(one.area.left, one.area.top, one.area.width, one.area.height),
            confidence: one.confidence,
        });
        Ok(seen.collect())
    }
}
