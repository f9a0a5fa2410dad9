//! Reward programmes (奖励方案): what pays how much, under which limits. The rules are data with versions.

pub(crate) mod list;
pub(crate) mod preview;
pub(crate) mod publish;
pub(crate) mod store;

use chrono::NaiveDate;
use kernel::{codes, problem::Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

codes! {
    /// Who gets it where the money of a day is not enough for all (奖金不足时).
    #[schema(as = RewardShortage)]
    Shortage {
        /// By lot, with a seed that was committed to before the day (抽签).
        Draw = "draw", "抽签";
        /// Whoever reported first (先报先得).
        First = "first", "先报先得";
    }
}

/// What a class pays (奖励标准).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClassAmount {
    /// The beginning of class codes; the longest that fits decides. Empty: every class.
    pub class_prefix: String,
    /// In fen. Nought: not rewarded.
    pub fen: i64,
}

/// The rules of a programme (奖励规则). Amounts are whole fen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RewardRules)]
pub(crate) struct Rules {
    /// Reports from this region: 6, 9, 12 or 15 digits.
    pub area: String,
    /// Reports received from this city day.
    pub from_day: NaiveDate,
    /// To this one.
    pub to_day: NaiveDate,
    pub classes: Vec<ClassAmount>,
    /// All that may be spent.
    pub total_fen: i64,
    /// What may be spent on the reports settled for one day.
    pub daily_fen: i64,
    /// Awards of one telephone for the reports of one day.
    pub person_day: u32,
    /// And of one month.
    pub person_month: u32,
    /// Reports within so many metres
    pub place_metres: u32,
    /// and so many days are one problem.
    pub place_days: u32,
    /// A day is settled so many days later: until then reports are accepted, filed and merged.
    pub settle_after_days: u32,
    /// An award that is approved can be claimed for so many days.
    pub claim_days: u32,
    pub shortage: Shortage,
}

/// The most that one programme may spend: ten million yuan.
const MOST_FEN: i64 = 1_000_000_000;

impl Rules {
    /// What a class pays; none where it is not rewarded or not known.
    pub(crate) fn amount(&self, class: Option<&str>) -> Option<i64> {
        let class = class?;
        let fits = self.classes.iter().filter(|it| class.starts_with(&it.class_prefix));
        fits.max_by_key(|it| it.class_prefix.len()).map(|it| it.fen).filter(|fen| *fen > 0)
    }

    /// Refuses rules that cannot be.
    ///
    /// # Errors
    /// `reward-rules-invalid` at its field.
    pub(crate) fn check(&self) -> Result<(), Problem> {
        let digits = self.area.bytes().all(|byte| byte.is_ascii_digit());
        require("area", digits && matches!(self.area.len(), 6 | 9 | 12 | 15), "范围应为区县、镇街、社区或网格的代码")?;
        require("to_day", self.from_day <= self.to_day && (self.to_day - self.from_day).num_days() <= 366, "结束日应在开始日之后一年以内")?;
        require("classes", (1..=200).contains(&self.classes.len()), "请至少设一类奖励标准，最多 200 类")?;
        let mut prefixes: Vec<&str> = self.classes.iter().map(|it| it.class_prefix.as_str()).collect();
        prefixes.sort_unstable();
        require("classes", prefixes.windows(2).all(|two| two[0] != two[1]), "同一类别设了两次")?;
        let sound = |it: &ClassAmount| it.class_prefix.len() <= 8 && it.class_prefix.bytes().all(|byte| byte.is_ascii_digit());
        require("classes", self.classes.iter().all(sound), "类别应为大小类代码的前几位数字")?;
        require("classes", self.classes.iter().all(|it| (0..=10_000_000).contains(&it.fen)), "每件奖励应为 0 至 10 万元")?;
        require("total_fen", (1..=MOST_FEN).contains(&self.total_fen), "总预算应为 0.01 元至 1000 万元")?;
        require("daily_fen", (1..=self.total_fen).contains(&self.daily_fen), "每日预算应大于 0 且不超过总预算")?;
        require("person_day", (1..=100).contains(&self.person_day), "每人每日上限应为 1 至 100 件")?;
        require("person_month", (self.person_day..=1_000).contains(&self.person_month), "每人每月上限不应小于每日上限，最多 1000 件")?;
        require("place_metres", (5..=1_000).contains(&self.place_metres), "同一地点的范围应为 5 至 1000 米")?;
        require("place_days", (1..=180).contains(&self.place_days), "同一地点的间隔应为 1 至 180 天")?;
        require("settle_after_days", (1..=60).contains(&self.settle_after_days), "应在上报后 1 至 60 天核定")?;
        require("claim_days", (7..=366).contains(&self.claim_days), "领奖期限应为 7 至 366 天")
    }
}

/// Every version of a programme's rules, the newest first: the day from which it holds, its number, the rules.
#[derive(Debug, Clone)]
pub(crate) struct Versions(pub Vec<(NaiveDate, i32, Rules)>);

impl Versions {
    /// The rules in force on a day, with their version.
    pub(crate) fn of(&self, day: NaiveDate) -> Option<(i32, &Rules)> {
        self.0.iter().find(|(from, ..)| *from <= day).map(|(_, version, rules)| (*version, rules))
    }

    /// The last day whose reports any version takes.
    pub(crate) fn last_day(&self) -> Option<NaiveDate> {
        self.0.iter().map(|(_, _, rules)| rules.to_day).max()
    }

    /// The longest time for which any version takes a place as one.
    pub(crate) fn place_days(&self) -> u32 {
        self.0.iter().map(|(_, _, rules)| rules.place_days).max().unwrap_or(0)
    }
}

fn require(field: &'static str, fits: bool, words: &str) -> Result<(), Problem> {
    if fits { Ok(()) } else { Err(invalid(field, words)) }
}

/// A field that cannot be so.
pub(crate) fn invalid(field: &'static str, words: &str) -> Problem {
    Problem::invalid("reward-rules-invalid", words.to_owned()).field(field, words.to_owned())
}

pub(crate) fn not_found() -> Problem {
    Problem::not_found("reward-programme-not-found", "没有找到这个奖励方案")
}

/// Fen as people read them: `12.50 元`.
pub(crate) fn yuan(fen: i64) -> String {
    format!("{}.{:02} 元", fen / 100, fen % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fen_are_read_as_yuan() {
        assert_eq!((yuan(5), yuan(1_250), yuan(100)), ("0.05 元".to_owned(), "12.50 元".to_owned(), "1.00 元".to_owned()));
    }
}
