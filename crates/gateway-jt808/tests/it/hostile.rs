//! Who means harm, or is broken, hurts nobody else.

use std::time::Duration;

use chrono::Utc;
use gateway_jt808::Limits;
use jt808::{Edition, GeneralAnswer, Message};

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
