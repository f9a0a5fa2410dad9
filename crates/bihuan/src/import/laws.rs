//! `bihuan import laws`: statutes as Markdown files, each imported, there already, or refused with the reason.

use std::{path::PathBuf, sync::Arc};

use anyhow::{Context, Result, bail};
use identity::Identity;
use kernel::clock::{SharedClock, SystemClock};
use matters::{LawFile, LawOutcome, Matters};

/// Files of one import.
const MOST_FILES: usize = 5_000;
/// The longest file that is read, in bytes.
const LONGEST: u64 = 8 << 20;

/// Which folder, into which data folder.
#[derive(Debug, clap::Args)]
pub struct ImportLawsArgs {
    /// 文件夹，其中每个 .md 文件是一部法规，文件名如“名称(2021-01-22).md”
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    /// 数据目录
    #[arg(long, env = "BIHUAN_DATA", default_value = "var/data", value_name = "FOLDER")]
    data: PathBuf,
    /// 本区行政区划代码（6 位）
    #[arg(long, env = "BIHUAN_REGION", default_value = "330482", value_name = "CODE")]
    region: String,
}

/// The Markdown files of a folder, by name.
fn files(folder: &PathBuf) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("文件夹 {} 无法读取", folder.display()))?;
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "md") && path.is_file() {
            found.push(path);
        }
        if found.len() > MOST_FILES {
            bail!("文件夹中的文件超过 {MOST_FILES} 个，请分批导入");
        }
    }
    if found.is_empty() {
        bail!("文件夹 {} 中没有 .md 文件", folder.display());
    }
    found.sort();
    Ok(found)
}

fn read(path: &PathBuf) -> Result<LawFile, String> {
    let name = path.file_name().and_then(|name| name.to_str()).ok_or("文件名不是 UTF-8")?.to_owned();
    if path.metadata().map_err(|_| "文件无法读取")?.len() > LONGEST {
        return Err("文件过大，不像一部法规".to_owned());
    }
    let text = std::fs::read_to_string(path).map_err(|_| "文件无法读取，或不是 UTF-8 编码")?;
    Ok(LawFile { name, text })
}

/// Imports, file by file; ends with status 1 where a file was refused.
pub async fn run(args: ImportLawsArgs) -> Result<()> {
    let files = files(&args.folder)?;
    std::fs::create_dir_all(&args.data).with_context(|| format!("数据目录 {} 无法建立", args.data.display()))?;
    let opened = database::open_beside(&database::Settings::from_environment(&args.data)).await?;
    let outcome = import(&opened, &files, &args.region).await;
    opened.close().await?;
    let [imported, present, refused] = outcome?;
    println!("已导入 {imported}，已存在 {present}，被拒绝 {refused}，合计 {} 部", files.len());
    if refused > 0 {
        bail!("有 {refused} 部法规未导入，原因见上");
    }
    Ok(())
}

async fn import(opened: &database::Opened, files: &[PathBuf], region: &str) -> Result<[usize; 3]> {
    database::migrate(&opened.owner_pool, &crate::serve::migrations()).await?;
    let (database, clock): (_, SharedClock) = (opened.database.clone(), Arc::new(SystemClock));
    // Nobody signs in here and nothing is sealed: the key is of no use to this command.
    let settings = identity::Settings { seal_key: [0; 32], secure_cookies: false, demo: false };
    let identity = Identity::new(database.pool().clone(), clock.clone(), settings);
    let matters = Matters::load(database, clock, identity, region).await?;
    let mut counts = [0; 3];
    for path in files {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let outcome = match read(path) {
            Ok(file) => matters.import_law(&file).await?,
            Err(reason) => LawOutcome::Refused(reason),
        };
        let (at, told) = match outcome {
            LawOutcome::Imported(articles) => (0, format!("已导入，{articles} 条")),
            LawOutcome::Present => (1, "已存在".to_owned()),
            LawOutcome::Refused(reason) => (2, format!("未导入：{reason}")),
        };
        counts[at] += 1;
        println!("{name}  {told}");
    }
    Ok(counts)
}
