//! `bihuan admin upgrade-database`: the embedded cluster to another major version of PostgreSQL.

use anyhow::Result;
use database::{
    Settings,
    upgrade::{Upgraded, upgrade},
};
use std::path::PathBuf;

/// 把内置数据库升级到现有 PostgreSQL 的大版本（须先停止 Bihuan）
#[derive(Debug, clap::Args)]
pub struct UpgradeDatabaseArgs {
    /// 旧版本 PostgreSQL 的 bin 目录；默认在 /usr/lib/postgresql/<旧版本>/bin 查找
    #[arg(long, env = "BIHUAN_PG_OLD_BIN", value_name = "FOLDER")]
    old_bin: Option<PathBuf>,
    /// 数据目录
    #[arg(long, env = "BIHUAN_DATA", default_value = "var/data", value_name = "FOLDER")]
    data: PathBuf,
}

/// Moves the cluster and says what happened.
pub async fn run(args: UpgradeDatabaseArgs) -> Result<()> {
    anyhow::ensure!(args.data.is_dir(), "数据目录 {} 不存在。The data folder does not exist.", args.data.display());
    let settings = Settings::from_environment(args.data);
    if settings.database_url.is_some() {
        anyhow::bail!("设置了 DATABASE_URL：外部数据库由其管理员升级。With DATABASE_URL the server is upgraded by its own administrator.");
    }
    match upgrade(&settings, args.old_bin.as_deref()).await? {
        Upgraded::NotNeeded(version) => println!("数据库已是 PostgreSQL {version}，无需升级。Nothing to do."),
        Upgraded::NoCluster => println!("数据目录中还没有数据库，首次启动时会建立。There is no database yet."),
        Upgraded::Moved { from, to, old, rows } => {
            println!("已从 PostgreSQL {from} 升级到 {to}，共 {rows} 行，逐表核对一致。");
            println!("旧数据库原样保留在 {}，确认无误后可删除。The old database is kept there, unchanged.", old.display());
        }
    }
    Ok(())
}
