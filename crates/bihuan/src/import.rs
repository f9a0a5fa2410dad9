//! `bihuan import`: files of other systems become leads, statutes become the text of the legal library.

mod laws;

use std::{collections::BTreeMap, io::Write, path::PathBuf, time::Duration};

use anyhow::{Context, Result, bail};
use leads::{ImportReport, ImportState, Leads, NewImport, Source};
use uuid::Uuid;

/// What to import.
#[derive(Debug, clap::Subcommand)]
pub enum ImportCommand {
    /// 导入线索：CSV（UTF-8、GBK）或 XLSX；同一来源编号只导入一次
    Leads(ImportLeadsArgs),
    /// 导入法规：文件夹中的 Markdown 文件（文件名带日期），逐个报告；已入库的不改动
    Laws(laws::ImportLawsArgs),
}

/// Which file, of what, into which data folder.
#[derive(Debug, clap::Args)]
pub struct ImportLeadsArgs {
    /// 文件
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// 来源
    #[arg(long, default_value = "import", value_parser = ["hotline", "letters", "import"])]
    source: String,
    /// 列对应（JSON：字段名到列名）；不给则按列名识别
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// 数据目录
    #[arg(long, env = "BIHUAN_DATA", default_value = "var/data", value_name = "FOLDER")]
    data: PathBuf,
    /// 本区行政区划代码（6 位）
    #[arg(long, env = "BIHUAN_REGION", default_value = "330482", value_name = "CODE")]
    region: String,
}

/// How often progress is shown.
const SHOWN: Duration = Duration::from_secs(1);

/// Imports, and ends with status 1 unless every row is accounted for.
pub async fn run(command: ImportCommand) -> Result<()> {
    let args = match command {
        ImportCommand::Leads(args) => args,
        ImportCommand::Laws(args) => return laws::run(args).await,
    };
    let mapping: Option<BTreeMap<String, String>> = match &args.mapping {
        Some(file) => {
            let text = std::fs::read_to_string(file).with_context(|| format!("列对应文件 {} 无法读取", file.display()))?;
            Some(serde_json::from_str(&text).context("列对应文件应为 JSON 对象：字段名到列名")?)
        }
        None => None,
    };
    let source: Source = args.source.parse().map_err(|error| anyhow::anyhow!("{error}"))?;
    let beside = crate::beside::open(&args.data, &args.region).await?;
    let outcome = import(&beside.leads, NewImport { file: args.file, source, mapping }).await;
    beside.opened.close().await?;
    report(&outcome?)
}

async fn import(leads: &Leads, new: NewImport) -> Result<ImportReport> {
    let id = leads.begin_import(new).await.map_err(refused)?;
    loop {
        // A running server may have taken it up first: then its progress is watched.
        let work = leads.run_import(id);
        tokio::pin!(work);
        loop {
            tokio::select! {
                outcome = &mut work => {
                    if let Err(problem) = outcome {
                        eprintln!("\n{}；稍后继续", problem.detail);
                    }
                    break;
                }
                () = tokio::time::sleep(SHOWN) => drop(show(leads, id).await),
            }
        }
        let standing = show(leads, id).await?;
        match standing.state {
            ImportState::Waiting | ImportState::Running => tokio::time::sleep(SHOWN).await,
            _ => return Ok(standing),
        }
    }
}

async fn show(leads: &Leads, id: Uuid) -> Result<ImportReport> {
    let standing = leads.import_report(id).await.map_err(refused)?;
    let total = standing.rows_total.map_or_else(|| "？".to_owned(), |total| total.to_string());
    eprint!("\r{} {} / {total} 行", standing.state.label(), standing.rows_done);
    let _ = std::io::stderr().flush();
    Ok(standing)
}

fn report(done: &ImportReport) -> Result<()> {
    eprintln!();
    println!("导入 {}（{}）：{}", done.id, done.encoding.as_deref().unwrap_or("—"), done.state.label());
    println!("已导入 {}，已存在 {}，被拒绝 {}，合计 {} 行", done.imported, done.present, done.rejected, done.rows_done);
    if done.state == ImportState::Done && done.imported + done.present + done.rejected == done.rows_total.unwrap_or(-1) {
        return Ok(());
    }
    match &done.error {
        Some(error) => bail!("{error}"),
        None => bail!("导入没有完成：{}", done.state.label()),
    }
}

fn refused(problem: kernel::problem::Problem) -> anyhow::Error {
    anyhow::anyhow!("{}", problem.detail)
}
