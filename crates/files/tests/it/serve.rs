//! Sending files out, and taking whole ones in one body.

use files::{FileId, Limits};
use image::ImageFormat;

use crate::house::{client, encoded, house, open, picture, serve, serve_all_but};

#[tokio::test]
async fn a_posted_file_comes_back_whole_in_part_or_not_at_all() {
    let house = house().await;
    let base = serve(house.files.clone()).await;
    let client = client();
    let bytes = encoded(&picture(300, 200, 5), ImageFormat::Png);
    // Declared as text: the content decides.
    let kept = client.post(format!("{base}/api/v1/files")).header("content-type", "text/html").body(bytes.clone()).send().await.unwrap();
    assert_eq!(kept.status(), 201);
    let location = kept.headers()["location"].to_str().unwrap().to_owned();
    let meta: serde_json::Value = serde_json::from_slice(&kept.bytes().await.unwrap()).unwrap();
    assert_eq!((&meta["media_type"], &meta["width"], &meta["size"]), (&"image/png".into(), &300.into(), &bytes.len().into()));

    let whole = client.get(format!("{base}{location}")).send().await.unwrap();
    assert_eq!(whole.status(), 200);
    assert_eq!(whole.headers()["content-type"], "image/png");
    assert_eq!(whole.headers()["x-content-type-options"], "nosniff");
    assert_eq!(whole.headers()["cache-control"], "private, max-age=31536000, immutable");
    let tag = whole.headers()["etag"].clone();
    assert_eq!(whole.bytes().await.unwrap(), bytes);

    let again = client.get(format!("{base}{location}")).header("if-none-match", tag.clone()).send().await.unwrap();
    assert_eq!(again.status(), 304);
    let part = client.get(format!("{base}{location}")).header("range", "bytes=10-19").header("if-range", tag).send().await.unwrap();
    assert_eq!(part.status(), 206);
    assert_eq!(part.headers()["content-range"], format!("bytes 10-19/{}", bytes.len()));
    assert_eq!(part.bytes().await.unwrap(), bytes[10..20]);
    let beyond = client.get(format!("{base}{location}")).header("range", "bytes=99999999-").send().await.unwrap();
    assert_eq!(beyond.status(), 416);

    let thumbnail = client.get(format!("{base}{location}/thumbnail")).send().await.unwrap();
    assert_eq!((thumbnail.status().as_u16(), &thumbnail.headers()["content-type"]), (200, &"image/jpeg".parse().unwrap()));
    let head = client.head(format!("{base}{location}")).send().await.unwrap();
    assert_eq!(head.headers()["content-length"], bytes.len().to_string());
}

#[tokio::test]
async fn a_file_of_others_is_as_if_it_were_not_there() {
    let house = house().await;
    let kept = house.files.put(encoded(&picture(30, 20, 8), ImageFormat::Png).into(), None).await.unwrap();
    let base = serve_all_but(house.files.clone(), Some(kept.id.clone())).await;
    let absent = FileId::of(b"nobody sent this");
    for path in ["", "/thumbnail"] {
        for id in [&kept.id, &absent] {
            let answer = client().get(format!("{base}/api/v1/files/{id}{path}")).send().await.unwrap();
            assert_eq!(answer.status(), 404);
            let problem: serde_json::Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
            assert_eq!(problem["code"], "file-not-found");
        }
    }
}

#[tokio::test]
async fn refusals_are_problems_in_chinese() {
    let house = house().await;
    let base = serve(house.files.clone()).await;
    let client = client();
    for (body, status, code) in [
        (Vec::new(), 422, "file-empty"),
        (b"hello".to_vec(), 415, "file-type-unsupported"),
        (vec![7; 21 * 1024 * 1024], 413, "file-too-large"),
        (encoded(&picture(90, 90, 6), ImageFormat::Jpeg)[..900].to_vec(), 422, "file-damaged"),
    ] {
        let answer = client.post(format!("{base}/api/v1/files")).body(body).send().await.unwrap();
        assert_eq!(answer.status(), status);
        assert!(answer.headers()["content-type"].to_str().unwrap().starts_with("application/problem+json"));
        let problem: serde_json::Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
        assert_eq!(problem["code"], code);
    }
    assert_eq!(client.get(format!("{base}/api/v1/files/..%2F..%2Fetc%2Fpasswd")).send().await.unwrap().status(), 422);
    let unknown = format!("{base}/api/v1/files/{}", "0".repeat(64));
    assert_eq!(client.get(unknown).send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn memory_for_what_comes_in_is_bounded_and_comes_back() {
    let house = house().await;
    let tight = open(&house.test, house.folder.path(), &house.clock, Limits { memory_kib: 512, ..Limits::default() });
    let base = serve(tight).await;
    let client = client();
    let large = encoded(&picture(600, 400, 11), ImageFormat::Png);
    let answer = client.post(format!("{base}/api/v1/files")).body(large).send().await.unwrap();
    assert_eq!(answer.status(), 503);
    let small = encoded(&picture(40, 40, 12), ImageFormat::Png);
    for _ in 0..3 {
        assert_eq!(client.post(format!("{base}/api/v1/files")).body(small.clone()).send().await.unwrap().status(), 201);
    }
}
