//! One connection's conversation, whatever carries it (会话过程).

use std::{net::IpAddr, sync::Arc, time::Duration};

use jt808::{Assembly, BatchRef, Framer, Header, Message, Moment, Offered, Phone, PositionRef, id};
use tokio::{
    sync::{Notify, OwnedSemaphorePermit},
    time::Instant,
};
use tracks::Point;

use crate::{
    Vehicles,
    answer::{Voice, result},
    end::End,
    pace::Pace,
    point::point,
    sessions::Session,
    strangers::Stranger,
    terminal::Terminal,
};

/// How often parts that lack are thought of.
const TICK: Duration = Duration::from_secs(5);
/// Parts of a registration or a code: both fit into one frame, and who has not shown his code makes nobody hold more.
const PARTS_OF_STRANGERS: u16 = 4;

/// What is to be said, and whether that was all.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    pub answers: Vec<u8>,
    pub end: Option<End>,
}

enum Stage {
    Stranger(#[allow(dead_code, reason = "it is counted for as long as it is held")] Stranger),
    Open { phone: Phone, terminal: Terminal, session: Session },
}

/// What a message is answered with, once it is known whether its points are stored.
enum Reply {
    /// Done, if they are.
    Stored,
    General(u8),
    With(Message),
    Nothing,
}

/// A conversation.
pub(crate) struct Talk {
    vehicles: Vehicles,
    framer: Framer,
    assembly: Assembly,
    /// The house's room that its unfinished messages take.
    room: OwnedSemaphorePermit,
    voice: Voice,
    stage: Stage,
    began: Instant,
    heard_at: Instant,
    unfinished_since: Option<Instant>,
    bad: u32,
    pace: Pace,
    registrations: u32,
    /// When parts that lack are thought of next; it stands whatever comes meanwhile.
    tick: Option<Instant>,
}

impl Talk {
    /// Begins one; none where too many already have not shown their codes. Over UDP an address is anybody's word, and none is given.
    pub(crate) fn begin(vehicles: &Vehicles, from: Option<IpAddr>) -> Option<Self> {
        let stranger = vehicles.strangers().begin(from, vehicles.limits())?;
        let room = vehicles.room().clone().try_acquire_many_owned(0).ok()?;
        let now = Instant::now();
        Some(Self {
            vehicles: vehicles.clone(),
            framer: Framer::default(),
            assembly: Assembly::default(),
            room,
            voice: Voice::default(),
            stage: Stage::Stranger(stranger),
            began: now,
            heard_at: now,
            unfinished_since: None,
            bad: 0,
            pace: Pace::new(vehicles.limits(), now),
            registrations: 0,
            tick: None,
        })
    }

    /// Told when another connection takes this one's place.
    pub(crate) fn replaced(&self) -> Option<Arc<Notify>> {
        match &self.stage {
            Stage::Open { session, .. } => Some(session.replaced.clone()),
            Stage::Stranger(_) => None,
        }
    }

    /// When to look again whether it is too slow, or lacks parts.
    pub(crate) fn wake(&self) -> Instant {
        let limits = self.vehicles.limits();
        let silence = match self.stage {
            Stage::Stranger(_) => self.began + limits.introduction,
            Stage::Open { .. } => self.heard_at + limits.silence,
        };
        let frame = self.unfinished_since.map(|since| since + limits.frame);
        [Some(silence), frame, self.tick, self.rests_until()].into_iter().flatten().min().unwrap_or(silence)
    }

    /// Until when nothing more is read of it: it sent more positions than are put up with, and those are stored and answered.
    pub(crate) fn rests_until(&self) -> Option<Instant> {
        self.pace.rests_until(Instant::now())
    }

    /// What is due: parts to ask for, or the end of who is too slow.
    pub(crate) fn look(&mut self) -> Heard {
        let (now, limits) = (Instant::now(), *self.vehicles.limits());
        let late = |since: Instant, most: Duration| now.saturating_duration_since(since) >= most;
        let slow = match self.stage {
            Stage::Stranger(_) => late(self.began, limits.introduction),
            Stage::Open { .. } => late(self.heard_at, limits.silence),
        };
        let mut heard = Heard::default();
        if slow || self.unfinished_since.is_some_and(|since| late(since, limits.frame)) {
            heard.end = Some(End::Slow);
        }
        let age = now - self.began;
        let given_up = self.assembly.expire(age);
        if given_up > 0 {
            metrics::counter!("bihuan_jt808_frames_total", "outcome" => "given-up").increment(given_up as u64);
        }
        if let Stage::Open { phone, .. } = self.stage {
            for lacking in self.assembly.lacking(age) {
                self.voice.ask(lacking, phone, &mut heard.answers);
            }
        }
        if self.tick.is_some_and(|tick| tick <= now) {
            self.tick = None;
        }
        self.settle_room(now);
        heard
    }

