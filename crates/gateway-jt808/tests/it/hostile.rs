//! Who means harm, or is broken, hurts nobody else.

use std::time::Duration;

use chrono::Utc;
use gateway_jt808::Limits;
use jt808::{Edition, GeneralAnswer, Header, Message, Part, id};

use super::{
    Gateway,
    terminal::{Terminal, position},
};

#[tokio::test]
async fn a_stranger_is_heard_on_nothing_but_registration_and_code() {
    let gateway = Gateway::start(Limits::default()).await;
    gateway.enter("13900000001", "").await;
    for message in [Message::Heartbeat, Message::Position(position(Utc::now(), 1)), Message::AskTime] {
        let mut stranger = Terminal::tcp(gateway.address(), Edition::Y2013, "13900000001").await;
        stranger.send(message).await;
        assert_eq!(stranger.next().await, None);
    }
    let stored: i64 =
        sqlx::query_scalar("select count(*) from track_inbox").fetch_one(gateway.test.database.pool()).await.expect("counted");
    assert_eq!(stored, 0);
    // Nor may who is known speak for another.
    gateway.enter("13900000002", "").await;
    let mut known = Terminal::tcp(gateway.address(), Edition::Y2013, "13900000001").await;
    known.sign_on("").await;
    let mut other = Terminal::tcp(gateway.address(), Edition::Y2013, "13900000002").await;
    let bytes = other.frames(Message::Position(position(Utc::now(), 1))).concat();
    known.raw(&bytes).await;
    assert_eq!(known.next().await, None);
}

/// The first of some parts of a message.
fn first_part(id: u16, phone: &str, total: u16) -> Vec<u8> {
    let phone = phone.parse().expect("a number");
    let part = Some(Part { total, number: 1 });
    jt808::frame(&Header { id, encryption: 0, edition: Edition::Y2013, version: 0, phone, serial: 0, part }, &[0; 100]).expect("a frame")
}

#[tokio::test]
async fn parts_of_a_stranger_are_not_kept_and_the_house_has_room_for_so_many_bytes_alone() {
    let gateway = Gateway::start(Limits { bytes: 4_000, ..Limits::default() }).await;
    for phone in ["13900000001", "13900000002"] {
        gateway.enter(phone, "").await;
    }
    for (id, total) in [(id::BATCH, 2), (id::REGISTER, 5)] {
        let mut stranger = Terminal::tcp(gateway.address(), Edition::Y2013, "13900000001").await;
        stranger.raw(&first_part(id, "13900000001", total)).await;
        assert_eq!(stranger.next().await, None);
    }
    let mut one = Terminal::tcp(gateway.address(), Edition::Y2013, "13900000001").await;
    one.sign_on("").await;
    let mut two = Terminal::tcp(gateway.address(), Edition::Y2013, "13900000002").await;
    two.sign_on("").await;
    // 100 places of 24 bytes.
    one.raw(&first_part(id::BATCH, "13900000001", 100)).await;
    one.send(Message::Heartbeat).await;
    assert_eq!(one.result().await, Some(0), "it waits for the others");
    two.raw(&first_part(id::BATCH, "13900000002", 100)).await;
    assert_eq!(two.result().await, Some(1), "there is no room for it");
    drop(one);
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(20)).await;
        two.raw(&first_part(id::BATCH, "13900000002", 100)).await;
        two.send(Message::Heartbeat).await;
        if two.result().await == Some(0) {
            return;
        }
        assert_eq!(two.result().await, Some(0), "the heartbeat behind a refusal");
    }
    panic!("who left gave no room back");
}

#[tokio::test]
async fn strangers_of_one_address_and_registrations_of_one_connection_are_few() {
    let gateway = Gateway::start(Limits { strangers_of_an_address: 2, registrations: 2, ..Limits::default() }).await;
    gateway.enter("13900000001", "").await;
    let mut first = Terminal::tcp(gateway.address(), Edition::Y2013, "13900000001").await;
    for _ in 0..2 {
        assert_eq!(first.register("", "D1").await.0, 0);
    }
    let _second = Terminal::tcp(gateway.address(), Edition::Y2013, "13900000002").await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    let mut beyond = Terminal::tcp(gateway.address(), Edition::Y2013, "13900000003").await;
    assert_eq!(beyond.next().await, None, "a third of one address");
    let mut datagrams = Terminal::udp(gateway.address(), Edition::Y2013, "13900000001").await;
    datagrams.sign_on("").await;
    first.send(Message::Register(register())).await;
    assert_eq!(first.result().await, Some(1), "a third registration");
    assert_eq!(first.next().await, None);
}

