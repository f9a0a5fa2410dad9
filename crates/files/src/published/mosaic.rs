//! Making areas of a picture unrecognisable (打码): so coarse that nothing can be read back.
//!
//! A blur, or a mosaic of many small tiles, can be undone by whoever blurs every possible plate and compares (Hill, Zhou, Saul, Shacham,
//! "On the (In)effectiveness of Mosaicing and Blurring as Tools for Document Redaction", PETS 2016). So tiles are few, whatever the
//! area's size, and their colours are rounded: of a plate one colour stays, of a face a few blots.

use image::{Rgb, RgbImage};

use super::{Area, CoverOrigin, area::SIDE};

/// Tiles along the longer side of a face.
const TILES_OF_FACE: u32 = 3;
/// Tiles along the longer side of a whole picture: persons know one another's faces from 16 × 16 (Harmon and Julesz, Science 180, 1973).
const TILES_OF_WHOLE: u32 = 8;
/// Of each colour's 256 levels so many become one.
const STEP: u8 = 32;

/// Covers an area: a face with few tiles, anything that may be read with a single one.
pub(crate) fn cover(picture: &mut RgbImage, area: Area, origin: CoverOrigin) {
    let edge = |parts: u32, pixels: u32| (u64::from(parts) * u64::from(pixels)) as f64 / f64::from(SIDE);
    let (width, height) = picture.dimensions();
    let (right, bottom) = (u32::from(area.left) + u32::from(area.width), u32::from(area.top) + u32::from(area.height));
    let (left, top) = (edge(area.left.into(), width).floor() as u32, edge(area.top.into(), height).floor() as u32);
    let (right, bottom) = ((edge(right, width).ceil() as u32).min(width), (edge(bottom, height).ceil() as u32).min(height));
    tile(picture, [left, top, right, bottom], if origin == CoverOrigin::Face { TILES_OF_FACE } else { 1 });
}

/// Covers the whole picture with a mosaic of at most eight tiles on a side.
pub(crate) fn cover_whole(picture: &mut RgbImage) {
    let (width, height) = picture.dimensions();
    tile(picture, [0, 0, width, height], TILES_OF_WHOLE);
}

/// Gives every tile between the edges the mean of its pixels, rounded.
fn tile(picture: &mut RgbImage, [left, top, right, bottom]: [u32; 4], most: u32) {
    let side = (right.saturating_sub(left)).max(bottom.saturating_sub(top)).div_ceil(most).max(1);
    for y in (top..bottom).step_by(side as usize) {
        for x in (left..right).step_by(side as usize) {
            let (end_x, end_y) = ((x + side).min(right), (y + side).min(bottom));
            let colour = mean(picture, [x, y, end_x, end_y]);
            for row in y..end_y {
                for column in x..end_x {
                    picture.put_pixel(column, row, colour);
                }
            }
        }
    }
}

fn mean(picture: &RgbImage, [left, top, right, bottom]: [u32; 4]) -> Rgb<u8> {
    let mut sums = [0_u64; 3];
    for y in top..bottom {
        for x in left..right {
            for (sum, value) in sums.iter_mut().zip(picture.get_pixel(x, y).0) {
                *sum += u64::from(value);
            }
        }
    }
    let pixels = (u64::from(right - left) * u64::from(bottom - top)).max(1);
    Rgb(sums.map(|sum| {
        let level = u8::try_from(sum / pixels).unwrap_or(u8::MAX) / STEP;
        level * STEP + STEP / 2
    }))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn noise(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |x, y| Rgb([(x * 7 + y * 13) as u8, (x * y) as u8, (x * 31) as u8]))
    }

    #[test]
    fn an_area_becomes_few_tiles_and_the_rest_stays() {
        let original = noise(300, 200);
        let mut covered = original.clone();
        cover(&mut covered, Area { left: 1_000, top: 1_000, width: 4_000, height: 2_000 }, CoverOrigin::Face);
        let mut colours = HashSet::new();
        for (x, y, pixel) in covered.enumerate_pixels() {
            if (30..150).contains(&x) && (20..60).contains(&y) {
                colours.insert(pixel.0);
            } else {
                assert_eq!(pixel, original.get_pixel(x, y), "{x} {y}");
            }
        }
        assert!(colours.len() <= 9, "{colours:?}");
    }

    #[test]
    fn two_plates_that_differ_in_their_characters_alone_are_one_afterwards() {
        let plate = |bars: u32| {
            RgbImage::from_fn(140, 40, |x, y| {
                let stroke = x % 20 < 8 && (8..32).contains(&y) && (x / 20 * bars + y / 6).is_multiple_of(2);
                if stroke { Rgb([250, 250, 250]) } else { Rgb([20, 40, 170]) }
            })
        };
        let (mut one, mut other) = (plate(1), plate(2));
        assert_ne!(one, other);
        for picture in [&mut one, &mut other] {
            cover(picture, Area { left: 0, top: 0, width: SIDE, height: SIDE }, CoverOrigin::Plate);
            assert!(picture.pixels().all(|pixel| pixel == picture.get_pixel(0, 0)));
        }
        assert_eq!(one, other);
    }

    #[test]
    fn a_whole_picture_becomes_at_most_64_tiles_and_the_smallest_is_covered_too() {
        let mut picture = noise(1600, 1200);
        cover_whole(&mut picture);
        assert!(picture.pixels().map(|pixel| pixel.0).collect::<HashSet<_>>().len() <= 64);
        let mut dot = noise(1, 1);
        cover_whole(&mut dot);
        assert_eq!(dot.dimensions(), (1, 1));
    }
}
