//! A period as a law names it.

use serde::{Deserialize, Serialize};

/// The unit of a statutory period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeriodUnit {
    /// Hour (时).
    Hour,
    /// Working day (工作日).
    WorkingDay,
    /// Calendar day (日、自然日).
    CalendarDay,
    /// Month (月).
    Month,
    /// Year (年).
    Year,
}

impl PeriodUnit {
    /// The Chinese word after a number.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Hour => "小时",
            Self::WorkingDay => "个工作日",
            Self::CalendarDay => "日",
            Self::Month => "个月",
            Self::Year => "年",
        }
    }

    /// The largest number accepted: about a century, so that no count runs out of the calendar.
    fn most(self) -> u32 {
        match self {
            Self::Hour => 24 * 36_525,
            Self::WorkingDay | Self::CalendarDay => 36_525,
            Self::Month => 1200,
            Self::Year => 100,
        }
    }
}

/// Which way a period runs from its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The act must be done by the end of the period.
    After,
    /// The act must be done before the period that precedes the day (……日前): the whole period lies between them.
    Before,
    /// The act is allowed only once the period has passed (期满后).
    MustPass,
    /// Something falls due anew on each day after it (按日).
    EveryDay,
}

/// What happens to a last day that is a day off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LastDay {
    /// It moves to the next working day (顺延): a party's period.
    Rolls,
    /// It stays (不顺延): an organ's own period.
    Stays,
}

/// Why a number makes no period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// Zero.
    #[error("期限应为正整数")]
    Zero,
    /// More than about a century.
    #[error("期限不超过一百年")]
    TooLong,
}

/// A statutory period (期限): a number, a unit, a direction, and what happens to its last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Period {
    number: u32,
    unit: PeriodUnit,
    direction: Direction,
    last_day: LastDay,
}

impl Period {
    /// A period that runs forward. Only calendar days, months and years roll: hours run out where they do, and a working
    /// day is never a day off.
    ///
    /// # Errors
    /// Zero, or more than about a century.
    pub fn new(number: u32, unit: PeriodUnit, last_day: LastDay) -> Result<Self, PeriodError> {
        if number == 0 {
            Err(PeriodError::Zero)
        } else if number > unit.most() {
            Err(PeriodError::TooLong)
        } else {
            Ok(Self { number, unit, direction: Direction::After, last_day })
        }
    }

    /// The same period running another way.
    #[must_use]
    pub fn running(self, direction: Direction) -> Self {
        Self { direction, ..self }
    }

    /// How many units.
    #[must_use]
    pub fn number(self) -> u32 {
        self.number
    }

    /// The unit.
    #[must_use]
    pub fn unit(self) -> PeriodUnit {
        self.unit
    }

    /// The direction.
    #[must_use]
    pub fn direction(self) -> Direction {
        self.direction
    }

    /// What happens to a last day that is a day off.
    #[must_use]
    pub fn last_day(self) -> LastDay {
        self.last_day
    }

    /// The period in Chinese: "15 日", "5 个工作日".
    #[must_use]
    pub fn label(self) -> String {
        format!("{} {}", self.number, self.unit.label())
    }
}
