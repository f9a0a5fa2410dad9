//! Migrations: in order, once, unchanged.

use crate::place::MIGRATIONS;
use database::{DatabaseError, Migration, migrate};

#[tokio::test]
async fn steps_run_once_in_the_order_of_their_versions() {
    let test = testkit::fresh(&[]).await;
    migrate(&test.owner_pool, MIGRATIONS).await.unwrap();
    migrate(&test.owner_pool, MIGRATIONS).await.unwrap();
    let versions: Vec<i64> = sqlx::query_scalar("SELECT version FROM _sqlx_migrations ORDER BY installed_on, version")
        .fetch_all(test.database.pool())
        .await
        .unwrap();
    assert_eq!(versions, [1, 2]);
}

#[tokio::test]
async fn a_changed_step_is_refused() {
    let test = testkit::fresh(&[MIGRATIONS]).await;
    let changed = [Migration { sql: "SELECT 1", ..MIGRATIONS[0] }, MIGRATIONS[1]];
    assert!(matches!(migrate(&test.owner_pool, &changed).await, Err(DatabaseError::ChangedMigration { version: 2 })));
}

#[tokio::test]
async fn a_newer_database_is_refused() {
    let test = testkit::fresh(&[MIGRATIONS]).await;
    assert!(matches!(migrate(&test.owner_pool, &MIGRATIONS[1..]).await, Err(DatabaseError::NewerDatabase { version: 2 })));
}

#[tokio::test]
async fn a_failing_step_leaves_nothing_behind() {
    let test = testkit::fresh(&[]).await;
    let broken = [Migration { version: 1, name: "broken", sql: "CREATE TABLE half (id int); SELECT no_such_thing()" }];
    assert!(matches!(migrate(&test.owner_pool, &broken).await, Err(DatabaseError::Migrate(_))));
    let half: bool = sqlx::query_scalar("SELECT to_regclass('half') IS NOT NULL").fetch_one(&test.owner_pool).await.unwrap();
    assert!(!half);
}

#[tokio::test]
async fn the_application_has_the_rights_that_the_steps_leave_it() {
    let test = testkit::fresh(&[MIGRATIONS]).await;
    let pool = test.database.pool();
    sqlx::query("INSERT INTO note (words) VALUES ('路灯不亮')").execute(pool).await.unwrap();
    sqlx::query("UPDATE note SET words = '路灯已亮'").execute(pool).await.unwrap();
    sqlx::query("INSERT INTO guarded VALUES (1)").execute(pool).await.unwrap();
    for forbidden in ["DELETE FROM guarded", "UPDATE guarded SET id = 2", "DROP TABLE note", "CREATE TABLE more (id int)"] {
        let error = sqlx::query(forbidden).execute(pool).await.unwrap_err();
        assert_eq!(error.as_database_error().and_then(|error| error.code()).as_deref(), Some("42501"), "{forbidden}");
    }
}
