//! Messages that come in several frames, put together again (分包重组).

use std::time::Duration;

use crate::{frame::Frame, header::Edition};

/// How much of unfinished messages one stream may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Unfinished messages at a time.
    pub messages: usize,
    /// Bytes of all of them together; room for the parts that are to come counts too.
    pub bytes: usize,
    /// How old one may become.
    pub age: Duration,
    /// How long nothing must have come of one before its lacking parts are asked for.
    pub patience: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { messages: 4, bytes: 512 * 1024, age: Duration::from_secs(300), patience: Duration::from_secs(10) }
    }
}

/// What became of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offered {
    /// More are to come.
    Waiting,
    /// It was there before.
    Repeated,
    /// It was the last one that lacked: the body of the whole message.
    Whole {
        /// The body.
        body: Vec<u8>,
        /// The serial number of the first part, which is the message's.
        serial: u16,
    },
    /// It cannot be held: too many messages, too many bytes, or another total than before.
    Refused,
}

/// Parts of a message that lack, to be asked for with 0x8003 or 0x0005 (补传分包请求).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    /// The message.
    pub id: u16,
    /// The serial number of its first part.
    pub first_serial: u16,
    /// The parts, from 1; as many as one request holds in either edition.
    pub numbers: Vec<u16>,
    /// The edition in which it came.
    pub edition: Edition,
}

#[derive(Debug)]
struct Open {
    id: u16,
    edition: Edition,
    first_serial: u16,
    parts: Vec<Option<Vec<u8>>>,
    bytes: usize,
    begun: Duration,
    touched: Duration,
    asked: bool,
}

/// Bytes that the place of a part costs before the part is there.
const PLACE: usize = size_of::<Option<Vec<u8>>>();
/// Parts that are asked for at a time: the 2013 edition counts them in a byte.
const MOST_ASKED: usize = 125;

/// The unfinished messages of one stream. What it holds is bounded by [`Limits`].
#[derive(Debug)]
pub struct Assembly {
    limits: Limits,
    open: Vec<Open>,
}

impl Default for Assembly {
    fn default() -> Self {
        Self::new(Limits::default())
    }
}

impl Assembly {
    /// With limits of its own.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self { limits, open: Vec::new() }
    }

    /// The most bytes that a frame can add to what is held.
    #[must_use]
    pub fn most_added(frame: &Frame<'_>) -> usize {
        frame.header.part.map_or(0, |part| usize::from(part.total) * PLACE + frame.body.len())
    }

    /// Takes a part; `now` counts from any fixed instant, the same for all calls. A frame without parts is whole by itself.
    pub fn offer(&mut self, frame: &Frame<'_>, now: Duration) -> Offered {
        let header = &frame.header;
        let Some(part) = header.part else { return Offered::Whole { body: frame.body.to_vec(), serial: header.serial } };
        let (total, number) = (usize::from(part.total), usize::from(part.number));
        let first_serial = header.serial.wrapping_sub(part.number - 1);
        let fits = |open: &Open| open.id == header.id && open.parts.len() == total;
        let known = self.open.iter().position(|open| fits(open) && open.first_serial == first_serial);
        // A part that was asked for may come under a serial number of its own. A first part may as well begin a message of the same kind and
        // length, and two messages must never be mixed: it is taken as that.
        let asked = |open: &Open| fits(open) && open.asked && number > 1 && open.parts[number - 1].is_none();
        let known = known.or_else(|| self.open.iter().position(asked));
        let at = match known {
            Some(at) => at,
            None if self.open.len() < self.limits.messages && self.bytes() + total * PLACE <= self.limits.bytes => {
                let parts = vec![None; total];
                let bytes = total * PLACE;
                let (id, edition) = (header.id, header.edition);
                self.open.push(Open { id, edition, first_serial, parts, bytes, begun: now, touched: now, asked: false });
                self.open.len() - 1
            }
            None => return Offered::Refused,
        };
        if self.open[at].parts[number - 1].is_some() {
            return Offered::Repeated;
        }
        if self.bytes() + frame.body.len() > self.limits.bytes {
            self.open.swap_remove(at);
            return Offered::Refused;
        }
        let open = &mut self.open[at];
        open.parts[number - 1] = Some(frame.body.to_vec());
        open.bytes += frame.body.len();
        open.touched = now;
        if open.parts.iter().any(Option::is_none) {
            return Offered::Waiting;
        }
        let whole = self.open.swap_remove(at);
        Offered::Whole { body: whole.parts.into_iter().flatten().flatten().collect(), serial: whole.first_serial }
    }

    /// The parts to ask for now: of messages of which nothing came for a while. Each is asked for again after as long.
    pub fn lacking(&mut self, now: Duration) -> Vec<Lacking> {
        let patience = self.limits.patience;
        let waiting = self.open.iter_mut().filter(|open| now.saturating_sub(open.touched) >= patience);
        waiting
            .map(|open| {
                (open.touched, open.asked) = (now, true);
                let numbers = (1..).zip(&open.parts).filter(|(_, part)| part.is_none()).map(|(number, _)| number).take(MOST_ASKED);
                Lacking { id: open.id, first_serial: open.first_serial, numbers: numbers.collect(), edition: open.edition }
            })
            .collect()
    }

    /// Gives up messages that are too old; says how many.
    pub fn expire(&mut self, now: Duration) -> usize {
        let before = self.open.len();
        self.open.retain(|open| now.saturating_sub(open.begun) < self.limits.age);
        before - self.open.len()
    }

    /// Bytes that are held.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.open.iter().map(|open| open.bytes).sum()
    }

    /// Messages that are unfinished.
    #[must_use]
    pub fn unfinished(&self) -> usize {
        self.open.len()
    }
}
