//! Streams in pieces of any size.

use jt808::{FrameError, Framer, LONGEST_FRAME};
use proptest::prelude::*;

const GOOD: &str = "7E0200002612345678901200 7D02 000000010000000200BA7F0E07E4F11C0028003C00001810151010100104000000640202007D01 13 7E";
const BEAT: &str = "7E000200000400216792 87002B7D027E";

fn bytes(text: &str) -> Vec<u8> {
    hex::decode(text.replace(' ', "")).expect("digits")
}

#[test]
fn frames_that_share_their_mark_and_empty_ones_are_told_apart() {
    let (good, beat) = (bytes(GOOD), bytes(BEAT));
    // …7E7E7E… between, and one mark for two frames.
    let stream = [&good[..], &[0x7e, 0x7e], &beat[..], &good[1..]].concat();
    let mut ids = Vec::new();
    Framer::default().feed(&stream, |frame| ids.push(frame.expect("sound").header.id));
    assert_eq!(ids, [0x0200, 0x0002, 0x0200]);
}

#[test]
fn what_never_ends_is_told_once_and_holds_no_memory() {
    let mut framer = Framer::default();
    let mut told = Vec::new();
    framer.feed(&[0x7e], |_| {});
    for _ in 0..1_000 {
        framer.feed(&[0x55; 1_000], |frame| told.push(frame.map(|_| ())));
        assert!(framer.held() <= LONGEST_FRAME);
    }
    assert_eq!(told, [Err(FrameError::TooLong)]);
    assert!(framer.unfinished());
    let mut after = Vec::new();
    framer.feed(&bytes(BEAT), |frame| after.push(frame.is_ok()));
    assert_eq!(after, [true], "the next mark begins anew");
    // The same in one piece.
    let mut told = Vec::new();
    let long = [&[0x7e][..], &[0x55; 5_000], &bytes(BEAT)].concat();
    Framer::default().feed(&long, |frame| told.push(frame.map(|frame| frame.header.id)));
    assert_eq!(told, [Err(FrameError::TooLong), Ok(0x0002)]);
}

proptest! {
    #[test]
    fn however_a_stream_is_cut_it_holds_the_same_frames(cuts in prop::collection::vec(1_usize..40, 1..60), noise in prop::collection::vec(any::<u8>(), 0..30)) {
        let stream = [&bytes(GOOD)[..], &noise, &bytes(BEAT), &bytes(GOOD), &[0x7e], &bytes(BEAT)].concat();
        let read = |pieces: &mut dyn Iterator<Item = usize>| {
            let (mut framer, mut found, mut rest) = (Framer::default(), Vec::new(), &stream[..]);
            while !rest.is_empty() {
                let (piece, after) = rest.split_at(pieces.next().unwrap_or(7).min(rest.len()));
                framer.feed(piece, |frame| found.push(frame.map(|frame| (frame.header, frame.body.to_vec()))));
                rest = after;
            }
            found
        };
        prop_assert_eq!(read(&mut cuts.iter().copied()), read(&mut std::iter::once(stream.len())));
    }
}
