//! Living in the city: people report, the centre works, units fix, citizens rate. First through thirty days in a few minutes, then as
//! time goes by.

mod act;
mod cameras;
mod centre;
mod enforcement;
mod fate;
mod referring;
mod review;
mod rhythm;
mod shelf;
mod stage;

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap, VecDeque},
    time::Duration as Pause,
};

use anyhow::Result;
use chrono::{DateTime, Duration, Utc};
use futures::StreamExt;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    city::{City, chance::Chance},
    client::Server,
};
use act::Outcome;
use fate::Fate;
use shelf::Shelf;
pub(crate) use stage::Stage;

/// What the simulator is told.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the server listens.
    pub base: String,
    /// The header and key that move the demo's clock.
    pub clock_key: String,
    /// The time of the demo's clock at the start.
    pub now: DateTime<Utc>,
    /// The clock still has to catch up with real time.
    pub catching_up: bool,
    /// How long one simulated day takes at least, so that a history may be watched; zero for as fast as it goes.
    pub day_takes: Pause,
}

/// The header that carries the demo's key.
pub const CLOCK_HEADER: &str = "x-demo-key";
/// What happens within so much simulated time shares one setting of the clock.
const WINDOW: Duration = Duration::minutes(4);
/// Requests at once.
const AT_ONCE: usize = 8;
/// A case that was refused so often is somebody else's.
const MOST_REFUSALS: u8 = 3;

/// What is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    Report,
    Step(usize),
    /// A step that is done although it lies on a shelf.
    Relief(usize),
    /// An enforcement case of this course is opened.
    Open(usize),
    /// The next turn of an enforcement case.
    Enforce(usize),
}

/// A lead as the simulator remembers it.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub id: String,
    pub version: i64,
    pub state: String,
    pub due_at: Option<DateTime<Utc>>,
    pub township: usize,
    pub unit: Option<String>,
    pub class: Option<String>,
    pub trouble: usize,
    pub tracking: Option<String>,
    pub has_photo: bool,
    pub extension_pending: bool,
    pub check_failed: bool,
    /// The collector named to verify or check.
    pub collector: Option<String>,
    /// The collector who reported it: nobody checks his own find.
    pub reporter: Option<String>,
    pub merge_into: Option<usize>,
    pub fate: Fate,
    pub refusals: u8,
}

impl Case {
    /// A turn that was taken is not taken again, whatever came of it.
    fn strike(&mut self, verb: &str) {
        let fate = &mut self.fate;
        match verb {
            "request-verify" => fate.verify_first = false,
            "verify" => fate.reject |= std::mem::take(&mut fate.untrue),
            "merge" => self.merge_into = None,
            "send-back" => fate.send_back = false,
            "request-extension" => fate.extend = false,
            "suspend" => fate.suspend = false,
            "check" => fate.fails_check = false,
            _ => {}
        }
    }
}

/// The city's life.
pub(crate) struct Play<'a> {
    stage: Stage<'a>,
    chance: Chance,
    now: DateTime<Utc>,
    live: bool,
    cases: Vec<Case>,
    due: BinaryHeap<Reverse<(DateTime<Utc>, u64, Due)>>,
    serial: u64,
    shelves: HashMap<Shelf, VecDeque<usize>>,
    dockets: Vec<enforcement::Docket>,
}

/// Lives on until dropped. `say` hears of the progress.
///
/// # Errors
/// When the server cannot be reached, or the city is not built.
pub async fn live(settings: &Settings, city: &City, say: &(dyn Fn(&str) + Sync)) -> Result<()> {
    let server = Server::at(&settings.base)?;
    let stage = Stage::set(server, city).await?;
    let seed = u64::try_from(settings.now.timestamp_micros()).unwrap_or(1);
    let mut play = Play {
        stage,
        chance: Chance::new(seed, "play"),
        now: settings.now,
        live: !settings.catching_up,
        cases: Vec::new(),
        due: BinaryHeap::new(),
        serial: 0,
        shelves: HashMap::new(),
        dockets: Vec::new(),
    };
    play.take_over().await?;
    if settings.catching_up {
        play.catch_up(settings, say).await?;
    }
    play.live_on().await
}

