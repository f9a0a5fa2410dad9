//! `bihuan bench gateway`: positions of many terminals over real sockets, each acknowledged after it is durable; all of them read back,
//! vehicle by vehicle.
//!
//! The terminals live in a process of their own, whose share of the processor is printed beside the rate. Each keeps eight messages under
//! way, or sends at a given rate. Meanwhile memory and the age of the newest position are looked at twice a second.

mod load;

use std::{
    net::{SocketAddr, TcpListener},
    process::Stdio,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::open_files::BESIDE;

use super::{
    figure::figure,
    server::{REGION, Server},
};

/// Messages a second that the product must reach with a thousand connections on two cores.
const WANTED: f64 = 25_000.0;
/// How long everything may take to be moved out of the inbox afterwards.
const SETTLING: Duration = Duration::from_secs(120);
/// Seconds after which a position must be the newest one of its vehicle, however much comes.
const QUERYABLE: f64 = 5.0;
/// How often memory and age are looked at.
const LOOK: Duration = Duration::from_millis(500);

/// What to measure.
#[derive(Debug, Clone, clap::Args)]
pub struct GatewayArgs {
    /// 每行一个 JSON 对象
    #[arg(long)]
    json: bool,
    /// 终端数
    #[arg(long, default_value_t = 1_000)]
    connections: u32,
    /// 测量的秒数
    #[arg(long, default_value_t = 20)]
    seconds: u64,
    /// 全部终端每秒共发多少条；不给则每个终端保持 8 条在途、尽快发送
    #[arg(long)]
    rate: Option<u32>,
    /// 保留数据目录
    #[arg(long)]
    keep: bool,
    /// 作为终端一方运行
    #[arg(long, hide = true)]
    drive: Option<SocketAddr>,
}

/// Runs the bench, or the terminals of one.
///
/// # Errors
/// When the server cannot be started, a terminal is refused, a point is missing or doubled afterwards, or a limit is not kept.
pub async fn run(args: GatewayArgs) -> Result<()> {
    if let Some(address) = args.drive {
        return load::drive(address, args.connections, Duration::from_secs(args.seconds), args.rate).await;
    }
    let may = crate::open_files::raise();
    ensure!(
        u64::from(args.connections) + BESIDE <= may,
        "{} connections need {} open files, and this machine lets a process have {may}",
        args.connections,
        u64::from(args.connections) + BESIDE,
    );
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let server = Server::start_with(args.keep, vec!["--jt808".to_owned(), address.to_string()]).await?;
    let opened = database::open_beside(&database::Settings { data: server.data().to_owned(), ..Default::default() }).await?;
    enter(&opened.owner_pool, args.connections).await?;

    let begun = Instant::now();
    let mut command = tokio::process::Command::new(std::env::current_exe()?);
    command.args(["bench", "gateway", "--drive", &address.to_string(), "--connections", &args.connections.to_string()]);
    command.args(["--seconds", &args.seconds.to_string()]);
    if let Some(rate) = args.rate {
        command.args(["--rate", &rate.to_string()]);
    }
    let mut driving = std::pin::pin!(command.stdout(Stdio::piped()).output());
    let (mut resident, mut oldest) = (0.0_f64, 0.0_f64);
    let output = loop {
        tokio::select! {
            output = &mut driving => break output?,
            () = tokio::time::sleep(LOOK) => {
                resident = resident.max(server.resident_mb()?);
                oldest = oldest.max(age(&opened.owner_pool).await?);
            }
        }
    };
    ensure!(output.status.success(), "the terminals failed: {}", String::from_utf8_lossy(&output.stderr));
    let took = begun.elapsed();
    let told: load::Told = serde_json::from_slice(&output.stdout).context("the terminals told nothing")?;
    resident = resident.max(server.resident_mb()?);

    let ended = Instant::now();
    let waiting = "select count(*) from track_inbox";
    while sqlx::query_scalar::<_, i64>(waiting).fetch_one(&opened.owner_pool).await? > 0 {
        ensure!(ended.elapsed() < SETTLING, "points still wait in the inbox after {SETTLING:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let settled = ended.elapsed();
    let (points, newest): (i64, i64) =
        sqlx::query_as("select coalesce((select sum(many) from track), 0)::bigint, (select count(*) from track_now)")
            .fetch_one(&opened.owner_pool)
            .await?;
    ensure!(points == told.acknowledged as i64, "{} points were acknowledged, {points} are stored", told.acknowledged);
    ensure!(newest == i64::from(args.connections), "{newest} of {} vehicles have a newest point", args.connections);
    let reading = Instant::now();
    let read = read_back(&server, &opened.owner_pool).await?;
    ensure!(read == told.acknowledged, "{} points were acknowledged, {read} are read back", told.acknowledged);
    let reading = reading.elapsed();

    let print = |name: &str, value: f64, unit: &str, n: u64| figure(args.json, &format!("gateway.{name}"), value, unit, n as usize);
    print("messages_per_second", told.rate, "1/s", told.acknowledged);
    if args.rate.is_none() {
        print("wanted_messages_per_second", WANTED, "1/s", told.acknowledged);
    }
    print("connections", args.connections.into(), "", 1);
    print("p50_ms", told.p50_ms, "ms", told.acknowledged);
    print("p99_ms", told.p99_ms, "ms", told.acknowledged);
    print("generator_cores", told.processor_seconds / took.as_secs_f64(), "1", 1);
    print("settled_after_s", settled.as_secs_f64(), "s", 1);
    print("newest_age_s", oldest, "s", 1);
    print("day_read_ms", reading.as_secs_f64() * 1_000.0 / f64::from(args.connections), "ms", u64::from(args.connections));
    print("resident_most_mb", resident, "MB", 1);
    opened.close().await?;
    ensure!(oldest <= QUERYABLE, "a position became the newest one after {oldest:.1} seconds only");
    // Fewer terminals, or a rate that is given, are another question.
    let full = args.rate.is_none() && args.connections >= 1_000;
    ensure!(!full || told.rate >= WANTED, "{:.0} messages a second, {WANTED} are wanted", told.rate);
    Ok(())
}

/// Seconds since the oldest position was sent that no newest position knows yet: it waits in the inbox. Terminals say whole seconds, so that
/// it may be one too many; nothing where nothing waits.
async fn age(pool: &sqlx::PgPool) -> Result<f64> {
    let age = "select coalesce(extract(epoch from clock_timestamp() - min(first_at)), 0)::float8 from track_inbox";
    Ok(sqlx::query_scalar(age).fetch_one(pool).await?)
}

/// Reads the days of all vehicles as a person would; answers how many points there are.
async fn read_back(server: &Server, pool: &sqlx::PgPool) -> Result<u64> {
    let days: Vec<chrono::NaiveDate> = sqlx::query_scalar("select distinct day from track").fetch_all(pool).await?;
    let vehicles: Vec<i64> = sqlx::query_scalar("select id from jt808_terminal").fetch_all(pool).await?;
    let (client, mut many) = (reqwest::Client::new(), 0);
    for vehicle in vehicles {
        for day in &days {
            let url = server.url(&format!("/api/v1/vehicles/{vehicle}/track?day={day}"));
            let answer: Value = client.get(url).header("cookie", &server.admin).send().await?.error_for_status()?.json().await?;
            let times: Vec<&str> = answer["points"].as_array().context("no points")?.iter().filter_map(|it| it["at"].as_str()).collect();
            ensure!(answer["cut"] == false && times.is_sorted(), "the day of vehicle {vehicle} is cut or out of order");
            many += times.len() as u64;
        }
    }
    Ok(many)
}

/// The code that a terminal of the bench shows.
fn code(number: u32) -> String {
    format!("bench-{number}")
}

/// The number of a terminal of the bench.
fn phone(number: u32) -> String {
    format!("139{number:08}")
}

/// Enters the terminals, as if they had registered before.
async fn enter(pool: &sqlx::PgPool, many: u32) -> Result<()> {
    let phones: Vec<String> = (0..many).map(phone).collect();
    let codes: Vec<String> = (0..many).map(|number| hex::encode(Sha256::digest(code(number).as_bytes()))).collect();
    sqlx::query(
        "insert into jt808_terminal (region, phone, code, simulated) select $1, phone, code, true from unnest($2::text[], $3::text[]) as t (phone, code)",
    )
    .bind(REGION)
    .bind(phones)
    .bind(codes)
    .execute(pool)
    .await?;
    Ok(())
}
