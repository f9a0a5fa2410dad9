//! A store on a folder and a database of its own, behind a real socket, and pictures to send.

use std::{io::Cursor, net::SocketAddr, path::Path, sync::Arc};

use axum::http::Extensions;
use chrono::{TimeZone, Utc};
use files::{FileId, Files, Limits, Readers};
use futures::future::BoxFuture;
use http_api::Answer;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use kernel::clock::ManualClock;
use testkit::TestDatabase;

pub struct House {
    pub files: Files,
    pub clock: Arc<ManualClock>,
    pub folder: tempfile::TempDir,
    pub test: TestDatabase,
}

pub async fn house() -> House {
    let test = testkit::fresh(&[files::MIGRATIONS]).await;
    let folder = tempfile::tempdir().unwrap();
    let clock = ManualClock::starting_at(Utc.with_ymd_and_hms(2026, 11, 1, 0, 0, 0).unwrap());
    let files = open(&test, folder.path(), &clock, Limits::default());
    House { files, clock, folder, test }
}

pub fn open(test: &TestDatabase, folder: &Path, clock: &Arc<ManualClock>, limits: Limits) -> Files {
    Files::open_folder(folder, test.database.clone(), clock.clone(), limits).unwrap()
}

/// Lets everybody read everything, but for one file.
struct AllBut(Option<FileId>);

impl Readers for AllBut {
    fn admit(&self, _request: &Extensions) -> Answer<()> {
        Ok(())
    }

    fn may_read<'a>(&'a self, _request: &'a Extensions, file: &'a FileId) -> BoxFuture<'a, Answer<bool>> {
        Box::pin(async move { Ok(self.0.as_ref() != Some(file)) })
    }
}

/// Serves on a port of its own and says its address in front of a path.
pub async fn serve(files: Files) -> String {
    serve_all_but(files, None).await
}

/// Serves with one file that nobody may read.
pub async fn serve_all_but(files: Files, closed: Option<FileId>) -> String {
    let (router, _) = files::public_routes(files.clone()).merge(files::routes(files, Arc::new(AllBut(closed)))).split_for_parts();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>()).await.unwrap();
    });
    format!("http://{address}")
}

pub fn client() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

/// A picture that differs from others by `seed` and is hard to compress.
pub fn picture(width: u32, height: u32, seed: u32) -> DynamicImage {
    let mut noise = seed.wrapping_mul(2_654_435_761).max(1);
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |_, _| {
        noise ^= noise << 13;
        noise ^= noise >> 17;
        noise ^= noise << 5;
        Rgb([noise as u8, (noise >> 8) as u8, (noise >> 16) as u8])
    }))
}

pub fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A JPEG whose EXIF says "turn me a quarter to the right" and carries a secret where a position would stand.
pub fn turned_jpeg(width: u32, height: u32) -> Vec<u8> {
    let plain = encoded(&picture(width, height, 7), ImageFormat::Jpeg);
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
    exif.extend(b"GPS-SECRET");
    let mut bytes = plain[..2].to_vec();
    bytes.extend([0xFF, 0xE1]);
    bytes.extend(u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
    bytes.extend(exif);
    bytes.extend(&plain[2..]);
    bytes
}

/// A JPEG whose EXIF says when (Shanghai's clock, no offset named) and where it was taken, in whole seconds of arc.
pub fn taken_jpeg(seed: u32, stamp: &str, lon: [u32; 3], lat: [u32; 3]) -> Vec<u8> {
    assert_eq!(stamp.len(), 19, "2026:11:02 09:00:00");
    let plain = encoded(&picture(64, 48, seed), ImageFormat::Jpeg);
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [tag.to_be_bytes().as_slice(), &kind.to_be_bytes(), &count.to_be_bytes(), &value].concat()
    };
    // 8 header, 2 + 24 + 4 first directory at 8, 2 + 12 + 4 camera's at 38, 2 + 48 + 4 position's at 56, then the values at 110.
    let mut tiff = b"MM\0\x2a\0\0\0\x08".to_vec();
    tiff.extend(2u16.to_be_bytes());
    tiff.extend(entry(0x8769, 4, 1, 38u32.to_be_bytes()));
    tiff.extend(entry(0x8825, 4, 1, 56u32.to_be_bytes()));
    tiff.extend([0; 4]);
    tiff.extend(1u16.to_be_bytes());
    tiff.extend(entry(0x9003, 2, 20, 110u32.to_be_bytes()));
    tiff.extend([0; 4]);
    tiff.extend(4u16.to_be_bytes());
    tiff.extend(entry(1, 2, 2, *b"N\0\0\0"));
    tiff.extend(entry(2, 5, 3, 130u32.to_be_bytes()));
    tiff.extend(entry(3, 2, 2, *b"E\0\0\0"));
    tiff.extend(entry(4, 5, 3, 154u32.to_be_bytes()));
    tiff.extend([0; 4]);
    tiff.extend(stamp.as_bytes());
    tiff.push(0);
    for part in lat.into_iter().chain(lon) {
        tiff.extend(part.to_be_bytes());
        tiff.extend(1u32.to_be_bytes());
    }
    let mut bytes = plain[..2].to_vec();
    bytes.extend([0xFF, 0xE1]);
    bytes.extend(u16::try_from(tiff.len() + 8).unwrap().to_be_bytes());
    bytes.extend(b"Exif\0\0");
    bytes.extend(tiff);
    bytes.extend(&plain[2..]);
    bytes
}
