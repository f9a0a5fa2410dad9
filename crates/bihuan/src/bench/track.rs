//! `bihuan bench track`: a vehicle's day, and all vehicles at a minute, among a hundred million stored points, over HTTP.
//!
//! The points are put into their slots by the code that moves them out of the inbox, slot by slot in the order of time, without going through
//! the inbox: that way is measured by `gateway`. What a live system has beside is dead rows between two vacuums; it is not here.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, Days, NaiveDate, Utc};
use kernel::clock::{Clock, SystemClock, shanghai};
use serde_json::Value;
use sqlx::PgPool;
use tracks::{Point, Tracks};

use super::{
    figure::{figure, quantile_ms},
    server::{REGION, Server},
};

/// What must be kept at a hundred million points, in milliseconds.
const DAY_MS: f64 = 30.0;
const MINUTE_MS: f64 = 200.0;
/// From so many points on the limits are held against what was measured.
const FULL: u64 = 100_000_000;
/// A point every half minute, from 6 to 18 o'clock: what a truck sends in a working day.
const INTERVAL: i64 = 30;
const HOURS: (i64, i64) = (6, 18);
const SLOT: i64 = 600;
/// Vehicles of one transaction of the filling.
const TOGETHER: i64 = 2_000;
/// How often a day is asked for, each of another vehicle, and how often a minute.
const DAYS_ASKED: usize = 300;
const MINUTES_ASKED: usize = 40;

/// What to measure.
#[derive(Debug, Clone, clap::Args)]
pub struct TrackArgs {
    /// 每行一个 JSON 对象
    #[arg(long)]
    json: bool,
    /// 轨迹点数
    #[arg(long, default_value_t = FULL)]
    points: u64,
    /// 车辆数
    #[arg(long, default_value_t = 10_000)]
    vehicles: i64,
    /// 保留数据目录
    #[arg(long)]
    keep: bool,
}

/// Runs the bench.
///
/// # Errors
/// When the server cannot be started, an answer is not what was stored, or a limit is not kept at the full number of points.
pub async fn run(args: TrackArgs) -> Result<()> {
    let server = Server::start(args.keep).await?;
    let opened = database::open_beside(&database::Settings { data: server.data().to_owned(), ..Default::default() }).await?;
    let vehicles = enter(&opened.owner_pool, args.vehicles).await?;
    let tracks = Tracks::new(opened.database.clone(), std::sync::Arc::new(SystemClock), tracks::Settings::default());
    let begun = Instant::now();
    let filled = fill(&tracks, &vehicles, args.points).await?;
    let filling = begun.elapsed();
    sqlx::query("vacuum analyze track").execute(&opened.owner_pool).await?;
    let bytes: i64 = sqlx::query_scalar(
        "select coalesce(sum(pg_total_relation_size(inhrelid)), 0)::bigint from pg_inherits where inhparent = 'track'::regclass",
    )
    .fetch_one(&opened.owner_pool)
    .await?;
    // What the filling left to write would otherwise be written during the first questions.
    sqlx::query("checkpoint").execute(&opened.owner_pool).await.ok();
    tokio::time::sleep(Duration::from_secs(5)).await;

    let client = reqwest::Client::new();
    let (mut day, mut minute, mut day_room, mut minute_room) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut read, mut standing) = (0_u64, 0_u64);
    for round in 0..DAYS_ASKED {
        // Another vehicle and another day each time; steps coprime to both walk through all of them.
        let vehicle = vehicles[round * 7_919 % vehicles.len()];
        let wanted = filled.days[round * 13 % filled.days.len()];
        let started = Instant::now();
        let answer = ask(&client, &server, &format!("/api/v1/vehicles/{vehicle}/track?day={wanted}")).await?;
        day.push(started.elapsed());
        let answer: Value = serde_json::from_slice(&answer)?;
        read += answer["points"].as_array().context("no points")?.len() as u64;
        let other = vehicles[(round * 7_919 + 1) % vehicles.len()];
        let started = Instant::now();
        let found = tracks.day(other, wanted).await?;
        day_room.push(started.elapsed());
        ensure!(!found.points.is_empty(), "vehicle {other} has no points on {wanted}");
    }
    for round in 0..MINUTES_ASKED {
        let at = filled.instant(round * 37);
        let started = Instant::now();
        let answer = ask(&client, &server, &format!("/api/v1/vehicles?at={}", at.format("%Y-%m-%dT%H:%M:%SZ"))).await?;
        minute.push(started.elapsed());
        let answer: Value = serde_json::from_slice(&answer)?;
        let there = answer["items"].as_array().context("no items")?.len();
        ensure!(there == vehicles.len(), "{there} of {} vehicles at {at}", vehicles.len());
        standing += there as u64;
        let started = Instant::now();
        tracks.as_of(filled.instant(round * 37 + 11), chrono::TimeDelta::minutes(15)).await?;
        minute_room.push(started.elapsed());
    }
    let n = filled.points as usize;
    let print = |name: &str, value: f64, unit: &str, n: usize| figure(args.json, &format!("track.{name}"), value, unit, n);
    let (day_p95, minute_p95) = (quantile_ms(&mut day, 0.95), quantile_ms(&mut minute, 0.95));
    print("day_p95_ms", day_p95, "ms", DAYS_ASKED);
    print("wanted_day_p95_ms", DAY_MS, "ms", DAYS_ASKED);
    print("minute_p95_ms", minute_p95, "ms", MINUTES_ASKED);
    print("wanted_minute_p95_ms", MINUTE_MS, "ms", MINUTES_ASKED);
    print("day_p50_ms", quantile_ms(&mut day, 0.5), "ms", DAYS_ASKED);
    print("day_without_http_p95_ms", quantile_ms(&mut day_room, 0.95), "ms", DAYS_ASKED);
    print("minute_p50_ms", quantile_ms(&mut minute, 0.5), "ms", MINUTES_ASKED);
    print("minute_without_http_p95_ms", quantile_ms(&mut minute_room, 0.95), "ms", MINUTES_ASKED);
    print("points_of_a_day", read as f64 / DAYS_ASKED as f64, "", DAYS_ASKED);
    print("vehicles_at_a_minute", standing as f64 / MINUTES_ASKED as f64, "", MINUTES_ASKED);
    print("points", filled.points as f64, "", n);
    print("days", filled.days.len() as f64, "", 1);
    print("bytes_per_point", bytes as f64 / filled.points as f64, "B", n);
    print("filled_points_per_second", filled.points as f64 / filling.as_secs_f64(), "1/s", n);
    opened.close().await?;
    if filled.points >= FULL {
        ensure!(day_p95 <= DAY_MS && minute_p95 <= MINUTE_MS, "the limits are {DAY_MS} ms and {MINUTE_MS} ms");
    }
    Ok(())
}

