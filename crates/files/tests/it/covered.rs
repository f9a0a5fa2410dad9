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
    let mut far = RgbImage::from_pixel(1280, 960, Rgb([140, 140, 145]));
    imageops::overlay(&mut far, &imageops::resize(&portrait, 160, 160, imageops::FilterType::Triangle), 500, 300);
    // As it is, turned to the other side, and small in a large picture.
    for (name, picture) in [("as it is", portrait.clone()), ("turned", imageops::flip_horizontal(&portrait)), ("far", far)] {
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

/// Seven characters as five by seven dots: a city's sign and what follows it.
const CHARACTERS: [[u8; 7]; 7] = [
    [0b11111, 0b00100, 0b11111, 0b10101, 0b11111, 0b10101, 0b10111],
    [0b11111, 0b10000, 0b11110, 0b10000, 0b10000, 0b10000, 0b10000],
    [0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110],
    [0b01110, 0b10001, 0b00001, 0b00110, 0b01000, 0b10000, 0b11111],
    [0b11110, 0b00001, 0b00001, 0b01110, 0b00001, 0b00001, 0b11110],
    [0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010],
    [0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110],
];

/// A drawn plate of these colours, 220 × 70.
fn plate(ground: [u8; 3], stroke: [u8; 3]) -> RgbImage {
    let mut plate = RgbImage::from_pixel(220, 70, Rgb(ground));
    let mut fill = |left: u32, top: u32, width: u32, height: u32| {
        for y in top..top + height {
            for x in left..left + width {
                plate.put_pixel(x, y, Rgb(stroke));
            }
        }
    };
    for (left, top, width, height) in [(3, 3, 214, 2), (3, 65, 214, 2), (3, 3, 2, 64), (215, 3, 2, 64), (70, 32, 5, 5)] {
        fill(left, top, width, height);
    }
    for (nth, character) in (0_u32..).zip(CHARACTERS) {
        let left = 12 + nth * 29 + if nth > 1 { 6 } else { 0 };
        for (row, dots) in (0_u32..).zip(character) {
            for column in (0..5).filter(|column| dots >> (4 - column) & 1 == 1) {
                fill(left + column * 5, 10 + row * 7, 5, 7);
            }
        }
    }
    plate
}

/// The plate on the back of a car on a grey street.
fn street_with(plate: &RgbImage) -> RgbImage {
    let mut street = RgbImage::from_pixel(1280, 960, Rgb([140, 140, 145]));
    imageops::overlay(&mut street, &RgbImage::from_pixel(700 + plate.width(), 500, Rgb([60, 62, 70])), 180, 200);
    imageops::overlay(&mut street, &RgbImage::from_pixel(500 + plate.width(), 130, Rgb([25, 28, 35])), 280, 250);
    imageops::overlay(&mut street, plate, 530, 500);
    street
}

#[tokio::test]
async fn drawn_plates_of_every_colour_are_found_and_become_one_colour_in_the_public_copy() {
    let (house, eyes) = (house().await, eyes());
    house.files.covered_by(Arc::new(self::eyes()));
    let (dark, light) = ([20; 3], [250; 3]);
    for (name, ground, stroke) in
        [("blue", [20, 60, 170], light), ("yellow", [240, 190, 20], dark), ("green", [110, 200, 120], dark), ("white", [245; 3], dark)]
    {
        let street = street_with(&plate(ground, stroke));
        assert!(found(&eyes, &street).contains(&CoverOrigin::Plate), "{name}");
        let id = put(&house, &street).await;
        let copy = image::load_from_memory(&published(&house.files, &id, false).await).unwrap().to_rgb8();
        // A patch of one colour may still pass for a plate; what counts is that nothing can be read in it.
        let covered = copy.get_pixel(640, 535).0;
        assert!(covered.iter().zip(copy.get_pixel(535, 505).0).all(|(one, other)| one.abs_diff(other) < 12), "{name}: one colour");
    }
    let portrait = found(&eyes, &portrait());
    assert!(!portrait.contains(&CoverOrigin::Plate), "{portrait:?}");
}
