//! Resumable uploads: the whole way, broken off and taken up again, and every wrong turn.

use files::Limits;
use image::ImageFormat;
use reqwest::{Client, Method, Response};
use tokio::io::AsyncWriteExt;

use crate::house::{client, encoded, house, open, picture, serve};

struct Tus {
    client: Client,
    base: String,
}

impl Tus {
    async fn create(&self, length: usize) -> Response {
        self.request(Method::POST, "/api/v1/uploads").header("upload-length", length).send().await.unwrap()
    }

    async fn place(&self, length: usize) -> String {
        let created = self.create(length).await;
        assert_eq!(created.status(), 201);
        assert!(created.headers()["upload-expires"].to_str().unwrap().ends_with("GMT"));
        created.headers()["location"].to_str().unwrap().to_owned()
    }

    async fn patch(&self, place: &str, offset: usize, bytes: &[u8]) -> Response {
        self.request(Method::PATCH, place)
            .header("upload-offset", offset)
            .header("content-type", "application/offset+octet-stream")
            .body(bytes.to_vec())
            .send()
            .await
            .unwrap()
    }

    async fn head(&self, place: &str) -> Response {
        self.request(Method::HEAD, place).send().await.unwrap()
    }

    async fn offset(&self, place: &str) -> usize {
        let answer = self.head(place).await;
        assert_eq!(answer.status(), 200);
        answer.headers()["upload-offset"].to_str().unwrap().parse().unwrap()
    }

    fn request(&self, method: Method, place: &str) -> reqwest::RequestBuilder {
        self.client.request(method, format!("{}{place}", self.base)).header("tus-resumable", "1.0.0")
    }
}

