//! Registration, code, positions: the ordinary life of a terminal.

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use gateway_jt808::Limits;
use jt808::{Edition, Fix, Message, Moment, Position};
use tracks::Flags;

use super::{
    Gateway,
    terminal::{Terminal, position},
};

fn now() -> DateTime<Utc> {
    Utc::now().duration_trunc(TimeDelta::seconds(1)).expect("a second")
}

#[tokio::test]
async fn what_was_acknowledged_is_there_whole_in_either_edition_and_over_either_wire() {
    let gateway = Gateway::start(Limits::default()).await;
    let at = now();
    for (number, edition) in [Edition::Y2013, Edition::Y2019].into_iter().enumerate() {
        for udp in [false, true] {
            let phone = format!("1390000{number}00{}", u8::from(udp));
            let vehicle = gateway.enter(&phone, "浙F00001").await;
            let mut terminal = match udp {
                true => Terminal::udp(gateway.address(), edition, &phone).await,
                false => Terminal::tcp(gateway.address(), edition, &phone).await,
            };
            terminal.sign_on("浙F00001").await;
            terminal.send(Message::Heartbeat).await;
            assert_eq!(terminal.result().await, Some(0));
            terminal.send(Message::Position(position(at, 300))).await;
            assert_eq!(terminal.result().await, Some(0));
            // Kept without a network: older, and one of them the same as before.
            let kept = vec![position(at - TimeDelta::seconds(30), 200), position(at, 300), position(at - TimeDelta::seconds(60), 100)];
            terminal.send(Message::Batch { kind: 1, positions: kept }).await;
            assert_eq!(terminal.result().await, Some(0));
            let found = gateway.tracks.between(vehicle, at.timestamp() - 100, at.timestamp() + 1).await.expect("read").points;
            let speeds: Vec<u16> = found.iter().map(|point| point.speed).collect();
            assert_eq!(speeds, [100, 200, 300], "in the order of their times, each once");
            assert_eq!(found[2].items, [1, 4, 0, 0, 3, 232, 0xe1, 3, 1, 2, 3], "what nobody knows yet is kept too");
            assert!(found[0].flags.has(Flags::BACKLOG) && !found[2].flags.has(Flags::VISITOR));
        }
    }
    gateway.listening.stop().await;
}

#[tokio::test]
async fn frames_that_come_glued_or_byte_by_byte_are_each_answered_in_their_order() {
    let gateway = Gateway::start(Limits::default()).await;
    let vehicle = gateway.enter("13900000010", "").await;
    let mut terminal = Terminal::tcp(gateway.address(), Edition::Y2013, "013900000010").await;
    terminal.sign_on("浙F00002").await;
    let at = now();
    let mut glued = Vec::new();
    for step in 0..8 {
        glued.extend(terminal.frames(Message::Position(position(at - TimeDelta::seconds(step), 1))).concat());
    }
    glued.extend(terminal.frames(Message::AskTime).concat());
    terminal.raw(&glued).await;
    for serial in 2..10_u16 {
        match terminal.next().await {
            Some(Message::PlatformAnswer(answer)) => assert_eq!((answer.serial, answer.id, answer.result), (serial, 0x0200, 0)),
            other => panic!("{other:?}"),
        }
    }
    assert!(matches!(terminal.next().await, Some(Message::Time { .. })));
    for byte in terminal.frames(Message::Position(position(at - TimeDelta::seconds(20), 1))).concat() {
        terminal.raw(&[byte]).await;
    }
    assert_eq!(terminal.result().await, Some(0));
    let found = gateway.tracks.between(vehicle, at.timestamp() - 100, at.timestamp() + 1).await.expect("read");
    assert_eq!(found.points.len(), 9);
}

#[tokio::test]
async fn a_batch_in_parts_is_put_together() {
    let gateway = Gateway::start(Limits::default()).await;
    let vehicle = gateway.enter("13900000011", "").await;
    let mut terminal = Terminal::tcp(gateway.address(), Edition::Y2019, "13900000011").await;
    terminal.sign_on("").await;
    let at = now();
    let positions = (0..80).map(|step| position(at - TimeDelta::seconds(step), 1)).collect();
    let frames = terminal.frames(Message::Batch { kind: 0, positions });
    assert!(frames.len() > 2);
    for frame in frames.iter().rev() {
        terminal.raw(frame).await;
    }
    assert_eq!(terminal.result().await, Some(0));
    let found = gateway.tracks.between(vehicle, at.timestamp() - 100, at.timestamp() + 1).await.expect("read");
    assert_eq!(found.points.len(), 80);
}

