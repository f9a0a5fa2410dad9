//! `bihuan verify receipt`: reads a citizen's receipt and says whether it is whole, and by whom. Without a network or a server.

use std::{
    io::Read,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result, bail};
use docket::ledger::RootKey;
use kernel::clock::shanghai;
use leads::receipt::{LONGEST_RECEIPT, Receipt, Vouched, read_receipt};

/// The status when a receipt is whole, but nobody vouches for the key that signed it. 1 is altered or unreadable, 2 a wrong command line.
const UNVOUCHED: u8 = 3;

/// What to verify with.
#[derive(Debug, clap::Args)]
pub struct ReceiptArgs {
    /// 回执文件
    file: PathBuf,
    /// 签发城市公布的公钥（64 位十六进制），可给多个；不给则用数据目录里签名密钥的公钥
    #[arg(long, value_name = "HEX")]
    key: Vec<String>,
}

/// Verifies, and ends with 0 for a receipt signed by a trusted key, 3 for one that only its own key vouches for.
///
/// # Errors
/// Whatever else is wrong with it, in Chinese.
pub fn run(args: &ReceiptArgs, data: &Path) -> Result<ExitCode> {
    if let Some(wrong) = args.key.iter().find(|key| key.len() != 64 || !key.bytes().all(|byte| byte.is_ascii_hexdigit())) {
        bail!("公钥 {wrong} 不是 64 位十六进制数字");
    }
    let own = if args.key.is_empty() {
        // A key that is there and cannot be read is a reason to stop, not to believe whoever signed.
        RootKey::public_at(&data.join("keys")).context("数据目录里的签名密钥无法读取，请用 --key 给出公钥")?
    } else {
        None
    };
    let trusted: Vec<String> = args.key.iter().map(|key| key.to_ascii_lowercase()).chain(own.clone()).collect();
    let mut bytes = Vec::new();
    let most = u64::try_from(LONGEST_RECEIPT).unwrap_or(u64::MAX) + 1;
    std::fs::File::open(&args.file)
        .and_then(|file| file.take(most).read_to_end(&mut bytes))
        .with_context(|| format!("{} 无法读取", args.file.display()))?;
    let (receipt, vouched) = read_receipt(&bytes, &trusted).map_err(|fault| anyhow::anyhow!("回执无效：{fault}"))?;
    say(&receipt);
    match vouched {
        Vouched::Trusted if own.is_some() => println!("✓ 回执有效：内容完整，由本系统的签名密钥签发。"),
        Vouched::Trusted => println!("✓ 回执有效：内容完整，由给出的公钥签发。"),
        Vouched::AsCarried => {
            println!("✓ 内容与签名相符。");
            println!(
                "⚠ 没有给出公钥，只与回执自带的公钥 {} 核对过，不能证明由谁签发。请用 --key 给出该市公布的公钥。",
                plain(&receipt.public_key)
            );
            return Ok(ExitCode::from(UNVOUCHED));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn say(receipt: &Receipt) {
    let body = &receipt.receipt;
    let time = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&shanghai()).format("%Y-%m-%d %H:%M:%S").to_string();
    println!(
        "编号 {}，{}，签发区划 {}，签发于 {}",
        plain(&body.number),
        plain(&body.state_label),
        plain(&body.issuer),
        time(body.issued_at)
    );
    println!("上报于 {}{}", time(body.reported_at), body.ended_at.map(|at| format!("，办结于 {}", time(at))).unwrap_or_default());
    if let Some(name) = &body.class_name {
        println!("类别 {}", plain(name));
    }
    if let Some(name) = &body.grid_name {
        println!("位置 {}", plain(name));
    }
    println!("照片 {} 张，共 {} 件上报一并办理", body.photos.len(), body.reports);
    if let Some(answer) = &body.answer {
        println!("答复 {}", plain(answer));
    }
    if body.simulated {
        println!("（模拟数据）");
    }
}

/// The text without what would move a terminal's cursor or colour it: a receipt comes from anywhere.
pub fn plain(text: &str) -> String {
    text.chars().map(|it| if it.is_control() { ' ' } else { it }).collect()
}