async fn code(answer: Response) -> (u16, String) {
    let status = answer.status().as_u16();
    let body: serde_json::Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
    (status, body["code"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn an_upload_is_taken_up_again_after_a_restart() {
    let house = house().await;
    let bytes = encoded(&picture(400, 300, 8), ImageFormat::Png);
    let half = bytes.len() / 2;
    let tus = Tus { client: client(), base: serve(house.files.clone()).await };
    let place = tus.place(bytes.len()).await;
    assert_eq!(tus.offset(&place).await, 0);
    let first = tus.patch(&place, 0, &bytes[..half]).await;
    assert_eq!((first.status().as_u16(), &first.headers()["upload-offset"]), (204, &half.to_string().parse().unwrap()));
    assert!(!first.headers().contains_key("upload-file"));

    // Another process opens the same folder and database.
    let reopened = open(&house.test, house.folder.path(), &house.clock, Limits::default());
    let tus = Tus { client: client(), base: serve(reopened.clone()).await };
    assert_eq!(tus.offset(&place).await, half);
    let last = tus.patch(&place, half, &bytes[half..]).await;
    assert_eq!(last.status(), 204);
    let id: files::FileId = last.headers()["upload-file"].to_str().unwrap().parse().unwrap();
    assert_eq!(id, files::FileId::of(&bytes));
    assert_eq!(last.headers()["tus-resumable"], "1.0.0");
    assert_eq!(reopened.meta(&id).await.unwrap().size as usize, bytes.len());
    // A client that missed the last answer learns the file's id all the same.
    assert_eq!(tus.head(&place).await.headers()["upload-file"], id.as_str());
    assert_eq!(tus.patch(&place, bytes.len(), b"").await.headers()["upload-file"], id.as_str());
    assert_eq!(std::fs::read_dir(house.folder.path().join("uploads")).unwrap().count(), 0);
}

#[tokio::test]
async fn what_came_before_the_connection_broke_stays() {
    let house = house().await;
    let bytes = encoded(&picture(300, 300, 9), ImageFormat::Png);
    let tus = Tus { client: client(), base: serve(house.files.clone()).await };
    let place = tus.place(bytes.len()).await;
    let mut socket = tokio::net::TcpStream::connect(tus.base.trim_start_matches("http://")).await.unwrap();
    let head = format!(
        "PATCH {place} HTTP/1.1\r\nhost: a\r\ntus-resumable: 1.0.0\r\nupload-offset: 0\r\n\
         content-type: application/offset+octet-stream\r\ncontent-length: {}\r\n\r\n",
        bytes.len()
    );
    socket.write_all(head.as_bytes()).await.unwrap();
    socket.write_all(&bytes[..100_000]).await.unwrap();
    socket.flush().await.unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    // While one connection writes, a second one waits its turn.
    assert_eq!(code(tus.patch(&place, 0, &bytes).await).await, (409, "upload-busy".into()));
    drop(socket);
    let mut offset = 0;
    for _ in 0..50 {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        offset = tus.offset(&place).await;
        if offset == 100_000 {
            break;
        }
    }
    assert_eq!(offset, 100_000);
    let mut last = tus.patch(&place, offset, &bytes[offset..]).await;
    for _ in 0..50 {
        if last.status() == 204 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        last = tus.patch(&place, offset, &bytes[offset..]).await;
    }
    assert_eq!(last.headers()["upload-file"], files::FileId::of(&bytes).as_str());
}

#[tokio::test]
async fn every_wrong_turn_has_its_answer() {
    let house = house().await;
    let tus = Tus { client: client(), base: serve(house.files.clone()).await };
    let options = tus.client.request(Method::OPTIONS, format!("{}/api/v1/uploads", tus.base)).send().await.unwrap();
    assert_eq!((options.status().as_u16(), &options.headers()["tus-version"]), (204, &"1.0.0".parse().unwrap()));
    assert_eq!(options.headers()["tus-max-size"], "20971520");
    assert_eq!(options.headers()["tus-extension"], "creation,termination,expiration");
    let old = tus.client.post(format!("{}/api/v1/uploads", tus.base)).header("tus-resumable", "0.2.2").send().await.unwrap();
    assert_eq!(old.headers()["tus-version"], "1.0.0");
    assert_eq!(code(old).await, (412, "tus-version-unsupported".into()));
    assert_eq!(code(tus.create(0).await).await, (422, "file-empty".into()));
    assert_eq!(code(tus.create(20 * 1024 * 1024 + 1).await).await, (413, "file-too-large".into()));
    let undefined = tus.request(Method::POST, "/api/v1/uploads").header("upload-defer-length", 1).send().await.unwrap();
    assert_eq!(code(undefined).await, (422, "upload-length-invalid".into()));

    let place = tus.place(10).await;
    assert_eq!(code(tus.patch(&place, 3, b"abc").await).await, (409, "upload-offset-mismatch".into()));
    let typed = tus.request(Method::PATCH, &place).header("upload-offset", 0).body("abc").send().await.unwrap();
    assert_eq!(code(typed).await, (415, "content-type-unsupported".into()));
    assert_eq!(code(tus.patch(&place, 0, b"more than ten bytes").await).await, (413, "upload-too-long".into()));
    // What was too long was not taken.
    assert_eq!(tus.offset(&place).await, 0);
    assert_eq!(tus.request(Method::DELETE, &place).send().await.unwrap().status(), 204);
    assert_eq!(tus.head(&place).await.status(), 404);
    assert_eq!(tus.request(Method::DELETE, "/api/v1/uploads/nonsense").send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn mislabelled_and_cut_off_content_is_refused_with_the_last_piece() {
    let house = house().await;
    let tus = Tus { client: client(), base: serve(house.files.clone()).await };
    let jpeg = encoded(&picture(200, 200, 10), ImageFormat::Jpeg);
    let bodies: [(&[u8], u16, &str); 2] =
        [(b"#!/bin/sh\nrm -rf /\n", 415, "file-type-unsupported"), (&jpeg[..jpeg.len() - 500], 422, "file-damaged")];
    for (body, status, refusal) in bodies {
        let place = tus.place(body.len()).await;
        assert_eq!(code(tus.patch(&place, 0, body).await).await, (status, refusal.into()));
        assert_eq!(tus.head(&place).await.status(), 404);
    }
    assert_eq!(std::fs::read_dir(house.folder.path().join("uploads")).unwrap().count(), 0);
}

#[tokio::test]
async fn the_unfinished_are_counted_and_forgotten_after_a_day() {
    let house = house().await;
    let limits = Limits { open_per_address: 3, ..Limits::default() };
    let files = open(&house.test, house.folder.path(), &house.clock, limits);
    let tus = Tus { client: client(), base: serve(files.clone()).await };
    let mut places = Vec::new();
    for _ in 0..3 {
        places.push(tus.place(1000).await);
    }
    tus.patch(&places[0], 0, b"something").await;
    assert_eq!(code(tus.create(1000).await).await, (429, "uploads-too-many".into()));
    assert_eq!(files.sweep_uploads().await.unwrap(), 0);
    assert_eq!(tus.offset(&places[0]).await, 9);
    house.clock.advance(chrono::Duration::hours(25));
    assert_eq!(tus.head(&places[0]).await.status(), 404);
    assert_eq!(files.sweep_uploads().await.unwrap(), 3);
    assert_eq!(std::fs::read_dir(house.folder.path().join("uploads")).unwrap().count(), 0);
    tus.place(1000).await;

    let full = open(&house.test, house.folder.path(), &house.clock, Limits { open_bytes: 1500, ..Limits::default() });
    let tus = Tus { client: client(), base: serve(full).await };
    assert_eq!(code(tus.create(1000).await).await, (503, "busy".into()));
}
