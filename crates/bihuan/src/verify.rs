//! `bihuan verify`: reads every ledger chain and says what is not as it was written.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result, bail};
use docket::ledger::{self, Root, RootKey, Trusted, Verified};
use serde_json::json;

/// The status when all is as it was written, but nobody vouches for the key that signed the roots. 1 is an error, 2 a wrong command line.
const UNVOUCHED: u8 = 3;

/// One thing alone.
#[derive(Debug, clap::Subcommand)]
enum Only {
    /// 校验市民的签名回执，不用联网
    Receipt(crate::verify_receipt::ReceiptArgs),
    /// 校验导出的电子案卷，不用联网
    Dossier(crate::verify_dossier::DossierArgs),
    /// 校验文书的电子签名，不用联网：是否有效、由谁签、有无改动
    Document(crate::verify_document::DocumentArgs),
}

/// What to verify.
#[derive(Debug, clap::Args)]
pub struct VerifyArgs {
    #[command(subcommand)]
    only: Option<Only>,
    /// 数据目录
    #[arg(long, env = "BIHUAN_DATA", default_value = "var/data", value_name = "FOLDER")]
    data: PathBuf,
    /// 外部保存的签名根所在目录
    #[arg(long, value_name = "FOLDER")]
    roots: Option<PathBuf>,
    /// 签名根的公钥（十六进制），换过密钥时可给多个；不给则用数据目录里签名密钥的公钥
    #[arg(long, value_name = "HEX", requires = "roots")]
    public_key: Vec<String>,
    /// 结果输出为 JSON
    #[arg(long)]
    json: bool,
}

/// Whose key the signatures of the roots were checked against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Signatures {
    /// There were no roots to check.
    None,
    /// The keys given on the command line.
    Given,
    /// The installation's own key.
    Own,
    /// Nobody's: each root's signature holds for the key that it carries.
    Carried,
}

impl Signatures {
    const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Given => "given-key",
            Self::Own => "own-key",
            Self::Carried => "carried-key",
        }
    }

    const fn words(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Given => Some("签名根的签名与给出的公钥相符。"),
            Self::Own => Some("签名根的签名与本系统的签名密钥相符。"),
            Self::Carried => Some(
                "⚠ 没有给出公钥，数据目录里也没有签名密钥：签名只与根文件自带的公钥核对过，不能证明根是本系统签的。请用 --public-key 给出首次启动后抄下的公钥。",
            ),
        }
    }
}

/// Verifies, and ends with status 1 when something was altered, 3 when only the key of the roots is unvouched for.
pub async fn run(args: VerifyArgs) -> Result<ExitCode> {
    match &args.only {
        Some(Only::Receipt(receipt)) => return crate::verify_receipt::run(receipt, &args.data),
        Some(Only::Dossier(dossier)) => return crate::verify_dossier::run(dossier, &args.data),
        Some(Only::Document(document)) => return crate::verify_document::run(document, &args.data),
        None => {}
    }
    let (roots, signatures) = match &args.roots {
        Some(folder) => read_roots(folder, &args)?,
        None => (Vec::new(), Signatures::None),
    };
    let opened = database::open_beside(&database::Settings::from_environment(&args.data)).await?;
    let outcome = ledger::verify(opened.database.pool(), &roots).await;
    let made = ledger::roots_made(opened.database.pool()).await;
    opened.close().await?;
    let (outcome, made) = (outcome?, made?);
    let kept = roots.last().map_or(0, |root| root.sequence);
    if args.roots.is_some() && kept != made {
        bail!("数据库记录已签发 {made} 个根，目录中只到第 {kept} 个：根文件缺失，或数据库被换成了旧的");
    }
    if args.json {
        say_json(&outcome, roots.len(), signatures)
    } else {
        say(&outcome, roots.len(), signatures)
    }
    if !outcome.findings.is_empty() {
        bail!("发现 {} 件台账与写入时不符", outcome.findings.len());
    }
    Ok(if signatures == Signatures::Carried { ExitCode::from(UNVOUCHED) } else { ExitCode::SUCCESS })
}

/// Reads the roots by the keys that were given, else by the installation's own, else by what they carry.
fn read_roots(folder: &Path, args: &VerifyArgs) -> Result<(Vec<Root>, Signatures)> {
    if let Some(wrong) = args.public_key.iter().find(|key| key.len() != 64 || !key.bytes().all(|byte| byte.is_ascii_hexdigit())) {
        bail!("公钥 {wrong} 不是 64 位十六进制数字");
    }
    let (trusted, signatures) = if args.public_key.is_empty() {
        // A key that is there and cannot be read is a reason to stop, not to believe whoever signed.
        match RootKey::public_at(&args.data.join("keys")).context("数据目录里的签名密钥无法读取，请用 --public-key 给出公钥")?
        {
            Some(own) => (Trusted::Keys(vec![own]), Signatures::Own),
            None => (Trusted::AsCarried, Signatures::Carried),
        }
    } else {
        (Trusted::Keys(args.public_key.clone()), Signatures::Given)
    };
    let roots = ledger::load_roots(folder, &trusted).context("签名根有问题")?;
    let signatures = if roots.is_empty() { Signatures::None } else { signatures };
    Ok((roots, signatures))
}

fn say(outcome: &Verified, roots: usize, signatures: Signatures) {
    println!("已校验 {} 件、{} 条台账记录，与 {roots} 个外部签名根中的 {} 处件头比对。", outcome.dockets, outcome.entries, outcome.rooted);
    if let Some(words) = signatures.words() {
        println!("{words}");
    }
    for finding in &outcome.findings {
        println!("✗ 件 {} 第 {} 条：{}", finding.docket, finding.seq, finding.what);
    }
    if outcome.findings.is_empty() {
        println!("✓ 全部台账完整，未发现改动。");
    }
}

fn say_json(outcome: &Verified, roots: usize, signatures: Signatures) {
    let findings: Vec<_> =
        outcome.findings.iter().map(|finding| json!({ "docket": finding.docket, "seq": finding.seq, "what": finding.what })).collect();
    let said = json!({
        "dockets": outcome.dockets, "entries": outcome.entries, "roots": roots, "rooted": outcome.rooted, "signatures": signatures.code(),
        "findings": findings,
    });
    println!("{said}");
}