#[tokio::test]
async fn who_is_unknown_is_refused_and_as_a_visitor_marked() {
    let gateway = Gateway::start(Limits { visitors: 1, ..Limits::default() }).await;
    let mut stranger = Terminal::tcp(gateway.address(), Edition::Y2013, "13900000020").await;
    assert_eq!(stranger.register("浙F00003", "D1").await, (4, String::new()), "a terminal that is not known");
    gateway.open().await;
    let code = stranger.register("浙F00003", "D1").await.1;
    assert_eq!(stranger.authenticate(&code).await, Some(0));
    let at = now();
    stranger.send(Message::Position(position(at, 1))).await;
    assert_eq!(stranger.result().await, Some(0));
    let found = gateway.tracks.within(&square(), at.timestamp(), at.timestamp() + 1).await.expect("read");
    assert!(found.points[0].flags.has(Flags::VISITOR));
    let mut second = Terminal::tcp(gateway.address(), Edition::Y2013, "13900000021").await;
    assert_eq!(second.register("浙F00004", "D1").await.0, 4, "visitors are not remembered without end");
}

fn square() -> geo::Polygon<f64> {
    geo::Rect::new((120.9, 30.6), (121.1, 30.8)).to_polygon()
}

#[tokio::test]
async fn another_plate_another_device_and_a_wrong_code_are_refused() {
    let gateway = Gateway::start(Limits::default()).await;
    gateway.enter("13900000030", "浙F00005").await;
    let mut terminal = Terminal::tcp(gateway.address(), Edition::Y2013, "13900000030").await;
    assert_eq!(terminal.register("浙F99999", "D1").await.0, 2, "another vehicle");
    assert_eq!(terminal.register("", "D1").await.0, 2, "none is another too");
    assert_eq!(terminal.register("浙F00005", "D1").await.0, 0);
    let (result, code) = terminal.register("浙F00005", "D1").await;
    assert_eq!(result, 0, "the same device may ask again");
    let mut clone = Terminal::tcp(gateway.address(), Edition::Y2013, "13900000030").await;
    assert_eq!(clone.register("浙F00005", "D2").await.0, 3, "another device under the same number");
    assert_eq!(clone.authenticate("0123456789abcdef").await, Some(1));
    assert_eq!(clone.next().await, None, "and is sent away");
    assert_eq!(terminal.authenticate(&code).await, Some(0));
    sqlx::query("update jt808_terminal set active = false").execute(gateway.test.database.pool()).await.expect("switched off");
    let mut again = Terminal::tcp(gateway.address(), Edition::Y2013, "13900000030").await;
    assert_eq!(again.authenticate(&code).await, Some(1), "who is switched off is not believed");
}

#[tokio::test]
async fn the_second_connection_of_a_terminal_replaces_the_first() {
    let gateway = Gateway::start(Limits::default()).await;
    gateway.enter("13900000040", "").await;
    let mut first = Terminal::tcp(gateway.address(), Edition::Y2013, "13900000040").await;
    let code = first.sign_on("").await;
    // In the other edition, with its zeros in front: the same terminal.
    let mut second = Terminal::tcp(gateway.address(), Edition::Y2019, "00000000013900000040").await;
    assert_eq!(second.authenticate(&code).await, Some(0));
    assert_eq!(first.next().await, None);
    second.send(Message::Heartbeat).await;
    assert_eq!(second.result().await, Some(0));
}

#[tokio::test]
async fn a_time_or_place_that_cannot_be_is_kept_as_it_came_and_says_so() {
    let gateway = Gateway::start(Limits::default()).await;
    let vehicle = gateway.enter("13900000050", "").await;
    let mut terminal = Terminal::tcp(gateway.address(), Edition::Y2013, "13900000050").await;
    terminal.sign_on("").await;
    let before = now();
    let broken = Moment::packed([0x99, 0x13, 0x45, 0, 0, 0]);
    let fix = Fix { latitude: 121_000_000, longitude: 30_700_000, time: broken, ..position(before, 1).fix };
    terminal.send(Message::Position(Position { fix, ..position(before, 1) })).await;
    assert_eq!(terminal.result().await, Some(0));
    // Of the year 2099: no partition is made for it.
    let fix = Fix { time: Moment::packed([0x99, 0x12, 0x31, 0, 0, 0]), ..position(before, 2).fix };
    terminal.send(Message::Position(Position { fix, ..position(before, 2) })).await;
    assert_eq!(terminal.result().await, Some(0));
    // A clock that is ten minutes ahead.
    terminal.send(Message::Position(position(before + TimeDelta::minutes(10), 3))).await;
    assert_eq!(terminal.result().await, Some(0));
    gateway.tracks.settle().await.expect("moved");
    let found = gateway.tracks.between(vehicle, before.timestamp(), before.timestamp() + 60).await.expect("read").points;
    assert_eq!(found.len(), 3);
    let wrong = found.iter().find(|point| point.speed == 1).expect("the first");
    assert!(wrong.flags.has(Flags::UNDATED) && wrong.flags.has(Flags::NOWHERE) && wrong.place().is_none());
    assert_eq!((wrong.latitude, wrong.longitude, &wrong.items[..6]), (121_000_000, 30_700_000, &broken.bytes()[..]));
    assert!(found.iter().all(|point| point.flags.has(Flags::UNDATED)));
}
