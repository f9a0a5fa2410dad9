//! The personal vault on a real database.

use docket::vault::Vault;
use kernel::{id::SubjectId, problem::ProblemKind};

use crate::desk::{Desk, REGION, desk};

const TELEPHONE: &str = "13905731234";

async fn kept(desk: &Desk, vault: &Vault, name: &str) -> SubjectId {
    let subject = SubjectId::new(desk.now());
    vault.keep(&mut *desk.app().await, REGION, subject, &[("name", name), ("telephone", TELEPHONE)]).await.unwrap();
    subject
}

#[tokio::test]
async fn what_was_kept_is_read_found_and_erased() {
    let desk = desk().await;
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open(folder.path()).unwrap();
    let (one, other) = (kept(&desk, &vault, "甲").await, kept(&desk, &vault, "乙").await);
    let mut connection = desk.app().await;
    let read = vault.read(&mut connection, REGION, one).await.unwrap().unwrap();
    assert_eq!(read, [("name".to_owned(), "甲".to_owned()), ("telephone".to_owned(), TELEPHONE.to_owned())]);
    let mut found = vault.find(&mut connection, REGION, "telephone", TELEPHONE).await.unwrap();
    found.sort_by_key(|subject| subject.uuid());
    assert_eq!(found.len(), 2);
    assert!(vault.find(&mut connection, REGION, "telephone", "13905731235").await.unwrap().is_empty());
    vault.erase(&mut connection, REGION, one, desk.now()).await.unwrap();
    assert!(vault.read(&mut connection, REGION, one).await.unwrap().unwrap().is_empty());
    assert_eq!(vault.find(&mut connection, REGION, "telephone", TELEPHONE).await.unwrap(), [other]);
    let left: i64 = sqlx::query_scalar("select (select count(*) from personal) + (select count(*) from personal_key)")
        .fetch_one(&desk.test.owner_pool)
        .await
        .unwrap();
    assert_eq!(left, 3, "nothing of the erased one");
}

#[tokio::test]
async fn another_master_key_says_so() {
    let desk = desk().await;
    let (folder, stranger) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let vault = Vault::open(folder.path()).unwrap();
    let subject = kept(&desk, &vault, "甲").await;
    let wrong = Vault::open(stranger.path()).unwrap();
    let problem = wrong.read(&mut *desk.app().await, REGION, subject).await.unwrap().unwrap_err();
    assert_eq!((problem.code, problem.kind), ("vault-unreadable", ProblemKind::Unavailable));
    assert!(problem.detail.contains("主密钥") && !problem.detail.contains(TELEPHONE));
    assert!(wrong.find(&mut *desk.app().await, REGION, "telephone", TELEPHONE).await.unwrap().is_empty());
    // The same folder opens the same vault; a file of another length does not open at all.
    assert_eq!(Vault::open(folder.path()).unwrap().blind("telephone", TELEPHONE), vault.blind("telephone", TELEPHONE));
    std::fs::write(stranger.path().join("master.key"), b"short").unwrap();
    assert_eq!(Vault::open(stranger.path()).unwrap_err().kind(), std::io::ErrorKind::InvalidData);
    assert_eq!(format!("{vault:?}"), "Vault");
}

#[tokio::test]
async fn a_ciphertext_opens_only_where_it_was_written() {
    let desk = desk().await;
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open(folder.path()).unwrap();
    let (one, other) = (kept(&desk, &vault, "甲").await, kept(&desk, &vault, "乙").await);
    let read = async |subject| vault.read(&mut *desk.app().await, REGION, subject).await.unwrap();
    let moves = [
        // Another person's name under mine, with and without the key; my telephone as my name.
        format!(
            "update personal set ciphertext = (select ciphertext from personal where subject = '{other}' and field = 'name') where subject = '{one}' and field = 'name'"
        ),
        format!("update personal_key set wrapped = (select wrapped from personal_key where subject = '{other}') where subject = '{one}'"),
        format!(
            "update personal set ciphertext = (select ciphertext from personal where subject = '{one}' and field = 'telephone') where subject = '{one}' and field = 'name'"
        ),
        format!("update personal set ciphertext = substring(ciphertext from 1 for 10) where subject = '{one}'"),
        format!("update personal set ciphertext = set_byte(ciphertext, 30, get_byte(ciphertext, 30) # 1) where subject = '{one}'"),
        format!("update personal set ciphertext = '' where subject = '{one}'"),
    ];
    for statement in moves {
        desk.tamper("create table kept as select * from personal; create table kept_key as select * from personal_key").await;
        assert_eq!(read(one).await.unwrap().len(), 2);
        desk.tamper(&statement).await;
        assert_eq!(read(one).await.unwrap_err().code, "vault-unreadable", "{statement}");
        assert_eq!(read(other).await.unwrap().len(), 2, "{statement}");
        desk.tamper("delete from personal; insert into personal select * from kept; delete from personal_key; insert into personal_key select * from kept_key; drop table kept, kept_key").await;
    }
}

