//! `bihuan explain surcharge`: what paying a fine late costs, day by day.

use anyhow::{Context, bail};
use chrono::{NaiveDate, Utc};
use kernel::{
    calendar::Calendar,
    clock::{Clock, SystemClock, shanghai},
    deadline::statutory::{due, rule},
};
use law::surcharge::{Fine, Instalment, Pause, Payment, Surcharge, count, yuan};

/// A fine and what happened since.
#[derive(Debug, clap::Args)]
pub struct SurchargeArgs {
    /// 罚款数额（元），如 2000、200.50；分期缴纳时用 --instalment
    #[arg(long, value_name = "YUAN", value_parser = fen, required_unless_present = "instalment", conflicts_with = "instalment")]
    fine: Option<u64>,
    /// 收到处罚决定书之日，据以计算十五日缴款期限（D09）
    #[arg(long, value_name = "DATE", conflicts_with_all = ["due", "instalment"])]
    received: Option<NaiveDate>,
    /// 缴款期限最后一日
    #[arg(long, value_name = "DATE", conflicts_with = "instalment")]
    due: Option<NaiveDate>,
    /// 批准分期的一期：最后一日=数额，如 2026-03-17=1000；可重复
    #[arg(long, value_name = "DATE=YUAN", value_parser = dated)]
    instalment: Vec<(NaiveDate, u64)>,
    /// 一笔缴款：日期=数额；可重复
    #[arg(long, value_name = "DATE=YUAN", value_parser = dated)]
    paid: Vec<(NaiveDate, u64)>,
    /// 行政复议或者行政诉讼期间：申请之日..收到决定之日，后者可空；可重复
    #[arg(long, value_name = "DATE..DATE", value_parser = stretch)]
    pause: Vec<(NaiveDate, Option<NaiveDate>)>,
    /// 决定书没有告知加处罚款及其标准
    #[arg(long)]
    unstated: bool,
    /// 算到哪一日（含当日），默认今日
    #[arg(long, value_name = "DATE")]
    until: Option<NaiveDate>,
    /// 以 JSON 输出
    #[arg(long)]
    json: bool,
}

/// The explanation as text, or as JSON where that was asked for.
pub(super) fn explain(args: &SurchargeArgs) -> anyhow::Result<String> {
    let fine = Fine {
        instalments: instalments(args)?,
        payments: args.paid.iter().map(|&(on, fen)| Payment { on, fen }).collect(),
        pauses: args.pause.iter().map(|&(from, to)| Pause { from, to }).collect(),
        stated: !args.unstated,
    };
    let until = args.until.unwrap_or_else(|| SystemClock.now().with_timezone(&shanghai()).date_naive());
    let found = count(&fine, until)?;
    if args.json { Ok(serde_json::to_string_pretty(&found)?) } else { Ok(told(&found)) }
}

fn instalments(args: &SurchargeArgs) -> anyhow::Result<Vec<Instalment>> {
    let Some(fen) = args.fine else {
        return Ok(args.instalment.iter().map(|&(due, fen)| Instalment { due, fen }).collect());
    };
    let last = match (args.due, args.received) {
        (Some(due), _) => due,
        (None, Some(received)) => {
            let period = rule("D09").context("期限规则 D09 缺失")?.period;
            let at = received.and_time(chrono::NaiveTime::MIN).and_local_timezone(shanghai()).single().context("日期无效")?;
            due(&Calendar::shipped(), period, at.with_timezone(&Utc)).last_day
        }
        (None, None) => bail!("请给出收到决定书之日（--received）或者缴款期限最后一日（--due）"),
    };
    Ok(vec![Instalment { due: last, fen }])
}

fn told(found: &Surcharge) -> String {
    let mut lines = vec![
        "加处罚款（行政处罚法第七十二条、第七十三条，2021年修订；行政强制法第四十五条）".to_owned(),
        format!("罚款数额　{}", yuan(found.fine_fen)),
        format!("尚未缴纳　{}", yuan(found.unpaid_fen)),
        format!(
            "加处罚款　{}，算到 {}，计 {} 日{}",
            yuan(found.surcharge_fen),
            found.until,
            found.days,
            if found.capped { "，已封顶" } else { "" }
        ),
        "计算过程".to_owned(),
    ];
    lines.extend(found.steps.iter().map(|step| format!("  {}", step.text)));
    lines.join("\n")
}

/// Yuan with at most two decimals, as fen.
fn fen(text: &str) -> Result<u64, String> {
    let refused = || "数额应为元，最多两位小数，如 2000、200.50".to_owned();
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    if part.is_empty() || part.len() > 2 || !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return Err(refused());
    }
    let part: u64 = format!("{part:0<2}").parse().map_err(|_| refused())?;
    whole.parse::<u64>().ok().and_then(|yuan| yuan.checked_mul(100)?.checked_add(part)).ok_or_else(refused)
}

fn dated(text: &str) -> Result<(NaiveDate, u64), String> {
    let (date, sum) = text.split_once('=').ok_or("应为 日期=数额，如 2026-03-17=1000")?;
    Ok((day(date)?, fen(sum)?))
}

fn stretch(text: &str) -> Result<(NaiveDate, Option<NaiveDate>), String> {
    let (from, to) = text.split_once("..").ok_or("应为 起..止，如 2026-03-20..2026-05-10")?;
    Ok((day(from)?, if to.is_empty() { None } else { Some(day(to)?) }))
}

fn day(text: &str) -> Result<NaiveDate, String> {
    text.parse().map_err(|_| format!("“{text}”不是日期，应如 2026-03-17"))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        args: SurchargeArgs,
    }

    fn asked(line: &[&str]) -> Result<SurchargeArgs, clap::Error> {
        Line::try_parse_from(std::iter::once("surcharge").chain(line.iter().copied())).map(|line| line.args)
    }

    fn sum(line: &[&str]) -> serde_json::Value {
        let line: Vec<&str> = line.iter().copied().chain(["--json"]).collect();
        serde_json::from_str(&explain(&asked(&line).unwrap()).unwrap()).unwrap()
    }

    #[test]
    fn from_the_day_of_receipt() {
        let line = ["--fine", "2000", "--received", "2026-03-02", "--until"];
        let owed = |until| sum(&[&line[..], &[until]].concat())["surcharge_fen"].clone();
        assert_eq!([owed("2026-03-18"), owed("2026-04-19"), owed("2026-04-20")], [6_000, 198_000, 200_000]);
    }

    #[test]
    fn parts_payments_and_pauses() {
        let parts = ["--instalment", "2026-03-17=1000", "--instalment", "2026-04-17=1000.50", "--paid", "2026-03-18=1000"];
        assert_eq!(sum(&[&parts[..], &["--until", "2026-04-18"]].concat())["surcharge_fen"], 6_001);
        let paused = ["--fine", "2000", "--due", "2026-03-17", "--pause", "2026-03-20..", "--until", "2026-12-31"];
        assert_eq!(sum(&paused)["surcharge_fen"], 12_000);
        assert_eq!(sum(&["--fine", "2000", "--due", "2026-03-17", "--unstated", "--until", "2026-12-31"])["surcharge_fen"], 0);
    }

    #[test]
    fn what_is_no_sum_or_no_day_is_refused() {
        for line in
            [&["--fine", "1.234"][..], &["--fine", "-1"], &["--fine", "1."], &["--paid", "2026-03-17"], &["--instalment", "x=1"], &[]]
        {
            assert!(asked(line).is_err(), "{line:?}");
        }
        assert!(explain(&asked(&["--fine", "2000"]).unwrap()).is_err(), "no day to count from");
    }
}
