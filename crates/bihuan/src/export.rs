//! `bihuan export`: lists as files, with the masking of the lists.

use std::path::PathBuf;

use anyhow::{Result, bail};
use leads::{ExportFormat, ExportWhat};

/// What to export.
#[derive(Debug, clap::Subcommand)]
pub enum ExportCommand {
    /// 导出线索，字段与列表相同
    Leads(ExportArgs),
    /// 导出台账
    Ledger(ExportArgs),
}

/// Where to.
#[derive(Debug, clap::Args)]
pub struct ExportArgs {
    /// 输出文件，不能已存在
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// 格式
    #[arg(long, default_value = "csv", value_parser = ["csv", "xlsx", "jsonl"])]
    format: String,
    /// 数据目录
    #[arg(long, env = "BIHUAN_DATA", default_value = "var/data", value_name = "FOLDER")]
    data: PathBuf,
    /// 本区行政区划代码（6 位）
    #[arg(long, env = "BIHUAN_REGION", default_value = "330482", value_name = "CODE")]
    region: String,
}

/// Exports, and says so when a workbook was full before the end.
pub async fn run(command: ExportCommand) -> Result<()> {
    let (what, args) = match command {
        ExportCommand::Leads(args) => (ExportWhat::Leads, args),
        ExportCommand::Ledger(args) => (ExportWhat::Ledger, args),
    };
    let format = match args.format.as_str() {
        "xlsx" => ExportFormat::Xlsx,
        "jsonl" => ExportFormat::Jsonl,
        _ => ExportFormat::Csv,
    };
    let beside = crate::beside::open(&args.data, &args.region).await?;
    let done = beside.leads.export_to(what, format, &args.out).await;
    beside.opened.close().await?;
    let done = done.map_err(|problem| anyhow::anyhow!("{}", problem.detail))?;
    println!("已导出 {} 行到 {}", done.rows, args.out.display());
    if done.cut {
        bail!("工作表已满，其余未导出；请改用 --format csv 或 jsonl");
    }
    Ok(())
}
