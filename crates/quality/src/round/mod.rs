//! Rounds of file review (评查批次): gathered, drawn by a seed, scored, answered, closed with figures.

pub(crate) mod close;
pub(crate) mod draw;
pub(crate) mod figures;
pub(crate) mod gather;
pub(crate) mod list;
pub(crate) mod replay;
pub(crate) mod sheet_of_officer;
pub(crate) mod show;
pub(crate) mod store;

use chrono::NaiveDate;
use kernel::{codes, problem::Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

codes! {
    /// What a round is (评查种类).
    RoundKind {
        /// A spot check of a quarter (季度抽查).
        Spot = "spot", "季度抽查";
        /// The review of a year (年度评查).
        Yearly = "yearly", "年度评查";
    }
}

codes! {
    /// Where a round stands (评查状态).
    RoundState {
        /// The candidates are listed and hashed; the seed is not set yet.
        Gathered = "gathered", "待抽取";
        /// Drawn and given out.
        Drawn = "drawn", "评查中";
        /// Closed, its figures frozen.
        Closed = "closed", "已办结";
        /// Given up before the draw.
        Cancelled = "cancelled", "已取消";
    }
}

/// What a round was asked for (评查方案).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoundPlan {
    /// The first day of conclusion.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// Procedures, by code; none for all.
    #[serde(default)]
    pub tracks: Vec<String>,
    /// Results, by code; none for all.
    #[serde(default)]
    pub results: Vec<String>,
    /// So many files; or else `percent`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub files: Option<u32>,
    /// So much of the candidates, in per cent, rounded up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<u32>,
    /// Each unit its share, and at least one.
    #[serde(default)]
    pub by_unit: bool,
    /// Two score each file apart.
    #[serde(default)]
    pub double: bool,
    /// Scores that differ by more points than this are settled by a third.
    #[serde(default = "five")]
    pub gap: u32,
    /// Working days that an officer has to answer.
    #[serde(default = "five")]
    pub answer_days: u32,
}

const fn five() -> u32 {
    5
}

/// The longest period, in days.
const LONGEST: i64 = 400;
/// Files of one round at most.
pub(crate) const MOST_FILES: usize = 300;

impl RoundPlan {
    /// # Errors
    /// `round-invalid` at its field.
    fn check(&self, today: NaiveDate) -> Result<(), Problem> {
        let invalid =
            |field: &'static str, detail: &str| Problem::invalid("round-invalid", detail.to_owned()).field(field, detail.to_owned());
        if !(0..LONGEST).contains(&(self.to - self.from).num_days()) || self.to > today {
            return Err(invalid("to", "时段应在今天以前，最长 400 日"));
        }
        let files = self.files.is_some_and(|files| (1..=MOST_FILES as u32).contains(&files));
        let percent = self.percent.is_some_and(|percent| (1..=100).contains(&percent));
        if files == percent || (self.files.is_some() && self.percent.is_some()) {
            return Err(invalid("files", "请填写件数（1 至 300）或者比例（1 至 100），二者选一"));
        }
        if !(1..=50).contains(&self.gap) || !(1..=60).contains(&self.answer_days) {
            return Err(invalid("gap", "分差应为 1 至 50 分，答复期限 1 至 60 个工作日"));
        }
        if self.tracks.len() > 10 || self.results.len() > 10 {
            return Err(invalid("tracks", "程序和结果各至多十种"));
        }
        Ok(())
    }

    /// How many of so many candidates are drawn.
    pub fn size(&self, candidates: usize) -> usize {
        match (self.files, self.percent) {
            (Some(files), _) => (files as usize).min(candidates),
            (None, Some(percent)) => (candidates * percent as usize).div_ceil(100),
            (None, None) => 0,
        }
    }
}

pub(crate) fn no_round() -> Problem {
    Problem::not_found("round-not-found", "没有这个评查批次，或不在您的权限范围内")
}

/// The stratum of a unit: its id, so that a renamed unit draws the same.
pub(crate) fn stratum(unit: Option<Uuid>) -> String {
    unit.map_or_else(|| "none".to_owned(), |unit| unit.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_rounded_up_and_a_number_ends_at_what_there_is() {
        let plan = |files, percent| RoundPlan {
            from: "2026-07-01".parse().unwrap(),
            to: "2026-09-30".parse().unwrap(),
            tracks: vec![],
            results: vec![],
            files,
            percent,
            by_unit: false,
            double: true,
            gap: 5,
            answer_days: 5,
        };
        assert_eq!((plan(None, Some(10)).size(41), plan(Some(20), None).size(8)), (5, 8));
        let today = "2026-11-02".parse().unwrap();
        assert!(plan(Some(3), None).check(today).is_ok() && plan(None, Some(5)).check(today).is_ok());
        assert!(plan(Some(3), Some(5)).check(today).is_err() && plan(None, None).check(today).is_err());
        assert!(plan(Some(301), None).check(today).is_err());
        assert!(plan(Some(3), None).check("2026-09-01".parse().unwrap()).is_err(), "the period lies ahead");
    }
}
