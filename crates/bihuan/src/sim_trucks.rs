//! `bihuan sim trucks`: simulated trucks against any server, over real sockets.

use std::{net::SocketAddr, path::PathBuf};

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, TimeDelta, Utc};
use sim::{
    client::{Seat, Server},
    trucks::{self, Roads},
};
use tokio::net::lookup_host;

/// What `bihuan sim trucks` is told.
#[derive(Debug, clap::Parser)]
pub struct TrucksArgs {
    /// 车载终端（JT/T 808）的接入地址
    #[arg(long, default_value = "127.0.0.1:8808", value_name = "HOST:PORT")]
    to: String,
    /// 车辆数
    #[arg(long, default_value_t = 30, value_name = "N")]
    vehicles: u32,
    /// 模拟多久，如 90s、30m、8h
    #[arg(long = "for", default_value = "1h", value_parser = duration, value_name = "DURATION")]
    lasts: TimeDelta,
    /// 每秒走过几个模拟秒；大于 1 时从过去开始，到现在结束
    #[arg(long, default_value_t = 1.0, value_name = "X")]
    speed: f64,
    /// 模拟时间的起点；不填则按时长与速度推算，使其不超过现在
    #[arg(long, value_name = "RFC3339")]
    begin: Option<DateTime<Utc>>,
    /// 种子：种子与起点相同，行驶与作假完全相同
    #[arg(long, default_value_t = 1, value_name = "S")]
    seed: u64,
    /// 有作假的行程占比，各种作假机会均等
    #[arg(long, default_value_t = 0.3, value_name = "SHARE")]
    cheating: f64,
    /// 行驶中每几秒一个点
    #[arg(long, default_value_t = 10, value_name = "SECONDS")]
    interval: i64,
    /// 把实际所做的写入文件，每行一个 JSON 对象
    #[arg(long, value_name = "FILE")]
    truth: Option<PathBuf>,
    /// 路网的范围：西,南,东,北（一个参数，逗号分隔）
    #[arg(long, value_delimiter = ',', default_values_t = [120.95, 30.60, 121.15, 30.80], value_name = "DEGREES")]
    bounds: Vec<f64>,
    /// 先在这个服务登记终端（车牌、模拟对照表）；不填则作为来访终端接入
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// 登记终端的账号
    #[arg(long, default_value = "administrator01", value_name = "ACCOUNT")]
    account: String,
    /// 口令
    #[arg(long, env = "BIHUAN_SIM_PASSWORD", default_value = sim::cast::PASSWORD, value_name = "PASSWORD")]
    password: String,
}

/// Seconds, minutes or hours.
fn duration(text: &str) -> Result<TimeDelta, String> {
    let (number, unit) = text.split_at(text.trim_end_matches(|it: char| it.is_ascii_alphabetic()).len());
    let seconds = match unit {
        "s" | "" => 1.0,
        "m" => 60.0,
        "h" => 3_600.0,
        "d" => 86_400.0,
        _ => return Err("时长写作 90s、30m、8h".to_owned()),
    };
    let number: f64 = number.parse().map_err(|_| "时长写作 90s、30m、8h".to_owned())?;
    let whole = number * seconds * 1_000.0;
    if (1_000.0..=400.0 * 86_400_000.0).contains(&whole) {
        Ok(TimeDelta::milliseconds(whole as i64))
    } else {
        Err("时长应在一秒与 400 天之间".to_owned())
    }
}

/// Drives the trucks to the end.
pub async fn run(args: TrucksArgs) -> Result<()> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let bounds = <[f64; 4]>::try_from(args.bounds).map_err(|_| anyhow::anyhow!("--bounds 应为四个数：西,南,东,北"))?;
    ensure!(args.speed > 0.0 && (0.0..=1.0).contains(&args.cheating), "--speed 应大于 0，--cheating 应在 0 与 1 之间");
    ensure!((1..=600).contains(&args.interval) && args.vehicles <= 50_000, "--interval 应为 1 至 600 秒，--vehicles 不超过 50000");
    let to: SocketAddr =
        lookup_host(&args.to).await.ok().and_then(|mut found| found.next()).with_context(|| format!("找不到地址 {}", args.to))?;
    if let Some(url) = &args.url {
        trucks::enter(&Server::at(url)?, &Seat::new(&args.account, &args.password), args.vehicles).await.context("终端未能登记")?;
    }
    let begin = args.begin.unwrap_or_else(|| trucks::begin(Utc::now(), args.lasts, args.speed));
    let settings = trucks::Settings {
        to,
        vehicles: args.vehicles,
        begin,
        until: Some(begin + args.lasts),
        speed: args.speed,
        seed: args.seed,
        cheating: args.cheating,
        interval: args.interval,
        truth: args.truth.clone(),
    };
    println!(
        "模拟渣土车 {} 辆，种子 {}，自 {} 起模拟 {} 分钟；{:.0}% 的行程作假。全部为模拟数据。",
        args.vehicles,
        args.seed,
        begin.with_timezone(&kernel::clock::shanghai()).format("%Y-%m-%d %H:%M:%S"),
        args.lasts.num_minutes(),
        args.cheating * 100.0
    );
    let driven = trucks::run(settings, Roads::Grid(bounds)).await?;
    println!(
        "平台已确认 {} 个点（其中补报 {}、克隆 {}）；故意不发 {} 个；连接 {} 次",
        driven.acknowledged, driven.late, driven.clones, driven.withheld, driven.connections
    );
    if let Some(truth) = &args.truth {
        println!("实际所做写在 {}", truth.display());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn a_duration_is_a_number_and_its_unit() {
        for (text, seconds) in [("90s", 90), ("30m", 1_800), ("8h", 28_800), ("1.5h", 5_400), ("45", 45), ("2d", 172_800)] {
            assert_eq!(duration(text).map(|it| it.num_seconds()), Ok(seconds), "{text}");
        }
        for text in ["", "h", "-3m", "5 min", "0s", "9999d"] {
            assert!(duration(text).is_err(), "{text}");
        }
    }
}
