//! `bihuan prove`: walks every reachable case of every procedure and holds the laws of the house against it. No server, no data.

use std::{
    fmt::Write as _,
    io::{ErrorKind, Write as _},
    process::ExitCode,
    time::Instant,
};

use law::{
    procedure::{Action, State, Table, Track, guards_as_markdown},
    prove::{ABSTRACTIONS, Abstraction, LAWS, Law, Proof, prove},
};
use serde::Serialize;

/// How the result is printed.
#[derive(Debug, clap::Args)]
pub struct ProveArgs {
    /// 以 JSON 输出
    #[arg(long, conflicts_with = "guards")]
    json: bool,
    /// 只列出全部守则（Markdown 表）
    #[arg(long)]
    guards: bool,
}

/// The answer as `--json` prints it.
#[derive(Serialize)]
struct Report<'a> {
    holds: bool,
    #[serde(flatten)]
    proof: &'a Proof,
    transitions: usize,
    guards: usize,
    milliseconds: u128,
    checked: Vec<Checked>,
    abstractions: &'a [Abstraction],
}

#[derive(Serialize)]
struct Checked {
    id: &'static str,
    article: &'static str,
    words: &'static str,
    guards: &'static [&'static str],
    holds: bool,
}

/// Proves, prints, and fails where a law is broken.
///
/// # Errors
/// When the table reaches more cases than the walk holds, or the result cannot be printed.
pub fn run(args: &ProveArgs) -> anyhow::Result<ExitCode> {
    let table = Table::house();
    if args.guards {
        print(&guards_as_markdown(&table))?;
        return Ok(ExitCode::SUCCESS);
    }
    let began = Instant::now();
    let proof = prove(&table)?;
    let holds = proof.broken.is_empty();
    let report = Report {
        holds,
        proof: &proof,
        transitions: table.transitions().len(),
        guards: table.guards().len(),
        milliseconds: began.elapsed().as_millis(),
        checked: laws().map(|law| checked(law, &proof)).collect(),
        abstractions: ABSTRACTIONS,
    };
    print(&if args.json { serde_json::to_string_pretty(&report)? } else { told(&report)? })?;
    Ok(if holds { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn laws() -> impl Iterator<Item = &'static Law> {
    LAWS.iter().copied().flatten()
}

fn checked(law: &Law, proof: &Proof) -> Checked {
    let holds = !proof.broken.iter().any(|broken| broken.law == law.id);
    Checked { id: law.id, article: law.article, words: law.words, guards: law.guards, holds }
}

fn told(report: &Report<'_>) -> Result<String, std::fmt::Error> {
    let (proof, mut text) = (report.proof, String::new());
    writeln!(text, "抽象（{} 项）", report.abstractions.len())?;
    for it in report.abstractions {
        writeln!(text, "  {} → {}。{}。", it.fact, it.becomes, it.reason)?;
    }
    writeln!(text, "定律（{} 条）", report.checked.len())?;
    for law in &report.checked {
        writeln!(text, "  {} {}　{}　[{}]", if law.holds { "成立" } else { "违反" }, law.id, law.words, law.article)?;
    }
    for broken in &proof.broken {
        writeln!(text, "违反 {}，最短路径（{}）：", broken.law, broken.beginning)?;
        for (number, step) in (1..).zip(&broken.path) {
            writeln!(text, "  {number}. {}", step.text)?;
        }
    }
    let reached = format!("状态 {}/{}，程序 {}/{}", proof.states.len(), State::ALL.len(), proof.tracks.len(), Track::ALL.len());
    writeln!(text, "规则　{} 个环节，{} 条守则", report.transitions, report.guards)?;
    writeln!(text, "走遍　{} 个案件，{reached}，操作 {}/{}", proof.cases, proof.actions.len(), Action::ALL.len())?;
    writeln!(text, "环节　办理 {} 次，尝试 {} 次", proof.steps, proof.tried)?;
    writeln!(text, "用时　{:.1} 秒", report.milliseconds as f64 / 1000.0)?;
    write!(text, "结论　{}", if report.holds { "全部成立" } else { "有定律被违反" })?;
    Ok(text)
}

fn print(text: &str) -> anyhow::Result<()> {
    match writeln!(std::io::stdout(), "{text}") {
        // Whoever reads has read enough, as `| head` does.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => Ok(result?),
    }
}
