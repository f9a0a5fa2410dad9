//! Listening and advisory locks.

use database::{advisory, listen};
use listen::Heard;
use std::time::Duration;

#[tokio::test]
async fn a_word_arrives_at_its_commit() {
    let test = testkit::fresh(&[]).await;
    let mut ear = listen::listen(test.database.pool(), "lead").await.unwrap();
    let mut transaction = test.database.pool().begin().await.unwrap();
    listen::notify(&mut transaction, "lead", "一").await.unwrap();
    assert!(tokio::time::timeout(Duration::from_millis(100), ear.next()).await.is_err());
    transaction.commit().await.unwrap();
    assert_eq!(ear.next().await, Heard::Word("一".into()));
}

#[tokio::test]
async fn a_cut_connection_comes_back_and_says_so() {
    let test = testkit::fresh(&[]).await;
    let mut ear = listen::listen(test.database.pool(), "lead").await.unwrap();
    sqlx::query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'bihuan_app' AND query LIKE 'LISTEN%'")
        .execute(test.database.pool())
        .await
        .unwrap();
    assert_eq!(tokio::time::timeout(Duration::from_secs(10), ear.next()).await, Ok(Heard::Resumed));
    let mut connection = test.database.pool().acquire().await.unwrap();
    listen::notify(&mut connection, "lead", "二").await.unwrap();
    assert_eq!(ear.next().await, Heard::Word("二".into()));
}

#[tokio::test]
async fn a_named_lock_has_one_holder() {
    let test = testkit::fresh(&[]).await;
    let pool = test.database.pool();
    let mut held = advisory::try_hold(pool, "scheduler").await.unwrap().unwrap();
    assert!(held.is_alive().await);
    assert!(advisory::try_hold(pool, "scheduler").await.unwrap().is_none());
    let mut transaction = pool.begin().await.unwrap();
    assert!(!advisory::try_lock_in_transaction(&mut transaction, "scheduler").await.unwrap());
    assert!(advisory::try_lock_in_transaction(&mut transaction, "another").await.unwrap());
    transaction.rollback().await.unwrap();
    drop(held);
    let mut taken = None;
    for _ in 0..100 {
        taken = advisory::try_hold(pool, "scheduler").await.unwrap();
        if taken.is_some() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(taken.is_some());
}

#[tokio::test]
async fn a_database_says_whether_it_answers() {
    let test = testkit::fresh(&[]).await;
    assert!(test.database.answers().await);
    test.database.pool().close().await;
    assert!(!test.database.answers().await);
}
