//! Living through the periods.

use std::sync::Arc;

use axum::http::Method;
use chrono::Duration;
use futures::future::BoxFuture;
use privacy::Disputes;
use serde_json::{Value, json};
use sqlx::PgConnection;
use testkit::house::{Client, House};
use uuid::Uuid;

use crate::scene::report;

/// A lead that somebody disputes.
struct Disputed(Uuid);

impl Disputes for Disputed {
    fn disputed<'a>(&'a self, _: &'a mut PgConnection, _: &'a str, _: &'a [Uuid]) -> BoxFuture<'a, sqlx::Result<Vec<Uuid>>> {
        Box::pin(async { Ok(vec![self.0]) })
    }
}

/// A report that was rejected, so that its lead is over: its number and id.
async fn rejected(house: &House, operator: &Client, telephone: &str) -> (String, String) {
    let (_, number) = report(house, telephone).await;
    let found = operator.get(&format!("/api/v1/leads?q={number}")).await.items();
    let id = found[0]["id"].as_str().unwrap().to_owned();
    operator.act(&id, "reject", json!({ "reason": "不属于受理范围" })).await.fine();
    (number, id)
}

async fn keep(house: &House, kind: &str, days: u32) {
    let administrator = house.signed_in("administrator01").await;
    administrator.put("/api/v1/retention-settings", json!({ "items": [{ "code": kind, "days": days }] })).await.fine();
}

async fn due(house: &House) -> Value {
    house.signed_in("leader01").await.get("/api/v1/retention-preview").await.fine().items()[0].clone()
}

const CONTACTS: &str = "select count(distinct subject) from personal";

#[tokio::test]
async fn contacts_of_closed_leads_go_after_their_days_and_what_is_disputed_stays() {
    let house = House::build().await;
    let (administrator, operator) = (house.signed_in("administrator01").await, house.signed_in("operator01").await);
    rejected(&house, &operator, "13900000001").await;
    let (held, _) = rejected(&house, &operator, "13900000002").await;
    let (_, disputed) = rejected(&house, &operator, "13900000003").await;
    let (_, suspected) = rejected(&house, &operator, "13900000004").await;
    let (asked, _) = rejected(&house, &operator, "13900000005").await;
    report(&house, "13900000006").await;
    let key = docket::KeyOf { region: "330482".to_owned(), id: suspected.parse().unwrap() };
    let mut connection = house.test.database.pool().acquire().await.unwrap();
    house.leads.hold_closing(&mut connection, &key, Uuid::now_v7()).await.unwrap();
    drop(connection);
    house.privacy.spares(Arc::new(Disputed(disputed.parse().unwrap())));
    let hold = json!({ "number": held, "reason": "行政复议期间" });
    administrator.post("/api/v1/retention-holds", hold.clone()).await.fine();
    administrator.post("/api/v1/retention-holds", hold).await.refused(409, "already-held");

    assert!(!house.privacy.begin_daily().await.unwrap(), "nothing is dropped before somebody set a period");
    keep(&house, "contact", 60).await;
    house.clock.advance(Duration::days(59));
    assert!(house.privacy.begin_daily().await.unwrap());
    assert_eq!(house.privacy.retain().await.unwrap(), 0);
    assert!(!house.privacy.begin_daily().await.unwrap(), "once a day");
    assert_eq!(house.count(CONTACTS).await, 6);

    house.clock.advance(Duration::days(2));
    let ask = json!({ "kind": "erase", "numbers": [asked], "identified": "当面核对居民身份证" });
    administrator.post("/api/v1/privacy-requests", ask).await.fine();
    let told = due(&house).await;
    assert_eq!((told["count"].as_i64(), told["spared"].as_i64()), (Some(1), Some(3)), "{told}");
    assert_eq!(house.count(CONTACTS).await, 6, "a preview touches nothing");
    assert!(house.privacy.begin_daily().await.unwrap());
    assert_eq!(house.privacy.retain().await.unwrap(), 1);
    assert_eq!(house.count(CONTACTS).await, 5, "open, held, disputed, suspected and asked about stay");
    assert_eq!(house.count("select count(*) from ledger_entry where action = 'erase-reporter' and actor = 'system:retention'").await, 1);
    let run = administrator.get("/api/v1/retention-runs").await.items()[0].clone();
    assert_eq!((run["counts"][0]["dropped"].as_i64(), run["counts"][0]["spared"].as_i64()), (Some(1), Some(3)), "{run}");

    let standing = administrator.get("/api/v1/retention-holds").await.items()[0]["id"].as_str().unwrap().to_owned();
    administrator.post(&format!("/api/v1/retention-holds/{standing}/actions/release"), json!({})).await.fine();
    house.clock.advance(Duration::days(1));
    house.privacy.begin_daily().await.unwrap();
    assert_eq!(house.privacy.retain().await.unwrap(), 1, "what was held goes when it is released");
}

