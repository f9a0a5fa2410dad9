//! The life of an embedded cluster: made, locked, killed, left behind, refused.

use crate::place::{MIGRATIONS, folder, settings};
use database::{DatabaseError, Opened, Settings, cluster::Programs, migrate, open, open_beside};
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use sqlx::{Connection, PgConnection};
use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt},
    time::Duration,
};

async fn opened(settings: &Settings) -> Opened {
    let opened = open(settings).await.unwrap();
    migrate(&opened.owner_pool, MIGRATIONS).await.unwrap();
    opened
}

async fn notes(opened: &Opened) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM note").fetch_one(opened.database.pool()).await.unwrap()
}

fn kill_now(process: u32) {
    kill(Pid::from_raw(process.cast_signed()), Signal::SIGKILL).unwrap();
}

#[tokio::test]
async fn what_was_written_is_there_after_a_clean_stop() {
    let folder = folder();
    let settings = settings(folder.path());
    let first = opened(&settings).await;
    sqlx::query("INSERT INTO note (words) VALUES ('件')").execute(first.database.pool()).await.unwrap();
    let process = first.cluster.as_ref().unwrap().process().unwrap();
    first.close().await.unwrap();
    assert!(!settings.data.join("postgres/postmaster.pid").exists());
    assert!(kill(Pid::from_raw(process.cast_signed()), None).is_err());
    let second = opened(&settings).await;
    assert_eq!(notes(&second).await, 1);
    second.close().await.unwrap();
}

#[tokio::test]
async fn it_is_private() {
    let folder = folder();
    let settings = settings(folder.path());
    let opened = opened(&settings).await;
    for private in ["postgres", "run"] {
        assert_eq!(fs::metadata(settings.data.join(private)).unwrap().mode() & 0o777, 0o700, "{private}");
    }
    let addresses: String = sqlx::query_scalar("SHOW listen_addresses").fetch_one(opened.database.pool()).await.unwrap();
    assert_eq!(addresses, "");
    let hba = fs::read_to_string(settings.data.join("postgres/pg_hba.conf")).unwrap();
    assert!(!hba.contains("trust"), "{hba}");
    for (setting, value) in
        [("fsync", "on"), ("synchronous_commit", "on"), ("full_page_writes", "on"), ("max_connections", "100"), ("data_checksums", "on")]
    {
        let found: String = sqlx::query_scalar("SELECT current_setting($1)").bind(setting).fetch_one(opened.database.pool()).await.unwrap();
        assert_eq!(found, value, "{setting}");
    }
    let user: String = sqlx::query_scalar("SELECT current_user::text").fetch_one(opened.database.pool()).await.unwrap();
    assert_eq!(user, "bihuan_app");
    opened.close().await.unwrap();
}

#[tokio::test]
async fn dropping_it_stops_postgresql() {
    let folder = folder();
    let settings = settings(folder.path());
    let first = opened(&settings).await;
    let process = first.cluster.as_ref().unwrap().process().unwrap();
    drop(first);
    assert!(kill(Pid::from_raw(process.cast_signed()), None).is_err());
}

#[tokio::test]
async fn two_programs_cannot_open_one_folder() {
    let folder = folder();
    let settings = settings(folder.path());
    let first = opened(&settings).await;
    let error = open(&settings).await.unwrap_err();
    assert!(matches!(error, DatabaseError::InUse { .. }), "{error}");
    assert!(error.to_string().contains(&std::process::id().to_string()), "{error}");
    let beside = open_beside(&settings).await.unwrap();
    assert!(beside.cluster.is_none());
    assert_eq!(notes(&beside).await, 0);
    beside.close().await.unwrap();
    first.close().await.unwrap();
}

