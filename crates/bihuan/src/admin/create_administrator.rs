//! `bihuan admin create-administrator`: the first administrator of a fresh installation.

use std::{io::Read, path::PathBuf, sync::Arc};

use anyhow::{Context, Result};
use identity::{
    Identity, Password,
    bootstrap::{FirstAdministrator, administrator},
};
use kernel::clock::SystemClock;

/// 建立第一个系统管理员；口令从标准输入读取
#[derive(Debug, clap::Args)]
pub struct CreateAdministratorArgs {
    /// 数据目录
    #[arg(long, env = "BIHUAN_DATA", default_value = "var/data", value_name = "FOLDER")]
    data: PathBuf,
    /// 账号
    #[arg(long, default_value = "administrator")]
    account: String,
    /// 单位名称
    #[arg(long, default_value = "综合行政执法局")]
    organisation: String,
    /// 行政区划代码（6 位）
    #[arg(long, env = "BIHUAN_REGION", default_value = "330482")]
    region: String,
}

/// Reads the password from standard input, so that it stands in no command line and no history.
pub async fn run(args: CreateAdministratorArgs) -> Result<()> {
    eprintln!("请输入口令（至少 10 个字符），以回车和 Ctrl-D 结束：");
    let mut password = String::new();
    std::io::stdin().take(1_000).read_to_string(&mut password).context("口令无法读取")?;
    let opened = database::open_beside(&database::Settings::from_environment(&args.data)).await?;
    database::migrate(&opened.owner_pool, &crate::serve::migrations()).await?;
    // Nothing is sealed or signed in here: the key is of no use to this command.
    let settings = identity::Settings { seal_key: [0; 32], secure_cookies: false, demo: false };
    let identity = Identity::new(opened.database.pool().clone(), Arc::new(SystemClock), settings);
    let first = FirstAdministrator {
        account: args.account.clone(),
        name: "系统管理员".to_owned(),
        password: Password::new(password.trim_end_matches(['\r', '\n']).to_owned()),
        organisation: args.organisation,
        region: args.region,
    };
    let made = administrator(&identity, first).await;
    opened.close().await?;
    made?;
    println!("已建立系统管理员 {}。", args.account);
    Ok(())
}
