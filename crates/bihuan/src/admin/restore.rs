//! `bihuan admin restore`: a backup into an empty data folder.

use super::passphrase::Passphrase;
use anyhow::Result;
use database::{
    Settings,
    backup::{MASTER_KEY, RestoreRequest, restore},
};
use std::path::PathBuf;

/// 把备份恢复到空的数据目录（先完整检查备份，再写入）
#[derive(Debug, clap::Args)]
pub struct RestoreArgs {
    /// 备份文件
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    /// 另行保管的主密钥文件
    #[arg(long, value_name = "FILE")]
    master_key: Option<PathBuf>,
    /// 数据目录（必须为空）
    #[arg(long, env = "BIHUAN_DATA", default_value = "var/data", value_name = "FOLDER")]
    data: PathBuf,
    #[command(flatten)]
    passphrase: Passphrase,
}

/// Restores the backup and says what is still missing.
pub async fn run(args: RestoreArgs) -> Result<()> {
    let passphrase = args.passphrase.for_reading()?;
    let with_key = args.master_key.is_some();
    let bucket = crate::storage::bucket_for_backup()?;
    let into_bucket = bucket.is_some();
    let manifest = restore(RestoreRequest {
        settings: Settings::from_environment(args.data.clone()),
        from: args.from,
        passphrase,
        master_key: args.master_key,
        bucket,
    })
    .await?;
    let rows: i64 = manifest.tables.values().sum();
    println!(
        "已恢复 {} 的备份：{} 张表共 {rows} 行（已逐表核对），{} 个文件。",
        manifest.made_at.with_timezone(&kernel::clock::shanghai()).format("%Y-%m-%d %H:%M:%S"),
        manifest.tables.len(),
        manifest.files.entries
    );
    if into_bucket {
        println!(
            "照片与文件已写入 S3 存储桶，启动时请照样设置 S3_…。Photos and documents are in the S3 bucket; start with the same S3_… settings."
        );
    }
    if !with_key {
        let key = args.data.join(MASTER_KEY);
        println!("注意：没有提供主密钥。请在启动前把原来的主密钥放到 {}，否则个人信息无法解密。", key.display());
        println!(
            "The master key was not given. Put the original one at {} before starting, or personal data cannot be read.",
            key.display()
        );
    }
    Ok(())
}
