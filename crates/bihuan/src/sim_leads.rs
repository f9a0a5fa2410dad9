//! `bihuan sim leads`: a load of simulated reports against any server.

use std::time::Duration;

use anyhow::Result;

/// What simulators there are.
#[derive(Debug, clap::Subcommand)]
pub enum SimCommand {
    /// 按固定速率上报模拟线索，统计耗时
    Leads(LeadsArgs),
    /// 模拟渣土车：经真实连接上报位置，按比例作假，并写下实际所做
    Trucks(crate::sim_trucks::TrucksArgs),
}

/// What `bihuan sim leads` is told.
#[derive(Debug, clap::Parser)]
pub struct LeadsArgs {
    /// 服务地址
    #[arg(long, default_value = "http://127.0.0.1:8080", value_name = "URL")]
    url: String,
    /// 上报账号
    #[arg(long, default_value = "operator01", value_name = "ACCOUNT")]
    account: String,
    /// 口令
    #[arg(long, env = "BIHUAN_SIM_PASSWORD", default_value = sim::cast::PASSWORD, value_name = "PASSWORD")]
    password: String,
    /// 每秒件数
    #[arg(long, default_value_t = 20.0, value_name = "RATE")]
    rate: f64,
    /// 持续秒数
    #[arg(long, default_value_t = 30, value_name = "SECONDS")]
    seconds: u64,
    /// 上报位置的范围：西,南,东,北（一个参数，逗号分隔）
    #[arg(long, value_delimiter = ',', default_values_t = [120.95, 30.60, 121.15, 30.80], value_name = "DEGREES")]
    bounds: Vec<f64>,
}

/// Runs a simulator.
pub async fn run(command: SimCommand) -> Result<()> {
    let args = match command {
        SimCommand::Leads(args) => args,
        SimCommand::Trucks(args) => return crate::sim_trucks::run(args).await,
    };
    // The choice of the crypto provider is the process's own; a second choice changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let bounds = <[f64; 4]>::try_from(args.bounds).map_err(|_| anyhow::anyhow!("--bounds 应为四个数：西,南,东,北"))?;
    let load = sim::load::Load {
        url: args.url,
        account: args.account,
        password: args.password,
        rate: args.rate,
        takes: Duration::from_secs(args.seconds),
        bounds,
    };
    let measured = sim::load::run(&load).await?;
    println!(
        "已受理 {} 件，失败 {} 件；耗时中位 {:.1} 毫秒，99% 在 {:.1} 毫秒以内",
        measured.stored, measured.failed, measured.median_ms, measured.p99_ms
    );
    Ok(())
}
