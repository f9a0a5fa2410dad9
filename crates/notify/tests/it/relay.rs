//! The relay: order, once, many nodes, bad consumers, the purge.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use futures::{FutureExt, future::BoxFuture};
use kernel::id::DocketId;
use notify::{Consumed, Consumer, Event, Signal};
use sqlx::PgConnection;

use crate::house::{facts, house, house_with, node};

/// Writes down what it hears, and refuses events of one topic as long as it is told to.
#[derive(Default)]
struct Listener {
    heard: Mutex<Vec<(DocketId, i64)>>,
    refuse: Mutex<Option<&'static str>>,
}

impl Consumer for Listener {
    fn name(&self) -> &'static str {
        "listener"
    }

    fn consume<'a>(&'a self, connection: &'a mut PgConnection, event: &'a Event) -> BoxFuture<'a, Consumed> {
        async move {
            if *self.refuse.lock().unwrap() == Some(event.topic.as_str()) {
                // An error of SQL leaves the transaction unusable: the relay must get over that, too.
                sqlx::query("SELECT 1 / 0").execute(connection).await?;
            }
            self.heard.lock().unwrap().push((event.docket_id, event.seq));
            Ok(())
        }
        .boxed()
    }
}

#[tokio::test]
async fn each_event_is_relayed_once_and_in_order_by_two_nodes_at_once() {
    let listener = Arc::new(Listener::default());
    let house = house_with(vec![listener.clone()]).await;
    let second = node(&house.test, &house.identity, &house.clock, vec![listener.clone()]);
    let (mut here, mut there) = (house.notify.bus().subscribe(), second.bus().subscribe());
    let running = [house.notify.start(), second.start()];
    tokio::time::sleep(Duration::from_millis(300)).await;
    let dockets = [house.docket(), house.docket(), house.docket()];
    for seq in 1..=40 {
        for docket in dockets {
            house.happen(docket, seq, "lead.changed", facts("330482101", None)).await;
        }
    }
    for bus in [&mut here, &mut there] {
        let mut seen: Vec<(DocketId, i64)> = Vec::new();
        while seen.len() < 120 {
            match tokio::time::timeout(Duration::from_secs(10), bus.recv()).await.unwrap().unwrap() {
                Signal::Event(event) => seen.push((event.docket_id, event.seq)),
                other => panic!("{other:?}"),
            }
        }
        for docket in dockets {
            let order: Vec<i64> = seen.iter().filter(|(id, _)| *id == docket).map(|(_, seq)| *seq).collect();
            assert_eq!(order, (1..=40).collect::<Vec<_>>());
        }
    }
    assert_eq!(listener.heard.lock().unwrap().len(), 120);
    assert_eq!(house.count("SELECT count(*) FROM outbox WHERE delivered_at IS NULL").await, 0);
    for one in running {
        one.stop().await;
    }
}

#[tokio::test]
async fn a_consumer_that_fails_stops_that_docket_alone_and_only_for_a_while() {
    let listener = Arc::new(Listener::default());
    let house = house_with(vec![listener.clone()]).await;
    let (bad, good) = (house.docket(), house.docket());
    *listener.refuse.lock().unwrap() = Some("lead.bad");
    house.happen(bad, 1, "lead.bad", facts("330482", None)).await;
    house.happen(bad, 2, "lead.fine", facts("330482", None)).await;
    house.happen(good, 1, "lead.fine", facts("330482", None)).await;
    assert_eq!(house.notify.relay_once().await.unwrap(), 1);
    // What the docket hears later waits behind what it could not take.
    assert_eq!(house.notify.relay_once().await.unwrap(), 0);
    assert_eq!(house.count("SELECT attempts::bigint FROM outbox_failure").await, 1);
    house.clock.advance(chrono::Duration::seconds(5));
    *listener.refuse.lock().unwrap() = None;
    assert_eq!(house.notify.relay_once().await.unwrap(), 2);
    let heard = listener.heard.lock().unwrap().clone();
    assert_eq!(heard.iter().filter(|(id, _)| *id == bad).map(|(_, seq)| *seq).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(house.count("SELECT count(*) FROM outbox_failure").await, 0);
}

#[tokio::test]
async fn an_event_that_nobody_can_take_is_given_up_and_stays_visible() {
    let listener = Arc::new(Listener::default());
    let house = house_with(vec![listener.clone()]).await;
    let docket = house.docket();
    *listener.refuse.lock().unwrap() = Some("lead.bad");
    house.happen(docket, 1, "lead.bad", facts("330482", None)).await;
    house.happen(docket, 2, "lead.fine", facts("330482", None)).await;
    for _ in 0..20 {
        house.notify.relay_once().await.unwrap();
        house.clock.advance(chrono::Duration::hours(2));
    }
    assert_eq!(*listener.heard.lock().unwrap(), [(docket, 2)]);
    assert_eq!(house.count("SELECT count(*) FROM outbox_failure WHERE given_up_at IS NOT NULL AND attempts = 12").await, 1);
    assert_eq!(house.count("SELECT count(*) FROM outbox WHERE delivered_at IS NULL").await, 0);
}

#[tokio::test]
async fn what_was_delivered_a_week_ago_is_purged() {
    let house = house().await;
    house.happen(house.docket(), 1, "lead.changed", facts("330482", None)).await;
    house.notify.relay_once().await.unwrap();
    house.clock.advance(chrono::Duration::days(6));
    house.happen(house.docket(), 1, "lead.changed", facts("330482", None)).await;
    assert_eq!(house.notify.sweep().await.unwrap(), 0);
    house.clock.advance(chrono::Duration::days(2));
    assert_eq!(house.notify.sweep().await.unwrap(), 1);
    assert_eq!(house.count("SELECT count(*) FROM outbox").await, 1);
}
