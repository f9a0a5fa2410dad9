//! Large files: hashed while they arrive, whatever happens on the way, and given out in part.

use files::{FileId, Files, Hashes, LARGEST_OF_ALL, Limits};
use futures::{StreamExt, stream};
use http_api::ApiProblem;
use kernel::id::uuid_at;
use reqwest::{Method, Response, StatusCode};
use sm3::{Digest, Sm3};
use uuid::Uuid;

use crate::house::{House, client, house, open, serve};

/// A recording by its first bytes, and by the rest nothing in particular.
fn recording(length: usize) -> Vec<u8> {
    let mut bytes = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom".to_vec();
    bytes.extend((0_u32..).flat_map(|at| at.wrapping_mul(2_654_435_761).to_be_bytes()).take(length - bytes.len()));
    bytes
}

fn with_sm3() -> Limits {
    Limits { hashes: Hashes::WithSm3, ..Limits::default() }
}

fn person(house: &House) -> Uuid {
    uuid_at(kernel::clock::Clock::now(&*house.clock))
}

async fn send(base: &str, upload: Uuid, offset: usize, bytes: &[u8]) -> Response {
    client()
        .request(Method::PATCH, format!("{base}/api/v1/uploads/{upload}"))
        .header("tus-resumable", "1.0.0")
        .header("upload-offset", offset)
        .header("content-type", "application/offset+octet-stream")
        .body(bytes.to_vec())
        .send()
        .await
        .unwrap()
}

async fn content(files: &Files, id: &FileId) -> Vec<u8> {
    let mut stream = files.open_large(id).await.unwrap();
    let mut all = Vec::new();
    while let Some(piece) = stream.next().await {
        all.extend_from_slice(&piece.unwrap());
    }
    all
}

fn code<T>(answer: Result<T, ApiProblem>) -> &'static str {
    answer.err().map_or("", |refused| refused.problem().code)
}

#[tokio::test]
async fn a_recording_arrives_in_pieces_over_a_restart_and_is_hashed_as_it_is() {
    let house = house().await;
    let files = open(&house.test, house.folder.path(), &house.clock, with_sm3());
    let (person, bytes) = (person(&house), recording(3_000_000));
    let upload = files.announce_large(person, "127.0.0.1", bytes.len() as u64).await.unwrap();
    let base = serve(files.clone()).await;
    assert_eq!(send(&base, upload.id, 0, &bytes[..1_000_000]).await.status(), 204);
    // The hashes went on in memory; this node forgets them.
    assert_eq!(send(&base, upload.id, 1_000_000, &bytes[1_000_000..2_000_000]).await.status(), 204);
    let files = open(&house.test, house.folder.path(), &house.clock, with_sm3());
    let base = serve(files.clone()).await;
    let mut connection = house.test.database.pool().acquire().await.unwrap();
    assert_eq!(files.large_of_upload(&mut connection, upload.id, person).await.unwrap(), None);
    let last = send(&base, upload.id, 2_000_000, &bytes[2_000_000..]).await;
    assert_eq!(last.status(), 204);
    let id: FileId = last.headers()["upload-file"].to_str().unwrap().parse().unwrap();

    assert_eq!(id, FileId::of(&bytes));
    let known = files.large(&id).await.unwrap();
    assert_eq!((known.size, known.media_type.as_str()), (3_000_000, "video/mp4"));
    assert_eq!(known.sm3.unwrap(), hex::encode(Sm3::digest(&bytes)));
    assert!(content(&files, &id).await == bytes);
    assert_eq!(files.large_of_upload(&mut connection, upload.id, person).await.unwrap().unwrap().id, id);
    // Whoever did not send it cannot lay hands on it by knowing the upload.
    assert_eq!(files.large_of_upload(&mut connection, upload.id, uuid_at(upload.expires_at)).await.unwrap(), None);
    assert_eq!(std::fs::read_dir(house.folder.path().join("uploads")).unwrap().count(), 0);
    // The last answer was lost and is asked for again.
    assert_eq!(send(&base, upload.id, bytes.len(), b"").await.headers()["upload-file"], id.as_str());
}

