//! `bihuan verify`: reads every ledger chain and says what is not as it was written.

use std::path::PathBuf;

use anyhow::{Context, Result};
use docket::ledger;

/// What to verify.
#[derive(Debug, clap::Args)]
pub struct VerifyArgs {
    /// 数据目录
    #[arg(long, env = "BIHUAN_DATA", default_value = "var/data", value_name = "FOLDER")]
    data: PathBuf,
    /// 外部保存的签名根所在目录
    #[arg(long, value_name = "FOLDER")]
    roots: Option<PathBuf>,
    /// 签名根的公钥（十六进制）；不给则用根文件自带的公钥
    #[arg(long, value_name = "HEX", requires = "roots")]
    public_key: Option<String>,
}

/// Verifies, and ends with status 1 when something was altered.
pub async fn run(args: VerifyArgs) -> Result<()> {
    let roots = match &args.roots {
        Some(folder) => ledger::load_roots(folder, args.public_key.as_deref()).context("签名根有问题")?,
        None => Vec::new(),
    };
    let opened = database::open_beside(&database::Settings::from_environment(&args.data)).await?;
    let outcome = ledger::verify(opened.database.pool(), &roots).await;
    let made = ledger::roots_made(opened.database.pool()).await;
    opened.close().await?;
    let (outcome, made) = (outcome?, made?);
    let kept = roots.last().map_or(0, |root| root.sequence);
    if args.roots.is_some() && kept != made {
        anyhow::bail!("数据库记录已签发 {made} 个根，目录中只到第 {kept} 个：根文件缺失，或数据库被换成了旧的");
    }
    println!(
        "已校验 {} 件、{} 条台账记录，与 {} 个外部签名根中的 {} 处件头比对。",
        outcome.dockets,
        outcome.entries,
        roots.len(),
        outcome.rooted
    );
    for finding in &outcome.findings {
        println!("✗ 件 {} 第 {} 条：{}", finding.docket, finding.seq, finding.what);
    }
    if outcome.findings.is_empty() {
        println!("✓ 全部台账完整，未发现改动。");
        return Ok(());
    }
    anyhow::bail!("发现 {} 件台账与写入时不符", outcome.findings.len())
}
