//! What must be refused: numbers 24 and 25 of the fact sheet.

use jt808::{BatchRef, Frame, FrameError, Framer, Message, PositionRef, check};

use crate::packets;

/// A frame between its marks, its check byte put right.
fn content(text: &str) -> Vec<u8> {
    let mut bytes = hex::decode(text.replace(' ', "")).expect("digits");
    bytes.push(check(&bytes));
    bytes
}

#[test]
fn vector_24_a_wrong_check_byte_is_refused() {
    let text = "7E02000046033333333333061300000000000C0003020FC9E4069B20FC016402F7010421082422495401040005E44203020302060300000007030000002504000000022A0200002B040000000030011C310121D27E";
    let bytes = hex::decode(text).expect("digits");
    assert_eq!(packets(&bytes), [Err(FrameError::Check { expected: 0x17, found: 0xd2 })]);
    // What it would have said, had the check not been looked at.
    let position = PositionRef::read(&bytes[13..bytes.len() - 2]).expect("a body");
    assert_eq!((position.fix.latitude, position.fix.longitude, position.fix.speed), (34_589_156, 110_829_820, 759));
    assert_eq!(position.fix.status, 0xc0003);
    assert!(position.items().any(|item| item == (0x03, &[0x03, 0x02][..])), "the recorder's speed is 77.0 km/h");
}

#[test]
fn vector_25_an_escape_that_is_none_is_refused() {
    let bytes = hex::decode("7e0002000001234567897d03000a817e").expect("digits");
    assert_eq!(packets(&bytes), [Err(FrameError::Escape)]);
}

#[test]
fn vector_25_another_length_than_the_header_says_is_refused() {
    let longer = content("0002 0000 012345678900 000a ff");
    assert_eq!(Frame::read(&longer), Err(FrameError::Length { said: 0, found: 1 }));
    let shorter = content("0200 001c 012345678900 000a 00000001");
    assert_eq!(Frame::read(&shorter), Err(FrameError::Length { said: 28, found: 4 }));
}

#[test]
fn vector_25_one_part_of_two_is_not_a_message() {
    let bytes = content("0704 2004 012345678900 000a 0002 0001 00010000");
    let frame = Frame::read(&bytes).expect("a sound frame");
    let mut assembly = jt808::Assembly::default();
    assert_eq!(assembly.offer(&frame, std::time::Duration::ZERO), jt808::Offered::Waiting);
    assert_eq!(assembly.unfinished(), 1);
}

#[test]
fn vector_25_a_position_longer_than_its_batch_is_refused() {
    let body = format!("0001 00 001d {}", "00".repeat(28));
    let body = hex::decode(body.replace(' ', "")).expect("digits");
    assert!(Message::read(0x0704, jt808::Edition::Y2013, &body).is_err());
}

#[test]
fn a_byte_behind_a_batch_costs_no_position_and_one_more_position_than_its_count_costs_all() {
    let position = "00".repeat(28);
    let body = hex::decode(format!("000100001c{position}ff")).expect("digits");
    assert_eq!(BatchRef::read(&body).expect("a batch").positions().count(), 1);
    let (message, surplus) = Message::read(0x0704, jt808::Edition::Y2013, &body).expect("a batch");
    assert!(matches!(message, Message::Batch { kind: 0, positions } if positions.len() == 1));
    assert_eq!(surplus.0, [0xff]);
    let more = hex::decode(format!("000100001c{position}001c{position}")).expect("digits");
    assert_eq!(BatchRef::read(&more), None);
}

#[test]
fn a_part_beyond_its_total_and_a_number_that_is_none_are_refused() {
    assert_eq!(Frame::read(&content("0704 2000 012345678900 000a 0002 0003")), Err(FrameError::Part));
    assert_eq!(Frame::read(&content("0704 2000 012345678900 000a 0002 0000")), Err(FrameError::Part));
    assert_eq!(Frame::read(&content("0002 0000 01234567890a 000a")), Err(FrameError::Phone));
    assert_eq!(Frame::read(&content("0002 0000 0123")), Err(FrameError::Short));
}

#[test]
fn a_bad_frame_costs_only_itself() {
    let good = "7E00020000012345678900000A817E";
    let bytes = hex::decode(format!("0102{good}7d05007e{good}ffff{good}")).expect("digits");
    let mut seen = Vec::new();
    Framer::default().feed(&bytes, |frame| seen.push(frame.map(|frame| frame.header.serial)));
    assert_eq!(seen.iter().filter(|found| **found == Ok(10)).count(), 3);
    assert_eq!(seen[0], Err(FrameError::Noise));
    assert!(seen.contains(&Err(FrameError::Escape)));
}
