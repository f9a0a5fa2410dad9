//! Backup under load, restoring elsewhere, and everything that must be refused.

use crate::place::{MIGRATIONS, folder, settings};
use database::{
    DatabaseError, Opened, Settings,
    backup::{BackupError, MASTER_KEY, Manifest, Request, RestoreRequest, create, restore},
    migrate, open,
};
use sha2::{Digest, Sha256};
use sqlx::{Connection, PgConnection};
use std::{
    fs,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

/// A yearly notice as an operator puts it there.
const NOTICE: &str = "date,kind,name\n2027-01-01,off,元旦\n";
const PASSPHRASE: &str = "correct horse battery staple";

async fn back_up(settings: &Settings, out: &Path) -> Result<Manifest, BackupError> {
    let now = chrono::DateTime::from_timestamp(1_790_000_000, 0).unwrap();
    create(Request {
        settings: settings.clone(),
        out: out.to_owned(),
        passphrase: PASSPHRASE.into(),
        program: "0.1.0".into(),
        work: 6,
        bucket: None,
        now,
    })
    .await
}

async fn bring_back(settings: &Settings, from: &Path, passphrase: &str, master_key: Option<PathBuf>) -> Result<Manifest, BackupError> {
    restore(RestoreRequest { settings: settings.clone(), from: from.to_owned(), passphrase: passphrase.into(), master_key, bucket: None })
        .await
}

/// Stores a file as the program does (the file first, then the row that names it).
async fn store(opened: &Opened, settings: &Settings, number: usize) {
    let content = format!("第 {number} 张照片").repeat(number % 50 + 1);
    let name = hex::encode(Sha256::digest(content.as_bytes()));
    let place = settings.data.join("files").join(&name[..2]);
    fs::create_dir_all(&place).unwrap();
    let half = place.join(format!("{name}#1"));
    fs::write(&half, &content).unwrap();
    fs::rename(half, place.join(&name)).unwrap();
    sqlx::query("INSERT INTO note (words, file) VALUES ($1, $2)")
        .bind(format!("件 {number}"))
        .bind(name)
        .execute(opened.database.pool())
        .await
        .unwrap();
}

/// Takes a file for import as the program does: the file first, then its row; a half-made one beside it.
async fn import(opened: &Opened, settings: &Settings, number: usize) {
    let place = settings.data.join("imports").join(format!("job-{number}"));
    fs::create_dir_all(&place).unwrap();
    fs::write(place.join("upload"), format!("编号,内容\n{number},路灯不亮\n")).unwrap();
    fs::write(place.join("rows.csv#"), "half").unwrap();
    sqlx::query("INSERT INTO note (words, file) VALUES ($1, '')")
        .bind(format!("导入 {number}"))
        .execute(opened.database.pool())
        .await
        .unwrap();
    fs::remove_file(place.join("rows.csv#")).unwrap();
}

/// Every import that the database names is there, whole, and nothing half-made.
async fn assert_imports(opened: &Opened, settings: &Settings) -> usize {
    let named: Vec<String> =
        sqlx::query_scalar("SELECT words FROM note WHERE file = '' ORDER BY id").fetch_all(opened.database.pool()).await.unwrap();
    for words in &named {
        let number = words.strip_prefix("导入 ").unwrap();
        let place = settings.data.join("imports").join(format!("job-{number}"));
        assert_eq!(fs::read_to_string(place.join("upload")).unwrap(), format!("编号,内容\n{number},路灯不亮\n"));
        assert!(!place.join("rows.csv#").exists());
    }
    named.len()
}

async fn assert_whole(opened: &Opened, settings: &Settings) -> i64 {
    let files: Vec<String> =
        sqlx::query_scalar("SELECT file FROM note WHERE file <> '' ORDER BY id").fetch_all(opened.database.pool()).await.unwrap();
    for name in &files {
        let content = fs::read(settings.data.join("files").join(&name[..2]).join(name)).unwrap();
        assert_eq!(hex::encode(Sha256::digest(content)), *name);
    }
    i64::try_from(files.len()).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_under_load_is_one_consistent_point() {
    let folder = folder();
    let from = settings(folder.path());
    let opened = Arc::new(open(&from).await.unwrap());
    migrate(&opened.owner_pool, MIGRATIONS).await.unwrap();
    for number in 0..200 {
        store(&opened, &from, number).await;
    }
    fs::create_dir_all(from.data.join("keys")).unwrap();
    fs::write(from.data.join(MASTER_KEY), [7; 32]).unwrap();
    fs::create_dir_all(from.data.join("calendar")).unwrap();
    fs::write(from.data.join("calendar/2027.csv"), NOTICE).unwrap();
    import(&opened, &from, 0).await;

    let stop = Arc::new(AtomicBool::new(false));
    let load = tokio::spawn({
        let (opened, from, stop) = (opened.clone(), from.clone(), stop.clone());
        async move {
            let mut number = 200;
            while !stop.load(Ordering::Relaxed) {
                store(&opened, &from, number).await;
                if number % 10 == 0 {
                    import(&opened, &from, number).await;
                }
                number += 1;
            }
            number
        }
    });
    let out = folder.path().join("city.backup");
    let manifest = back_up(&from, &out).await.unwrap();
    stop.store(true, Ordering::Relaxed);
    let written = i64::try_from(load.await.unwrap()).unwrap();
    let backed_up = manifest.tables["public.note"];
    assert!((201..=written + written / 10).contains(&backed_up), "{backed_up} of {written}");
    assert_eq!(manifest.migration, 2);
    assert_eq!(fs::metadata(&out).unwrap().mode() & 0o777, 0o600);
    assert!(!fs::read(&out).unwrap().windows(6).any(|window| window == "照片".as_bytes()), "the backup is readable");

    let key = from.data.join(MASTER_KEY);
    let elsewhere = Settings { data: folder.path().join("elsewhere"), ..Settings::default() };
    assert_eq!(bring_back(&elsewhere, &out, PASSPHRASE, Some(key)).await.unwrap(), manifest);
    let restored = open(&elsewhere).await.unwrap();
    migrate(&restored.owner_pool, MIGRATIONS).await.unwrap();
    let imports = assert_imports(&restored, &elsewhere).await;
    assert!(imports >= 1);
    assert_eq!(assert_whole(&restored, &elsewhere).await + i64::try_from(imports).unwrap(), backed_up);
    assert_eq!(fs::read_to_string(elsewhere.data.join("calendar/2027.csv")).unwrap(), NOTICE);
    assert_eq!(fs::read(elsewhere.data.join(MASTER_KEY)).unwrap(), [7; 32]);
    // The rights came along: work goes on, the guarded table stays guarded.
    store(&restored, &elsewhere, 9_999).await;
    assert!(sqlx::query("DELETE FROM guarded").execute(restored.database.pool()).await.is_err());
    restored.close().await.unwrap();
    Arc::into_inner(opened).unwrap().close().await.unwrap();
}

#[tokio::test]
async fn a_stopped_folder_is_backed_up_too_and_bad_backups_touch_nothing() {
    let folder = folder();
    let from = settings(folder.path());
    let opened = open(&from).await.unwrap();
    migrate(&opened.owner_pool, MIGRATIONS).await.unwrap();
    for number in 0..20 {
        store(&opened, &from, number).await;
    }
    opened.close().await.unwrap();
    let out = folder.path().join("city.backup");
    let manifest = back_up(&from, &out).await.unwrap();
    assert_eq!((manifest.tables["public.note"], manifest.files.entries), (20, 20));
    assert!(!from.data.join(MASTER_KEY).exists());

    // Nothing is overwritten, neither a backup nor a data folder.
    assert!(matches!(back_up(&from, &out).await, Err(BackupError::Exists(_))));
    assert!(matches!(bring_back(&from, &out, PASSPHRASE, None).await, Err(BackupError::NotEmpty(_))));

    let whole = fs::read(&out).unwrap();
    let broken = folder.path().join("broken.backup");
    let target = Settings { data: folder.path().join("target"), ..Settings::default() };
    assert!(matches!(bring_back(&target, &out, "wrong passphrase", None).await, Err(BackupError::WrongPassphrase)));
    let not_a_key = folder.path().join("not-a-key");
    fs::write(&not_a_key, "short").unwrap();
    assert!(matches!(bring_back(&target, &out, PASSPHRASE, Some(not_a_key)).await, Err(BackupError::MasterKey(_))));
    for length in [0, 40, 300, whole.len() / 2, whole.len() - 1] {
        fs::write(&broken, &whole[..length]).unwrap();
        let error = bring_back(&target, &broken, PASSPHRASE, None).await.unwrap_err();
        assert!(matches!(error, BackupError::Damaged(_) | BackupError::NotABackup(_)), "{length}: {error:?}");
    }
    let mut altered = whole.clone();
    let middle = altered.len() / 2;
    altered[middle] ^= 1;
    fs::write(&broken, &altered).unwrap();
    let error = bring_back(&target, &broken, PASSPHRASE, None).await.unwrap_err();
    assert!(matches!(error, BackupError::Damaged(_)), "{error:?}");
    assert!(!target.data.exists(), "something was touched");

    assert_eq!(bring_back(&target, &out, PASSPHRASE, None).await.unwrap(), manifest);
    let restored = open(&target).await.unwrap();
    assert_eq!(assert_whole(&restored, &target).await, 20);
    restored.close().await.unwrap();

    // A restoring that was cut off by a kill is never served from.
    fs::write(target.data.join("restore.unfinished"), "").unwrap();
    assert!(matches!(open(&target).await, Err(DatabaseError::HalfRestored { .. })));
}

#[tokio::test]
async fn a_given_server_is_backed_up_and_restored_into() {
    // A cluster of ours plays the customer's server.
    let folder = folder();
    let server = open(&settings(folder.path())).await.unwrap();
    let endpoint = server.cluster.as_ref().unwrap().endpoint();
    let mut superuser = PgConnection::connect_with(&endpoint.options("postgres", "postgres")).await.unwrap();
    sqlx::raw_sql("CREATE DATABASE other OWNER bihuan_owner").execute(&mut superuser).await.unwrap();
    superuser.close().await.unwrap();
    let socket = endpoint.socket_folder().display().to_string().replace('/', "%2F");
    let given = |name: &str| Settings {
        data: folder.path().join(format!("data-of-{name}")),
        pg_bin: None,
        database_url: Some(format!("postgres://postgres:unused@{socket}:5432/{name}")),
    };

    let (from, to) = (given("bihuan"), given("other"));
    let opened = open(&from).await.unwrap();
    migrate(&opened.owner_pool, MIGRATIONS).await.unwrap();
    for number in 0..5 {
        store(&opened, &from, number).await;
    }
    opened.close().await.unwrap();
    let out = folder.path().join("city.backup");
    let manifest = back_up(&from, &out).await.unwrap();
    assert_eq!(bring_back(&to, &out, PASSPHRASE, None).await.unwrap(), manifest);
    let restored = open(&to).await.unwrap();
    migrate(&restored.owner_pool, MIGRATIONS).await.unwrap();
    assert_eq!(assert_whole(&restored, &to).await, 5);
    assert!(sqlx::query("DELETE FROM guarded").execute(restored.database.pool()).await.is_err());
    restored.close().await.unwrap();

    // A database with tables in it is not restored into.
    let occupied = Settings { data: folder.path().join("fresh"), ..to };
    assert!(matches!(bring_back(&occupied, &out, PASSPHRASE, None).await, Err(BackupError::NotEmpty(_))));
    server.close().await.unwrap();
}
