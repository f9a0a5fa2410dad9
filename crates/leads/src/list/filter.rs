//! What a list is narrowed to.

use chrono::{DateTime, Utc};
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::lead::{Source, State};

/// The most rows of a page.
pub(crate) const MOST_ROWS: i64 = 200;

/// A queue of the desk: what waits for one kind of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Queue {
    /// Reported, waits to be received (待受理).
    Triage,
    /// Being verified (核实中).
    Verify,
    /// Accepted, waits to be filed (待立案).
    Filing,
    /// Filed, waits to be dispatched (待派遣).
    Dispatch,
    /// Asks for more time (待批延期).
    Extension,
    /// Fixed or being checked (待核查).
    Check,
    /// Checked, waits to be closed (待结案).
    Closing,
    /// Open, and followed up by the caller (我跟办的).
    Following,
    /// Open, and in a leader's charge (领导包案).
    Charged,
    /// Open, and in the caller's own charge (我包案的).
    MyCharge,
}

impl Queue {
    pub(crate) const ALL: [Self; 10] = [
        Self::Triage,
        Self::Verify,
        Self::Filing,
        Self::Dispatch,
        Self::Extension,
        Self::Check,
        Self::Closing,
        Self::Following,
        Self::Charged,
        Self::MyCharge,
    ];

    /// The states that stand in it.
    pub(crate) const fn states(self) -> &'static [State] {
        match self {
            Self::Triage => &[State::Reported],
            Self::Verify => &[State::Verifying],
            Self::Filing => &[State::Accepted],
            Self::Dispatch => &[State::Filed],
            Self::Extension => &[State::Dispatched, State::Fixing],
            Self::Check => &[State::Fixed, State::Checking],
            Self::Closing => &[State::Checked],
            Self::Following | Self::Charged | Self::MyCharge => State::OPEN,
        }
    }
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Sort {
    /// The newest first.
    #[default]
    Newest,
    /// What is due first, first.
    Due,
}

/// A light to look for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WantedLight {
    /// 绿灯
    Green,
    /// 黄灯
    Yellow,
    /// 红灯
    Red,
}

/// The filters of the query string.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Filter {
    /// Words of two characters and more, a number, or a tracking code.
    pub q: Option<String>,
    /// States, separated by commas.
    pub state: Option<String>,
    /// The light.
    #[param(inline)]
    pub light: Option<WantedLight>,
    /// The source.
    pub source: Option<String>,
    /// The class, or its first digits.
    pub class: Option<String>,
    /// The region, or its first digits.
    pub region: Option<String>,
    /// The responsible unit.
    pub unit: Option<Uuid>,
    /// Reported at or after.
    pub from: Option<DateTime<Utc>>,
    /// Reported before.
    pub to: Option<DateTime<Utc>>,
    /// The queue.
    #[param(inline)]
    pub queue: Option<Queue>,
    /// The order.
    #[param(inline)]
    #[serde(default)]
    pub sort: Sort,
    /// Where the page begins, from `next_cursor`.
    pub cursor: Option<String>,
    /// Rows of a page, 1 to 200; 50 without.
    pub limit: Option<i64>,
}

impl Filter {
    /// The states asked for.
    pub(crate) fn states(&self) -> Result<Option<Vec<&'static str>>, Problem> {
        let Some(list) = self.state.as_deref().filter(|list| !list.is_empty()) else {
            return Ok(self.queue.map(|queue| queue.states().iter().map(|state| state.code()).collect()));
        };
        let states = list.split(',').map(|code| code.trim().parse::<State>().map(State::code));
        let states = states.collect::<Result<Vec<_>, ()>>().map_err(|()| Problem::invalid("query-invalid", "state 参数含有未知的状态"))?;
        Ok(Some(states))
    }

    /// The source asked for.
    pub(crate) fn source(&self) -> Result<Option<Source>, Problem> {
        let wanted = self.source.as_deref().filter(|code| !code.is_empty());
        wanted.map(str::parse).transpose().map_err(|_| Problem::invalid("query-invalid", "source 参数不是来源编码"))
    }

    /// The number of rows.
    pub(crate) fn rows(&self) -> i64 {
        self.limit.unwrap_or(50).clamp(1, MOST_ROWS)
    }

    /// Digits to look up by prefix; refuses anything else, so that a `%` is never a wildcard.
    pub(crate) fn digits<'a>(name: &str, value: Option<&'a String>) -> Result<Option<&'a str>, Problem> {
        match value.map(String::as_str).filter(|text| !text.is_empty()) {
            Some(text) if text.len() <= 17 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') => Ok(Some(text)),
            Some(_) => Err(Problem::invalid("query-invalid", format!("{name} 参数应为编码或其开头几位"))),
            None => Ok(None),
        }
    }
}
