//! `bihuan explain deadline`: the last day of a period and the way to it.

use std::{
    io::Read,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, anyhow};
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use kernel::{
    calendar::{Calendar, weekday_name},
    clock::shanghai,
    deadline::{
        Step,
        service::{ServiceLimit, Timer, steps},
        statutory::{Direction, LastDay, Period, PeriodUnit, Rule, due, rule, rules},
    },
    hours::{UnitHours, Week},
};
use serde::Serialize;

/// The largest file of hours that is read.
const MOST_BYTES: u64 = 64 * 1024;

/// A period, and the event from which it runs.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("period").required(true).multiple(false))]
pub struct DeadlineArgs {
    /// 法定期限的规则编号，如 D09；全部编号见 --list
    #[arg(value_name = "RULE", group = "period")]
    rule: Option<String>,
    /// 工作日数
    #[arg(long, value_name = "N", group = "period")]
    working_days: Option<u32>,
    /// 自然日数；末日逢休息日顺延，除非 --no-roll
    #[arg(long, value_name = "N", group = "period")]
    calendar_days: Option<u32>,
    /// 月数；末日逢休息日顺延，除非 --no-roll
    #[arg(long, value_name = "N", group = "period")]
    months: Option<u32>,
    /// 年数；末日逢休息日顺延，除非 --no-roll
    #[arg(long, value_name = "N", group = "period")]
    years: Option<u32>,
    /// 小时数
    #[arg(long, value_name = "N", group = "period")]
    hours: Option<u32>,
    /// 处置时限，如 "4 working_hour"、"2 urgent_hour"、"5 工作日"
    #[arg(long, value_name = "LIMIT", group = "period")]
    service: Option<ServiceLimit>,
    /// 单位工作时间文件（JSON）：{"days": [七天，周一起，每天若干 "HH:MM-HH:MM"], "through_holidays": false}
    #[arg(long, value_name = "FILE", requires = "service")]
    unit_hours: Option<PathBuf>,
    /// 列出全部法定期限规则
    #[arg(long, group = "period")]
    list: bool,
    /// 末日逢休息日不顺延（机关自身的期限）
    #[arg(long, conflicts_with_all = ["rule", "service", "list"])]
    no_roll: bool,
    /// 条文只写“日”而未定义的期限，本地已确认按工作日计
    #[arg(long, requires = "rule")]
    unit_confirmed: bool,
    /// 期限开始的时刻（RFC 3339），或仅写日期（北京时间）
    #[arg(long, value_name = "RFC 3339", value_parser = instant, required_unless_present = "list")]
    from: Option<DateTime<Utc>>,
    /// 以 JSON 输出
    #[arg(long)]
    json: bool,
}

/// The answer as `--json` prints it.
#[derive(Debug, Serialize)]
struct Explanation {
    last_day: NaiveDate,
    due_at: DateTime<FixedOffset>,
    provisional: bool,
    calendar: String,
    steps: Vec<Step>,
    from: DateTime<FixedOffset>,
    period: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    warn_at: Option<DateTime<FixedOffset>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    open_from: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'static Rule>,
    #[serde(skip)]
    note: String,
}

/// The explanation as text, or as JSON where that was asked for.
pub(super) fn explain(args: &DeadlineArgs) -> anyhow::Result<String> {
    if args.list {
        return if args.json { Ok(serde_json::to_string_pretty(rules())?) } else { Ok(list()) };
    }
    let from = args.from.context("请用 --from 给出期限开始的时刻")?;
    let calendar = match &args.unit_hours {
        Some(file) => Calendar::shipped().of_unit(Arc::new(unit_hours(file)?)),
        None => Calendar::shipped(),
    };
    let explanation = match args.service {
        Some(limit) => service(&calendar, limit, from),
        None => statutory(&calendar, args, from)?,
    };
    if args.json { Ok(serde_json::to_string_pretty(&explanation)?) } else { Ok(told(&explanation)) }
}

/// A unit's week as it is entered over `POST /api/v1/unit-hours`.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct WeekFile {
    days: Vec<Vec<String>>,
    through_holidays: bool,
}

