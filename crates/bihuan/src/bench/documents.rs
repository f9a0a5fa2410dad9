//! `bihuan bench documents`: penalty decisions to PDF on one core, warm, each with another party, number and sum; and what the printing
//! takes in memory beyond the fonts.

use std::{path::PathBuf, time::Instant};

use anyhow::{Context, Result, ensure};
use documents::{Paper, Printing, Standing, form};
use serde_json::json;

use super::figure::figure;

/// Decisions that are printed before anything counts.
const WARM: usize = 20;

/// What to print with.
#[derive(Debug, clap::Args)]
pub struct DocumentsArgs {
    /// 文书字体的目录
    #[arg(long, env = "BIHUAN_FONTS", default_value = "var/fonts", value_name = "FOLDER")]
    fonts: PathBuf,
    /// 排多少份决定书
    #[arg(long, default_value_t = 300, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    decisions: u32,
    /// 每行一个 JSON 对象
    #[arg(long)]
    json: bool,
}

/// Runs the bench.
///
/// # Errors
/// Fonts that are not there.
pub fn run(args: &DocumentsArgs) -> Result<()> {
    let printing = Printing::open(&args.fonts);
    let template = form::of("D15").context("没有 D15 的模板")?;
    let print = |index: usize| -> Result<usize> {
        let mut data = template.sample();
        data["party"]["name"] = json!(format!("模拟县第{index}建筑工程有限公司"));
        data["penalties"][0]["amount_fen"] = json!(10_000 * (index + 1));
        let problem = |problem: kernel::problem::Problem| anyhow::anyhow!("{}：{}", problem.code, problem.detail);
        let read = template.read(&data).map_err(problem)?;
        let number = Some(format!("模综执罚决字〔2026〕第{index}号"));
        let standing = Standing { number, simulated: true, key: index.to_string(), ..Standing::default() };
        Ok(printing.print(template, &read, Paper::Sheet, &standing).map_err(problem)?.pages)
    };
    let started = Instant::now();
    print(0)?;
    let first_ms = started.elapsed().as_secs_f64() * 1_000.0;
    let fonts_kib = resident_kib()?;
    for index in 1..=WARM {
        print(index)?;
    }
    let decisions = args.decisions as usize;
    let (mut pages, mut most_kib) = (0, 0);
    let started = Instant::now();
    for index in 0..decisions {
        pages += print(WARM + 1 + index)?;
        if index % 50 == 0 {
            most_kib = most_kib.max(resident_kib()?);
        }
    }
    let took = started.elapsed().as_secs_f64();
    ensure!(pages >= decisions, "每份决定书至少一页");
    figure(args.json, "documents.pages_per_second", pages as f64 / took, "1/s", decisions);
    figure(args.json, "documents.decision", took * 1_000.0 / decisions as f64, "ms", decisions);
    figure(args.json, "documents.first", first_ms, "ms", 1);
    figure(args.json, "documents.extra_memory", most_kib.max(resident_kib()?).saturating_sub(fonts_kib) as f64 / 1024.0, "MiB", decisions);
    Ok(())
}

/// Resident memory of this program.
fn resident_kib() -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status").context("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("VmRSS")?;
    Ok(line.trim().trim_end_matches(" kB").trim().parse()?)
}