    /// Gives back the room that unfinished messages do not need any more, and sets the next tick where there are some.
    fn settle_room(&mut self, now: Instant) {
        let surplus = self.room.num_permits().saturating_sub(self.assembly.bytes());
        drop(self.room.split(surplus));
        self.tick = if self.assembly.unfinished() > 0 { self.tick.or(Some(now + TICK)) } else { None };
    }

    /// Puts a frame to its message, if the house has room for it.
    fn offer(&mut self, header: Header, body: &[u8], now: Instant) -> Offered {
        let frame = jt808::Frame { header, body };
        let Ok(more) = u32::try_from(Assembly::most_added(&frame)) else { return Offered::Refused };
        match self.vehicles.room().clone().try_acquire_many_owned(more) {
            Ok(more) => self.room.merge(more),
            Err(_) => return Offered::Refused,
        }
        let offered = self.assembly.offer(&frame, now - self.began);
        self.settle_room(now);
        offered
    }

    /// Whether a frame is looked at, before anything of it is kept: of a stranger registration and code alone, in few parts; of who is
    /// known nothing in another's name but those two, and these in one frame.
    fn hears(&self, header: &Header) -> bool {
        let introduction = matches!(header.id, id::REGISTER | id::AUTHENTICATE);
        match &self.stage {
            Stage::Stranger(_) => introduction && header.part.is_none_or(|part| part.total <= PARTS_OF_STRANGERS),
            Stage::Open { phone, .. } => *phone == header.phone || introduction && header.part.is_none(),
        }
    }

    /// Takes the next bytes. What comes back is said after everything in them that can be stored is durable.
    pub(crate) async fn hear(&mut self, bytes: &[u8]) -> Heard {
        let now = Instant::now();
        let (mut frames, mut bad) = (Vec::new(), 0_u64);
        self.framer.feed(bytes, |frame| match frame {
            Ok(frame) => {
                self.bad = 0;
                frames.push((frame.header, frame.body.to_vec()));
            }
            Err(_) => {
                self.bad += 1;
                bad += 1;
            }
        });
        if bad > 0 {
            metrics::counter!("bihuan_jt808_frames_total", "outcome" => "bad").increment(bad);
        }
        self.heard_at = now;
        self.unfinished_since = match self.unfinished_since {
            _ if !self.framer.unfinished() => None,
            Some(since) if frames.is_empty() => Some(since),
            _ => Some(now),
        };
        let mut heard = Heard::default();
        if self.bad > self.vehicles.limits().bad_frames {
            heard.end = Some(End::Noise);
        } else if !self.pace.allows(frames.len(), now) {
            heard.end = Some(End::Flood);
        }
        if heard.end.is_some() {
            unheard(frames.len());
            return heard;
        }
        let (mut points, mut replies) = (Vec::new(), Vec::with_capacity(frames.len()));
        let mut frames = frames.into_iter();
        while let Some((header, body)) = frames.next() {
            if !self.hears(&header) {
                heard.end = Some(End::Stranger);
                unheard(frames.len() + 1);
                break;
            }
            let (body, serial) = match self.offer(header, &body, now) {
                Offered::Whole { body, serial } => (body, serial),
                Offered::Waiting | Offered::Repeated => continue,
                Offered::Refused => {
                    metrics::counter!("bihuan_jt808_frames_total", "outcome" => "refused").increment(1);
                    replies.push((header, header.serial, Reply::General(result::FAILED)));
                    continue;
                }
            };
            match self.one(&header, &body, &mut points).await {
                Ok(reply) => replies.push((header, serial, reply)),
                Err((end, reply)) => {
                    replies.push((header, serial, reply));
                    heard.end = Some(end);
                    unheard(frames.len());
                    break;
                }
            }
        }
        self.pace.charge(points.len(), now);
        // Who is not read on cannot finish a frame.
        if let (Some(rest), Some(since)) = (self.pace.rests_until(now), self.unfinished_since.as_mut()) {
            *since = rest;
        }
        let stored = self.store(points).await;
        for (header, serial, reply) in replies {
            match reply {
                Reply::Stored => self.voice.answer(&header, serial, stored, &mut heard.answers),
                Reply::General(result) => self.voice.answer(&header, serial, result, &mut heard.answers),
                Reply::With(message) => self.voice.say(&header, message, &mut heard.answers),
                Reply::Nothing => {}
            }
        }
        heard
    }

    async fn store(&self, points: Vec<Point>) -> u8 {
        let many = points.len() as u64;
        let (outcome, result) = match self.vehicles.tracks().store(points).await {
            Ok(()) => ("stored", result::DONE),
            Err(_) => ("refused", result::FAILED),
        };
        if many > 0 {
            metrics::counter!("bihuan_jt808_positions_total", "outcome" => outcome).increment(many);
        }
        result
    }

