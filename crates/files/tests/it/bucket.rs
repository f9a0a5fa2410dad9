//! Files in a bucket of a real server that speaks S3 (`scripts/install-tools test` installs it).

use std::{
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use files::{BucketSettings, Files, Limits};
use image::ImageFormat;

use crate::house::{House, client, encoded, house, picture, serve};

struct Server {
    child: Child,
    address: String,
}

impl Server {
    /// Nothing where the server is not installed.
    async fn start() -> Option<Self> {
        let program = program()?;
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let child = Command::new(program)
            .args(["-H", "127.0.0.1", "-p", &port.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let server = Self { child, address: format!("http://127.0.0.1:{port}") };
        for _ in 0..300 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Some(server);
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the S3 server did not start");
    }

    async fn make_bucket(&self) {
        assert!(client().put(format!("{}/city", self.address)).send().await.unwrap().status().is_success());
    }

    fn settings(&self, bucket: &str) -> BucketSettings {
        BucketSettings {
            endpoint: Some(self.address.clone()),
            bucket: bucket.to_owned(),
            region: "us-east-1".to_owned(),
            access_key_id: "test".to_owned(),
            secret_access_key: "quiet-lantern".to_owned(),
            allow_http: true,
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn program() -> Option<PathBuf> {
    let installed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../var/tools/s3/bin/moto_server");
    if installed.exists() {
        return Some(installed);
    }
    eprintln!("SKIPPED: no S3 server at var/tools/s3; `scripts/install-tools test` installs one");
    None
}

async fn open(house: &House, settings: &BucketSettings) -> std::io::Result<Files> {
    Files::open_bucket(house.folder.path(), settings, house.test.database.clone(), house.clock.clone(), Limits::default()).await
}

#[tokio::test]
async fn photos_live_in_a_bucket_as_they_do_in_a_folder() {
    let Some(server) = Server::start().await else { return };
    let house = house().await;
    let _ = client();
    let refused = open(&house, &server.settings("city")).await.err().expect("there is no such bucket yet").to_string();
    assert!(refused.contains("S3 存储桶 city 无法使用"), "{refused}");
    server.make_bucket().await;

    let files = open(&house, &server.settings("city")).await.unwrap();
    let photo = encoded(&picture(800, 600, 7), ImageFormat::Jpeg);
    let kept = files.put(photo.clone().into(), None).await.unwrap();
    assert_eq!(files.put(photo.clone().into(), None).await.unwrap(), kept);
    let hex = kept.id.to_string();
    assert!(!house.folder.path().join("files").join(&hex[..2]).exists());

    // Another node finds it in the same place.
    let other = open(&house, &server.settings("city")).await.unwrap();
    let base = serve(other).await;
    let whole = client().get(format!("{base}/api/v1/files/{hex}")).send().await.unwrap();
    assert!(whole.bytes().await.unwrap() == photo, "the photo came back another");
    let part = client().get(format!("{base}/api/v1/files/{hex}")).header("range", "bytes=10-19").send().await.unwrap();
    assert_eq!((part.status().as_u16(), part.bytes().await.unwrap().as_ref()), (206, &photo[10..20]));
    let thumbnail = client().get(format!("{base}/api/v1/files/{hex}/thumbnail")).send().await.unwrap();
    assert!(thumbnail.status().is_success() && thumbnail.headers()["content-type"] == "image/jpeg");

    // A server that is gone is said to be away for now, and nothing is kept.
    drop(server);
    let lost = encoded(&picture(80, 60, 8), ImageFormat::Jpeg);
    let away = client().post(format!("{base}/api/v1/files")).body(lost).send().await.unwrap();
    assert_eq!(away.status(), 503);
    assert!(away.text().await.unwrap().contains("file-store-unavailable"));
}