#[tokio::test]
async fn a_run_that_was_broken_off_goes_on_where_it_was_and_two_programs_drop_nothing_twice() {
    let house = House::build().await;
    let operator = house.signed_in("operator01").await;
    for one in 0..60 {
        rejected(&house, &operator, &format!("139{one:08}")).await;
    }
    keep(&house, "contact", 30).await;
    house.clock.advance(Duration::days(31));
    assert!(house.privacy.begin_daily().await.unwrap());
    assert_eq!(house.privacy.retain_batch().await.unwrap(), Some(50));
    assert_eq!(house.count(CONTACTS).await, 10);
    house.clock.advance(Duration::days(1));
    assert!(house.signed_in("administrator01").await.post("/api/v1/retention-runs", json!({})).await.code() == "retention-running");
    let (one, other) = tokio::join!(house.privacy.retain(), house.privacy.retain());
    let mut rest = one.unwrap() + other.unwrap();
    rest += house.privacy.retain().await.unwrap();
    assert_eq!(rest, 10);
    assert_eq!(house.count(CONTACTS).await, 0);
    let counted = "select (counts -> 'contact' ->> 'dropped')::bigint from retention_run where state = 'done'";
    assert_eq!(house.count(counted).await, 60);
    assert_eq!(house.count("select count(*) from ledger_entry where action = 'erase-reporter'").await, 60);
}

#[tokio::test]
async fn logs_of_the_last_six_months_cannot_be_dropped_by_anybody() {
    let house = House::build().await;
    let administrator = house.signed_in("administrator01").await;
    let wanted = |days: u32| json!({ "items": [{ "code": "log", "days": days }] });
    administrator.put("/api/v1/retention-settings", wanted(183)).await.refused(422, "retention-too-short");
    let old = "insert into sign_in (id, at, account, outcome, address, agent)
        select gen_random_uuid(), now() - make_interval(months => months), 'operator01', 'success', '10.0.0.1', 'x' from unnest(array[5, 7, 9]) months";
    sqlx::query(old).execute(&house.test.owner_pool).await.unwrap();
    let direct = sqlx::query("delete from sign_in").execute(house.test.database.pool()).await;
    assert!(direct.unwrap_err().to_string().contains("permission denied"));
    let through = "select retention_drop_logs(now() + interval '1 year', 1)";
    assert_eq!(sqlx::query_scalar::<_, i64>(through).fetch_one(house.test.database.pool()).await.unwrap(), 1);
    assert_eq!(house.count("select count(*) from sign_in where at < now() - interval '8 months'").await, 0, "the oldest first");

    administrator.call(Method::PUT, "/api/v1/retention-settings", Some(0), Some(wanted(184))).await.fine();
    administrator.call(Method::PUT, "/api/v1/retention-settings", Some(0), Some(wanted(200))).await.refused(412, "version-conflict");
    house.clock.advance(Duration::days(400));
    assert_eq!(due(&house).await["count"], 1);
    administrator.post("/api/v1/retention-runs", json!({})).await.fine();
    assert_eq!(house.privacy.retain().await.unwrap(), 1);
    assert_eq!(house.count("select count(*) from sign_in where at < now() - interval '6 months'").await, 0);
    assert_eq!(house.count("select count(*) from sign_in where at < now() - interval '4 months'").await, 1, "five months old");
    assert!(house.count("select count(*) from identity_change where action = 'retention-settings-changed'").await == 1);
}

#[tokio::test]
async fn notifications_go_after_their_days() {
    let house = House::build().await;
    let insert =
        "insert into notification (id, person, at, title) select gen_random_uuid(), gen_random_uuid(), $1 - make_interval(days => d), 'x'
        from unnest(array[1, 20, 40]) d";
    sqlx::query(insert).bind(testkit::house::monday_morning()).execute(&house.test.owner_pool).await.unwrap();
    keep(&house, "notification", 30).await;
    assert_eq!(due(&house).await["count"], 1);
    house.privacy.begin_daily().await.unwrap();
    assert_eq!(house.privacy.retain().await.unwrap(), 1);
    assert_eq!(house.count("select count(*) from notification").await, 2);
}
