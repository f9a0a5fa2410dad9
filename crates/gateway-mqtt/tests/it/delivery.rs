//! What the broker brings is durable before it is acknowledged, and comes through ends of the broker and of the house.

use std::{sync::Arc, time::Duration};

use gateway_mqtt::Settings;
use kernel::clock::Clock;
use rumqttc::v5::{Incoming, mqttbytes::QoS};
use serde_json::{Value, json};
use testkit::house::{House, in_the_west};

use crate::{
    adapter::BrokerIntake,
    broker::{Broker, incoming},
};

const CAMERAS: usize = 4;

/// A house that listens to the broker, and how to make it listen.
async fn listening(broker: &Broker) -> (House, impl Fn() -> tokio::task::JoinHandle<()> + use<>) {
    let house = House::build().await;
    let administrator = house.signed_in("administrator01").await;
    for number in 0..CAMERAS {
        let camera = json!({ "name": "河滨路探头", "kind": "video", "position": in_the_west(), "active": true });
        administrator.put(&format!("/api/v1/devices/cam-{number}"), camera).await.fine();
    }
    let key = house.machine("broker01").await.bearer.unwrap();
    let values = [("BIHUAN_MQTT_URL", format!("mqtt://127.0.0.1:{}", broker.port)), ("BIHUAN_MQTT_KEY", key.clone())];
    let settings = Settings::read("330482", |name| values.iter().find(|pair| pair.0 == name).map(|pair| pair.1.clone())).unwrap().unwrap();
    let intake = Arc::new(BrokerIntake { machines: house.machines.clone(), identity: house.identity.clone(), key });
    let database = house.test.database.clone();
    (house, move || tokio::spawn(gateway_mqtt::run(settings.clone(), database.clone(), intake.clone())))
}

fn event(house: &House, number: usize) -> Value {
    json!({ "device": format!("cam-{}", number % CAMERAS), "key": number.to_string(), "kind": 22, "at": house.clock.now().to_rfc3339() })
}

async fn stored(house: &House) -> i64 {
    house.count("select count(*) from machine_event").await
}

async fn wait_until_stored(house: &House, wanted: i64) {
    for _ in 0..300 {
        if stored(house).await >= wanted {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(stored(house).await, wanted);
}

#[tokio::test(flavor = "multi_thread")]
async fn events_come_over_the_broker_and_refusals_are_answered() {
    let broker = Broker::start().await;
    let (house, listen) = listening(&broker).await;
    listen();
    let (client, mut events) = broker.client("camera-platform");
    client.subscribe("bihuan/receipts", QoS::AtLeastOnce).await.unwrap();
    while !matches!(incoming(&mut events).await, Incoming::SubAck(_)) {}
    // The house asks for its events when it is connected; before that the broker has nobody to keep them for.
    tokio::time::sleep(Duration::from_secs(2)).await;
    let send = |payload: Vec<u8>| client.try_publish("bihuan/events/river", QoS::AtLeastOnce, false, payload).unwrap();
    send(event(&house, 1).to_string().into());
    send(
        json!({ "items": [event(&house, 2), event(&house, 5), { "device": "nobody", "kind": 22, "at": house.clock.now().to_rfc3339() }] })
            .to_string()
            .into(),
    );
    send(b"not json".to_vec());
    let mut receipts = Vec::new();
    while receipts.len() < 2 {
        if let Incoming::Publish(publish) = tokio::time::timeout(Duration::from_secs(20), incoming(&mut events)).await.unwrap() {
            receipts.push(serde_json::from_slice::<Value>(&publish.payload).unwrap());
        }
    }
    assert_eq!(receipts[0]["items"][2]["code"], "device-unknown", "{receipts:?}");
    assert_eq!((&receipts[0]["items"][0]["taken"], &receipts[1]["code"]), (&json!(true), &json!("json-invalid")));
    wait_until_stored(&house, 3).await;
    // Cam 1 saw it twice: a sighting, as over HTTP.
    assert_eq!(house.count("select count(*) from sighting").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_broker_acknowledged_comes_through_ends_of_broker_and_house_under_load() {
    const EVENTS: usize = 400;
    let mut broker = Broker::start().await;
    let (house, listen) = listening(&broker).await;
    let mut listener = listen();
    tokio::time::sleep(Duration::from_secs(2)).await;
    let mut ends = 0;
    let mut camera = broker.camera();
    for number in 0..EVENTS {
        let payload = event(&house, number).to_string();
        if number == EVENTS * (ends + 1) / 5 && ends < 4 {
            ends += 1;
            if ends.is_multiple_of(2) {
                broker.stop();
                broker.launch().await;
            } else {
                // Cut off wherever it is, between taking an event in and acknowledging it too.
                listener.abort();
                listener = listen();
            }
        }
        // As a device does it: sent until the broker says that it has it, over a new connection where the old one is gone.
        while !camera.send("bihuan/events/river", &payload).await {
            camera = broker.camera();
        }
    }
    assert_eq!(ends, 4);
    // Each one, once: what the broker brought twice is the same event.
    wait_until_stored(&house, EVENTS as i64).await;
}
