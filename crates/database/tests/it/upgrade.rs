//! Moving a cluster to other programs. One version is installed here: it plays both.

use crate::place::{MIGRATIONS, folder, settings};
use database::{
    backup::BackupError,
    cluster::{Folder, Programs},
    migrate, open,
    upgrade::{Upgraded, move_between, upgrade},
};
use std::fs;

#[tokio::test]
async fn rows_and_rights_move_and_the_old_cluster_stays() {
    let folder = folder();
    let settings = settings(folder.path());
    let opened = open(&settings).await.unwrap();
    migrate(&opened.owner_pool, MIGRATIONS).await.unwrap();
    sqlx::query("INSERT INTO note (words) SELECT '件' || n FROM generate_series(1, 1000) n").execute(opened.database.pool()).await.unwrap();
    opened.close().await.unwrap();

    let data = Folder::prepare(&settings.data).unwrap();
    let lock = data.lock().unwrap();
    let programs = Programs::find(None).unwrap();
    let version = programs.version();
    let moved = move_between(data, lock, programs.clone(), programs).await.unwrap();
    let Upgraded::Moved { old, rows, .. } = moved else { panic!("{moved:?}") };
    assert!(old.ends_with(format!("postgres-{version}")) && old.join("PG_VERSION").exists());
    assert_eq!(rows, 1000 + 2);
    assert!(!settings.data.join("upgrade.dump").exists());

    let opened = open(&settings).await.unwrap();
    migrate(&opened.owner_pool, MIGRATIONS).await.unwrap();
    sqlx::query("INSERT INTO note (words) VALUES ('新件')").execute(opened.database.pool()).await.unwrap();
    assert!(sqlx::query("DELETE FROM guarded").execute(opened.database.pool()).await.is_err());
    opened.close().await.unwrap();
}

#[tokio::test]
async fn an_upgrade_that_was_cut_off_is_undone_by_the_next_start() {
    let folder = folder();
    let settings = settings(folder.path());
    let opened = open(&settings).await.unwrap();
    migrate(&opened.owner_pool, MIGRATIONS).await.unwrap();
    opened.close().await.unwrap();
    // As a kill leaves it: the old cluster aside, a new one half made.
    fs::rename(settings.data.join("postgres"), settings.data.join("postgres-14")).unwrap();
    fs::create_dir(settings.data.join("postgres")).unwrap();
    fs::write(settings.data.join("upgrade.unfinished"), "postgres-14").unwrap();
    let opened = open(&settings).await.unwrap();
    let notes: i64 = sqlx::query_scalar("SELECT count(*) FROM note").fetch_one(opened.database.pool()).await.unwrap();
    assert_eq!(notes, 0);
    assert!(!settings.data.join("upgrade.unfinished").exists() && !settings.data.join("postgres-14").exists());
    opened.close().await.unwrap();
}

#[tokio::test]
async fn nothing_is_done_where_nothing_is_needed() {
    let folder = folder();
    let settings = settings(folder.path());
    fs::create_dir(&settings.data).unwrap();
    assert!(matches!(upgrade(&settings, None).await.unwrap(), Upgraded::NoCluster));
    open(&settings).await.unwrap().close().await.unwrap();
    assert!(matches!(upgrade(&settings, None).await.unwrap(), Upgraded::NotNeeded(_)));
}

#[tokio::test]
async fn without_the_old_programs_nothing_is_touched() {
    let folder = folder();
    let settings = settings(folder.path());
    open(&settings).await.unwrap().close().await.unwrap();
    fs::write(settings.data.join("postgres/PG_VERSION"), "14\n").unwrap();
    let error = upgrade(&settings, None).await.unwrap_err();
    assert!(matches!(error, BackupError::NoOldPrograms { version: 14, .. }), "{error}");
    assert!(error.to_string().contains("BIHUAN_PG_OLD_BIN"));
    assert_eq!(fs::read_to_string(settings.data.join("postgres/PG_VERSION")).unwrap(), "14\n");
}
