//! `bihuan bench`: measures, prints one JSON object a line, and leaves nothing behind.

mod case_open;
mod classify;
mod decode;
mod dedupe;
mod documents;
mod events;
mod evidence;
mod fence;
pub(crate) mod figure;
mod gateway;
mod indicators;
mod intake;
mod list;
mod locate;
mod national;
mod noise;
pub(crate) mod server;
mod start;
mod track;

use anyhow::Result;

/// What to measure.
#[derive(Debug, clap::Args)]
pub struct BenchArgs {
    #[command(subcommand)]
    bench: Bench,
}

#[derive(Debug, clap::Subcommand)]
enum Bench {
    /// 打开案件：百万件中打开一件，案件页所需一次取回
    CaseOpen(case_open::CaseOpenArgs),
    /// 分类：类别模型的准确程度、每秒分类多少条文本
    Classify(classify::ClassifyArgs),
    /// 解码：一个核每秒解析多少条 JT/T 808 位置汇报
    Decode {
        /// 每行一个 JSON 对象
        #[arg(long)]
        json: bool,
    },
    /// 疑似重复：百万件中查找一件新线索的疑似重复需多久，已知的重复查到多少
    Dedupe(dedupe::DedupeArgs),
    /// 文书：每秒排出多少页处罚决定书，一个线程多占多少内存
    Documents(documents::DocumentsArgs),
    /// 机器事件：每秒接收、研判并落盘多少个事件
    Events(events::EventsArgs),
    /// 证据：大文件每秒取摘要并落盘多少
    Evidence(evidence::EvidenceArgs),
    /// 电子围栏：一个核每秒把多少个点对照两千个面和两千条路线走廊
    Fence {
        /// 每行一个 JSON 对象
        #[arg(long)]
        json: bool,
    },
    /// 车载终端：每秒接收、落盘并应答多少条位置汇报
    Gateway(gateway::GatewayArgs),
    /// 考核：百万件中一个月的全部指标
    Indicators(indicators::IndicatorsArgs),
    /// 上报：每秒受理、定位、派遣并落盘多少条线索
    Intake(intake::IntakeArgs),
    /// 列表：百万件中最慢的列表
    List(list::ListArgs),
    /// 点落网格：每秒定位多少个点
    Locate {
        /// 每行一个 JSON 对象
        #[arg(long)]
        json: bool,
    },
    /// 启动：从命令到就绪的时间与内存
    Start {
        /// 每行一个 JSON 对象
        #[arg(long)]
        json: bool,
    },
    /// 轨迹：一亿个点中取一辆车的一天、全部车辆的某一分钟
    Track(track::TrackArgs),
}

/// Measures.
pub async fn run(args: BenchArgs) -> Result<()> {
    // The client takes its TLS from the process, although no bench leaves the machine.
    let _ = rustls::crypto::ring::default_provider().install_default();
    match args.bench {
        Bench::CaseOpen(args) => case_open::run(args).await,
        Bench::Classify(args) => classify::run(&args),
        Bench::Decode { json } => decode::run(json),
        Bench::Dedupe(args) => dedupe::run(args).await,
        Bench::Documents(args) => documents::run(&args),
        Bench::Events(args) => events::run(args).await,
        Bench::Evidence(args) => evidence::run(args).await,
        Bench::Fence { json } => fence::run(json),
        Bench::Gateway(args) => gateway::run(args).await,
        Bench::Indicators(args) => indicators::run(args).await,
        Bench::Intake(args) => intake::run(args).await,
        Bench::List(args) => list::run(args).await,
        Bench::Locate { json } => locate::run(json),
        Bench::Start { json } => start::run(json).await,
        Bench::Track(args) => track::run(args).await,
    }
}
