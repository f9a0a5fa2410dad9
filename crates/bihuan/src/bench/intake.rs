//! `bihuan bench intake`: reports over HTTP from a source set to automatic, each judged, placed, dispatched and durable, beside what
//! PostgreSQL alone reaches with the same rows, one transaction a lead, in the same run.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use serde_json::json;
use sqlx::{AssertSqlSafe, PgPool};

use super::{
    figure::{figure, quantile_ms},
    server::{CORNER, SIDE, STEP, Server},
};

/// Clients at once.
const CLIENTS: usize = 16;

/// What to measure.
#[derive(Debug, Clone, clap::Args)]
pub struct IntakeArgs {
    /// 每行一个 JSON 对象
    #[arg(long)]
    json: bool,
    /// 每段测量的秒数
    #[arg(long, default_value_t = 15)]
    seconds: u64,
    /// 保留数据目录
    #[arg(long)]
    keep: bool,
}

/// Runs the bench.
///
/// # Errors
/// When the server cannot be started, a report is refused, or a lead is missing afterwards.
pub async fn run(args: IntakeArgs) -> Result<()> {
    let server = Arc::new(Server::start(args.keep).await?);
    // Warm: connections, caches, the first pages of every index.
    full_speed(&server, Duration::from_secs(3)).await?;
    let span = Duration::from_secs(args.seconds);
    let (sent, rate) = full_speed(&server, span).await?;
    let mut latencies = paced(&server, rate / 2.0, span).await?;
    let (p50, p99) = (quantile_ms(&mut latencies, 0.5), quantile_ms(&mut latencies, 0.99));
    let opened = database::open_beside(&database::Settings { data: server.data().to_owned(), ..Default::default() }).await?;
    let pool = opened.owner_pool.clone();
    let (leads, dispatched): (i64, i64) =
        sqlx::query_as("select count(*), count(*) filter (where state = 'dispatched') from docket").fetch_one(&pool).await?;
    ensure!(leads == dispatched, "{} of {leads} leads were not dispatched", leads - dispatched);
    let alone = postgres_alone(&pool, span).await?;
    figure(args.json, "intake.leads_per_second", rate, "1/s", sent);
    figure(args.json, "intake.share_of_postgres", rate / alone, "", sent);
    figure(args.json, "intake.postgres_alone", alone, "1/s", sent);
    figure(args.json, "intake.p50_ms", p50, "ms", latencies.len());
    figure(args.json, "intake.p99_ms", p99, "ms", latencies.len());
    figure(args.json, "intake.resident_mb", server.resident_mb()?, "MB", 1);
    pool.close().await;
    opened.close().await?;
    Ok(())
}

/// One report; every one another place and other words.
fn report(n: u64) -> serde_json::Value {
    const WORDS: [&str; 8] = [
        "路灯不亮，晚上经过看不清路面",
        "垃圾箱满溢，垃圾堆到路边没有人清运",
        "店外经营占用人行道，行人只能走到车道上",
        "井盖破损，车辆经过有很大的响声",
        "非机动车乱停放堵住了小区门口",
        "道路破损有一个很深的坑，雨天积水",
        "施工扰民，夜里十一点还在打桩",
        "墙上贴满了小广告，撕了又贴",
    ];
    let spread = |k: u64| (n.wrapping_mul(k) >> 11) as f64 / (1_u64 << 53) as f64;
    let width = SIDE as f64 * STEP;
    json!({
        "description": format!("{}，编号 {n}", WORDS[(n % 8) as usize]),
        "position": { "x": CORNER.0 + spread(0x9e37_79b9_7f4a_7c15) * width, "y": CORNER.1 + spread(0xc2b2_ae3d_27d4_eb4f) * width },
        "client_key": format!("bench-{n}-{}", uuid::Uuid::new_v4()),
    })
}

async fn send(client: &reqwest::Client, server: &Server, n: u64) -> Result<()> {
    let answer = client.post(server.url("/api/v1/leads")).header("cookie", &server.cookie).json(&report(n)).send().await?;
    let status = answer.status();
    let body = answer.bytes().await?;
    ensure!(status.as_u16() == 201, "{status}: {}", String::from_utf8_lossy(&body));
    Ok(())
}

/// As many as the clients can send, each waiting for its answer; how many, and how many a second.
async fn full_speed(server: &Arc<Server>, span: Duration) -> Result<(usize, f64)> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let started = Instant::now();
    let clients = (0..CLIENTS).map(|_| {
        let server = server.clone();
        tokio::spawn(async move {
            let client = reqwest::Client::builder().pool_max_idle_per_host(1).build()?;
            let mut sent = 0_usize;
            while started.elapsed() < span {
                send(&client, &server, NEXT.fetch_add(1, Ordering::Relaxed)).await?;
                sent += 1;
            }
            Ok::<_, anyhow::Error>(sent)
        })
    });
    let mut sent = 0;
    for client in clients.collect::<Vec<_>>() {
        sent += client.await??;
    }
    Ok((sent, sent as f64 / started.elapsed().as_secs_f64()))
}

