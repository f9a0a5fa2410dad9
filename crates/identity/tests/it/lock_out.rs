//! Five failures lock an account out for a quarter of an hour.

use chrono::TimeDelta;
use serde_json::json;

use crate::house::{House, PASSWORD};

async fn fail(house: &House, account: &str, times: usize) {
    for _ in 0..times {
        house.visitor().sign_in(account, "not-the-password").await.refused(401, "sign-in-failed");
    }
}

#[tokio::test]
async fn the_sixth_attempt_is_refused_even_with_the_right_password_until_time_passes() {
    let house = House::build().await;
    house.person("operator01", house.zhuji, &["operator"]).await;
    fail(&house, "operator01", 5).await;
    house.visitor().sign_in("operator01", PASSWORD).await.refused(401, "locked-out");
    house.clock.advance(TimeDelta::minutes(14));
    house.visitor().sign_in("operator01", PASSWORD).await.refused(401, "locked-out");
    house.clock.advance(TimeDelta::minutes(1));
    house.visitor().sign_in("operator01", PASSWORD).await.fine();
    let outcomes = house.outcomes("operator01").await;
    assert_eq!(outcomes.iter().filter(|outcome| *outcome == "failed").count(), 5);
    assert_eq!(outcomes.iter().filter(|outcome| *outcome == "locked").count(), 2);
    assert_eq!(outcomes.last().unwrap(), "success");
}

#[tokio::test]
async fn a_success_and_the_passing_of_time_forget_failures() {
    let house = House::build().await;
    house.person("operator01", house.zhuji, &["operator"]).await;
    fail(&house, "operator01", 4).await;
    house.visitor().sign_in("operator01", PASSWORD).await.fine();
    fail(&house, "operator01", 4).await;
    house.clock.advance(TimeDelta::minutes(15));
    fail(&house, "operator01", 4).await;
    house.visitor().sign_in("operator01", PASSWORD).await.fine();
}

#[tokio::test]
async fn an_account_that_does_not_exist_locks_out_the_same() {
    let house = House::build().await;
    fail(&house, "nobody01", 5).await;
    house.visitor().sign_in("nobody01", PASSWORD).await.refused(401, "locked-out");
}

#[tokio::test]
async fn whoever_is_made_under_a_name_that_was_tried_before_does_not_begin_locked_out() {
    let house = House::build().await;
    house.person("administrator01", house.zhuji, &["administrator"]).await;
    fail(&house, "operator01", 5).await;
    house.visitor().sign_in("operator01", PASSWORD).await.refused(401, "locked-out");
    let mut administrator = house.signed_in("administrator01").await;
    let new = json!({ "account": "operator01", "name": "受理员01", "organisation_id": house.zhuji, "roles": ["operator"], "regions": [], "password": PASSWORD });
    administrator.post("/api/v1/people", new).await.fine();
    house.visitor().sign_in("operator01", PASSWORD).await.fine();
}

#[tokio::test]
async fn many_guesses_at_once_get_no_more_than_five() {
    let house = House::build().await;
    house.person("operator01", house.zhuji, &["operator"]).await;
    let guesses = (0..12).map(|guess| {
        let mut browser = house.visitor();
        tokio::spawn(async move { browser.sign_in("operator01", &format!("guess-number-{guess}")).await.code().to_owned() })
    });
    let mut failed = 0;
    for guess in guesses.collect::<Vec<_>>() {
        failed += usize::from(guess.await.unwrap() == "sign-in-failed");
    }
    assert_eq!(failed, 5);
}

#[tokio::test]
async fn many_right_sign_ins_at_once_are_all_let_in() {
    let house = House::build().await;
    house.person("operator01", house.zhuji, &["operator"]).await;
    let many = (0..8).map(|_| {
        let mut browser = house.visitor();
        tokio::spawn(async move { browser.sign_in("operator01", PASSWORD).await.status })
    });
    for one in many.collect::<Vec<_>>() {
        assert_eq!(one.await.unwrap(), 200);
    }
}

#[tokio::test]
async fn an_administrator_sees_the_lock_and_opens_it() {
    let house = House::build().await;
    let person = house.person("operator01", house.zhuji, &["operator"]).await;
    house.person("administrator01", house.zhuji, &["administrator"]).await;
    fail(&house, "operator01", 5).await;
    let mut administrator = house.signed_in("administrator01").await;
    assert!(administrator.get(&format!("/api/v1/people/{person}")).await.body["locked_until"].is_string());
    let unlocked = administrator.post(&format!("/api/v1/people/{person}/actions/unlock"), json!({})).await;
    assert!(unlocked.fine().body["locked_until"].is_null());
    house.visitor().sign_in("operator01", PASSWORD).await.fine();
}

#[tokio::test]
async fn one_address_cannot_try_without_end() {
    let house = House::build().await;
    let mut refused = 0;
    for _ in 0..130 {
        refused += usize::from(house.visitor().sign_in("nobody01", "not-the-password").await.status == 429);
    }
    assert!(refused > 0);
}