impl Play<'_> {
    /// Remembers the open leads of an earlier run.
    async fn take_over(&mut self) -> Result<()> {
        for row in self.stage.open_leads().await? {
            if row["simulated"] != json!(true) {
                continue;
            }
            let Some(mut case) = self.stage.remembered(&row) else { continue };
            case.fate = Fate::drawn(&mut self.chance, true);
            let pause = self.chance.between(1.0, 240.0);
            self.cases.push(case);
            self.plan(self.now + minutes(pause), Due::Step(self.cases.len() - 1));
        }
        Ok(())
    }

    fn plan(&mut self, at: DateTime<Utc>, due: Due) {
        self.serial += 1;
        self.due.push(Reverse((at, self.serial, due)));
    }

    /// Thirty days in a few minutes: jumps from one thing that is due to the next.
    async fn catch_up(&mut self, settings: &Settings, say: &(dyn Fn(&str) + Sync)) -> Result<()> {
        let (begun, first) = (std::time::Instant::now(), self.now);
        let end = Utc::now();
        for at in rhythm::reports(&mut self.chance, self.now, end) {
            self.plan(at, Due::Report);
        }
        for (at, course) in enforcement::openings(&mut self.chance, self.now, end) {
            self.plan(at, Due::Open(course));
        }
        let days = (end - first).num_days().max(1);
        let mut told = -1;
        loop {
            let day = (self.now - first).num_days();
            if day > told {
                told = day;
                say(&format!("历史生成中：第 {} / {days} 天，已有 {} 件", (day + 1).min(days), self.cases.len()));
            }
            let target = settings.day_takes.mul_f64((self.now - first).num_seconds() as f64 / 86_400.0);
            if let Some(rest) = target.checked_sub(begun.elapsed()) {
                tokio::time::sleep(rest).await;
            }
            let Some(&Reverse((next, _, _))) = self.due.peek() else { break };
            if next + WINDOW >= Utc::now() {
                break;
            }
            let until = (next + WINDOW).max(self.now);
            self.set_clock(settings, until).await?;
            self.act_until(until).await;
        }
        self.set_clock(settings, Utc::now() + Duration::seconds(1)).await?;
        if let Err(error) = self.stage.review_files(self.now).await {
            tracing::warn!(%error, "the simulated review of files went no further");
        }
        self.live = true;
        let took = begun.elapsed().as_secs();
        say(&format!("历史已到当前时间：{} 件，用时 {took} 秒；城市按实际时间继续运行", self.cases.len()));
        Ok(())
    }

    async fn set_clock(&mut self, settings: &Settings, to: DateTime<Utc>) -> Result<()> {
        let moved = self.stage.server.with_header(CLOCK_HEADER, &settings.clock_key, "/api/v1/demo/clock", &json!({ "now": to })).await?;
        self.now = moved["now"].as_str().and_then(|text| text.parse().ok()).unwrap_or(to);
        Ok(())
    }

    /// As time goes by.
    async fn live_on(&mut self) -> Result<()> {
        self.now = Utc::now();
        // A city without a history begins with something to do.
        let first = if self.cases.is_empty() { Shelf::Triage.keeps() } else { 1 };
        for _ in 1..first {
            let wish = act::Wish::report(&self.stage, &mut self.chance, &self.cases, true);
            let outcome = self.stage.carry_out(wish).await;
            self.follow(None, outcome).await;
        }
        if let Err(error) = self.stage.refer(self.now).await {
            tracing::warn!(error = format!("{error:#}"), "no bureau refers");
        }
        self.plan(self.now + Duration::seconds(5), Due::Report);
        if let Err(error) = self.stage.furnish_centre().await {
            tracing::warn!(error = format!("{error:#}"), "the case-handling centre has no samples");
        }
        let mut next_look = self.begin_to_watch().await;
        loop {
            self.now = Utc::now();
            if self.now >= next_look {
                self.watch().await;
                next_look = self.now + minutes(self.chance.between(4.0, 12.0));
            }
            self.relieve();
            self.act_until(self.now).await;
            let next = self.due.peek().map_or(self.now + Duration::seconds(5), |Reverse((at, _, _))| *at);
            let rest = (next - Utc::now()).to_std().unwrap_or_default().clamp(Pause::from_millis(200), Pause::from_secs(5));
            tokio::time::sleep(rest).await;
        }
    }

    /// The cameras begin to watch, and have seen a few things already; answers when they see the next one.
    async fn begin_to_watch(&mut self) -> DateTime<Utc> {
        if let Err(error) = self.stage.set_up_cameras().await {
            tracing::warn!(%error, "no camera watches");
        }
        for _ in 0..cameras::FIRST {
            self.watch().await;
        }
        self.now + minutes(self.chance.between(4.0, 12.0))
    }

    async fn watch(&mut self) {
        if let Err(error) = self.stage.camera_sees(&mut self.chance, self.now).await {
            tracing::debug!(%error, "a camera was not heard");
        }
    }

    /// Does everything that is due, several at a time, and plans what follows.
    async fn act_until(&mut self, until: DateTime<Utc>) {
        let mut turn = Vec::new();
        let mut enforcing = Vec::new();
        while let Some(Reverse((at, _, due))) = self.due.peek().copied() {
            if at > until {
                break;
            }
            self.due.pop();
            match due {
                Due::Report => {
                    turn.push((None, act::Wish::report(&self.stage, &mut self.chance, &self.cases, self.live)));
                    if self.live {
                        let pause = rhythm::pause(&mut self.chance, self.now);
                        self.plan(self.now + pause, Due::Report);
                    }
                }
                Due::Open(_) | Due::Enforce(_) => enforcing.push(due),
                Due::Step(_) | Due::Relief(_) => {
                    let Some(index) = (match due {
                        Due::Step(index) => self.shelved(index),
                        Due::Relief(index) => Some(index),
                        _ => None,
                    }) else {
                        continue;
                    };
                    if let Some(wish) = act::Wish::step(&self.stage, &mut self.chance, &self.cases, index) {
                        self.cases[index].strike(wish.verb());
                        turn.push((Some(index), wish));
                    }
                }
            }
        }
        let stage = &self.stage;
        let done: Vec<_> = futures::stream::iter(turn)
            .map(|(index, wish)| async move { (index, stage.carry_out(wish).await) })
            .buffer_unordered(AT_ONCE)
            .collect()
            .await;
        for (index, outcome) in done {
            self.follow(index, outcome).await;
        }
        for due in enforcing {
            self.enforce(due).await;
        }
    }

    /// Remembers what came of an action and plans the next.
    async fn follow(&mut self, index: Option<usize>, outcome: Outcome) {
        let index = match (index, outcome) {
            (_, Outcome::Reported(case)) => {
                self.cases.push(*case);
                self.cases.len() - 1
            }
            (Some(index), Outcome::Stands(lead)) => {
                self.cases[index].refusals = 0;
                self.note(index, &lead);
                index
            }
            (Some(index), Outcome::Refused(why)) => {
                tracing::debug!(%why, "refused; looked at again");
                self.cases[index].refusals += 1;
                if self.cases[index].refusals > MOST_REFUSALS {
                    return;
                }
                let path = format!("/api/v1/leads/{}", self.cases[index].id);
                match self.stage.server.call(self.stage.shift_leader(), Method::GET, &path, None, None).await {
                    Ok(lead) => self.note(index, &lead),
                    Err(error) => tracing::debug!(%error, "a lead is out of sight"),
                }
                index
            }
            (Some(index), Outcome::Done) => {
                self.cases[index].state = "rated".to_owned();
                return;
            }
            (_, Outcome::Failed(error)) => {
                tracing::warn!(%error, "the simulator could not act; tried again later");
                if let Some(index) = index {
                    self.plan(self.now + Duration::minutes(10), Due::Step(index));
                }
                return;
            }
            (None, _) => return,
        };
        if let Some(at) = rhythm::next(&mut self.chance, &self.cases[index], self.now) {
            self.plan(at, Due::Step(index));
        }
    }

    fn note(&mut self, index: usize, lead: &Value) {
        let case = &mut self.cases[index];
        let before = std::mem::take(&mut case.state);
        case.state = lead["state"].as_str().unwrap_or_default().to_owned();
        case.version = lead["version"].as_i64().unwrap_or(case.version);
        case.due_at = lead["due_at"].as_str().and_then(|text| text.parse().ok());
        case.unit = lead["unit"]["id"].as_str().map(str::to_owned);
        case.class = lead["class"]["code"].as_str().map(str::to_owned);
        case.extension_pending = lead["extension"].is_object();
        case.check_failed = case.state == "fixed" && (before == "checking" || case.check_failed);
        case.collector = lead["holder"]["person"]["id"].as_str().and_then(|id| self.stage.account(id)).map(str::to_owned);
    }
}

fn minutes(count: f64) -> Duration {
    Duration::seconds((count * 60.0) as i64)
}
