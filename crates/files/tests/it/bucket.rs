//! Files in a bucket of a real server that speaks S3 (`scripts/install-tools test` installs it).

use std::{
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use database::{
    Settings,
    backup::{Bucket, Request, RestoreRequest, create, restore},
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

    async fn make_bucket(&self, name: &str) {
        assert!(client().put(format!("{}/{name}", self.address)).send().await.unwrap().status().is_success());
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
    server.make_bucket("city").await;

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

#[tokio::test]
async fn a_backup_holds_the_bucket_and_fills_another_or_a_folder() {
    let Some(server) = Server::start().await else { return };
    let house = house().await;
    let _ = client();
    server.make_bucket("city").await;
    server.make_bucket("other").await;
    let files = open(&house, &server.settings("city")).await.unwrap();
    let mut photos = Vec::new();
    for seed in 0..5 {
        let photo = encoded(&picture(120, 90, seed), ImageFormat::Jpeg);
        photos.push((files.put(photo.clone().into(), None).await.unwrap().id.to_string(), photo));
    }
    let elsewhere = tempfile::Builder::new().prefix("bihuan-").tempdir_in("/tmp").unwrap();
    std::fs::set_permissions(elsewhere.path(), std::os::unix::fs::PermissionsExt::from_mode(0o711)).unwrap();
    let back_up = async |name: &str, bucket: &str| {
        let out = elsewhere.path().join(name);
        let made = create(Request {
            settings: Settings { data: house.folder.path().to_owned(), database_url: Some(house.test.url()), ..Settings::default() },
            out: out.clone(),
            passphrase: "correct horse battery staple".into(),
            program: "0.1.0".to_owned(),
            work: 6,
            bucket: Some(server.settings(bucket).for_backup().unwrap()),
            now: chrono::Utc::now(),
        })
        .await;
        (out, made)
    };
    let (out, made) = back_up("city.backup", "city").await;
    assert_eq!(made.unwrap().files.entries, 5);

    let bring_back = async |name: &str, bucket: Option<std::sync::Arc<dyn Bucket>>| {
        let data = elsewhere.path().join(name);
        let settings = Settings { data: data.clone(), ..Settings::default() };
        let passphrase = "correct horse battery staple".into();
        restore(RestoreRequest { settings, from: out.clone(), passphrase, master_key: None, bucket }).await.unwrap();
        data
    };
    let in_bucket = bring_back("with-a-bucket", Some(server.settings("other").for_backup().unwrap())).await;
    assert!(!in_bucket.join("files").exists());
    let base = serve(open(&house, &server.settings("other")).await.unwrap()).await;
    let in_folder = bring_back("with-a-folder", None).await;
    for (hex, photo) in photos {
        let back = client().get(format!("{base}/api/v1/files/{hex}")).send().await.unwrap();
        assert!(back.bytes().await.unwrap() == photo, "another photo in the bucket");
        assert!(std::fs::read(in_folder.join("files").join(&hex[..2]).join(&hex[2..4]).join(&hex)).unwrap() == photo);
    }

    // A bucket that is not there is said, and no half backup stays.
    let (out, refused) = back_up("nowhere.backup", "nowhere").await;
    assert!(refused.unwrap_err().to_string().contains("S3 存储桶 nowhere 无法使用"));
    assert!(!out.exists());
}
