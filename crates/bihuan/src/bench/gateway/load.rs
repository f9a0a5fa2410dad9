//! The terminals of the bench.

use std::{
    collections::VecDeque,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use jt808::{Edition, Fix, Framer, Hex, Item, Message, Moment, Packet, Phone, Position};
use kernel::clock::{Clock, SystemClock};
use serde::{Deserialize, Serialize};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::Semaphore,
};

use super::super::figure::quantile_ms;

/// Messages under way on a connection.
const WINDOW: usize = 8;
/// What is sent before it counts.
const WARM: Duration = Duration::from_secs(3);
/// Connections that are being made at a time: fewer than one address may have without their codes.
const CONNECTING: usize = 16;
/// One acknowledgement in so many is timed.
const TIMED: u64 = 16;

/// What the terminals tell.
#[derive(Debug, Serialize, Deserialize)]
pub struct Told {
    /// Acknowledged in all.
    pub acknowledged: u64,
    /// A second, without the warming up.
    pub rate: f64,
    /// From sending to acknowledgement.
    pub p50_ms: f64,
    /// From sending to acknowledgement.
    pub p99_ms: f64,
    /// Of this process.
    pub processor_seconds: f64,
}

/// What every terminal looks at.
#[derive(Default)]
struct Course {
    counting: AtomicBool,
    stop: AtomicBool,
    acknowledged: AtomicU64,
    counted: AtomicU64,
}

/// Connects terminals, lets them send, prints what they saw.
pub async fn drive(address: SocketAddr, connections: u32, span: Duration, rate: Option<u32>) -> Result<()> {
    let course = Arc::new(Course::default());
    let doors = Arc::new(Semaphore::new(CONNECTING));
    let (ready, mut all_ready) = tokio::sync::mpsc::channel::<()>(1);
    let start = Arc::new(Semaphore::new(0));
    let pause = rate.map(|rate| Duration::from_secs_f64(f64::from(connections) / f64::from(rate.max(1))));
    let terminals: Vec<_> = (0..connections)
        .map(|number| {
            let (course, doors, ready, start) = (course.clone(), doors.clone(), ready.clone(), start.clone());
            tokio::spawn(async move {
                let mut terminal = {
                    let _door = doors.acquire().await?;
                    Terminal::sign_on(address, number).await?
                };
                drop(ready);
                let _go = start.acquire().await?;
                match pause {
                    None => terminal.as_fast_as_it_goes(&course).await?,
                    Some(pause) => terminal.at_a_rate(&course, pause, f64::from(number) / f64::from(connections)).await?,
                }
                Ok::<_, anyhow::Error>(terminal.times)
            })
        })
        .collect();
    drop(ready);
    // Nobody sends before everybody is there.
    let _ = all_ready.recv().await;
    start.add_permits(connections as usize);
    tokio::time::sleep(WARM).await;
    let began = Instant::now();
    course.counting.store(true, Ordering::Relaxed);
    tokio::time::sleep(span).await;
    course.counting.store(false, Ordering::Relaxed);
    let took = began.elapsed();
    course.stop.store(true, Ordering::Relaxed);
    let mut times = Vec::new();
    for terminal in terminals {
        times.extend(terminal.await??);
    }
    let told = Told {
        acknowledged: course.acknowledged.load(Ordering::Relaxed),
        rate: course.counted.load(Ordering::Relaxed) as f64 / took.as_secs_f64(),
        p50_ms: quantile_ms(&mut times, 0.5),
        p99_ms: quantile_ms(&mut times, 0.99),
        processor_seconds: processor_seconds()?,
    };
    println!("{}", serde_json::to_string(&told)?);
    Ok(())
}

struct Terminal {
    stream: TcpStream,
    framer: Framer,
    phone: Phone,
    edition: Edition,
    sent: u64,
    /// When each message that is under way left.
    under_way: VecDeque<Instant>,
    times: Vec<Duration>,
}

