//! Keeping files: what is taken, what is refused, what is on disk.

use bytes::Bytes;
use files::FileId;
use image::ImageFormat;

use crate::{
    house::{encoded, house, picture, turned_jpeg},
    published::published,
};

#[tokio::test]
async fn each_kind_is_judged_by_content_and_kept_once() {
    let house = house().await;
    for (format, name) in [(ImageFormat::Jpeg, "image/jpeg"), (ImageFormat::Png, "image/png"), (ImageFormat::WebP, "image/webp")] {
        let bytes = Bytes::from(encoded(&picture(60, 40, 1), format));
        let meta = house.files.put(bytes.clone(), None).await.unwrap();
        assert_eq!((meta.media_type.as_str(), meta.width, meta.height), (name, Some(60), Some(40)));
        assert_eq!(meta.id, FileId::of(&bytes));
        assert_eq!(house.files.put(bytes.clone(), None).await.unwrap(), meta);
        let hex = meta.id.as_str();
        let path = house.folder.path().join("files").join(&hex[..2]).join(&hex[2..4]).join(hex);
        assert_eq!(std::fs::read(path).unwrap(), bytes);
        assert_eq!(house.files.meta(&meta.id).await.unwrap(), meta);
        assert!(house.files.exists(&[meta.id]).await.unwrap());
    }
    let pdf = house.files.put(Bytes::from_static(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"), None).await.unwrap();
    assert_eq!((pdf.media_type.as_str(), pdf.width), ("application/pdf", None));
    assert_eq!(house.files.thumbnail(&pdf.id).await.unwrap_err().problem().code, "picture-missing");
    let unknown = FileId::of(b"never seen");
    assert_eq!(house.files.missing(&[pdf.id.clone(), unknown.clone()]).await.unwrap(), std::slice::from_ref(&unknown));
    assert_eq!(house.files.meta(&unknown).await.unwrap_err().problem().code, "file-not-found");
}

#[tokio::test]
async fn cut_off_pictures_are_refused_wherever_they_are_cut() {
    let house = house().await;
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let whole = encoded(&picture(200, 150, 2), format);
        for keep in [whole.len() - 1, whole.len() - 40, whole.len() / 2, 64] {
            let problem = house.files.put(Bytes::copy_from_slice(&whole[..keep]), None).await.unwrap_err();
            assert_eq!(problem.problem().code, "file-damaged", "{format:?} cut to {keep} of {}", whole.len());
        }
    }
    let rows: i64 = sqlx::query_scalar("SELECT count(*) FROM file").fetch_one(house.test.database.pool()).await.unwrap();
    assert_eq!(rows, 0);
}

#[tokio::test]
async fn damaged_and_disguised_content_is_refused() {
    let house = house().await;
    let mut damaged = encoded(&picture(100, 100, 3), ImageFormat::Png);
    let middle = damaged.len() / 2;
    damaged[middle] ^= 0xFF;
    assert_eq!(house.files.put(damaged.into(), None).await.unwrap_err().problem().code, "file-damaged");
    let script = Bytes::from_static(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>");
    assert_eq!(house.files.put(script, None).await.unwrap_err().problem().code, "file-type-unsupported");
    let large = Bytes::from(vec![0_u8; 20 * 1024 * 1024 + 1]);
    assert_eq!(house.files.put(large, None).await.unwrap_err().problem().code, "file-too-large");
}

#[tokio::test]
async fn a_bomb_is_refused_by_what_its_header_claims() {
    let house = house().await;
    // A PNG of 30000 × 30000 in few bytes: only the header is changed, and its checksum made right again.
    let mut bomb = encoded(&picture(4, 4, 4), ImageFormat::Png);
    bomb[16..20].copy_from_slice(&30_000_u32.to_be_bytes());
    bomb[20..24].copy_from_slice(&30_000_u32.to_be_bytes());
    let checksum = crc32(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&checksum.to_be_bytes());
    assert_eq!(house.files.put(bomb.into(), None).await.unwrap_err().problem().code, "picture-too-large");
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |mut crc, byte| {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
        }
        crc
    })
}

#[tokio::test]
async fn copies_stand_upright_and_carry_no_metadata() {
    let house = house().await;
    let original = turned_jpeg(2000, 1000);
    let meta = house.files.put(original.clone().into(), None).await.unwrap();
    assert_eq!((meta.width, meta.height), (Some(1000), Some(2000)));
    let secret = |bytes: &[u8]| bytes.windows(10).any(|window| window == b"GPS-SECRET") || bytes.windows(4).any(|window| window == b"Exif");
    assert!(secret(&original));
    let copies = [
        (house.files.thumbnail(&meta.id).await.unwrap(), 240, 480),
        (published(&house.files, &meta.id, false).await.into(), 800, 1600),
        (published(&house.files, &meta.id, true).await.into(), 240, 480),
    ];
    for (copy, width, height) in copies {
        let seen = image::load_from_memory_with_format(&copy, ImageFormat::Jpeg).unwrap();
        assert_eq!((seen.width(), seen.height()), (width, height));
        assert!(!secret(&copy));
    }
    // A lost thumbnail is made again from the original.
    std::fs::remove_dir_all(house.folder.path().join("files/derived")).unwrap();
    assert!(!house.files.thumbnail(&meta.id).await.unwrap().is_empty());
}
