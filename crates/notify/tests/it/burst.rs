//! A burst: thousands of events at once reach every page in order, within seconds.

use std::time::{Duration, Instant};

use notify::Signal;

use crate::house::house;

#[tokio::test]
async fn five_thousand_events_drain_in_seconds() {
    let house = house().await;
    let running = house.notify.start();
    let mut bus = house.notify.bus().subscribe();
    tokio::time::sleep(Duration::from_millis(200)).await;
    let (docket, started) = (house.docket(), Instant::now());
    sqlx::query(
        "INSERT INTO outbox (region, docket_id, seq, topic, payload, at)
         SELECT '330482', $1, n, 'lead.changed', '{\"state\": \"filed\"}', now() FROM generate_series(1, 5000) AS n",
    )
    .bind(docket.uuid())
    .execute(house.test.database.pool())
    .await
    .unwrap();
    let mut next = 1;
    while next <= 5000 {
        match tokio::time::timeout(Duration::from_secs(20), bus.recv()).await.unwrap().unwrap() {
            Signal::Event(event) => {
                assert_eq!(event.seq, next);
                next += 1;
            }
            other => panic!("{other:?}"),
        }
    }
    println!("5000 events in {:?}", started.elapsed());
    running.stop().await;
}