#[tokio::test]
async fn a_recording_is_shown_from_its_middle_and_a_page_only_handed_over() {
    let house = house().await;
    let bytes = recording(300_000);
    let video = pour(&house.files, &bytes).await;
    let page = pour(&house.files, b"<!doctype html><script>alert(1)</script>").await;
    let part = house.files.serve_large(&video, &[("range", "bytes=100000-100009")].into_iter().map(header).collect()).await.unwrap();
    assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(part.headers()["content-type"], "video/mp4");
    assert_eq!(part.headers()["content-range"], "bytes 100000-100009/300000");
    assert!(part.headers()["content-disposition"].to_str().unwrap().starts_with("inline"));
    assert_eq!(axum::body::to_bytes(part.into_body(), 100).await.unwrap(), bytes[100_000..100_010]);
    let handed = house.files.serve_large(&page, &axum::http::HeaderMap::new()).await.unwrap();
    assert_eq!(handed.headers()["content-type"], "application/octet-stream");
    assert!(handed.headers()["content-disposition"].to_str().unwrap().starts_with("attachment"));
    assert_eq!(handed.headers()["content-security-policy"], "default-src 'none'; sandbox");
}

fn header((name, value): (&'static str, &'static str)) -> (axum::http::HeaderName, axum::http::HeaderValue) {
    (axum::http::HeaderName::from_static(name), axum::http::HeaderValue::from_static(value))
}

async fn pour(files: &Files, bytes: &[u8]) -> FileId {
    let pieces: Vec<_> = bytes.chunks(65_536).map(|piece| Ok(bytes::Bytes::copy_from_slice(piece))).collect();
    files.pour(stream::iter(pieces), None).await.unwrap().id
}

#[tokio::test]
async fn the_same_twice_is_one_and_what_the_store_lost_comes_back() {
    let house = house().await;
    let bytes = recording(100_000);
    let id = pour(&house.files, &bytes).await;
    let place = house.folder.path().join("files").join(&id.as_str()[..2]).join(&id.as_str()[2..4]).join(id.as_str());
    assert!(std::fs::read(&place).unwrap() == bytes);
    std::fs::remove_file(&place).unwrap();
    assert_eq!(pour(&house.files, &bytes).await, id);
    assert!(std::fs::read(&place).unwrap() == bytes);
    let rows: i64 = sqlx::query_scalar("SELECT count(*) FROM large_file").fetch_one(house.test.database.pool()).await.unwrap();
    assert_eq!(rows, 1);
    // What broke off leaves nothing behind.
    let broken = stream::iter([Ok(bytes::Bytes::from_static(b"half")), Err(std::io::Error::other("the source broke"))]);
    assert_eq!(code(house.files.pour(broken, None).await), "file-store-unavailable");
    assert_eq!(std::fs::read_dir(house.folder.path().join("uploads")).unwrap().count(), 0);
}

#[tokio::test]
async fn too_much_is_refused_before_it_is_sent() {
    let house = house().await;
    let person = person(&house);
    let limits = Limits { open_large_per_person: 2, open_large_bytes: i64::try_from(LARGEST_OF_ALL).unwrap() + 10, ..Limits::default() };
    let files = open(&house.test, house.folder.path(), &house.clock, limits);
    assert_eq!(code(files.announce_large(person, "127.0.0.1", 0).await), "file-empty");
    assert_eq!(code(files.announce_large(person, "127.0.0.1", LARGEST_OF_ALL + 1).await), "file-too-large");
    files.announce_large(person, "127.0.0.1", LARGEST_OF_ALL).await.unwrap();
    assert_eq!(code(files.announce_large(person, "127.0.0.1", 11).await), "busy");
    let small = files.announce_large(person, "127.0.0.1", 4).await.unwrap();
    assert_eq!(code(files.announce_large(person, "127.0.0.1", 1).await), "uploads-too-many");
    let base = serve(files.clone()).await;
    assert_eq!(send(&base, small.id, 0, b"12345").await.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(send(&base, small.id, 0, b"1234").await.status(), 204);
    // Promises are kept no longer than a week.
    house.clock.advance(chrono::Duration::days(8));
    files.announce_large(person, "127.0.0.1", LARGEST_OF_ALL).await.unwrap();
}
