//! The named periods of penalty procedure, from `data/deadlines.csv`: each with who is bound, its article and how sure it is.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::period::{Direction, LastDay, Period, PeriodUnit};

/// The table; where it came from stands in `data/README.md`.
const TABLE: &str = include_str!("../../../../../data/deadlines.csv");

/// Who is bound by a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Obligor {
    /// The enforcing organ (执法机关).
    Organ,
    /// The party (当事人).
    Party,
    /// The officer in person (执法人员).
    Officer,
    /// The head of the organ (机关负责人).
    Head,
    /// The body that reviews (复议机关).
    Body,
    /// The court (法院).
    Court,
    /// The police (公安机关).
    Police,
}

impl Obligor {
    /// The Chinese name.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Organ => "执法机关",
            Self::Party => "当事人",
            Self::Officer => "执法人员",
            Self::Head => "机关负责人",
            Self::Body => "复议机关",
            Self::Court => "人民法院",
            Self::Police => "公安机关",
        }
    }
}

/// A named statutory period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// Its id in the table, `D01` to `D47`.
    pub id: String,
    /// Its name (期限名称).
    pub name: String,
    /// The stage of the procedure.
    pub stage: String,
    /// Who is bound.
    pub obligor: Obligor,
    /// What starts it.
    pub trigger: String,
    /// What must be so for it to apply.
    pub precondition: String,
    /// What stops the count, or starts it later (中止、扣除); empty where nothing does.
    pub suspension: String,
    /// How it may be extended (延长); empty where it may not.
    pub extension: String,
    /// What follows when it is missed.
    pub if_missed: String,
    /// The article it comes from, in the short form of the fact sheet.
    pub source: String,
    /// The article with the full name of its law.
    pub article: String,
    /// The version of that law which was read: when it was made, and from when it applies.
    pub version: String,
    /// How sure the table is of it: verified, secondary, memory or config.
    pub confidence: String,
    /// The text names days without saying which: calendar days, the stricter reading, until confirmed locally to be working days.
    pub unit_unsettled: bool,
    /// The period.
    pub period: Period,
}

impl Rule {
    /// The period once a place has confirmed that unsettled days are working days there; unchanged for the others.
    #[must_use]
    pub fn period_as_confirmed(&self) -> Period {
        let confirmed = Period::new(self.period.number(), PeriodUnit::WorkingDay, self.period.last_day());
        match confirmed {
            Ok(period) if self.unit_unsettled => period.running(self.period.direction()),
            _ => self.period,
        }
    }
}

/// Every named period, in the order of the table.
#[must_use]
pub fn rules() -> &'static [Rule] {
    static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
        csv::Reader::from_reader(TABLE.as_bytes())
            .deserialize()
            .map(|row: Result<Row, _>| row.expect("the shipped table is read by the tests").into_rule())
            .collect()
    });
    &RULES
}

/// The period with this id, in either case, or with this name.
#[must_use]
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules().iter().find(|rule| rule.id.eq_ignore_ascii_case(id.trim()) || rule.name == id.trim())
}

/// A row as it stands in the file.
#[derive(Deserialize)]
struct Row {
    id: String,
    name: String,
    stage: String,
    obligor: Obligor,
    trigger: String,
    precondition: String,
    n: u32,
    unit: RowUnit,
    direction: RowDirection,
    roll_to_working_day: YesNo,
    suspension: String,
    extension: String,
    if_missed: String,
    source: String,
    article: String,
    version: String,
    confidence: String,
}

#[derive(Deserialize, PartialEq, Eq)]
enum RowUnit {
    #[serde(rename = "WD")]
    WorkingDay,
    #[serde(rename = "WD?")]
    Unsettled,
    #[serde(rename = "CD")]
    CalendarDay,
    #[serde(rename = "HOUR")]
    Hour,
    #[serde(rename = "MONTH")]
    Month,
    #[serde(rename = "YEAR")]
    Year,
}

#[derive(Deserialize)]
enum RowDirection {
    #[serde(rename = "after")]
    After,
    #[serde(rename = "before")]
    Before,
    #[serde(rename = "after (must pass)")]
    MustPass,
    #[serde(rename = "every day 3%")]
    EveryDay,
}

#[derive(Deserialize)]
enum YesNo {
    Y,
    N,
}

impl Row {
    fn into_rule(self) -> Rule {
        let unit_unsettled = self.unit == RowUnit::Unsettled;
        let unit = match self.unit {
            RowUnit::WorkingDay => PeriodUnit::WorkingDay,
            RowUnit::Unsettled | RowUnit::CalendarDay => PeriodUnit::CalendarDay,
            RowUnit::Hour => PeriodUnit::Hour,
            RowUnit::Month => PeriodUnit::Month,
            RowUnit::Year => PeriodUnit::Year,
        };
        let direction = match self.direction {
            RowDirection::After => Direction::After,
            RowDirection::Before => Direction::Before,
            RowDirection::MustPass => Direction::MustPass,
            RowDirection::EveryDay => Direction::EveryDay,
        };
        let last_day = match self.roll_to_working_day {
            YesNo::Y => LastDay::Rolls,
            YesNo::N => LastDay::Stays,
        };
        let period = Period::new(self.n, unit, last_day).expect("the shipped table is read by the tests").running(direction);
        Rule {
            id: self.id,
            name: self.name,
            stage: self.stage,
            obligor: self.obligor,
            trigger: self.trigger,
            precondition: self.precondition,
            suspension: self.suspension,
            extension: self.extension,
            if_missed: self.if_missed,
            source: self.source,
            article: self.article,
            version: self.version,
            confidence: self.confidence,
            unit_unsettled,
            period,
        }
    }
}
