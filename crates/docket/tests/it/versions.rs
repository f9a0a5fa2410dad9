//! The version grows with what people decide on, and with nothing else.

use chrono::Duration;
use docket::{Change, Holder};
use kernel::deadline::service::{ServiceLimit, ServiceUnit, Timer};

use crate::desk::{Desk, desk, entry, running};

async fn version(desk: &Desk, key: &docket::KeyOf) -> i64 {
    sqlx::query_scalar("select version from docket where id = $1").bind(key.id.uuid()).fetch_one(&desk.test.owner_pool).await.unwrap()
}

fn line() -> Change {
    Change { entries: vec![entry("comment", "x")], ..Change::default() }
}

#[tokio::test]
async fn what_only_adds_to_the_history_keeps_the_version() {
    let desk = desk().await;
    let limit = ServiceLimit::new(2.0, ServiceUnit::UrgentHour).unwrap();
    let key = desk.open(1, Some(limit)).await;
    desk.change(&key, line()).await;
    let stands = || Change { state: Some("open"), open: Some(true), holder: Some(Holder::role("operator")), unit: Some(None), ..line() };
    desk.change(&key, stands()).await;
    assert_eq!(version(&desk, &key).await, 1, "said again as it stands");
    desk.clock.advance(Duration::hours(5));
    assert_eq!(desk.scheduler.tick().await.unwrap().missed, 1);
    assert_eq!(version(&desk, &key).await, 1, "a limit that runs out was known to do so");
    let (head, changed): (i64, bool) = sqlx::query_as("select head_seq, changed_at > opened_at from docket where id = $1")
        .bind(key.id.uuid())
        .fetch_one(&desk.test.owner_pool)
        .await
        .unwrap();
    assert_eq!((head, changed), (4, true), "the history grew all the same, and the next root holds it");
    let mut connection = desk.app().await;
    assert!(docket::lock(&mut connection, &key, Some(1)).await.unwrap().unwrap().is_ok(), "who saw it before goes on");
}

#[tokio::test]
async fn what_people_decide_on_raises_the_version() {
    let desk = desk().await;
    let key = desk.open(1, None).await;
    let timer = Timer::start(ServiceLimit::new(2.0, ServiceUnit::UrgentHour).unwrap(), desk.now());
    let unit = kernel::id::OrganisationId::new(desk.now());
    let changes = [
        Change { state: Some("other"), ..line() },
        Change { holder: Some(Holder::role("dispatcher")), ..line() },
        Change { unit: Some(Some(unit)), ..line() },
        Change { jurisdiction: Some("330482901001002".into()), ..line() },
        Change { position: Some((121.0, 30.7)), ..line() },
        Change { title: Some("另一个标题".into()), ..line() },
        Change { deadlines: vec![running(&desk.calendar, &timer)], ..line() },
        Change { details: true, ..line() },
        Change { open: Some(false), ..line() },
    ];
    for (change, expected) in changes.into_iter().zip(2..) {
        let words = format!("{change:?}");
        desk.change(&key, change).await;
        assert_eq!(version(&desk, &key).await, expected, "{words}");
    }
}
