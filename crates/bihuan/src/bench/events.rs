//! `bihuan bench events`: machine events over HTTP, each judged and durable before it is answered, one in a hundred carrying a picture of
//! 50 KB; the others name theirs.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use base64::{Engine, engine::general_purpose::STANDARD};
use kernel::clock::{Clock, SystemClock};
use serde_json::{Value, json};

use super::{
    figure::{figure, quantile_ms},
    noise::Noise,
    server::{CORNER, REGION, SIDE, STEP, Server},
};

/// Clients at once, each a platform that speaks for many devices.
const CLIENTS: usize = 16;
/// Events of one request.
const BATCH: u64 = 20;
/// Cameras, and kinds that each looks for.
const DEVICES: u64 = 200;
const KINDS: u64 = 20;
/// One event in so many carries its picture.
const CARRYING: u64 = 100;
/// The picture, in bytes.
const PICTURE: usize = 50_000;

/// What to measure.
#[derive(Debug, Clone, clap::Args)]
pub struct EventsArgs {
    /// 每行一个 JSON 对象
    #[arg(long)]
    json: bool,
    /// 测量的秒数
    #[arg(long, default_value_t = 15)]
    seconds: u64,
    /// 保留数据目录
    #[arg(long)]
    keep: bool,
}

/// Runs the bench.
///
/// # Errors
/// When the server cannot be started, an event is refused, or one is missing afterwards.
pub async fn run(args: EventsArgs) -> Result<()> {
    let server = Arc::new(Server::start(args.keep).await?);
    let key = set_up(&server).await?;
    let frame = Arc::new(frame()?);
    // Warm: connections, caches, the first pages of every index.
    let (warm, ..) = full_speed(&server, &key, &frame, Duration::from_secs(3)).await?;
    let (sent, rate, mut times) = full_speed(&server, &key, &frame, Duration::from_secs(args.seconds)).await?;
    let opened = database::open_beside(&database::Settings { data: server.data().to_owned(), ..Default::default() }).await?;
    let (stored, kept, sightings): (i64, i64, i64) =
        sqlx::query_as("select (select count(*) from machine_event), (select count(*) from file), (select count(*) from sighting)")
            .fetch_one(&opened.owner_pool)
            .await?;
    ensure!(stored == (warm + sent) as i64, "{} events were answered, {stored} are stored", warm + sent);
    let n = times.len();
    figure(args.json, "events.events_per_second", rate, "1/s", sent);
    figure(args.json, "events.p50_ms", quantile_ms(&mut times, 0.5), "ms", n);
    figure(args.json, "events.p99_ms", quantile_ms(&mut times, 0.99), "ms", n);
    figure(args.json, "events.pictures_stored", kept as f64, "", sent);
    figure(args.json, "events.sightings", sightings as f64, "", sent);
    figure(args.json, "events.resident_mb", server.resident_mb()?, "MB", 1);
    opened.close().await?;
    Ok(())
}

/// Devices, and the key of an account that speaks for them.
async fn set_up(server: &Server) -> Result<String> {
    let client = reqwest::Client::new();
    let send = async |method: reqwest::Method, path: &str, body: Value| -> Result<Value> {
        let answer = client.request(method, server.url(path)).header("cookie", &server.admin).json(&body).send().await?;
        let (status, text) = (answer.status(), answer.text().await?);
        ensure!(status.is_success(), "{path}: {status} {text}");
        Ok(serde_json::from_str(&text)?)
    };
    let organisations: Value = client.get(server.url("/api/v1/organisations")).header("cookie", &server.admin).send().await?.json().await?;
    let machine = json!({ "account": "machine01", "name": "压测视频平台", "organisation_id": organisations["items"][0]["id"], "roles": ["machine"],
        "regions": [REGION] });
    let machine = send(reqwest::Method::POST, "/api/v1/people", machine).await?;
    let keys = format!("/api/v1/people/{}/api-keys", machine["id"].as_str().context("no id")?);
    let key = send(reqwest::Method::POST, &keys, json!({ "name": "压测" })).await?;
    for number in 0..DEVICES {
        let at = |side: u64| (number / side % SIDE as u64) as f64 * STEP + STEP / 2.0;
        let device = json!({ "name": format!("压测探头{number:03}"), "kind": "video", "active": true,
            "position": { "x": CORNER.0 + at(1), "y": CORNER.1 + at(SIDE as u64) } });
        send(reqwest::Method::PUT, &format!("/api/v1/devices/cam-{number}"), device).await?;
    }
    // The settings' snapshot is at most two seconds old.
    tokio::time::sleep(Duration::from_millis(2_100)).await;
    Ok(key["key"].as_str().context("no key")?.to_owned())
}

