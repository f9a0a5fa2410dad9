//! `bihuan verify dossier`: reads a case's dossier and says whether it is whole, and by whom. Without a network or a server.

use std::{
    fs::File,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result, bail};
use docket::ledger::RootKey;
use dossier::{PartKind, Vouched, check};
use kernel::clock::shanghai;

/// The status when a dossier is whole, but nobody vouches for the key that signed it. 1 is altered or unreadable, 2 a wrong command line.
const UNVOUCHED: u8 = 3;

/// What to verify with.
#[derive(Debug, clap::Args)]
pub struct DossierArgs {
    /// 电子案卷文件（ZIP）
    file: PathBuf,
    /// 制作机关公布的公钥（64 位十六进制），可给多个；不给则用数据目录里签名密钥的公钥
    #[arg(long, value_name = "HEX")]
    key: Vec<String>,
}

/// Verifies, and ends with 0 for a dossier signed by a trusted key, 3 for one that only its own key vouches for.
///
/// # Errors
/// Whatever else is wrong with it, in Chinese.
pub fn run(args: &DossierArgs, data: &Path) -> Result<ExitCode> {
    if let Some(wrong) = args.key.iter().find(|key| key.len() != 64 || !key.bytes().all(|byte| byte.is_ascii_hexdigit())) {
        bail!("公钥 {wrong} 不是 64 位十六进制数字");
    }
    let own = if args.key.is_empty() {
        // A key that is there and cannot be read is a reason to stop, not to believe whoever signed.
        RootKey::public_at(&data.join("keys")).context("数据目录里的签名密钥无法读取，请用 --key 给出公钥")?
    } else {
        None
    };
    let trusted: Vec<String> = args.key.iter().cloned().chain(own).collect();
    let file = File::open(&args.file).with_context(|| format!("{} 无法读取", args.file.display()))?;
    let checked = check(file, &trusted).map_err(|fault| anyhow::anyhow!("案卷无效：{fault}"))?;
    let of = |kind| checked.index.parts.iter().filter(|part| part.kind == kind).count();
    println!(
        "案件 {}，制作于 {}，文书 {} 份，证据 {} 份，台账 {} 条",
        crate::verify_receipt::plain(&checked.index.number),
        checked.index.made_at.with_timezone(&shanghai()).format("%Y-%m-%d %H:%M:%S"),
        of(PartKind::Document),
        of(PartKind::Evidence),
        checked.lines
    );
    match checked.vouched {
        Vouched::Trusted => {
            println!("✓ 案卷有效：内容完整，台账连续，由可信的公钥签名。");
            Ok(ExitCode::SUCCESS)
        }
        Vouched::AsCarried => {
            println!("✓ 内容完整，台账连续，与签名相符。");
            println!(
                "⚠ 没有给出公钥，只与案卷自带的公钥 {} 核对过，不能证明由谁制作。请用 --key 给出该机关公布的公钥。",
                crate::verify_receipt::plain(&checked.index.public_key)
            );
            Ok(ExitCode::from(UNVOUCHED))
        }
    }
}
