//! `bihuan admin backup`: database, files and wrapped keys into one encrypted file.

use super::passphrase::Passphrase;
use anyhow::Result;
use database::{
    Settings,
    backup::{MASTER_KEY, Request, WORK, create},
};
use kernel::clock::{Clock, SystemClock};
use std::path::PathBuf;

/// 备份数据库、文件和已加密的密钥（服务运行时也可执行）
#[derive(Debug, clap::Args)]
pub struct BackupArgs {
    /// 备份文件（不得已存在）
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// 数据目录
    #[arg(long, env = "BIHUAN_DATA", default_value = "var/data", value_name = "FOLDER")]
    data: PathBuf,
    #[command(flatten)]
    passphrase: Passphrase,
}

/// Makes the backup and says where the master key is, which is not in it.
pub async fn run(args: BackupArgs) -> Result<()> {
    let passphrase = args.passphrase.for_writing()?;
    anyhow::ensure!(args.data.is_dir(), "数据目录 {} 不存在。The data folder does not exist.", args.data.display());
    let key = args.data.canonicalize()?.join(MASTER_KEY);
    let bucket = crate::storage::bucket_for_backup()?;
    let from_bucket = bucket.is_some();
    let manifest = create(Request {
        settings: Settings::from_environment(args.data),
        out: args.out.clone(),
        passphrase,
        work: WORK,
        bucket,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        now: SystemClock.now(),
    })
    .await?;
    let rows: i64 = manifest.tables.values().sum();
    println!(
        "已备份到 {}：{} 张表共 {rows} 行，{} 个文件（{} 字节）。",
        args.out.display(),
        manifest.tables.len(),
        manifest.files.entries,
        manifest.files.bytes
    );
    if from_bucket {
        println!("照片与文件取自 S3 存储桶。Photos and documents were read from the S3 bucket.");
    }
    println!("主密钥不在备份中。请另行妥善保管 {}：没有它，恢复后的个人信息无法解密。", key.display());
    println!(
        "The master key is not in the backup. Keep {} separately and safe: without it the restored personal data cannot be read.",
        key.display()
    );
    Ok(())
}
