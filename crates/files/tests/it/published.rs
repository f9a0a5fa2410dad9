//! Public copies: what is covered, when they are made anew, and what is never given out. The detector here is the tests' own; the real one
//! is tried in `covered`.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use axum::{body::to_bytes, http::HeaderMap};
use files::{Area, CoverOrigin, Detector, FileId, Files, Limits, Seen, WholeMosaic};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use uuid::Uuid;

use crate::house::{encoded, house, open, picture};

/// The bytes of a public copy as a GET brings them.
pub async fn published(files: &Files, id: &FileId, small: bool) -> Vec<u8> {
    let answer = files.serve_published(id, small, &HeaderMap::new()).await.unwrap();
    assert_eq!((answer.status().as_u16(), &answer.headers()["content-type"]), (200, &"image/jpeg".parse().unwrap()));
    assert_eq!(answer.headers()["cache-control"], "private, no-cache");
    to_bytes(answer.into_body(), usize::MAX).await.unwrap().to_vec()
}

async fn seen(files: &Files, id: &FileId) -> RgbImage {
    image::load_from_memory(&published(files, id, false).await).unwrap().to_rgb8()
}

/// Takes the red square of the test's picture for a face and counts how often it looked.
struct Red(Arc<AtomicUsize>, Result<(), String>);

impl Detector for Red {
    fn is_ready(&self) -> bool {
        true
    }

    fn look(&self, picture: &RgbImage) -> Result<Vec<Seen>, String> {
        self.0.fetch_add(1, Ordering::SeqCst);
        self.1.clone()?;
        let red: Vec<_> = picture.enumerate_pixels().filter(|(_, _, pixel)| pixel.0[0] > 200 && pixel.0[1] < 60).collect();
        let Some(((left, top), (right, bottom))) = red.first().map(|first| (first.0, first.1)).zip(red.last().map(|last| (last.0, last.1)))
        else {
            return Ok(Vec::new());
        };
        let (width, height) = (picture.width() as f32, picture.height() as f32);
        let area = Area::of_shares(
            left as f32 / width,
            top as f32 / height,
            (right - left + 1) as f32 / width,
            (bottom - top + 1) as f32 / height,
        );
        Ok(vec![Seen { origin: CoverOrigin::Face, area, confidence: 0.9 }])
    }
}

/// Noise with a checked red square at 100–140 of 400 × 200.
fn with_square(seed: u32) -> DynamicImage {
    let mut plain = picture(400, 200, seed).to_rgb8();
    for pixel in plain.pixels_mut() {
        pixel.0[0] /= 2;
    }
    for y in 60..100 {
        for x in 100..140 {
            plain.put_pixel(x, y, if (x + y) % 2 == 0 { Rgb([250, 10, 10]) } else { Rgb([230, 40, 10]) });
        }
    }
    plain.into()
}

/// How much neighbouring pixels of a part differ: next to nothing within a tile.
fn roughness(picture: &RgbImage, [left, top, right, bottom]: [u32; 4]) -> f64 {
    let grey = |x: u32, y: u32| picture.get_pixel(x, y).0.map(i32::from).iter().sum::<i32>();
    let steps = (top..bottom).flat_map(|y| (left..right - 1).map(move |x| f64::from((grey(x, y) - grey(x + 1, y)).abs())));
    steps.sum::<f64>() / f64::from((right - left - 1) * (bottom - top))
}

#[tokio::test]
async fn without_a_detector_all_of_a_photo_is_covered_and_with_one_later_it_is_made_anew() {
    let house = house().await;
    let kept = house.files.put(encoded(&with_square(21), ImageFormat::Png).into(), None).await.unwrap();
    let ids = [kept.id.to_string()];
    assert_eq!(house.files.whole_mosaics(&ids).await.unwrap(), [(ids[0].clone(), WholeMosaic::NoDetector)], "said before it is made");
    let whole = seen(&house.files, &kept.id).await;
    assert!(roughness(&whole, [0, 0, 400, 200]) < 20.0, "a mosaic of eight tiles");
    let known = house.files.publication(&kept.id).await.unwrap();
    assert_eq!((known.version, known.whole, known.areas.len()), (1, Some(WholeMosaic::NoDetector), 0));
    // The same folder and database, now with a detector.
    let (later, looked) = (open(&house.test, house.folder.path(), &house.clock, Limits::default()), Arc::new(AtomicUsize::new(0)));
    later.covered_by(Arc::new(Red(looked.clone(), Ok(()))));
    assert!(later.whole_mosaics(&ids).await.unwrap().is_empty());
    let (copy, small) = (seen(&later, &kept.id).await, published(&later, &kept.id, true).await);
    assert!(roughness(&copy, [102, 62, 138, 98]) < 20.0, "the face is covered");
    assert!(roughness(&copy, [200, 0, 400, 200]) > 60.0, "and nothing else");
    let small = image::load_from_memory(&small).unwrap().to_rgb8();
    assert!(roughness(&small, [102, 62, 138, 98]) < 20.0, "nor is it in the small one");
    let known = later.publication(&kept.id).await.unwrap();
    assert_eq!((known.version, known.whole, known.areas.len()), (2, None, 1));
    assert_eq!(looked.load(Ordering::SeqCst), 2, "looked at, and at what came of it");
    assert_eq!(published(&later, &kept.id, false).await, published(&later, &kept.id, false).await);
    assert_eq!(looked.load(Ordering::SeqCst), 2, "and kept");
    // Lost from the store it is made again.
    std::fs::remove_dir_all(house.folder.path().join("files/derived")).unwrap();
    seen(&later, &kept.id).await;
    assert_eq!(looked.load(Ordering::SeqCst), 4);
}