fn unit_hours(file: &Path) -> anyhow::Result<UnitHours> {
    let path = file.display();
    let mut text = String::new();
    let open = std::fs::File::open(file).with_context(|| format!("无法读取 {path}"))?;
    open.take(MOST_BYTES).read_to_string(&mut text).with_context(|| format!("无法读取 {path}"))?;
    let week: WeekFile = serde_json::from_str(&text).with_context(|| format!("{path} 不是单位工作时间"))?;
    let week = Week::read(&week.days, week.through_holidays).with_context(|| format!("{path} 有误"))?;
    Ok(UnitHours::new("该单位工作时间".to_owned(), vec![(NaiveDate::MIN, Some(week))]))
}

fn service(calendar: &Calendar, limit: ServiceLimit, from: DateTime<Utc>) -> Explanation {
    let timer = Timer::start(limit, from);
    let reading = timer.read(calendar, from);
    let due_at = reading.due_at.with_timezone(&shanghai());
    Explanation {
        last_day: due_at.date_naive(),
        due_at,
        provisional: reading.provisional,
        calendar: calendar
            .unit_hours()
            .map_or_else(|| calendar.version().to_owned(), |hours| format!("{}，{}", calendar.version(), hours.name())),
        steps: steps(calendar, from, limit),
        from: from.with_timezone(&shanghai()),
        period: limit.label(),
        warn_at: Some(reading.warn_at.with_timezone(&shanghai())),
        open_from: None,
        rule: None,
        note: format!("处置时限；用去 {}% 时提醒", Timer::WARN_PERCENT),
    }
}

fn statutory(calendar: &Calendar, args: &DeadlineArgs, from: DateTime<Utc>) -> anyhow::Result<Explanation> {
    let rule = args.rule.as_deref().map(named).transpose()?;
    let period = match rule {
        Some(rule) if args.unit_confirmed => rule.period_as_confirmed(),
        Some(rule) => rule.period,
        None => plain(args)?,
    };
    let deadline = due(calendar, period, from);
    let mut steps = deadline.steps(calendar, period, from);
    if rule.is_some_and(|rule| rule.unit_unsettled) && !args.unit_confirmed {
        steps.extend(steps.last().cloned().map(|last| Step {
            counted: false,
            number: None,
            text: "条文只写“日”，未定义是否为工作日：按自然日从严计算，本地确认后可按工作日（--unit-confirmed）".to_owned(),
            ..last
        }));
    }
    Ok(Explanation {
        last_day: deadline.last_day,
        due_at: deadline.due_at,
        provisional: deadline.provisional,
        open_from: deadline.open_from.map(|(open, _)| open),
        calendar: deadline.calendar,
        steps,
        from: from.with_timezone(&shanghai()),
        period: period.label(),
        warn_at: None,
        rule,
        note: note(period, rule),
    })
}

fn named(id: &str) -> anyhow::Result<&'static Rule> {
    rule(id).ok_or_else(|| anyhow!("没有编号为“{id}”的期限规则，全部编号见 bihuan explain deadline --list"))
}

fn plain(args: &DeadlineArgs) -> anyhow::Result<Period> {
    let numbers = [
        (args.working_days, PeriodUnit::WorkingDay),
        (args.calendar_days, PeriodUnit::CalendarDay),
        (args.months, PeriodUnit::Month),
        (args.years, PeriodUnit::Year),
        (args.hours, PeriodUnit::Hour),
    ];
    let (number, unit) = numbers.into_iter().find_map(|(number, unit)| Some((number?, unit))).context("请给出期限或规则编号")?;
    let last_day = if args.no_roll { LastDay::Stays } else { LastDay::Rolls };
    Ok(Period::new(number, unit, last_day)?)
}

fn note(period: Period, rule: Option<&Rule>) -> String {
    let way = match (period.direction(), period.unit(), period.last_day()) {
        (Direction::Before, ..) => "当日之前须留足该期间",
        (Direction::MustPass, ..) => "期满后方可实施",
        (Direction::EveryDay, ..) => "自次日起按日计",
        (_, PeriodUnit::Hour, _) => "开始的时不计",
        (_, PeriodUnit::WorkingDay, _) => "开始之日不计，只计工作日",
        (.., LastDay::Rolls) => "开始之日不计，末日逢休息日顺延",
        (.., LastDay::Stays) => "开始之日不计，末日不顺延",
    };
    match rule {
        Some(rule) => {
            format!("{}，{}的期限，依据 {}（{}）", way, rule.obligor.label(), rule.article, confidence(&rule.confidence))
        }
        None => way.to_owned(),
    }
}

