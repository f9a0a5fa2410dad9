//! Tests of the codec: frames of real terminals, messages there and back, streams that mean harm.

mod assembling;
mod framing;
mod hostile;
mod round_trip;
mod vectors;
mod vectors_negative;
mod vendors;

use jt808::{Frame, FrameError, Framer, Packet};

/// What a stream of bytes holds, read in one piece.
fn packets(bytes: &[u8]) -> Vec<Result<Packet, FrameError>> {
    let mut found = Vec::new();
    Framer::default().feed(bytes, |frame| found.push(frame.map(|frame: Frame<'_>| Packet::read(&frame).expect("a sound body"))));
    found
}

/// The one packet of a frame in hexadecimal digits, and that it is written back as the same frame.
fn same(text: &str) -> Packet {
    let bytes = hex::decode(text.replace(' ', "")).expect("digits");
    let packet = only(&bytes);
    assert_eq!(hex::encode(&packet.frames().expect("what was read can be written")[0]), hex::encode(bytes));
    packet
}

fn only(bytes: &[u8]) -> Packet {
    let mut found = packets(bytes);
    assert_eq!(found.len(), 1, "one frame");
    found.remove(0).expect("a sound frame")
}
