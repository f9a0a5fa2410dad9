//! `bihuan demo`: the whole program with a simulated city in it, on one's own machine.

mod clock;
mod face;
mod trucks;

use std::{
    io::{IsTerminal, Write},
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use kernel::{clock::Clock, problem::ProblemKind};
use rand::RngExt;
use sim::{
    cast,
    city::{City, CountyBoundary},
    client::Server,
    play,
};

use crate::{
    serve::{self, Mode},
    settings::ServeArgs,
};
use clock::DemoClock;

/// The same city on every machine.
const SEED: u64 = 20_261_122;

/// What `bihuan demo` is told.
#[derive(Debug, clap::Parser)]
pub struct DemoArgs {
    /// 演示数据目录
    #[arg(long, default_value = "var/demo", value_name = "FOLDER")]
    data: PathBuf,
    /// 监听地址
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    http: SocketAddr,
    /// 车载终端（JT/T 808）的接入地址
    #[arg(long, env = "BIHUAN_JT808", default_value = "127.0.0.1:8808", value_name = "ADDRESS")]
    jt808: SocketAddr,
    /// 区县界线文件（由 scripts/boundaries 生成）
    #[arg(long, default_value = "var/map/boundaries.geojson", value_name = "FILE")]
    boundaries: PathBuf,
    /// 人脸与号牌识别模型的目录（由 scripts/models 取得）；没有模型时，公众看到的照片整张打码
    #[arg(long, env = "BIHUAN_MODELS", default_value = "var/models", value_name = "FOLDER")]
    models: PathBuf,
    /// 文书字体的目录（由 scripts/fonts 取得）；没有字体时，不能生成执法文书
    #[arg(long, env = "BIHUAN_FONTS", default_value = "var/fonts", value_name = "FOLDER")]
    fonts: PathBuf,
    /// 不生成三十天历史，直接从当前时间开始
    #[arg(long)]
    no_history: bool,
    /// 只建城市，不模拟市民与工作人员
    #[arg(long)]
    still: bool,
    /// 历史生成的速度：每秒最多走过几个模拟小时；不填则尽快
    #[arg(long, value_name = "HOURS")]
    speed: Option<f64>,
}

/// Runs the demo until told to stop.
pub async fn run(args: DemoArgs) -> Result<()> {
    serve::start_logging_at("warn");
    serve::start_metrics();
    let begun = Instant::now();
    let (border, city) = {
        let file = args.boundaries.clone();
        let made = tokio::task::spawn_blocking(move || read_city(&file));
        made.await??
    };
    std::fs::create_dir_all(&args.data).with_context(|| format!("数据目录 {} 无法建立", args.data.display()))?;
    let clock = Arc::new(DemoClock::open(args.data.join("demo-clock.json"), !args.no_history && !args.still)?);
    let serving = ServeArgs {
        allow_private_targets: false,
        data: args.data.clone(),
        http: args.http,
        jt808: Some(args.jt808),
        tls_cert: None,
        tls_key: None,
        trusted_proxies: Vec::new(),
        region: city.county.code.clone(),
        roots: None,
        models: args.models.clone(),
        fonts: args.fonts.clone(),
        metrics_token_file: None,
        reporter_may_check: false,
    };
    let house = serve::open_house(&serving, Mode::Demo, clock.clone()).await?;
    first_administrator(&house.rooms.identity, &city).await?;
    let key: String = (0..32).map(|_| char::from(b'a' + rand::rng().random_range(0..26))).collect();
    let cashier = sim::cashier::Cashier::new(clock.clone(), Arc::new(kernel::clock::SystemClock))?;
    let extra = face::routes(clock.clone(), &key).merge(cashier.pages());
    let router = serve::router(&serving, &house.rooms, extra)?;
    let listening = serve::listen_with(&serving, router).await?;
    let address = listening.address();
    // A second demo on the same machine finds the port taken, and does without vehicles.
    let vehicles = match serve::listen_for_vehicles(&serving, &house).await {
        Ok(vehicles) => vehicles,
        Err(error) => {
            println!("{error:#}；本次演示不接入车辆");
            None
        }
    };
    println!("闭环演示已启动（{:.1} 秒）：{address}", begun.elapsed().as_secs_f64());

    let marker = args.data.join("demo-city.json");
    let base = format!("http://{}", reachable(args.http, &address));
    let cashier = cashier.settings(cashier.listen().await?, &base, &args.data.join("simulated-payment"))?;
    serve::pay_through(&house.rooms.payments, serde_json::from_value(cashier)?, true)?;
    let work = async {
        if !marker.exists() {
            let begun = Instant::now();
            sim::seed::build(&Server::at(&base)?, &city, &border, clock.now(), &say).await?;
            std::fs::write(&marker, serde_json::to_vec(&serde_json::json!({ "seed": SEED, "county": city.county.code }))?)?;
            say(&format!("城市已建成（{:.1} 秒）", begun.elapsed().as_secs_f64()));
        }
        tell_accounts(&address);
        if args.still {
            return Ok(());
        }
        let settings = play::Settings {
            base: base.clone(),
            clock_key: key,
            now: clock.now(),
            catching_up: clock.catching_up(),
            day_takes: args.speed.filter(|speed| *speed > 0.0).map_or(Duration::ZERO, |speed| Duration::from_secs_f64(24.0 / speed)),
        };
        let trucks = trucks::drive(&base, vehicles.as_ref().map(|vehicles| vehicles.address()), &city);
        tokio::join!(play::live(&settings, &city, &say), trucks).0
    };
    let outcome = tokio::select! {
        () = serve::wait_for_signal() => Ok(()),
        // Without the simulator the city still stands and can be used.
        outcome = async { match work.await { Ok(()) => { serve::wait_for_signal().await; Ok(()) } Err(error) => Err(error) } } => outcome,
    };
    if let Err(error) = &outcome {
        tracing::error!(error = format!("{error:#}"), "the simulator stopped; the city can still be used");
        println!("模拟器已停止（{error:#}），页面仍可使用；按 Ctrl-C 结束。");
        serve::wait_for_signal().await;
    }
    println!("正在停止……");
    listening.stop().await;
    if let Some(vehicles) = vehicles {
        vehicles.stop().await;
    }
    house.close().await
}

fn read_city(file: &Path) -> Result<(serde_json::Value, City)> {
    let bytes = std::fs::read(file).with_context(|| {
        format!("没有找到区县界线文件 {}。请先运行 scripts/boundaries（make demo 会自动运行），再启动演示", file.display())
    })?;
    let border: serde_json::Value = serde_json::from_slice(&bytes).with_context(|| format!("{} 不是 GeoJSON", file.display()))?;
    let city = City::generate(&CountyBoundary::from_geojson(&border)?, SEED)?;
    Ok((border, city))
}

/// The one person who cannot be made through the interface, since nobody is there to do it.
async fn first_administrator(identity: &identity::Identity, city: &City) -> Result<()> {
    let first = identity::bootstrap::FirstAdministrator {
        account: cast::ADMINISTRATOR.to_owned(),
        name: "系统管理员01".to_owned(),
        password: identity::Password::new(cast::PASSWORD),
        organisation: cast::BUREAU.to_owned(),
        region: city.county.code.clone(),
    };
    match identity::bootstrap::administrator(identity, first).await {
        Ok(_) => Ok(()),
        Err(identity::IdentityError::Refused(problem)) if problem.kind == ProblemKind::Conflict => Ok(()),
        Err(error) => Err(error).context("演示管理员无法建立"),
    }
}

/// Where the program reaches itself, also when it listens everywhere.
fn reachable(asked: SocketAddr, address: &str) -> SocketAddr {
    let port = address.rsplit(':').next().and_then(|port| port.parse().ok()).unwrap_or(asked.port());
    let ip = if asked.ip().is_unspecified() { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { asked.ip() };
    SocketAddr::new(ip, port)
}

/// Progress: one line that is written over on a terminal, lines of their own in a log.
fn say(what: &str) {
    let mut out = std::io::stdout();
    let _ = if out.is_terminal() { write!(out, "\r\x1b[2K{what}") } else { writeln!(out, "{what}") };
    let _ = out.flush();
}

fn tell_accounts(address: &str) {
    println!("\n模拟城市，仅供演示。市民门户 {address}/　口令均为 {}", cast::PASSWORD);
    for one in cast::INVITATIONS {
        println!(
            "  {:<18}{}{}　{address}{}",
            one.account,
            one.role,
            "　".repeat(8_usize.saturating_sub(one.role.chars().count())),
            one.page
        );
    }
    println!("按 Ctrl-C 停止。");
}