fn confidence(code: &str) -> String {
    match code {
        "verified" => "已核对原文".to_owned(),
        "secondary" => "转引，未核对原文".to_owned(),
        "memory" => "未核对".to_owned(),
        "config" => "本地约定".to_owned(),
        other => other.replace("verified for traffic", "仅交通领域已核对"),
    }
}

/// The explanation as a person reads it in a terminal.
fn told(explanation: &Explanation) -> String {
    let day = |date: NaiveDate| format!("{date} {}", weekday_name(chrono::Datelike::weekday(&date)));
    let mut lines = vec![format!("{}（{}）", explanation.period, explanation.note)];
    if let Some(rule) = explanation.rule {
        lines.push(format!("规则　　　{} {}", rule.id, rule.name));
        lines.push(format!("条文版本　{}", rule.version));
        lines.push(format!("起算事件　{}", rule.trigger));
        if !rule.precondition.is_empty() {
            lines.push(format!("适用前提　{}", rule.precondition));
        }
        if !rule.suspension.is_empty() {
            lines.push(format!("中止扣除　{}", rule.suspension));
        }
        if !rule.extension.is_empty() {
            lines.push(format!("延长　　　{}", rule.extension));
        }
        if !rule.if_missed.is_empty() {
            lines.push(format!("逾期后果　{}", rule.if_missed));
        }
    }
    lines.push(format!("开始　　{}", explanation.from.format("%Y-%m-%d %H:%M:%S")));
    lines.push(format!("最后一日　{}{}", day(explanation.last_day), if explanation.provisional { "（暂定）" } else { "" }));
    lines.push(format!("到期时刻　{}（北京时间）", explanation.due_at.format("%Y-%m-%d %H:%M:%S")));
    if let Some(warn_at) = explanation.warn_at {
        lines.push(format!("提醒时刻　{}", warn_at.format("%Y-%m-%d %H:%M:%S")));
    }
    if let Some(open) = explanation.open_from {
        lines.push(format!("可实施日　{} 起", day(open)));
    }
    lines.push(format!("日历版本　{}", explanation.calendar));
    lines.push("计算过程".to_owned());
    lines.extend(explanation.steps.iter().map(|step| format!("  {}", step.text)));
    lines.join("\n")
}

fn list() -> String {
    let line = |rule: &Rule| {
        let unsettled = if rule.unit_unsettled { "（条文未明确单位）" } else { "" };
        let (id, period, bound) = (&rule.id, rule.period.label(), rule.obligor.label());
        let (name, confidence) = (&rule.name, confidence(&rule.confidence));
        format!("{id}  {name}  {period}{unsettled}  {bound}  自{}  [{}，{confidence}]", rule.trigger, rule.article)
    };
    rules().iter().map(line).collect::<Vec<_>>().join("\n")
}

