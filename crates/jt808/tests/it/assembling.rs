//! Messages in parts.

use std::time::Duration;

use jt808::{Assembly, Edition, Frame, Framer, Hex, Lacking, Limits, Message, Offered, Packet};

const SECOND: Duration = Duration::from_secs(1);

/// A message of `length` bytes in as many frames as it needs.
fn frames(serial: u16, length: usize) -> (Vec<u8>, Vec<Vec<u8>>) {
    let body: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
    let message = Message::Raw { id: 0x0801, body: Hex(body.clone()) };
    let phone = "13900000000".parse().expect("a number");
    let packet =
        Packet { edition: Edition::Y2013, version: None, phone, serial, encryption: 0, part: None, message, surplus: Hex::default() };
    (body, packet.frames().expect("frames"))
}

fn offer(assembly: &mut Assembly, bytes: &[u8], now: Duration) -> Offered {
    let mut offered = None;
    Framer::default().feed(bytes, |frame: Result<Frame<'_>, _>| offered = Some(assembly.offer(&frame.expect("sound"), now)));
    offered.expect("one frame")
}

#[test]
fn parts_in_any_order_are_the_message_and_its_first_serial_number() {
    // The serial numbers wrap in the middle.
    let (body, parts) = frames(65_534, 4_000);
    assert_eq!(parts.len(), 4);
    let mut assembly = Assembly::default();
    for at in [2, 0, 3] {
        assert_eq!(offer(&mut assembly, &parts[at], SECOND), Offered::Waiting);
    }
    assert_eq!(offer(&mut assembly, &parts[3], SECOND), Offered::Repeated);
    assert_eq!(offer(&mut assembly, &parts[1], SECOND), Offered::Whole { body, serial: 65_534 });
    assert_eq!((assembly.unfinished(), assembly.bytes()), (0, 0));
}

#[test]
fn what_lacks_is_asked_for_and_may_come_under_another_serial_number() {
    let (body, parts) = frames(7, 4_000);
    let mut assembly = Assembly::default();
    offer(&mut assembly, &parts[1], SECOND);
    assert_eq!(assembly.lacking(5 * SECOND), [], "patience first");
    let lacking = Lacking { id: 0x0801, first_serial: 7, numbers: vec![1, 3, 4], edition: Edition::Y2013 };
    assert_eq!(assembly.lacking(12 * SECOND), [lacking]);
    assert_eq!(assembly.lacking(13 * SECOND), [], "not again at once");
    let (_, again) = frames(1_000, 4_000);
    assert_eq!(offer(&mut assembly, &again[2], 14 * SECOND), Offered::Waiting);
    assert_eq!(offer(&mut assembly, &again[3], 14 * SECOND), Offered::Waiting);
    assert_eq!(offer(&mut assembly, &parts[0], 14 * SECOND), Offered::Whole { body, serial: 7 });
}

#[test]
fn a_new_message_is_not_mixed_into_one_whose_parts_were_asked_for() {
    let (old, parts) = frames(7, 3_000);
    let mut assembly = Assembly::default();
    offer(&mut assembly, &parts[1], SECOND);
    assert_eq!(assembly.lacking(12 * SECOND).len(), 1);
    let (new, next) = frames(1_000, 3_000);
    for part in &next[..2] {
        assert_eq!(offer(&mut assembly, part, 13 * SECOND), Offered::Waiting);
    }
    assert_eq!(offer(&mut assembly, &next[2], 13 * SECOND), Offered::Whole { body: new, serial: 1_000 });
    offer(&mut assembly, &parts[0], 14 * SECOND);
    assert_eq!(offer(&mut assembly, &parts[2], 14 * SECOND), Offered::Whole { body: old, serial: 7 });
}

#[test]
fn messages_bytes_and_age_are_bounded() {
    let limits = Limits { messages: 2, bytes: 4_000, ..Limits::default() };
    let mut assembly = Assembly::new(limits);
    let (_, one) = frames(0, 2_000);
    let (_, two) = frames(100, 2_000);
    let (_, three) = frames(200, 2_000);
    assert_eq!(offer(&mut assembly, &one[0], SECOND), Offered::Waiting);
    assert_eq!(offer(&mut assembly, &two[0], 2 * SECOND), Offered::Waiting);
    assert_eq!(offer(&mut assembly, &three[0], 2 * SECOND), Offered::Refused, "a third message");
    assert_eq!(assembly.expire(301 * SECOND), 1, "the first is too old");
    let (_, long) = frames(300, 6_000);
    let outcomes: Vec<_> = long.iter().map(|part| offer(&mut assembly, part, 301 * SECOND)).collect();
    assert!(outcomes.contains(&Offered::Refused), "more bytes than it may hold");
    assert!(assembly.bytes() <= limits.bytes);
    // A total that costs more than the limit before any part is there.
    let mut small = Assembly::new(Limits { bytes: 100, ..limits });
    let (_, many) = frames(0, 60_000);
    assert_eq!(offer(&mut small, &many[0], SECOND), Offered::Refused);
}
