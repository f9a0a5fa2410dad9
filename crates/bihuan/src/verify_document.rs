//! `bihuan verify document`: whether a document is as it was signed, and by whom. Without a network or a server.

use std::{
    io::Read,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result};
use documents::signature::{Certificates, Outcome, Signer, verify};
use serde_json::json;

/// The status when a document is whole, but nobody vouches for who signed it. 1 is altered or unreadable, 2 a wrong command line.
const UNVOUCHED: u8 = 3;
/// The status when nobody signed it.
const NOT_SIGNED: u8 = 4;
/// The largest file that is read.
const LARGEST: u64 = 200 << 20;

/// What to verify with.
#[derive(Debug, clap::Args)]
pub struct DocumentArgs {
    /// 文书文件（PDF）
    file: PathBuf,
    /// 信任的根证书（PEM 或者 DER），可给多个；不给则用数据目录里的根证书
    #[arg(long, value_name = "FILE")]
    ca: Vec<PathBuf>,
    /// 结果输出为 JSON
    #[arg(long)]
    json: bool,
}

/// Verifies, and ends with 0 for a document that is whole and signed under a trusted authority, 1 for one that was altered, 3 for one that
/// nobody vouches for, 4 for one that nobody signed.
///
/// # Errors
/// A file that does not read.
pub fn run(args: &DocumentArgs, data: &Path) -> Result<ExitCode> {
    let mut trusted = Certificates::default();
    for file in &args.ca {
        let bytes = std::fs::read(file).with_context(|| format!("{} 无法读取", file.display()))?;
        trusted.add(&bytes).with_context(|| format!("{} 不是证书", file.display()))?;
    }
    if args.ca.is_empty() {
        trusted = Certificates::of(Signer::authority_at(&data.join("keys")).context("数据目录里的根证书无法读取")?.into_iter().collect());
    }
    let mut bytes = Vec::new();
    std::fs::File::open(&args.file)
        .and_then(|file| file.take(LARGEST).read_to_end(&mut bytes))
        .with_context(|| format!("{} 无法读取", args.file.display()))?;
    let (outcome, status) = match verify(&bytes, &trusted) {
        Outcome::Valid(signed) if signed.trusted => (json!({ "outcome": "valid", "signed": signed }), ExitCode::SUCCESS),
        Outcome::Valid(signed) => (json!({ "outcome": "unvouched", "signed": signed }), ExitCode::from(UNVOUCHED)),
        Outcome::Altered(why) => (json!({ "outcome": "altered", "why": why }), ExitCode::FAILURE),
        Outcome::NotSigned => (json!({ "outcome": "not-signed" }), ExitCode::from(NOT_SIGNED)),
    };
    if args.json {
        println!("{outcome}");
    } else {
        say(&outcome);
    }
    Ok(status)
}

fn say(outcome: &serde_json::Value) {
    let text = |name: &str| plain(outcome["signed"][name].as_str().unwrap_or("（未注明）"));
    let signed = || println!("签名人：{}；颁发者：{}；签名人所称的时间（世界时）：{}", text("by"), text("issuer"), text("at"));
    match outcome["outcome"].as_str().unwrap_or_default() {
        "valid" => {
            signed();
            println!("✓ 签名有效：文书自签名后没有改动，签名证书由信任的根证书颁发。");
        }
        "unvouched" => {
            signed();
            println!("✓ 文书自签名后没有改动。");
            println!("⚠ 签名证书不是由信任的根证书颁发，不能证明由谁签名。请用 --ca 给出签发机关公布的根证书。");
        }
        "altered" => println!("✗ 签名无效：{}。", outcome["why"].as_str().unwrap_or_default()),
        _ => println!("· 文书没有电子签名。"),
    }
}

/// The text without what would move a terminal's cursor or colour it: a document comes from anywhere.
fn plain(text: &str) -> String {
    text.chars().map(|it| if it.is_control() { ' ' } else { it }).collect()
}