/// A street-like frame as a camera sends it: a JPEG with room for a number, filled up to [`PICTURE`] bytes.
fn frame() -> Result<Vec<u8>> {
    let mut noise = Noise(0x2545_f491_4f6c_dd1d);
    let picture = image::RgbImage::from_fn(640, 360, |x, y| {
        let shade = (x / 4 + y / 3) as u8 ^ (noise.below(24) as u8);
        image::Rgb([shade, shade.wrapping_add((x / 16) as u8), shade / 2 + (y / 8) as u8])
    });
    let mut bytes = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 40).encode_image(&picture)?;
    ensure!(bytes.len() < PICTURE, "the frame has {} bytes", bytes.len());
    // A comment segment after the first mark (ITU-T T.81, B.2.4.5) makes up the rest.
    let room = PICTURE - bytes.len() - 2;
    let mut segment = vec![0xff, 0xfe];
    segment.extend(u16::try_from(room).unwrap_or(u16::MAX).to_be_bytes());
    segment.resize(usize::from(u16::try_from(room).unwrap_or(u16::MAX)) + 2, b' ');
    bytes.splice(2..2, segment);
    Ok(bytes)
}

/// One event; every one another time, every hundredth with another picture.
fn event(number: u64, frame: &[u8]) -> Value {
    let spread = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33;
    let mut event = json!({
        "device": format!("cam-{}", spread % DEVICES), "key": number.to_string(), "kind": 20 + (spread / DEVICES) % KINDS,
        "at": SystemClock.now().to_rfc3339(), "present": !spread.is_multiple_of(5), "confidence": 0.4 + (spread % 60) as f64 / 100.0,
        "box": [0.1, 0.2, 0.3, 0.4], "model": "street-vision/3.1",
    });
    if number.is_multiple_of(CARRYING) {
        let mut picture = frame.to_vec();
        picture[6..14].copy_from_slice(&number.to_be_bytes());
        event["image"] = json!(STANDARD.encode(picture));
    } else {
        event["picture"] = json!(format!("https://vision.example/frames/{number}.jpg"));
    }
    event
}

/// As many as the clients can send, each waiting for its answer; how many, how many a second, and how long each request took.
async fn full_speed(server: &Arc<Server>, key: &str, frame: &Arc<Vec<u8>>, span: Duration) -> Result<(usize, f64, Vec<Duration>)> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let started = Instant::now();
    let clients = (0..CLIENTS).map(|_| {
        let (server, key, frame) = (server.clone(), key.to_owned(), frame.clone());
        tokio::spawn(async move {
            let client = reqwest::Client::builder().pool_max_idle_per_host(1).build()?;
            let (mut sent, mut times) = (0_usize, Vec::new());
            while started.elapsed() < span {
                let first = NEXT.fetch_add(BATCH, Ordering::Relaxed);
                let items: Vec<Value> = (first..first + BATCH).map(|number| event(number, &frame)).collect();
                let began = Instant::now();
                let answer =
                    client.post(server.url("/api/v1/machine-events")).bearer_auth(&key).json(&json!({ "items": items })).send().await?;
                let (status, body) = (answer.status(), answer.bytes().await?);
                times.push(began.elapsed());
                ensure!(status.is_success(), "{status}: {}", String::from_utf8_lossy(&body));
                let said: Value = serde_json::from_slice(&body)?;
                let taken = said["items"].as_array().map_or(0, |items| items.iter().filter(|it| it["taken"] == true).count());
                ensure!(taken as u64 == BATCH, "refused: {}", String::from_utf8_lossy(&body));
                sent += taken;
            }
            Ok::<_, anyhow::Error>((sent, times))
        })
    });
    let (mut sent, mut times) = (0, Vec::new());
    for client in clients.collect::<Vec<_>>() {
        let (own, own_times) = client.await??;
        sent += own;
        times.extend(own_times);
    }
    Ok((sent, sent as f64 / started.elapsed().as_secs_f64(), times))
}