#[tokio::test]
async fn nothing_readable_lies_in_the_tables() {
    let desk = desk().await;
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open(folder.path()).unwrap();
    kept(&desk, &vault, "测试甲乙丙").await;
    kept(&desk, &vault, "测试甲乙丙").await;
    let rows: Vec<(Vec<u8>, Option<Vec<u8>>)> =
        sqlx::query_as("select ciphertext, blind from personal").fetch_all(&desk.test.owner_pool).await.unwrap();
    let all: Vec<u8> = rows.iter().flat_map(|(ciphertext, _)| ciphertext.clone()).collect();
    assert!(!String::from_utf8_lossy(&all).contains("甲乙丙") && !String::from_utf8_lossy(&all).contains("1390573"));
    let different: std::collections::HashSet<_> = rows.iter().map(|(ciphertext, _)| ciphertext).collect();
    assert_eq!(different.len(), rows.len(), "equal words do not look equal");
    let mode = std::os::unix::fs::MetadataExt::mode(&std::fs::metadata(folder.path().join("master.key")).unwrap());
    assert_eq!(mode & 0o777, 0o600);
}

#[tokio::test]
async fn who_was_erased_stays_so_after_an_older_backup() {
    let desk = desk().await;
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open(folder.path()).unwrap();
    let (one, other) = (kept(&desk, &vault, "甲").await, kept(&desk, &vault, "乙").await);
    desk.tamper("create table kept as select * from personal; create table kept_key as select * from personal_key").await;
    let mut connection = desk.app().await;
    assert_eq!(vault.erased_at(&mut connection, REGION, one).await.unwrap(), None);
    assert!(vault.matches(&mut connection, REGION, one, "telephone", TELEPHONE).await.unwrap());
    vault.erase(&mut connection, REGION, one, desk.now()).await.unwrap();
    assert!(!vault.matches(&mut connection, REGION, one, "telephone", TELEPHONE).await.unwrap());
    assert_eq!(vault.erased_at(&mut connection, REGION, one).await.unwrap(), Some(desk.now()));
    // The program never takes a line of the list back.
    assert!(sqlx::query("delete from erasure").execute(&mut *connection).await.is_err());
    drop(connection);

    // A crash between commit and list is mended at the next start.
    assert!(!folder.path().join("erased.list").exists());
    Vault::open_for(folder.path(), desk.test.database.pool()).await.unwrap();
    let list = std::fs::read_to_string(folder.path().join("erased.list")).unwrap();
    assert!(list.contains(&one.to_string()) && !list.contains(&other.to_string()), "{list}");
    vault.list_erased(REGION, &[other], desk.now()).await.unwrap();

    // The database goes back to before both; the next start erases them again.
    desk.tamper("delete from erasure; insert into personal select * from kept where subject not in (select subject from personal)").await;
    desk.tamper("insert into personal_key select * from kept_key where subject not in (select subject from personal_key)").await;
    let vault = Vault::open_for(folder.path(), desk.test.database.pool()).await.unwrap();
    let mut connection = desk.app().await;
    assert!(vault.find(&mut connection, REGION, "telephone", TELEPHONE).await.unwrap().is_empty());
    assert!(vault.read(&mut connection, REGION, one).await.unwrap().unwrap().is_empty());
    assert_eq!(vault.erased_at(&mut connection, REGION, one).await.unwrap(), Some(desk.now()));
    assert_eq!(std::fs::read_to_string(folder.path().join("erased.list")).unwrap().lines().count(), 2);
}
