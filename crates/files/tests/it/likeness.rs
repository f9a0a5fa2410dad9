//! What a picture looks like survives another size and another encoding, and differs between pictures.

use bytes::Bytes;
use files::SAME_PICTURE;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, codecs::jpeg::JpegEncoder, imageops::FilterType};

use crate::house::{encoded, house, picture};

/// A made street: light and dark blots whose places and sizes come of `seed`, as large as things in photos are.
fn scenery(seed: u32) -> DynamicImage {
    let mut noise = seed.wrapping_mul(2_654_435_761).max(1);
    let mut next = move |bound: u32| {
        noise ^= noise << 13;
        noise ^= noise >> 17;
        noise ^= noise << 5;
        noise % bound
    };
    let blots: Vec<[i64; 4]> =
        (0..12).map(|_| [i64::from(next(240)), i64::from(next(180)), i64::from(15 + next(45)), i64::from(next(160)) - 80]).collect();
    DynamicImage::ImageRgb8(RgbImage::from_fn(240, 180, |x, y| {
        let light = blots.iter().fold(128, |light, [cx, cy, radius, shade]| {
            let far = (i64::from(x) - cx).pow(2) + (i64::from(y) - cy).pow(2);
            if far < radius * radius { light + shade } else { light }
        });
        let light = u8::try_from(light.clamp(0, 255)).unwrap();
        Rgb([light, light / 2 + 60, 255 - light])
    }))
}

fn jpeg(picture: &DynamicImage, quality: u8) -> Bytes {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(&picture.to_rgb8()).unwrap();
    bytes.into()
}

#[tokio::test]
async fn the_same_picture_smaller_or_encoded_anew_is_alike_and_others_are_not() {
    let house = house().await;
    let mut kept = Vec::new();
    for seed in 1..=10 {
        let original = scenery(seed);
        let first = house.files.put(jpeg(&original, 92), None).await.unwrap().id;
        let mut copies = Vec::new();
        for copy in [
            jpeg(&original, 60),
            jpeg(&original.resize(160, 120, FilterType::Triangle), 85),
            jpeg(&original.resize(320, 240, FilterType::CatmullRom), 85),
            jpeg(&original.brighten(20), 85),
            Bytes::from(encoded(&original, ImageFormat::Png)),
        ] {
            copies.push(house.files.put(copy, None).await.unwrap().id.to_string());
        }
        kept.push((first, copies));
    }
    for (first, copies) in &kept {
        let found = house.files.alike(&[first.to_string()], 50).await.unwrap();
        let mut files: Vec<String> = found.iter().map(|alike| alike.file.clone()).collect();
        assert!(found.iter().all(|alike| alike.bits <= SAME_PICTURE as i32 && alike.asked == first.as_str()));
        files.sort();
        let mut wanted = copies.clone();
        wanted.sort();
        assert_eq!(files, wanted, "exactly its own copies: {found:?}");
    }
    assert_eq!(house.files.alike(&[kept[0].0.to_string()], 2).await.unwrap().len(), 2, "bounded");
    assert_eq!(house.files.alike(&[], 10).await.unwrap(), []);
}

#[tokio::test]
async fn documents_blank_pictures_and_strangers_are_like_nothing() {
    let house = house().await;
    let pdf = house.files.put(Bytes::from_static(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"), None).await.unwrap().id;
    let blank = |side| Bytes::from(encoded(&DynamicImage::new_rgb8(side, side), ImageFormat::Png));
    let one = house.files.put(blank(40), None).await.unwrap().id;
    house.files.put(blank(60), None).await.unwrap();
    let noise = house.files.put(Bytes::from(encoded(&picture(200, 200, 1), ImageFormat::Png)), None).await.unwrap().id;
    let asked = [pdf, one, noise].map(|id| id.to_string());
    assert_eq!(house.files.alike(&asked, 10).await.unwrap(), []);
    assert_eq!(house.files.alike(&["0".repeat(64)], 10).await.unwrap(), []);
}