async fn ask(client: &reqwest::Client, server: &Server, path: &str) -> Result<Vec<u8>> {
    let answer = client.get(server.url(path)).header("cookie", &server.admin).send().await?.error_for_status()?;
    Ok(answer.bytes().await?.to_vec())
}

/// Enters the vehicles; answers their numbers.
async fn enter(pool: &PgPool, many: i64) -> Result<Vec<i64>> {
    let mut vehicles: Vec<i64> = sqlx::query_scalar(
        "insert into jt808_terminal (region, phone, plate, colour, vendor, simulated)
         select $1, '1990' || lpad(n::text, 7, '0'), '模F' || lpad(n::text, 5, '0'), 2, 'simulated', true from generate_series(1, $2::bigint) as n returning id",
    )
    .bind(REGION)
    .bind(many)
    .fetch_all(pool)
    .await?;
    vehicles.sort_unstable();
    Ok(vehicles)
}

/// What was stored.
struct Filled {
    points: u64,
    days: Vec<NaiveDate>,
    /// When each slot that was filled begins, in seconds since 1970.
    slots: Vec<i64>,
}

impl Filled {
    /// An instant within what was stored, another one for each number.
    fn instant(&self, number: usize) -> DateTime<Utc> {
        let slot = self.slots[number % self.slots.len()];
        // Not in the first half minute, in which not every vehicle has said something.
        DateTime::from_timestamp(slot + 40 + (number as i64 * 53) % (SLOT - 40), 0).unwrap_or_default()
    }
}

/// Fills the last days before today, slot by slot, until there are enough points.
async fn fill(tracks: &Tracks, vehicles: &[i64], wanted: u64) -> Result<Filled> {
    let today = SystemClock.now().with_timezone(&shanghai()).date_naive();
    let slots_a_day = ((HOURS.1 - HOURS.0) * 3_600 / SLOT) as u64;
    let slots = wanted.div_ceil(vehicles.len() as u64 * (SLOT / INTERVAL) as u64).max(1);
    let mut filled = Filled { points: 0, days: Vec::new(), slots: Vec::new() };
    for number in 0..slots {
        let back = Days::new((slots - 1) / slots_a_day + 1 - number / slots_a_day);
        let day = today.checked_sub_days(back).context("a day")?;
        let midnight = day.and_time(chrono::NaiveTime::MIN).and_local_timezone(shanghai()).single().context("a midnight")?.timestamp();
        let begin = midnight + HOURS.0 * 3_600 + (number % slots_a_day) as i64 * SLOT;
        for some in vehicles.chunks(TOGETHER as usize) {
            let points: Vec<Point> =
                some.iter().flat_map(|vehicle| (0..SLOT / INTERVAL).map(move |step| point(*vehicle, begin, step))).collect();
            filled.points += points.len() as u64;
            tracks.put_back(points).await?;
        }
        if filled.days.last() != Some(&day) {
            filled.days.push(day);
        }
        filled.slots.push(begin);
        if number % 36 == 35 {
            eprintln!("filled {} of {wanted}", filled.points);
        }
    }
    Ok(filled)
}

/// A point as a terminal with lid, tipper and weight sends it. Digits that change from point to point, as those of satellites do: what never
/// changes would be packed to nothing.
fn point(vehicle: i64, begin: i64, step: i64) -> Point {
    let at = begin + step * INTERVAL + vehicle % INTERVAL;
    // A splitmix step of vehicle and time.
    let mut bits = (vehicle as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (at as u64);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^= bits >> 31;
    let part = |shift: u32, below: u64| ((bits >> shift) & 0xffff) % below;
    let (along, mileage) = ((at - begin) as i32, (at % 100_000_000) as u32);
    let mut items = vec![0x01, 4];
    items.extend(mileage.to_be_bytes());
    items.extend([0x30, 1, 18 + part(0, 12) as u8, 0x31, 1, 9 + part(4, 9) as u8, 0xe8, 5, 0x0c]);
    items.extend((15_000 + part(8, 900) as u32).to_be_bytes());
    Point {
        vehicle,
        at,
        taken: at * 1_000 + part(12, 900) as i64,
        longitude: 121_000_000 + (vehicle % 400) as i32 * 400 + along * 110 + part(16, 90) as i32,
        latitude: 30_600_000 + (vehicle / 400) as i32 * 4_000 + along * 60 + part(24, 90) as i32,
        status: 0xc_0303,
        speed: 250 + part(32, 300) as u16,
        direction: 60 + part(40, 12) as u16,
        altitude: 5 + part(44, 8) as u16,
        ..Point::default()
    }
}
