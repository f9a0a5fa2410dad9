//! `bihuan admin doctor`: looks over the installation and says what to do (体检). It changes nothing, but that a program of another
//! version than the server first loads the table of classes that it brings.

mod accounts;
mod backups;
mod calendar;
mod certificate;
mod database;
mod finding;
mod folders;
mod fonts;
mod keys;
mod reach;
mod spool;
mod store;
mod work;

use std::{net::SocketAddr, path::PathBuf, process::ExitCode};

use anyhow::Result;
use kernel::clock::{Clock, SystemClock};
use serde_json::json;

use finding::{Finding, Verdict};

/// 体检：逐项检查安装，并说明该怎么办（服务运行时也可执行；请用与服务同一版本的程序）
#[derive(Debug, clap::Args)]
pub struct DoctorArgs {
    /// 数据目录
    #[arg(long, env = "BIHUAN_DATA", default_value = "var/data", value_name = "FOLDER")]
    data: PathBuf,
    /// 台账每日签名根的外部存放目录
    #[arg(long, env = "BIHUAN_ROOTS", value_name = "FOLDER")]
    roots: Option<PathBuf>,
    /// 服务的监听地址
    #[arg(long, env = "BIHUAN_HTTP", default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    http: SocketAddr,
    /// 服务的 TLS 证书（PEM）
    #[arg(long, env = "BIHUAN_TLS_CERT", value_name = "FILE")]
    tls_cert: Option<PathBuf>,
    /// 文书字体的目录
    #[arg(long, env = "BIHUAN_FONTS", default_value = "var/fonts", value_name = "FOLDER")]
    fonts: PathBuf,
    /// 备份所在的目录
    #[arg(long, env = "BIHUAN_BACKUPS", default_value = "/var/backups/bihuan", value_name = "FOLDER")]
    backups: PathBuf,
    /// 结果输出为 JSON
    #[arg(long)]
    json: bool,
}

/// Looks at everything. Status 0: well, 3: something to see to, 4: something wrong. 1 is an error, 2 a wrong command line.
///
/// # Errors
/// None of what it looks at: that is a finding.
pub async fn run(args: DoctorArgs) -> Result<ExitCode> {
    let now = SystemClock.now();
    let mut findings = folders::look(&args.data, args.roots.as_deref());
    findings.extend(keys::look(&args.data));
    findings.push(fonts::look(&args.fonts));
    findings.push(spool::look(&args.data, now));
    findings.push(calendar::look(&args.data, now));
    findings.push(backups::look(&args.backups, now));
    findings.extend(reach::look(args.http, args.tls_cert.is_some(), &args.data));
    findings.extend(args.tls_cert.as_deref().map(|file| certificate::look(file, now)));
    findings.extend(database::look(&args.data, now).await);
    let worst = findings.iter().map(|finding| finding.verdict).max().unwrap_or(Verdict::Well);
    if args.json {
        say_json(&findings, worst)
    } else {
        say(&findings, worst)
    }
    Ok(match worst {
        Verdict::Well | Verdict::Notice => ExitCode::SUCCESS,
        Verdict::Warning => ExitCode::from(3),
        Verdict::Wrong => ExitCode::from(4),
    })
}

fn say(findings: &[Finding], worst: Verdict) {
    for finding in findings {
        println!("{} {}：{}", finding.verdict.mark(), finding.title, finding.found);
        if let Some(advice) = &finding.advice {
            println!("    → {advice}");
        }
    }
    let count = |verdict| findings.iter().filter(|finding| finding.verdict == verdict).count();
    println!(
        "\n共 {} 项：{} 项正常，{} 项提示，{} 项需要处理，{} 项有故障。{}",
        findings.len(),
        count(Verdict::Well),
        count(Verdict::Notice),
        count(Verdict::Warning),
        count(Verdict::Wrong),
        worst.words()
    );
}

fn say_json(findings: &[Finding], worst: Verdict) {
    let items: Vec<_> = findings
        .iter()
        .map(|it| json!({ "check": it.check, "title": it.title, "verdict": it.verdict.code(), "found": it.found, "advice": it.advice }))
        .collect();
    println!("{}", json!({ "verdict": worst.code(), "findings": items }));
}
