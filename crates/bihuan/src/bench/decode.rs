//! `bihuan bench decode`: JT/T 808 positions (0x0200) out of a stream of bytes, on one core: found between their marks, escapes undone,
//! checked, header, time and place read, every item walked.
//!
//! The stream is that of thousands of vehicles of both editions, cut into pieces as sockets cut it. What is read is compared with what was
//! written; one difference fails the bench.

use std::{hint::black_box, time::Instant};

use anyhow::{Result, ensure};
use chrono::{DateTime, TimeDelta, Utc};
use jt808::{Edition, Fix, Framer, Hex, Item, Message, Moment, Packet, Position, PositionRef};

use super::{figure::figure, noise::Noise};

const MESSAGES: usize = 100_000;
const PASSES: usize = 7;
/// The pieces that the stream comes in.
const PIECE: usize = 4_096;
/// Messages a second that the product must reach.
const WANTED: f64 = 3_000_000.0;

/// What of a stream is compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Sum {
    messages: usize,
    refused: usize,
    places: i64,
    seconds: i64,
    items: u64,
    bytes: u64,
}

/// Runs the bench and prints its figures, as JSON lines where `json` is set.
///
/// # Errors
/// When a message is refused or read as another than was written.
pub fn run(json: bool) -> Result<()> {
    let (stream, expected) = stream()?;
    let mut rates = Vec::with_capacity(PASSES);
    for _ in 0..PASSES {
        let started = Instant::now();
        let sum = black_box(read(black_box(&stream)));
        rates.push(MESSAGES as f64 / started.elapsed().as_secs_f64());
        ensure!(sum == expected, "read {sum:?}, written {expected:?}");
    }
    rates.sort_by(f64::total_cmp);
    let print = |name: &str, value: f64, unit: &str| figure(json, &format!("decode.{name}"), value, unit, MESSAGES);
    print("messages_per_second", rates[PASSES / 2], "1/s");
    print("wanted_messages_per_second", WANTED, "1/s");
    print("slowest_pass_messages_per_second", rates[0], "1/s");
    print("fastest_pass_messages_per_second", rates[PASSES - 1], "1/s");
    print("bytes_a_message", stream.len() as f64 / MESSAGES as f64, "B");
    Ok(())
}

fn read(stream: &[u8]) -> Sum {
    let (mut framer, mut sum) = (Framer::default(), Sum::default());
    for piece in stream.chunks(PIECE) {
        framer.feed(piece, |frame| {
            let position = frame.ok().filter(|frame| frame.header.id == jt808::id::POSITION);
            match position.and_then(|frame| PositionRef::read(frame.body)) {
                Some(position) => sum.add(&position),
                None => sum.refused += 1,
            }
        });
    }
    sum
}

impl Sum {
    fn add(&mut self, position: &PositionRef<'_>) {
        self.messages += 1;
        self.seconds = self.seconds.wrapping_add(position.fix.time.seconds().unwrap_or(-1));
        if let Some((longitude, latitude)) = position.fix.place() {
            self.places += i64::from(longitude) - i64::from(latitude);
        }
        for (id, bytes) in position.items() {
            self.items += u64::from(id);
            self.bytes += bytes.len() as u64;
        }
    }
}

/// The stream, and what it holds.
fn stream() -> Result<(Vec<u8>, Sum)> {
    let mut noise = Noise(0x9e37_79b9_7f4a_7c15);
    let begin: DateTime<Utc> = DateTime::from_timestamp(1_790_000_000, 0).unwrap_or_default();
    let (mut stream, mut expected) = (Vec::new(), Sum::default());
    for number in 0..MESSAGES {
        let vehicle = noise.below(10_000);
        let time = Moment::of(begin + TimeDelta::seconds(number as i64 / 100)).unwrap_or_default();
        let fix = Fix {
            alarm: if noise.below(50) == 0 { 2 } else { 0 },
            status: 0b11 | (noise.below(4) as u32) << 8,
            latitude: 30_600_000 + noise.below(200_000) as u32,
            longitude: 120_900_000 + noise.below(200_000) as u32,
            altitude: 12,
            speed: noise.below(800) as u16,
            direction: noise.below(360) as u16,
            time,
        };
        let mut items = vec![
            Item::Mileage { value: noise.below(5_000_000) as u32 },
            Item::RecorderSpeed { value: fix.speed },
            Item::Signal { value: noise.below(32) as u8 },
            Item::Satellites { value: noise.below(24) as u8 },
        ];
        if vehicle.is_multiple_of(2) {
            items.push(Item::Raw { id: 0xe1, value: Hex(vec![noise.below(256) as u8, 0]) });
        }
        let position = Position { fix, items, tail: Hex::default() };
        let edition = if vehicle.is_multiple_of(3) { Edition::Y2019 } else { Edition::Y2013 };
        let mut body = Vec::new();
        let phone = format!("139{vehicle:08}").parse::<jt808::Phone>().map_err(anyhow::Error::msg)?;
        let message = Message::Position(position);
        message.write(edition, &mut body)?;
        expected.add(&PositionRef { fix, items: &body[Fix::BYTES..] });
        let packet =
            Packet { edition, version: None, phone, serial: number as u16, encryption: 0, part: None, message, surplus: Hex::default() };
        stream.extend(packet.frames()?.concat());
    }
    Ok((stream, expected))
}