    /// One message: its points, and what it is answered with.
    async fn one(&mut self, header: &Header, body: &[u8], points: &mut Vec<Point>) -> Result<Reply, (End, Reply)> {
        if header.encryption != 0 {
            metrics::counter!("bihuan_jt808_frames_total", "outcome" => "unsupported").increment(1);
            return Ok(Reply::General(result::UNSUPPORTED));
        }
        match header.id {
            id::REGISTER => {
                self.registrations += 1;
                if self.registrations > self.vehicles.limits().registrations {
                    return Err((End::Flood, Reply::General(result::FAILED)));
                }
                return Ok(self.register(header, body).await);
            }
            id::AUTHENTICATE => return self.authenticate(header, body).await,
            _ => {}
        }
        let Stage::Open { phone, terminal, .. } = &self.stage else { return Err((End::Stranger, Reply::Nothing)) };
        if *phone != header.phone {
            return Err((End::Stranger, Reply::Nothing));
        }
        let now = self.vehicles.clock().now().timestamp_millis();
        let position = |body: &[u8]| PositionRef::read(body).and_then(|position| point(terminal, &position, false, now));
        let found: Option<Vec<Point>> = match header.id {
            id::POSITION => position(body).map(|point| vec![point]),
            id::POSITION_ANSWER => body.get(2..).and_then(position).map(|point| vec![point]),
            // A position of a batch has two bytes of length for its fixed part and its items: each fits.
            id::BATCH => BatchRef::read(body)
                .map(|batch| batch.positions().filter_map(|position| point(terminal, &position, batch.kind == 1, now)).collect()),
            id::HEARTBEAT => return Ok(Reply::General(result::DONE)),
            id::UNREGISTER => return Err((End::Left, Reply::General(result::DONE))),
            id::TERMINAL_ANSWER => return Ok(Reply::Nothing),
            id::ASK_TIME => return Ok(Reply::With(Message::Time { time: self.utc() })),
            _ => return Ok(Reply::General(other(header, body))),
        };
        match found {
            Some(mut found) => {
                points.append(&mut found);
                Ok(Reply::Stored)
            }
            None => {
                metrics::counter!("bihuan_jt808_positions_total", "outcome" => "malformed").increment(1);
                Ok(Reply::General(result::WRONG))
            }
        }
    }

    /// The time in UTC, as the answer to 0x0004 has it.
    fn utc(&self) -> Moment {
        // A moment is packed in Beijing time; eight hours earlier its digits are those of UTC.
        Moment::of(self.vehicles.clock().now() - chrono::TimeDelta::hours(8)).unwrap_or_default()
    }

    async fn register(&self, header: &Header, body: &[u8]) -> Reply {
        let Ok((Message::Register(claim), _)) = Message::read(header.id, header.edition, body) else {
            return Reply::General(result::WRONG);
        };
        match self.vehicles.register(header.phone, &claim).await {
            Ok((result, code)) => {
                let outcome = if result == 0 { "registered" } else { "refused" };
                metrics::counter!("bihuan_jt808_registrations_total", "outcome" => outcome).increment(1);
                Reply::With(Message::RegisterAnswer { serial: header.serial, result, code })
            }
            Err(error) => {
                tracing::warn!(%error, "a terminal could not be registered");
                Reply::General(result::FAILED)
            }
        }
    }

    async fn authenticate(&mut self, header: &Header, body: &[u8]) -> Result<Reply, (End, Reply)> {
        let Ok((Message::Authenticate { code, .. }, _)) = Message::read(header.id, header.edition, body) else {
            return Ok(Reply::General(result::WRONG));
        };
        match self.vehicles.authenticate(header.phone, &code).await {
            Ok(Some(terminal)) => {
                if let Stage::Open { session, .. } = &self.stage {
                    self.vehicles.sessions().end(session);
                }
                let session = self.vehicles.sessions().begin(terminal.id);
                self.stage = Stage::Open { phone: header.phone, terminal, session };
                Ok(Reply::General(result::DONE))
            }
            Ok(None) => Err((End::WrongCode, Reply::General(result::FAILED))),
            Err(error) => {
                tracing::warn!(%error, "a terminal's code could not be looked up");
                Ok(Reply::General(result::FAILED))
            }
        }
    }
}

impl Drop for Talk {
    fn drop(&mut self) {
        if let Stage::Open { session, .. } = &self.stage {
            self.vehicles.sessions().end(session);
        }
    }
}

/// Frames that came with the one that ended the connection, or that were too many: not looked at, and not answered.
fn unheard(frames: usize) {
    metrics::counter!("bihuan_jt808_frames_total", "outcome" => "dropped").increment(frames as u64);
}

/// What a message is answered with that has nothing to be stored.
fn other(header: &Header, body: &[u8]) -> u8 {
    match Message::read(header.id, header.edition, body) {
        Ok((Message::Raw { .. } | Message::TerminalLacks(_), _)) => {
            metrics::counter!("bihuan_jt808_frames_total", "outcome" => "unsupported").increment(1);
            result::UNSUPPORTED
        }
        Ok(_) => result::DONE,
        Err(_) => result::WRONG,
    }
}