impl Terminal {
    async fn sign_on(address: SocketAddr, number: u32) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let phone = super::phone(number).parse::<Phone>().map_err(anyhow::Error::msg)?;
        let edition = Edition::Y2013;
        let mut terminal =
            Self { stream, framer: Framer::default(), phone, edition, sent: 0, under_way: VecDeque::new(), times: Vec::new() };
        let bytes = terminal.frame(Message::Authenticate { code: super::code(number), device: None })?;
        terminal.stream.write_all(&bytes).await?;
        ensure!(terminal.hear().await? == 1, "one answer to the code");
        Ok(terminal)
    }

    fn frame(&mut self, message: Message) -> Result<Vec<u8>> {
        let (edition, phone, serial) = (self.edition, self.phone, self.sent as u16);
        let packet = Packet { edition, version: None, phone, serial, encryption: 0, part: None, message, surplus: Hex::default() };
        self.sent += 1;
        Ok(packet.frames()?.concat())
    }

    async fn send(&mut self, many: usize) -> Result<()> {
        let (now, mut bytes) = (Instant::now(), Vec::with_capacity(many * 80));
        let time = Moment::of(SystemClock.now()).unwrap_or_default();
        for _ in 0..many {
            let step = (self.sent % 100_000) as u32;
            let fix = Fix {
                status: 0x303,
                latitude: 30_600_000 + step,
                longitude: 121_000_000 + step,
                altitude: 12,
                speed: (step % 800) as u16,
                direction: (step % 360) as u16,
                time,
                ..Fix::default()
            };
            let items = vec![Item::Mileage { value: step }, Item::Signal { value: 20 }, Item::Satellites { value: 12 }];
            bytes.extend(self.frame(Message::Position(Position { fix, items, tail: Hex::default() }))?);
            self.under_way.push_back(now);
        }
        Ok(self.stream.write_all(&bytes).await?)
    }

    /// Waits for acknowledgements; how many came, each of them "done".
    async fn hear(&mut self) -> Result<usize> {
        let mut bytes = [0; 2_048];
        let read = self.stream.read(&mut bytes).await?;
        ensure!(read > 0, "the platform closed the connection");
        let (mut done, mut wrong) = (0, None);
        self.framer.feed(&bytes[..read], |frame| match frame.map_err(|error| error.to_string()).map(|frame| Packet::read(&frame)) {
            Ok(Ok(Packet { message: Message::PlatformAnswer(answer), .. })) if answer.result == 0 => done += 1,
            other => wrong = Some(format!("{other:?}")),
        });
        if let Some(wrong) = wrong {
            bail!("not an acknowledgement: {wrong}");
        }
        Ok(done)
    }

    fn note(&mut self, done: usize, course: &Course) {
        let before = course.acknowledged.fetch_add(done as u64, Ordering::Relaxed);
        let counting = course.counting.load(Ordering::Relaxed);
        if counting {
            course.counted.fetch_add(done as u64, Ordering::Relaxed);
        }
        for at in 0..done {
            if let Some(left) = self.under_way.pop_front()
                && counting
                && (before + at as u64).is_multiple_of(TIMED)
            {
                self.times.push(left.elapsed());
            }
        }
    }

    async fn as_fast_as_it_goes(&mut self, course: &Course) -> Result<()> {
        self.send(WINDOW).await?;
        while !self.under_way.is_empty() {
            let done = self.hear().await?;
            self.note(done, course);
            if done > 0 && !course.stop.load(Ordering::Relaxed) {
                self.send(done).await?;
            }
        }
        Ok(())
    }

    async fn at_a_rate(&mut self, course: &Course, pause: Duration, share: f64) -> Result<()> {
        // Spread over the pause, as vehicles are.
        tokio::time::sleep(pause.mul_f64(share)).await;
        let mut turn = tokio::time::interval(pause);
        while !course.stop.load(Ordering::Relaxed) {
            turn.tick().await;
            self.send(1).await?;
            while !self.under_way.is_empty() {
                let done = self.hear().await?;
                self.note(done, course);
            }
        }
        if self.sent == 1 {
            self.send(1).await?;
            let done = self.hear().await?;
            self.note(done, course);
        }
        Ok(())
    }
}

/// What this process took of the processors so far.
fn processor_seconds() -> Result<f64> {
    let text = std::fs::read_to_string("/proc/self/stat")?;
    // Behind the name, which may hold anything: state, and then the numbers; user and system time are the 12th and 13th of them.
    let numbers: Vec<&str> = text.rsplit_once(')').context("no name")?.1.split_whitespace().collect();
    let ticks = |at: usize| numbers.get(at).and_then(|text| text.parse::<f64>().ok()).context("no time");
    // A hundredth of a second on every Linux that this runs on.
    Ok((ticks(11)? + ticks(12)?) / 100.0)
}