fn register() -> jt808::Register {
    jt808::Register {
        edition: Edition::Y2013,
        province: 33,
        city: 482,
        maker: "TEST".to_owned(),
        model: "T1".to_owned(),
        terminal: "D1".to_owned(),
        colour: 2,
        plate: String::new(),
    }
}

#[tokio::test]
async fn noise_slowness_and_floods_end_their_own_connection_alone() {
    let limits = Limits {
        introduction: Duration::from_millis(400),
        frame: Duration::from_millis(400),
        messages_a_second: 20,
        bad_frames: 10,
        ..Limits::default()
    };
    let gateway = Gateway::start(limits).await;
    for phone in ["13900000001", "13900000002", "13900000003"] {
        gateway.enter(phone, "").await;
    }
    let mut good = Terminal::tcp(gateway.address(), Edition::Y2013, "13900000001").await;
    good.sign_on("").await;

    let mut silent = Terminal::tcp(gateway.address(), Edition::Y2013, "13900000009").await;
    let mut noisy = Terminal::tcp(gateway.address(), Edition::Y2013, "13900000009").await;
    noisy.raw(&b"GET / HTTP/1.1\r\n\r\n~~".repeat(20)).await;
    let mut flood = Terminal::tcp(gateway.address(), Edition::Y2013, "13900000002").await;
    flood.sign_on("").await;
    let beats: Vec<u8> = (0..500).flat_map(|_| flood.frames(Message::Heartbeat).concat()).collect();
    flood.raw(&beats).await;
    let mut slow = Terminal::tcp(gateway.address(), Edition::Y2013, "13900000003").await;
    slow.sign_on("").await;
    let frame = slow.frames(Message::Position(position(Utc::now(), 1))).concat();
    let drip = tokio::spawn(async move {
        for byte in frame {
            slow.raw(&[byte]).await;
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        slow
    });
    assert_eq!(silent.next().await, None, "it showed no code in time");
    assert_eq!(noisy.next().await, None);
    let mut answered = 0;
    while flood.next().await.is_some() {
        answered += 1;
    }
    assert!(answered < 500, "a flood is not answered to its end");
    let mut slow = drip.await.expect("the drip");
    assert_eq!(slow.next().await, None, "a frame a byte at a time holds a place and is ended");

    good.send(Message::Position(position(Utc::now(), 1))).await;
    assert_eq!(good.result().await, Some(0), "who behaves does not notice");
}

#[tokio::test]
async fn places_are_bounded_and_what_nobody_does_is_answered_so() {
    let gateway = Gateway::start(Limits { strangers: 2, connections: 3, ..Limits::default() }).await;
    gateway.enter("13900000001", "").await;
    let mut known = Terminal::tcp(gateway.address(), Edition::Y2013, "13900000001").await;
    known.sign_on("").await;
    let _waiting = (
        Terminal::tcp(gateway.address(), Edition::Y2013, "13900000002").await,
        Terminal::tcp(gateway.address(), Edition::Y2013, "13900000003").await,
    );
    tokio::time::sleep(Duration::from_millis(200)).await;
    let mut beyond = Terminal::tcp(gateway.address(), Edition::Y2013, "13900000004").await;
    assert_eq!(beyond.next().await, None, "no place is left");
    known.send(Message::Raw { id: 0x0f42, body: jt808::Hex(vec![1, 2, 3]) }).await;
    assert_eq!(known.result().await, Some(3), "unknown, and never fatal");
    known.send(Message::Raw { id: 0x0200, body: jt808::Hex(vec![1, 2, 3]) }).await;
    assert_eq!(known.result().await, Some(2), "too short to be a position");
    known.send(Message::TerminalAnswer(GeneralAnswer { serial: 1, id: 0x8100, result: 0 })).await;
    known.send(Message::Unregister).await;
    assert_eq!(known.result().await, Some(0), "an answer is not answered, a leave is");
    assert_eq!(known.next().await, None);
}

#[tokio::test]
async fn what_cannot_be_stored_is_not_acknowledged() {
    let gateway = Gateway::start(Limits::default()).await;
    gateway.enter("13900000001", "").await;
    let mut terminal = Terminal::tcp(gateway.address(), Edition::Y2013, "13900000001").await;
    terminal.sign_on("").await;
    sqlx::query("alter table track_inbox rename to track_away").execute(&gateway.test.owner_pool).await.expect("renamed");
    terminal.send(Message::Position(position(Utc::now(), 1))).await;
    assert_eq!(terminal.result().await, Some(1), "it failed, and the terminal keeps it");
    sqlx::query("alter table track_away rename to track_inbox").execute(&gateway.test.owner_pool).await.expect("renamed");
    terminal.send(Message::Position(position(Utc::now(), 1))).await;
    assert_eq!(terminal.result().await, Some(0));
}