#[tokio::test]
async fn a_killed_postgresql_comes_back_with_everything_committed() {
    let folder = folder();
    let settings = settings(folder.path());
    let opened = opened(&settings).await;
    let mut committed = 0;
    for round in 0..3 {
        for _ in 0..20 {
            sqlx::query("INSERT INTO note (words) VALUES ('件')").execute(opened.database.pool()).await.unwrap();
            committed += 1;
        }
        let killed = opened.cluster.as_ref().unwrap().process().unwrap();
        kill_now(killed);
        let mut found = None;
        for _ in 0..600 {
            found = sqlx::query_scalar::<_, i64>("SELECT count(*) FROM note").fetch_one(opened.database.pool()).await.ok();
            if found.is_some() && opened.cluster.as_ref().unwrap().process().is_some_and(|process| process != killed) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(found, Some(committed), "round {round}");
    }
    opened.close().await.unwrap();
}

#[tokio::test]
async fn what_a_killed_program_left_running_is_taken_over() {
    let folder = folder();
    let settings = settings(folder.path());
    let mut first = opened(&settings).await;
    sqlx::query("INSERT INTO note (words) VALUES ('件')").execute(first.database.pool()).await.unwrap();
    let left = first.cluster.as_ref().unwrap().process().unwrap();
    // As kill -9 of the program does it: the lock goes, PostgreSQL stays.
    first.cluster.take().unwrap().leave_running();
    let second = open(&settings).await.unwrap();
    assert_ne!(second.cluster.as_ref().unwrap().process(), Some(left));
    assert_eq!(notes(&second).await, 1);
    drop(first);
    second.close().await.unwrap();
}

#[tokio::test]
async fn a_folder_is_opened_again_after_everything_was_killed() {
    let folder = folder();
    let settings = settings(folder.path());
    let mut first = opened(&settings).await;
    sqlx::query("INSERT INTO note (words) VALUES ('件')").execute(first.database.pool()).await.unwrap();
    let process = first.cluster.as_ref().unwrap().process().unwrap();
    first.cluster.take().unwrap().leave_running();
    kill_now(process);
    let second = open(&settings).await.unwrap();
    assert_eq!(notes(&second).await, 1);
    second.close().await.unwrap();
}

#[tokio::test]
async fn a_strangers_process_with_the_recorded_number_is_left_alone() {
    let folder = folder();
    let settings = settings(folder.path());
    opened(&settings).await.close().await.unwrap();
    let mut stranger = std::process::Command::new("sleep").arg("60").spawn().unwrap();
    fs::write(settings.data.join("postgres/postmaster.pid"), format!("{}\n{}\n", stranger.id(), settings.data.display())).unwrap();
    let again = open(&settings).await.unwrap();
    assert!(stranger.try_wait().unwrap().is_none(), "the stranger was ended");
    again.close().await.unwrap();
    stranger.kill().unwrap();
    stranger.wait().unwrap();
}

#[tokio::test]
async fn another_major_version_is_refused_and_the_way_out_named() {
    let folder = folder();
    let settings = settings(folder.path());
    opened(&settings).await.close().await.unwrap();
    fs::write(settings.data.join("postgres/PG_VERSION"), "14\n").unwrap();
    let error = open(&settings).await.unwrap_err();
    let here = Programs::find(None).unwrap().version();
    assert!(matches!(&error, DatabaseError::OtherVersion { cluster: 14, programs, .. } if *programs == here), "{error}");
    assert!(error.to_string().contains("bihuan admin upgrade-database"), "{error}");
    fs::write(settings.data.join("postgres/PG_VERSION"), format!("{here}\n")).unwrap();
    open(&settings).await.unwrap().close().await.unwrap();
}

#[tokio::test]
async fn a_deep_folder_gets_a_short_private_socket() {
    let folder = folder();
    let settings = settings(&folder.path().join("long".repeat(20)).join("longer".repeat(10)));
    fs::create_dir_all(settings.data.parent().unwrap()).unwrap();
    let opened = opened(&settings).await;
    let socket = opened.cluster.as_ref().unwrap().endpoint().socket_folder().to_owned();
    assert!(socket.starts_with("/tmp") && socket.as_os_str().len() < 60, "{}", socket.display());
    assert_eq!(fs::metadata(&socket).unwrap().mode() & 0o777, 0o700);
    opened.close().await.unwrap();
    fs::remove_dir_all(socket).unwrap();
}

#[tokio::test]
async fn root_is_told_which_folder_postgresql_cannot_enter() {
    if !nix::unistd::geteuid().is_root() {
        return;
    }
    let closed = tempfile::Builder::new().prefix("bihuan-closed-").tempdir_in("/tmp").unwrap();
    fs::set_permissions(closed.path(), fs::Permissions::from_mode(0o700)).unwrap();
    let error = open(&settings(closed.path())).await.unwrap_err();
    assert!(matches!(&error, DatabaseError::NotTraversable { folder, .. } if folder == closed.path()), "{error}");
}

#[tokio::test]
async fn a_given_server_is_used_and_the_program_becomes_the_application_role() {
    // Another cluster of ours plays the customer's server.
    let folder = folder();
    let server = open(&settings(folder.path())).await.unwrap();
    let endpoint = server.cluster.as_ref().unwrap().endpoint();
    let mut superuser = PgConnection::connect_with(&endpoint.options("postgres", "postgres")).await.unwrap();
    for statement in ["CREATE DATABASE of_postgres", "CREATE DATABASE of_bihuan_owner OWNER bihuan_owner"] {
        sqlx::raw_sql(statement).execute(&mut superuser).await.unwrap();
    }
    superuser.close().await.unwrap();
    let socket = server.cluster.as_ref().unwrap().endpoint().socket_folder().display().to_string().replace('/', "%2F");
    for user in ["postgres", "bihuan_owner"] {
        let given = Settings {
            data: folder.path().join("unused"),
            pg_bin: None,
            database_url: Some(format!("postgres://{user}@{socket}:5432/of_{user}")),
        };
        let opened = open(&given).await.unwrap();
        assert!(opened.cluster.is_none());
        migrate(&opened.owner_pool, MIGRATIONS).await.unwrap();
        let role: String = sqlx::query_scalar("SELECT current_user::text").fetch_one(opened.database.pool()).await.unwrap();
        // The owner may not make itself a member of a role that was there before it: it works as itself, with a warning.
        assert_eq!(role, if user == "postgres" { "bihuan_app" } else { "bihuan_owner" });
        opened.close().await.unwrap();
    }
    server.close().await.unwrap();
}
