//! Streams that mean harm: noise, and sound frames with bytes changed, cut out and put in. `JT808_FUZZ_SECONDS` says for how long; two
//! seconds where it says nothing, ten minutes in `make release-check`.

use std::time::{Duration, Instant};

use jt808::{Assembly, BatchRef, Frame, Framer, LONGEST_FRAME, Limits, Message, Offered, Packet, PositionRef, VendorTable};
use rand::{RngExt, SeedableRng, rngs::SmallRng};

const SEEDS: [&str; 6] = [
    "7E02000026123456789012007D02000000010000000200BA7F0E07E4F11C0028003C00001810151010100104000000640202007D01137E",
    "7E0100002D000123456789000A002800323132333400736D616C6C6368693132330000000000000000004348493132330001D4C14131323334358A7E",
    "7E0704005311223344556622B80002000026000000010000000200BA7F0E07E4F11C0028003C0000180715101010010400000064020200370026000000020000000100CB735507E6A32300290036007818071510103001040000006002020042D47E",
    "7e8604003f0123456789017fff000000030003200707192359200707192359007b3c00050000007b000001590000007b000001590000007b000001590000007b000001590000007b00000159d47e",
    "7e0102402f010000000001729984173800000b3137323939383431373338313233343536373839303132333435332e372e31350000000000000000000000000000227e",
    "7e860100110123456789017fff040000000100000002000000030000ffff9a7e",
];
const BEAT: &str = "7E00020000012345678900000A817E";

/// Changes a sound frame in one to four places; half of them get their check byte put right, so that what lies behind it is reached.
fn mutated(random: &mut SmallRng, seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = seeds[random.random_range(0..seeds.len())].clone();
    for _ in 0..random.random_range(1..=4) {
        let at = random.random_range(0..bytes.len());
        match random.random_range(0..4) {
            0 => bytes[at] = random.random(),
            1 => bytes[at] ^= 1 << random.random_range(0..8),
            2 => drop(bytes.remove(at)),
            _ => bytes.insert(at, random.random()),
        }
        if bytes.len() < 3 {
            break;
        }
    }
    if random.random() && bytes.len() > 4 {
        let check = bytes.len() - 2;
        bytes[check] = jt808::check(&bytes[1..check]);
    }
    bytes
}

/// Reads a frame in every way there is.
fn look(frame: &Frame<'_>, assembly: &mut Assembly, vendor: &VendorTable, now: Duration) {
    if let Some(position) = PositionRef::read(frame.body) {
        let _ = (position.fix.at(), position.fix.place(), vendor.body(&position));
        let owned = position.owned();
        assert_eq!(owned.items.len(), position.items().count());
    }
    if let Some(batch) = BatchRef::read(frame.body) {
        assert!(batch.positions().count() * 30 <= frame.body.len());
    }
    if let Offered::Whole { body, .. } = assembly.offer(frame, now) {
        let _ = Message::read(frame.header.id, frame.header.edition, &body);
    }
    assembly.expire(now);
    assembly.lacking(now);
    let Ok(packet) = Packet::read(frame) else { return };
    // Text that was no GBK, a version that does not fit: refused, never a panic. What can be written is read as the same.
    if let Ok(frames) = packet.frames() {
        Framer::default().feed(&frames.concat(), |again| {
            let again = Packet::read(&again.expect("what was written is sound")).expect("and understood");
            assert_eq!(again, packet);
        });
    }
}

#[test]
fn nothing_that_comes_over_the_wire_panics_or_grows() {
    let seconds = std::env::var("JT808_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(2);
    let mut random = SmallRng::seed_from_u64(0x0808);
    let seeds: Vec<Vec<u8>> = SEEDS.iter().map(|text| hex::decode(text).expect("digits")).collect();
    let beat = hex::decode(BEAT).expect("digits");
    let vendor = VendorTable::built_in("slag-a").expect("it ships");
    let limits = Limits { bytes: 64 * 1024, ..Limits::default() };
    let (mut framer, mut assembly) = (Framer::default(), Assembly::new(limits));
    let (started, mut rounds, mut sound) = (Instant::now(), 0_u64, 0_u64);
    while started.elapsed() < Duration::from_secs(seconds) {
        rounds += 1;
        let mut bytes = if random.random_range(0..4) == 0 {
            (0..random.random_range(0..5_000)).map(|_| random.random()).collect()
        } else {
            mutated(&mut random, &seeds)
        };
        // A mark ends whatever it was; the beat after it is found however bad it was.
        bytes.push(0x7e);
        bytes.extend_from_slice(&beat);
        let mut last = None;
        let mut rest = &bytes[..];
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(random.random_range(1..=rest.len()));
            framer.feed(piece, |frame| {
                last = Some(frame.map(|frame| frame.header.id));
                if let Ok(frame) = frame {
                    sound += 1;
                    look(&frame, &mut assembly, &vendor, Duration::from_secs(rounds / 100));
                }
            });
            rest = after;
        }
        assert_eq!(last, Some(Ok(0x0002)), "the sound frame after {}", hex::encode(&bytes));
        assert!(framer.held() <= LONGEST_FRAME && assembly.bytes() <= limits.bytes);
    }
    assert!(rounds > 100 && sound > rounds, "{rounds} rounds, {sound} sound frames");
}