/// At a fixed rate, whatever the answers do; the time of each from when it was to be sent.
async fn paced(server: &Arc<Server>, rate: f64, span: Duration) -> Result<Vec<Duration>> {
    let client = reqwest::Client::builder().pool_max_idle_per_host(CLIENTS).build()?;
    let started = Instant::now();
    let total = (rate * span.as_secs_f64()) as u64;
    let mut under_way = tokio::task::JoinSet::new();
    let mut times = Vec::with_capacity(total as usize);
    for n in 0..total {
        let due = started + Duration::from_secs_f64(n as f64 / rate);
        tokio::time::sleep_until(due.into()).await;
        let (client, server) = (client.clone(), server.clone());
        under_way.spawn(async move {
            send(&client, &server, 1_000_000_000 + n).await?;
            Ok::<_, anyhow::Error>(due.elapsed())
        });
        while let Some(done) = under_way.try_join_next() {
            times.push(done??);
        }
    }
    while let Some(done) = under_way.join_next().await {
        times.push(done??);
    }
    Ok(times)
}

/// The tables that a new lead is written to.
const TABLES: [&str; 6] = ["docket", "lead", "ledger_entry", "deadline", "outbox", "docket_words"];

/// How many of the same leads a second PostgreSQL stores when nothing but it is at work: the rows as they were stored, into copies of the
/// same tables with the same indexes, one statement and one commit a lead, as many connections as there were clients.
async fn postgres_alone(pool: &PgPool, span: Duration) -> Result<f64> {
    sqlx::query("create schema alone").execute(pool).await?;
    for table in TABLES {
        let make = format!("create table alone.{table} (like public.{table} including all)");
        sqlx::query(AssertSqlSafe(make)).execute(pool).await?;
    }
    type Row = (String, String, Vec<String>, Vec<String>, Vec<String>, String);
    let rows: Vec<Row> = sqlx::query_as(
        "select d::text, l::text,
            (select array_agg(e::text order by seq) from ledger_entry e where e.region = d.region and e.docket_id = d.id),
            (select array_agg(t::text) from deadline t where t.region = d.region and t.docket_id = d.id),
            events.rows,
            (select w::text from docket_words w where w.region = d.region and w.docket_id = d.id)
         from docket d join lead l on l.region = d.region and l.id = d.id
         left join (select docket_id, array_agg(o::text) as rows from outbox o group by docket_id) events on events.docket_id = d.id
         order by d.id limit 60000",
    )
    .fetch_all(pool)
    .await?;
    let rows = Arc::new(rows);
    let next = Arc::new(AtomicU64::new(0));
    let own = sqlx::postgres::PgPoolOptions::new().max_connections(CLIENTS as u32).connect_with((*pool.connect_options()).clone()).await?;
    let started = Instant::now();
    let clients = (0..CLIENTS).map(|_| {
        let (rows, next, own) = (rows.clone(), next.clone(), own.clone());
        tokio::spawn(async move {
            let mut connection = own.acquire().await?;
            let mut stored = 0_usize;
            while started.elapsed() < span {
                let Some(row) = rows.get(next.fetch_add(1, Ordering::Relaxed) as usize) else { break };
                sqlx::query(
                    "with a as (insert into alone.docket select ($1::text::alone.docket).*),
                          b as (insert into alone.lead select ($2::text::alone.lead).*),
                          c as (insert into alone.ledger_entry select (r).* from unnest($3::text[]::alone.ledger_entry[]) as r),
                          d as (insert into alone.deadline select (r).* from unnest($4::text[]::alone.deadline[]) as r),
                          e as (insert into alone.outbox overriding system value select (r).* from unnest($5::text[]::alone.outbox[]) as r)
                     insert into alone.docket_words select ($6::text::alone.docket_words).*",
                )
                .bind(&row.0)
                .bind(&row.1)
                .bind(&row.2)
                .bind(&row.3)
                .bind(&row.4)
                .bind(&row.5)
                .execute(&mut *connection)
                .await?;
                stored += 1;
            }
            Ok::<_, anyhow::Error>(stored)
        })
    });
    let mut stored = 0;
    for client in clients.collect::<Vec<_>>() {
        stored += client.await??;
    }
    let rate = stored as f64 / started.elapsed().as_secs_f64();
    own.close().await;
    Ok(rate)
}
