//! `bihuan explain matter`: what a shipped matter says and whether it can be cited for an act of a day, without database.

use anyhow::{Context, bail};
use chrono::NaiveDate;
use kernel::clock::{Clock, SystemClock, shanghai};
use matters::{FineParty, MatterFacts};

/// Which matter, for which act.
#[derive(Debug, clap::Args)]
pub struct MatterArgs {
    /// 事项编号，如 M001（随程序提供的事项）
    #[arg(value_name = "CODE")]
    code: String,
    /// 违法行为发生日；不给则为今天
    #[arg(long, value_name = "DATE")]
    on: Option<NaiveDate>,
}

/// The explanation as text.
pub(super) fn explain(args: &MatterArgs) -> anyhow::Result<String> {
    let shipped = matters::shipped().context("随程序提供的事项无法读取")?;
    let Some((code, facts)) = shipped.into_iter().find(|(code, _)| *code == args.code) else {
        bail!("随程序提供的事项中没有 {}，编号如 M001", args.code);
    };
    let day = args.on.unwrap_or_else(|| SystemClock.now().with_timezone(&shanghai()).date_naive());
    Ok(told(&code, &facts, day))
}

fn told(code: &str, facts: &MatterFacts, day: NaiveDate) -> String {
    let range = |party| match facts.range(party) {
        Some(range) if range.min_fen == 0 => format!("{} 元以下", yuan(range.max_fen)),
        Some(range) => format!("{}–{} 元", yuan(range.min_fen), yuan(range.max_fen)),
        None => "—".to_owned(),
    };
    let simple = |party| facts.simple_use(party).map_or("—", matters::SimpleUse::label);
    let mut lines = vec![
        format!("{code}  {}", facts.name),
        format!("处罚依据  《{}》{}（{}，适用于{}）", facts.law, facts.penalty_article, facts.rank.label(), facts.region),
        format!("违反条款  {}", facts.violated_article.as_deref().unwrap_or("同处罚条款")),
        format!("前置条件  {}", facts.precondition.text.as_deref().unwrap_or("无")),
        format!("罚款      个人 {}，单位 {}", range(FineParty::Individual), range(FineParty::Organisation)),
    ];
    lines.extend(facts.formula.iter().map(|it| format!("计算公式  {it}")));
    lines.extend(facts.other_measure.iter().map(|it| format!("其他处罚  {it}")));
    lines.push(format!(
        "简易程序  个人 {}，单位 {}（行政处罚法第五十一条）",
        simple(FineParty::Individual),
        simple(FineParty::Organisation)
    ));
    lines.push(format!("核对      {}；{}", facts.verified.label(), facts.status.label()));
    lines.push(if facts.covers(day) {
        format!("{day} 的行为可以引用{}", if facts.effective_from.is_none() { "（生效日期未载明，请核对）" } else { "" })
    } else {
        let last = facts.effective_to.map(|last| format!("，该条只适用于 {last} 及以前的行为")).unwrap_or_default();
        format!("{day} 的行为不能引用{last}；须先录入并发布新条文（行政处罚法第三十七条）")
    });
    lines.extend(facts.note.iter().map(|it| format!("备注      {it}")));
    lines.push(format!("来源      {}", facts.source));
    lines.join("\n")
}

fn yuan(fen: i64) -> String {
    if fen % 100 == 0 { (fen / 100).to_string() } else { format!("{}.{:02}", fen / 100, fen % 100) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(code: &str, on: &str) -> String {
        explain(&MatterArgs { code: code.into(), on: Some(on.parse().unwrap()) }).unwrap()
    }

    #[test]
    fn a_replaced_matter_can_be_cited_for_acts_of_before_alone() {
        assert!(of("M076", "2026-08-14").contains("2026-08-14 的行为可以引用"));
        assert!(of("M076", "2026-08-15").contains("2026-08-15 的行为不能引用，该条只适用于 2026-08-14 及以前的行为"));
        assert!(of("M001", "2026-11-23").contains("个人 50–500 元，单位 50–500 元"));
        assert!(explain(&MatterArgs { code: "none".into(), on: None }).is_err());
    }
}
