//! `bihuan explain discretion`: the tier and the range of one case by a benchmark, step by step.

use std::{collections::BTreeMap, io::Read, path::PathBuf};

use anyhow::Context;
use law::discretion::{Benchmark, Direction, Facts, Judgement, Kind, Weighed};
use serde::Serialize;

/// The largest benchmark that is read.
const MOST_BYTES: u64 = 1024 * 1024;

/// A benchmark and the facts of one case.
#[derive(Debug, clap::Args)]
pub struct DiscretionArgs {
    /// 裁量基准文件（JSON），如 data/discretion-sample.json
    #[arg(value_name = "FILE")]
    benchmark: PathBuf,
    /// 当事人
    #[arg(long, value_enum, default_value_t = Party::Person)]
    party: Party,
    /// 一项因素：编码=取值，如 times=2、attitude=late；可重复
    #[arg(long = "fact", value_name = "CODE=VALUE", value_parser = fact)]
    facts: Vec<(String, String)>,
    /// 有应当从轻的情形
    #[arg(long, conflicts_with = "mitigated")]
    lighter: bool,
    /// 有应当减轻的情形
    #[arg(long)]
    mitigated: bool,
    /// 拟罚款数额（元）
    #[arg(long, value_name = "YUAN")]
    fine: Option<u64>,
    /// 以 JSON 输出
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Party {
    Person,
    Organisation,
}

/// The answer as `--json` prints it.
#[derive(Serialize)]
struct Explanation {
    #[serde(flatten)]
    weighed: Weighed,
    #[serde(skip_serializing_if = "Option::is_none")]
    judgement: Option<Judgement>,
}

/// The explanation as text, or as JSON where that was asked for.
pub(super) fn explain(args: &DiscretionArgs) -> anyhow::Result<String> {
    let path = args.benchmark.display();
    let file = std::fs::File::open(&args.benchmark).with_context(|| format!("无法读取 {path}"))?;
    let mut text = String::new();
    file.take(MOST_BYTES).read_to_string(&mut text).with_context(|| format!("无法读取 {path}"))?;
    let benchmark: Benchmark = serde_json::from_str(&text).with_context(|| format!("{path} 不是裁量基准"))?;
    let direction = match (args.lighter, args.mitigated) {
        (true, _) => Direction::Lighter,
        (_, true) => Direction::Mitigated,
        _ => Direction::Plain,
    };
    let party = match args.party {
        Party::Person => Kind::Person,
        Party::Organisation => Kind::Organisation,
    };
    let values: BTreeMap<String, String> = args.facts.iter().cloned().collect();
    let benchmark = benchmark.checked()?;
    let weighed = benchmark.weigh(&Facts { party, values, direction })?;
    let judgement = args.fine.map(|yuan| weighed.judge(yuan));
    let explanation = Explanation { weighed, judgement };
    if args.json { Ok(serde_json::to_string_pretty(&explanation)?) } else { Ok(told(&benchmark, &explanation)) }
}

fn told(benchmark: &Benchmark, explanation: &Explanation) -> String {
    let weighed = &explanation.weighed;
    let mut lines = vec![
        format!("{} {}", benchmark.matter, benchmark.name),
        format!("裁量基准　{}", benchmark.version),
        format!("阶次　　　{}（{} 分）", weighed.tier, weighed.points),
        format!("罚款　　　{} 元至 {} 元", weighed.low, weighed.high),
        "推算过程".to_owned(),
    ];
    lines.extend(weighed.steps.iter().map(|step| format!("  {}　[{}]", step.text, step.basis)));
    lines.extend(explanation.judgement.iter().map(|judgement| format!("拟罚款　　{}", judgement.reason)));
    lines.join("\n")
}

fn fact(text: &str) -> Result<(String, String), String> {
    text.split_once('=').map(|(code, value)| (code.to_owned(), value.to_owned())).ok_or_else(|| "应为 编码=取值，如 times=2".to_owned())
}
