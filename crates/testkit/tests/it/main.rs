//! The shared test cluster and the databases made from it.

use database::Migration;

const MIGRATIONS: &[Migration] =
    &[Migration { version: 1, name: "note", sql: "CREATE TABLE note (id bigserial PRIMARY KEY, words text NOT NULL)" }];

#[tokio::test]
async fn each_test_has_a_database_of_its_own() {
    let (one, other) = tokio::join!(testkit::fresh(&[MIGRATIONS]), testkit::fresh(&[MIGRATIONS]));
    sqlx::query("INSERT INTO note (words) VALUES ('件')").execute(one.database.pool()).await.unwrap();
    let count = |test: &testkit::TestDatabase| {
        let pool = test.database.pool().clone();
        async move { sqlx::query_scalar::<_, i64>("SELECT count(*) FROM note").fetch_one(&pool).await.unwrap() }
    };
    assert_eq!((count(&one).await, count(&other).await), (1, 0));
}

#[tokio::test]
async fn the_application_role_cannot_change_the_schema() {
    let test = testkit::fresh(&[MIGRATIONS]).await;
    for forbidden in ["CREATE TABLE other (id int)", "DROP TABLE note", "TRUNCATE note", "DELETE FROM _sqlx_migrations"] {
        let error = sqlx::raw_sql(forbidden).execute(test.database.pool()).await.unwrap_err();
        assert_eq!(error.as_database_error().and_then(|error| error.code()).as_deref(), Some("42501"), "{forbidden}: {error}");
    }
}

#[tokio::test]
async fn the_database_goes_with_the_test() {
    let test = testkit::fresh(&[MIGRATIONS]).await;
    let name = test.name.clone();
    drop(test);
    let witness = testkit::fresh(&[MIGRATIONS]).await;
    let left: bool = sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)")
        .bind(name)
        .fetch_one(witness.database.pool())
        .await
        .unwrap();
    assert!(!left);
}
