//! `bihuan bench`: measures, prints one JSON object a line, and leaves nothing behind.

mod locate;

use anyhow::Result;

/// What to measure.
#[derive(Debug, clap::Args)]
pub struct BenchArgs {
    #[command(subcommand)]
    bench: Bench,
}

#[derive(Debug, clap::Subcommand)]
enum Bench {
    /// 点落网格：每秒定位多少个点
    Locate {
        /// 每行一个 JSON 对象
        #[arg(long)]
        json: bool,
    },
}

/// Measures.
pub async fn run(args: BenchArgs) -> Result<()> {
    match args.bench {
        Bench::Locate { json } => locate::run(json),
    }
}
