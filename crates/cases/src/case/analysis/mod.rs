//! Case analysis (案件分析): concluded cases of a period by kind, field, matter, place, time, result, amount and duration; each figure opens to
//! exactly the cases it counts.

pub(crate) mod export;
pub(crate) mod list;
mod store;

use chrono::{DateTime, Days, NaiveDate, Utc};
use kernel::{clock::shanghai, codes, problem::Problem};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::course::ConcludedWanted;

/// The longest stretch that is looked at, in days: five years.
const LONGEST: i64 = 1_830;

codes! {
    /// What cases are counted by (分析维度).
    AnalysisBy {
        /// The field of the matter (执法领域).
        Field = "field", "执法领域";
        /// The matter (事项).
        Matter = "matter", "事项";
        /// The procedure (程序).
        Track = "track", "程序";
        /// The township where the act was done (镇街).
        Region = "region", "镇街";
        /// The unit (单位).
        Unit = "unit", "单位";
        /// The month of conclusion (月份).
        Month = "month", "月份";
        /// The result (处理结果).
        Result = "result", "处理结果";
        /// The fine (罚款数额).
        Amount = "amount", "罚款数额";
        /// From opening to conclusion (办案时长).
        Duration = "duration", "办案时长";
    }
}

/// Which cases, counted by what.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// The first day of conclusion.
    from: NaiveDate,
    /// The last day.
    to: NaiveDate,
    /// What they are counted by.
    #[param(inline)]
    by: AnalysisBy,
    /// A procedure alone.
    track: Option<String>,
    /// A result alone.
    result: Option<String>,
    /// A ground alone: a prefix of region codes.
    region: Option<String>,
    /// A unit alone.
    unit: Option<Uuid>,
    /// Of one value alone, as a row of the analysis names it.
    key: Option<String>,
}

impl Ask {
    fn wanted(&self) -> Result<ConcludedWanted, Problem> {
        let (from, to) = stretch(self.from, self.to)?;
        let one = |text: &Option<String>| text.clone().filter(|text| !text.is_empty()).into_iter().collect();
        let ground = self.region.clone().unwrap_or_default();
        if ground.len() > 15 || !ground.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Problem::invalid("query-invalid", "区划代码不正确").field("region", "请选择区划"));
        }
        Ok(ConcludedWanted { from, to, ground, unit: self.unit, tracks: one(&self.track), results: one(&self.result) })
    }
}

/// The days of the city from `from` to `to`, both included.
fn stretch(from: NaiveDate, to: NaiveDate) -> Result<(DateTime<Utc>, DateTime<Utc>), Problem> {
    let begins = |day: NaiveDate| day.and_hms_opt(0, 0, 0).and_then(|at| at.and_local_timezone(shanghai()).single()).map(|at| at.to_utc());
    match (begins(from), to.checked_add_days(Days::new(1)).and_then(begins)) {
        (Some(first), Some(last)) if (0..=LONGEST).contains(&(to - from).num_days()) => Ok((first, last)),
        _ => Err(Problem::invalid("query-invalid", "时间段不正确，最长五年").field("to", "止日不能早于起日，最长五年")),
    }
}

/// What people read for a bucket of amounts or durations; nothing for other values.
fn bucket(by: AnalysisBy, key: &str) -> Option<&'static str> {
    Some(match (by, key) {
        (AnalysisBy::Amount, "0") => "没有罚款",
        (AnalysisBy::Amount, "1") => "200 元以下",
        (AnalysisBy::Amount, "2") => "200 至 1000 元",
        (AnalysisBy::Amount, "3") => "1000 元至 1 万元",
        (AnalysisBy::Amount, "4") => "1 万至 10 万元",
        (AnalysisBy::Amount, "5") => "10 万元以上",
        (AnalysisBy::Duration, "0") => "当日",
        (AnalysisBy::Duration, "1") => "30 日以内",
        (AnalysisBy::Duration, "2") => "30 至 60 日",
        (AnalysisBy::Duration, "3") => "60 至 90 日",
        (AnalysisBy::Duration, "4") => "90 日以上",
        _ => return None,
    })
}
