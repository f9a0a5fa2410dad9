//! All trucks at once (车队): each on its own terminal, in simulated time that meets the clock on the wall and goes on with it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use anyhow::Result;
use chrono::{DateTime, Utc};
use jt808::Message;
use tokio::{
    sync::{Semaphore, mpsc},
    task::JoinSet,
    time::Instant,
};

use super::{
    Settings, Truth,
    terminal::{Terminal, position},
    trip::Via,
    truck::{Emission, Truck},
    world::World,
};

/// Terminals that sign on at once: the platform lets 32 strangers of one address in.
const DOORS: usize = 16;
/// Points that go out together, where they are due.
const TOGETHER: usize = 16;
/// Points of one batch of what was kept.
const BATCH: usize = 30;

/// What was driven.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Driven {
    /// Points that the platform acknowledged.
    pub acknowledged: u64,
    /// Of them, points that came late in batches.
    pub late: u64,
    /// Of them, points of clones.
    pub clones: u64,
    /// Points that were never sent.
    pub withheld: u64,
    /// Connections.
    pub connections: u64,
}

#[derive(Debug, Default)]
struct Counts {
    acknowledged: AtomicU64,
    late: AtomicU64,
    clones: AtomicU64,
    withheld: AtomicU64,
    connections: AtomicU64,
}

impl Counts {
    fn told(&self) -> Driven {
        let of = |count: &AtomicU64| count.load(Ordering::Relaxed);
        Driven {
            acknowledged: of(&self.acknowledged),
            late: of(&self.late),
            clones: of(&self.clones),
            withheld: of(&self.withheld),
            connections: of(&self.connections),
        }
    }
}

/// Simulated time (模拟时钟).
#[derive(Debug, Clone, Copy)]
struct Course {
    begin: f64,
    speed: f64,
    /// The clock on the wall at the start.
    wall: f64,
    started: Instant,
}

impl Course {
    /// When a simulated moment is there: both after the quick way to it, and not before it is so late on the wall.
    fn due(&self, at: i64) -> Instant {
        let quick = (at as f64 - self.begin) / self.speed;
        let wall = at as f64 - self.wall;
        self.started + Duration::from_secs_f64(quick.max(wall).max(0.0))
    }
}

/// Drives all trucks to the end of the simulated time.
pub(crate) async fn drive(settings: Settings, world: World, mut tell: impl FnMut(&Truth) -> Result<()>) -> Result<Driven> {
    let (begin, until) = (settings.begin.timestamp(), settings.until.map_or(i64::MAX, |until| until.timestamp()));
    let wall = Utc::now().timestamp_micros() as f64 / 1e6;
    let course = Course { begin: begin as f64, speed: settings.speed.max(0.01), wall, started: Instant::now() };
    let (world, counts, doors) = (Arc::new(world), Arc::new(Counts::default()), Arc::new(Semaphore::new(DOORS)));
    let (said, mut heard) = mpsc::channel(1_024);
    let mut trucks = JoinSet::new();
    for number in 0..settings.vehicles {
        let truck = Truck::new(number, world.clone(), settings.seed, begin, settings.interval, settings.cheating);
        let terminal = Terminal::new(settings.to, &truck)?;
        let (counts, doors, said) = (counts.clone(), doors.clone(), said.clone());
        trucks.spawn(async move {
            let way = Way { terminal, clone: None, kept: Vec::new(), counts, doors };
            way.through(truck, until, course, &said).await
        });
    }
    drop(said);
    while let Some(truth) = heard.recv().await {
        tell(&truth)?;
    }
    while let Some(done) = trucks.join_next().await {
        done??;
    }
    let Driven { acknowledged, late, clones, withheld, connections } = counts.told();
    tell(&Truth::Summary { acknowledged, late, clones, withheld, connections })?;
    Ok(counts.told())
}

/// The way of one truck's points to the platform.
struct Way {
    terminal: Terminal,
    clone: Option<Terminal>,
    kept: Vec<Emission>,
    counts: Arc<Counts>,
    doors: Arc<Semaphore>,
}

impl Way {
    async fn through(mut self, mut truck: Truck, until: i64, course: Course, said: &mpsc::Sender<Truth>) -> Result<()> {
        let _ = said.send(truck.told()).await;
        let mut next = truck.emit();
        while next.at < until {
            tokio::time::sleep_until(course.due(next.at)).await;
            // What is due already goes out together.
            let mut together = vec![next];
            next = truck.emit();
            while together.len() < TOGETHER && next.at < until && course.due(next.at) <= Instant::now() {
                together.push(next);
                next = truck.emit();
            }
            let now = together.last().map_or(until, |last| last.at);
            for run in together.chunk_by(|one, other| kind(one) == kind(other)) {
                self.send(run).await?;
            }
            for truth in truck.done(now) {
                let _ = said.send(truth).await;
            }
        }
        self.send_kept().await?;
        for truth in truck.cut_off(until) {
            let _ = said.send(truth).await;
        }
        let clones = self.clone.as_ref().map_or(0, |clone| clone.connections);
        self.counts.connections.fetch_add(self.terminal.connections + clones, Ordering::Relaxed);
        Ok(())
    }

    /// Points that all go the same way.
    async fn send(&mut self, run: &[Emission]) -> Result<()> {
        let many = run.len() as u64;
        match run.first().map(|first| first.via) {
            None => {}
            Some(Via::Live) => {
                self.send_kept().await?;
                let messages: Vec<Message> = run.iter().map(|it| Message::Position(position(it))).collect();
                self.terminal.deliver(&messages, &self.doors).await?;
                self.counts.acknowledged.fetch_add(many, Ordering::Relaxed);
            }
            Some(Via::Never) => {
                self.terminal.hang_up();
                self.counts.withheld.fetch_add(many, Ordering::Relaxed);
            }
            Some(Via::Kept) => {
                self.terminal.hang_up();
                self.kept.extend_from_slice(run);
            }
            Some(Via::Clone(_)) => {
                // Whose code it shows: the terminal's own, which has one after its first connection.
                let clone = self.clone.get_or_insert_with(|| Terminal::clone_of(&self.terminal));
                let messages: Vec<Message> = run.iter().map(|it| Message::Position(position(it))).collect();
                clone.deliver(&messages, &self.doors).await?;
                self.counts.acknowledged.fetch_add(many, Ordering::Relaxed);
                self.counts.clones.fetch_add(many, Ordering::Relaxed);
            }
        }
        Ok(())
    }

    async fn send_kept(&mut self) -> Result<()> {
        for batch in std::mem::take(&mut self.kept).chunks(BATCH) {
            let positions = batch.iter().map(position).collect();
            self.terminal.deliver(&[Message::Batch { kind: 1, positions }], &self.doors).await?;
            self.counts.acknowledged.fetch_add(batch.len() as u64, Ordering::Relaxed);
            self.counts.late.fetch_add(batch.len() as u64, Ordering::Relaxed);
        }
        Ok(())
    }
}

/// Which way a point goes.
fn kind(emission: &Emission) -> std::mem::Discriminant<Via> {
    std::mem::discriminant(&emission.via)
}

/// When a run begins that is to last so long and end now at the earliest.
#[must_use]
pub fn begin(now: DateTime<Utc>, lasts: chrono::TimeDelta, speed: f64) -> DateTime<Utc> {
    let quick = 1.0 - 1.0 / speed.max(1.0);
    now - chrono::TimeDelta::milliseconds((lasts.num_milliseconds() as f64 * quick) as i64)
}
