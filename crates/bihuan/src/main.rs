//! Bihuan (闭环): the program. Subcommands and wiring, nothing else.

mod admin;
mod bench;
mod beside;
mod demo;
mod explain;
mod export;
mod frames;
mod import;
mod open_files;
mod openapi;
mod prove;
mod serve;
mod settings;
mod sim_leads;
mod sim_trucks;
mod storage;
mod study;
mod verify;
mod verify_document;
mod verify_dossier;
mod verify_receipt;
mod web;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// 闭环：城市运行管理与综合行政执法平台
#[derive(Parser)]
#[command(name = "bihuan", version, about, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// 启动服务
    Serve(settings::ServeArgs),
    /// 启动演示城市：模拟区划、单位、账号与三十天历史
    Demo(demo::DemoArgs),
    /// 模拟负载
    #[command(subcommand)]
    Sim(sim_leads::SimCommand),
    /// 导入其他系统的文件
    #[command(subcommand)]
    Import(import::ImportCommand),
    /// 导出列表与台账
    #[command(subcommand)]
    Export(export::ExportCommand),
    /// 校验全部台账，只读不写
    Verify(verify::VerifyArgs),
    /// 说明期限、加处罚款如何计算
    Explain(explain::ExplainArgs),
    /// 证明办案程序：走遍全部可达案件，逐步核对定律
    Prove(prove::ProveArgs),
    /// JT/T 808 报文：解析与编码
    #[command(subcommand)]
    Jt808(frames::Jt808Command),
    /// 性能测试
    Bench(bench::BenchArgs),
    /// 用真实文件检验：只输出数目
    #[command(subcommand)]
    Study(study::StudyCommand),
    /// 输出 OpenAPI 文档
    Openapi,
    /// 运维：备份、恢复、升级数据库、建管理员
    #[command(subcommand)]
    Admin(admin::AdminCommand),
}

#[tokio::main]
async fn main() -> ExitCode {
    let command = Arguments::parse().command;
    open_files::raise();
    match run(command).await {
        Ok(status) => status,
        Err(error) => {
            // The whole chain of causes on one line, and never a backtrace: the reader runs a city, not a debugger.
            eprintln!("错误：{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve(args) => serve::run(args).await,
        Command::Demo(args) => demo::run(args).await,
        Command::Sim(command) => sim_leads::run(command).await,
        Command::Import(command) => import::run(command).await,
        Command::Export(command) => export::run(command).await,
        Command::Verify(args) => return verify::run(args).await,
        Command::Explain(args) => explain::run(args),
        Command::Prove(args) => return prove::run(&args),
        Command::Jt808(command) => return frames::run(command),
        Command::Bench(args) => bench::run(args).await,
        Command::Study(command) => study::run(command).await,
        Command::Openapi => openapi::run().await,
        Command::Admin(command) => return admin::run(command).await,
    }?;
    Ok(ExitCode::SUCCESS)
}
