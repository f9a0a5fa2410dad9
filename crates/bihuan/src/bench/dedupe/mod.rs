//! `bihuan bench dedupe`: how long the likely duplicates of a new lead take among a million leads, and how many of those that are known
//! are found. Over HTTP, as the desk asks for them, with everything else that the desk is proposed beside.

mod fill;
mod made;

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use kernel::clock::{Clock, SystemClock};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    figure::{figure, quantile_ms},
    server::Server,
};

/// What to measure.
#[derive(Debug, Clone, clap::Args)]
pub struct DedupeArgs {
    /// 每行一个 JSON 对象
    #[arg(long)]
    json: bool,
    /// 线索数
    #[arg(long, default_value_t = 1_000_000)]
    leads: i64,
    /// 已知重复的新线索数
    #[arg(long, default_value_t = 400)]
    events: usize,
    /// 在标准错误输出上逐条列出误报与漏报（全部为编造的文字）
    #[arg(long)]
    misses: bool,
    /// 保留数据目录
    #[arg(long)]
    keep: bool,
}

#[derive(Debug, Deserialize)]
struct Suggestions {
    duplicates: Vec<Proposed>,
}

#[derive(Debug, Deserialize)]
struct Proposed {
    id: Uuid,
    sure: bool,
    title: String,
    score: f64,
    reason: String,
}

/// Right and wrong among what was proposed, and what was missed.
#[derive(Debug, Default)]
struct Tally {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Tally {
    fn count(&mut self, proposed: &BTreeSet<Uuid>, known: &BTreeSet<Uuid>) {
        self.right += proposed.intersection(known).count();
        self.wrong += proposed.difference(known).count();
        self.missed += known.difference(proposed).count();
    }

    fn print(&self, json: bool, name: &str) {
        let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
        let (proposed, known) = (self.right + self.wrong, self.right + self.missed);
        figure(json, &format!("dedupe.{name}recall"), share(self.right, known), "share", known);
        figure(json, &format!("dedupe.{name}precision"), share(self.right, proposed), "share", proposed);
    }
}

/// What was proposed and is another, and what is the same and was not proposed.
fn tell(event: &made::Event, proposed: &[Proposed], known: &BTreeSet<Uuid>) {
    for wrong in proposed.iter().filter(|found| !known.contains(&found.id)) {
        eprintln!("wrong {:.2} {} | {} | {}", wrong.score, event.new.text, wrong.title, wrong.reason);
    }
    for missed in event.others.iter().filter(|other| known.contains(&other.id) && !proposed.iter().any(|found| found.id == other.id)) {
        eprintln!("missed {} {} | {} {}", event.new.class, event.new.text, missed.class, missed.text);
    }
}

/// Runs the bench.
///
/// # Errors
/// When the server cannot be started or an answer is refused.
pub async fn run(args: DedupeArgs) -> Result<()> {
    let server = Server::start(args.keep).await?;
    let opened = database::open_beside(&database::Settings { data: server.data().to_owned(), ..Default::default() }).await?;
    let now = SystemClock.now();
    fill::city(&opened.owner_pool, args.leads, now).await?;
    let events = made::events(args.events, now);
    let all: Vec<&made::Told> = events.iter().flat_map(|event| event.others.iter().chain([&event.new])).collect();
    fill::told(&opened.owner_pool, &all).await?;
    fill::settle(&opened.owner_pool).await?;
    let client = reqwest::Client::new();
    let (mut shown, mut sure, mut placed, mut times) = (Tally::default(), Tally::default(), Tally::default(), Vec::new());
    for event in &events {
        let path = format!("/api/v1/leads/{}/suggestions", event.new.id);
        let started = Instant::now();
        let answer = client.get(server.url(&path)).header("cookie", &server.cookie).send().await?;
        ensure!(answer.status().is_success(), "{path}: {}", answer.text().await?);
        let bytes = answer.bytes().await?;
        times.push(started.elapsed());
        let found: Suggestions = serde_json::from_slice(&bytes)?;
        let known: BTreeSet<Uuid> = event.known.iter().copied().collect();
        if args.misses {
            tell(event, &found.duplicates, &known);
        }
        // Where a place is missing only words tell, and half of a city's words are the same: those are counted apart.
        if event.others.iter().chain([&event.new]).all(|told| told.position.is_some()) {
            placed.count(&found.duplicates.iter().map(|found| found.id).collect(), &known);
        }
        shown.count(&found.duplicates.iter().map(|found| found.id).collect(), &known);
        sure.count(&found.duplicates.iter().filter(|found| found.sure).map(|found| found.id).collect(), &known);
    }
    // The first call also counts the words of the newest leads; it is printed beside.
    let cold = times.first().map_or(0.0, Duration::as_secs_f64) * 1_000.0;
    let (p95, p50) = (quantile_ms(&mut times, 0.95), quantile_ms(&mut times, 0.5));
    figure(args.json, "dedupe.p95_ms", p95, "ms", times.len());
    figure(args.json, "dedupe.p50_ms", p50, "ms", times.len());
    figure(args.json, "dedupe.cold_ms", cold, "ms", 1);
    shown.print(args.json, "");
    sure.print(args.json, "sure.");
    placed.print(args.json, "placed.");
    opened.close().await?;
    Ok(())
}
