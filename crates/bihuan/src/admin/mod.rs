//! `bihuan admin …`: the commands of whoever runs the machine (运维).

pub mod backup;
pub mod create_administrator;
pub mod doctor;
mod passphrase;
pub mod restore;
pub mod upgrade_database;

use std::process::ExitCode;

use anyhow::Result;

/// What the administrator of the machine can do.
#[derive(Debug, clap::Subcommand)]
pub enum AdminCommand {
    /// 备份数据库与文件到一个加密文件
    Backup(backup::BackupArgs),
    /// 从备份恢复到空目录
    Restore(restore::RestoreArgs),
    /// 把数据迁到新的 PostgreSQL 大版本
    UpgradeDatabase(upgrade_database::UpgradeDatabaseArgs),
    /// 体检：逐项检查安装，说明该怎么办
    Doctor(doctor::DoctorArgs),
    /// 建立第一个系统管理员
    CreateAdministrator(create_administrator::CreateAdministratorArgs),
}

/// Does it.
pub async fn run(command: AdminCommand) -> Result<ExitCode> {
    match command {
        AdminCommand::Backup(args) => backup::run(args).await,
        AdminCommand::Restore(args) => restore::run(args).await,
        AdminCommand::UpgradeDatabase(args) => upgrade_database::run(args).await,
        AdminCommand::Doctor(args) => return doctor::run(args).await,
        AdminCommand::CreateAdministrator(args) => create_administrator::run(args).await,
    }?;
    Ok(ExitCode::SUCCESS)
}
