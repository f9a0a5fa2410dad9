//! The real detectors on real pixels: what they find is not found any more in the public copy. `scripts/models test` fetches what is needed.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use files::{CoverOrigin, Detector, FileId};
use image::{ImageFormat, Rgb, RgbImage, imageops};

use crate::{
    eyes::Eyes,
    house::{House, encoded, house},
    published::published,
};

fn folder() -> PathBuf {
    let folder = std::env::var_os("BIHUAN_MODELS").map(PathBuf::from);
    folder.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../var/models"))
}

fn eyes() -> Eyes {
    let sight = sight::Sight::open(&folder());
    assert!(sight.lacking().is_empty(), "{:?}: `scripts/models test` fetches the models", sight.lacking());
    Eyes(sight)
}

/// A portrait that NASA gave to the public domain, as scikit-image carries it.
fn portrait() -> RgbImage {
    image::open(folder().join("astronaut.png")).expect("`scripts/models test` fetches the picture").to_rgb8()
}

async fn put(house: &House, picture: &RgbImage) -> FileId {
    house.files.put(encoded(&picture.clone().into(), ImageFormat::Png).into(), None).await.unwrap().id
}

fn found(eyes: &Eyes, picture: &RgbImage) -> Vec<CoverOrigin> {
    eyes.look(picture).unwrap().iter().map(|seen| seen.origin).collect()
}

#[tokio::test]
async fn a_face_is_found_and_is_not_in_the_public_copy() {
    let (house, eyes) = (house().await, eyes());
    house.files.covered_by(Arc::new(self::eyes()));
    let portrait = portrait();
    // As it is, turned to the other side, small in a large picture, dark.
    let mut street = RgbImage::from_pixel(1600, 1200, Rgb([120, 130, 140]));
    imageops::overlay(&mut street, &imageops::resize(&portrait, 160, 160, imageops::FilterType::Triangle), 700, 500);
    for (name, picture) in [
        ("as it is", portrait.clone()),
        ("turned", imageops::flip_horizontal(&portrait)),
        ("small", street),
        ("dark", imageops::colorops::brighten(&portrait, -60)),
    ] {
        assert!(found(&eyes, &picture).contains(&CoverOrigin::Face), "{name}: no face found");
        let id = put(&house, &picture).await;
        for small in [false, true] {
            let copy = image::load_from_memory(&published(&house.files, &id, small).await).unwrap().to_rgb8();
            assert_eq!(found(&eyes, &copy), [], "{name}, small: {small}");
        }
        let known = house.files.publication(&id).await.unwrap();
        assert!(known.whole.is_none() && known.areas.iter().any(|area| area.origin == CoverOrigin::Face), "{name}");
    }
}