/// An instant in RFC 3339, or a date alone, which begins at midnight in Shanghai.
fn instant(text: &str) -> Result<DateTime<Utc>, String> {
    if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
        return Ok(instant.with_timezone(&Utc));
    }
    let midnight =
        text.parse::<NaiveDate>().ok().and_then(|date| date.and_time(chrono::NaiveTime::MIN).and_local_timezone(shanghai()).single());
    midnight.map(|local| local.with_timezone(&Utc)).ok_or_else(|| "时刻应为 RFC 3339，如 2026-09-28T10:30:00+08:00".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        args: DeadlineArgs,
    }

    fn asked(line: &[&str]) -> DeadlineArgs {
        Line::try_parse_from(std::iter::once("deadline").chain(line.iter().copied())).unwrap().args
    }

    fn json(line: &[&str]) -> serde_json::Value {
        let line: Vec<&str> = line.iter().copied().chain(["--json"]).collect();
        serde_json::from_str(&explain(&asked(&line)).unwrap()).unwrap()
    }

    #[test]
    fn working_days_over_the_national_holiday() {
        let found = json(&["--working-days", "5", "--from", "2026-09-28T10:30:00+08:00"]);
        assert_eq!(found["last_day"], "2026-10-10");
        assert_eq!(found["due_at"], "2026-10-10T23:59:59+08:00");
        assert_eq!((&found["provisional"], &found["calendar"]), (&false.into(), &"cn-2018-2026".into()));
        assert_eq!(found["steps"][3]["text"], "2026-10-01 国庆节 放假，不计");
    }

    #[test]
    fn calendar_days_roll_unless_told_not_to() {
        let line = ["--calendar-days", "15", "--from", "2026-09-18"];
        assert_eq!(json(&line)["last_day"], "2026-10-08");
        assert_eq!(json(&[&line[..], &["--no-roll"]].concat())["last_day"], "2026-10-03");
        assert_eq!(json(&["--months", "6", "--from", "2026-03-10"])["last_day"], "2026-09-10");
    }

    #[test]
    fn rules_by_name_and_beyond_the_calendar() {
        let found = json(&["d19", "--from", "2026-09-11T09:00:00+08:00"]);
        assert_eq!((&found["last_day"], &found["open_from"]), (&"2026-09-24".into(), &"2026-09-25".into()));
        assert_eq!(found["rule"]["id"], "D19");
        assert_eq!(json(&["D09", "--from", "2026-12-28"])["provisional"], true);
        assert!(explain(&asked(&["D99", "--from", "2026-12-28"])).unwrap_err().to_string().contains("D99"));
        assert_eq!(json(&["D02", "--from", "2026-11-20"])["last_day"], "2026-11-27");
        assert_eq!(json(&["D02", "--unit-confirmed", "--from", "2026-11-20"])["last_day"], "2026-12-01");
        assert_eq!(explain(&asked(&["--list"])).unwrap().lines().count(), 47);
    }

    #[test]
    fn service_limits() {
        let found = json(&["--service", "4 working_hour", "--from", "2026-09-30T17:00:00+08:00"]);
        assert_eq!(found["due_at"], "2026-10-08T11:00:00+08:00");
        assert_eq!(found["warn_at"], "2026-10-08T10:12:00+08:00");
        let told = explain(&asked(&["--service", "4 工作时", "--from", "2026-09-30T17:00:00+08:00"])).unwrap();
        assert!(told.contains("到期时刻　2026-10-08 11:00:00（北京时间）"), "{told}");
    }

    #[test]
    fn a_unit_with_hours_of_its_own() {
        let file = std::env::temp_dir().join(format!("bihuan-hours-{}.json", std::process::id()));
        let day = r#"["09:00-17:00"]"#;
        std::fs::write(&file, format!(r#"{{"days": [{}], "through_holidays": true}}"#, [day; 7].join(","))).unwrap();
        let found = json(&["--service", "4 working_hour", "--from", "2026-09-30T15:00:00+08:00", "--unit-hours", file.to_str().unwrap()]);
        std::fs::write(&file, r#"{"days": [], "through_holidays": true}"#).unwrap();
        let refused = explain(&asked(&["--service", "4 工作时", "--from", "2026-09-30", "--unit-hours", file.to_str().unwrap()]));
        std::fs::remove_file(&file).unwrap();
        assert_eq!(found["due_at"], "2026-10-01T11:00:00+08:00");
        assert_eq!(found["calendar"], "cn-2018-2026，该单位工作时间");
        assert_eq!(found["steps"][1]["text"], "2026-10-01 国庆节 放假，计 2 小时，累计 4 小时");
        assert!(refused.is_err());
    }

    #[test]
    fn what_is_missing_or_doubled_is_refused() {
        for line in [
            &["--from", "2026-09-18"][..],
            &["--working-days", "5"],
            &["D09", "--working-days", "5", "--from", "2026-09-18"],
            &["--working-days", "5", "--from", "18.09.2026"],
            &["--working-days", "-1", "--from", "2026-09-18"],
        ] {
            assert!(Line::try_parse_from(std::iter::once("deadline").chain(line.iter().copied())).is_err(), "{line:?}");
        }
        assert!(explain(&asked(&["--working-days", "0", "--from", "2026-09-18"])).is_err());
    }
}