#[tokio::test]
async fn a_photo_that_could_not_be_looked_at_is_covered_as_a_whole_and_documents_have_no_copy() {
    let house = house().await;
    house.files.covered_by(Arc::new(Red(Arc::default(), Err("out of order".into()))));
    let kept = house.files.put(encoded(&with_square(22), ImageFormat::Png).into(), None).await.unwrap();
    assert!(roughness(&seen(&house.files, &kept.id).await, [0, 0, 400, 200]) < 20.0);
    assert_eq!(house.files.publication(&kept.id).await.unwrap().whole, Some(WholeMosaic::DetectorFailed));
    let document = house.files.put(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n".to_vec().into(), None).await.unwrap();
    let refused = house.files.serve_published(&document.id, false, &HeaderMap::new()).await.unwrap_err();
    assert_eq!(refused.problem().code, "picture-missing");
}

#[tokio::test]
async fn what_a_person_marks_is_covered_from_his_commit_on_and_only_so_much_is_taken() {
    let house = house().await;
    house.files.covered_by(Arc::new(Red(Arc::default(), Ok(()))));
    let kept = house.files.put(encoded(&with_square(23), ImageFormat::Png).into(), None).await.unwrap();
    assert!(roughness(&seen(&house.files, &kept.id).await, [300, 100, 400, 200]) > 60.0);
    let (by, pool) = (Uuid::from_u128(7), house.test.database.pool());
    let area = Area { left: 7_500, top: 5_000, width: 9_999, height: 5_000 };
    let mut transaction = pool.begin().await.unwrap();
    house.files.cover_in(&mut transaction, &kept.id, &[area], by).await.unwrap();
    transaction.commit().await.unwrap();
    let copy = seen(&house.files, &kept.id).await;
    assert!(roughness(&copy, [302, 102, 398, 198]) < 5.0, "one tile");
    assert!(roughness(&copy, [102, 62, 138, 98]) < 20.0, "the face is still covered");
    let known = house.files.publication(&kept.id).await.unwrap();
    let origins: Vec<_> = known.areas.iter().map(|area| (area.origin, area.marked_by)).collect();
    assert_eq!((known.version, origins), (2, vec![(CoverOrigin::Hand, Some(by)), (CoverOrigin::Face, None)]));
    // The copy that showed more is gone from the store.
    let left: Vec<_> =
        std::fs::read_dir(house.folder.path().join("files/derived")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().any(|name| name == "published-2"), "{left:?}");
    let first = house.folder.path().join("files/derived/published-1").join(&kept.id.as_str()[..2]).join(&kept.id.as_str()[2..4]);
    assert_eq!(std::fs::read_dir(first).map_or(0, Iterator::count), 0);
    // Twenty and no more; what does not fit leaves nothing behind.
    for (areas, code) in [(vec![area; 20], "too-many-areas"), (vec![], "too-many-areas"), (vec![Area { width: 3, ..area }], "area-outside")]
    {
        let mut transaction = pool.begin().await.unwrap();
        let refused = house.files.cover_in(&mut transaction, &kept.id, &areas, by).await.unwrap_err();
        assert_eq!(refused.problem().code, code);
    }
    assert_eq!(house.files.publication(&kept.id).await.unwrap().version, 2);
}

/// Looks for as long as the test lets it.
struct Slow(Arc<AtomicUsize>, std::sync::Mutex<std::sync::mpsc::Receiver<()>>);

impl Detector for Slow {
    fn is_ready(&self) -> bool {
        true
    }

    fn look(&self, _: &RgbImage) -> Result<Vec<Seen>, String> {
        self.0.fetch_add(1, Ordering::SeqCst);
        let _ = self.1.lock().unwrap().recv();
        Ok(Vec::new())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_goes_away_neither_frees_the_seat_early_nor_stops_what_was_begun() {
    let house = house().await;
    let [first, second] = [31, 32].map(|seed| encoded(&with_square(seed), ImageFormat::Png));
    let first = house.files.put(first.into(), None).await.unwrap().id;
    let second = house.files.put(second.into(), None).await.unwrap().id;
    let (looks, (go, wait)) = (Arc::new(AtomicUsize::new(0)), std::sync::mpsc::channel());
    house.files.covered_by(Arc::new(Slow(looks.clone(), std::sync::Mutex::new(wait))));
    let ask = |id: &FileId| {
        let (files, id) = (house.files.clone(), id.clone());
        tokio::spawn(async move { files.serve_published(&id, false, &HeaderMap::new()).await.map(drop) })
    };
    let left = ask(&first);
    while looks.load(Ordering::SeqCst) == 0 {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    left.abort();
    assert!(left.await.unwrap_err().is_cancelled());
    // The next has to wait: the first is still being worked on, though nobody is there for it.
    let next = ask(&second);
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert_eq!(looks.load(Ordering::SeqCst), 1);
    for _ in 0..2 {
        go.send(()).unwrap();
    }
    next.await.unwrap().unwrap();
    assert_eq!(looks.load(Ordering::SeqCst), 2);
    assert!(house.files.publication(&first).await.unwrap().made_at.is_some(), "what was begun was finished");
    drop(go);
    published(&house.files, &first, false).await;
    assert_eq!(looks.load(Ordering::SeqCst), 2, "and is kept");
}
