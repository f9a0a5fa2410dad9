//! Indicators (考核指标) as data: a name, a numerator and a denominator, and whom it is of. The list is `data/indicators.csv`.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::item::{Kind, Origin};

/// How subjects are put together (统计对象).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum By {
    /// The county (县区).
    County,
    /// Townships (镇街).
    Township,
    /// Unit grids (单元网格).
    Grid,
    /// Units that fix (处置部门).
    Unit,
    /// Collectors (监督员).
    Collector,
    /// Operators (受理员).
    Operator,
    /// Shift leaders (值班长).
    ShiftLeader,
    /// Dispatchers (派遣员).
    Dispatcher,
}

impl By {
    /// What the list of indicators and the weights call such subjects.
    pub(crate) const fn subject(self) -> &'static str {
        match self {
            Self::County | Self::Township | Self::Grid => "place",
            Self::Unit => "unit",
            Self::Collector => "collector",
            Self::Operator => "operator",
            Self::ShiftLeader => "shift_leader",
            Self::Dispatcher => "dispatcher",
        }
    }

    /// The code in a query.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::County => "county",
            Self::Township => "township",
            Self::Grid => "grid",
            _ => self.subject(),
        }
    }
}

/// The subjects that have weights of their own.
pub(crate) const SUBJECTS: [&str; 6] = ["place", "unit", "collector", "operator", "shift_leader", "dispatcher"];

/// Which items of a kind are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// All that are due.
    All,
    /// Those that are done by the end of the period.
    Done,
    /// Those that were done within their limit.
    InTime,
    /// Those that are not done by the end of the period.
    Open,
    /// Those that were not done within their limit, done or not.
    Late,
    /// Those that did not turn out wrong.
    Kept,
    /// Those that turned out wrong.
    Spoilt,
    /// Those whose limit was extended.
    Extended,
    /// Those that citizens told of.
    Citizens,
    /// Those that no patrol found.
    Missed,
}

/// A term of a formula: a part of a kind of items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Term {
    pub kind: Kind,
    pub part: Part,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Better {
    /// More is better.
    High,
    /// Less is better.
    Low,
}

/// An indicator (考核指标).
#[derive(Debug)]
pub(crate) struct Indicator {
    pub code: String,
    pub name: String,
    pub better: Option<Better>,
    subjects: Vec<String>,
    pub numerator: Term,
    /// None for a plain count.
    pub denominator: Option<Term>,
    pub numerator_words: String,
    pub denominator_words: Option<String>,
    pub source: String,
}

impl Indicator {
    /// Whether it is of such subjects.
    pub(crate) fn is_of(&self, by: By) -> bool {
        self.is_of_subject(by.subject())
    }

    pub(crate) fn is_of_subject(&self, subject: &str) -> bool {
        self.subjects.iter().any(|own| own == subject)
    }
}

/// The rule of denominators, as every report shows it (“应…数”的口径).
pub(crate) const RULE: &str = "“应核实、应派遣、应处置、应结案”等应办数＝期限在统计时段内到期的件＋统计时段内在期限前提前办完的件；每件只计一次：提前或按期办完的计入办完当日，其余计入到期当日。统计以时段最后一日日终（当日为现在）的情况为准，此后的变化不影响。延期、挂账后按新的期限计；作废、并案、改派、返工后，原期限自当日起不再计入。分母为零时显示“—”，不参加综合评分。";

/// An item's qualities that parts ask for, at the end of a period.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Qualities {
    pub done: bool,
    pub in_time: bool,
    pub spoilt: bool,
    pub extended: bool,
    pub origin: i16,
}

impl Part {
    const ALL: [(&'static str, Self); 10] = [
        ("all", Self::All),
        ("done", Self::Done),
        ("in-time", Self::InTime),
        ("open", Self::Open),
        ("late", Self::Late),
        ("kept", Self::Kept),
        ("spoilt", Self::Spoilt),
        ("extended", Self::Extended),
        ("citizens", Self::Citizens),
        ("missed", Self::Missed),
    ];

    /// Whether an item of such qualities is of this part.
    pub(crate) const fn holds(self, it: Qualities) -> bool {
        match self {
            Self::All => true,
            Self::Done => it.done,
            Self::InTime => it.done && it.in_time,
            Self::Open => !it.done,
            Self::Late => !(it.done && it.in_time),
            Self::Kept => !it.spoilt,
            Self::Spoilt => it.spoilt,
            Self::Extended => it.extended,
            Self::Citizens => it.origin == Origin::Citizens as i16,
            Self::Missed => it.origin != Origin::Patrol as i16,
        }
    }
}

impl Term {
    fn parse(text: &str) -> Option<Self> {
        let (kind, part) = text.split_once('.')?;
        let kind = match kind {
            "report" => Kind::Report,
            "accept" => Kind::Accept,
            "accepted" => Kind::Accepted,
            "filed" => Kind::Filed,
            "verify" => Kind::Verify,
            "dispatch" => Kind::Dispatch,
            "fix" => Kind::Fix,
            "check" => Kind::Check,
            "closing" => Kind::Closing,
            _ => return None,
        };
        let part = Part::ALL.into_iter().find(|(name, _)| *name == part)?.1;
        Some(Self { kind, part })
    }
}

/// Every indicator, in the order people read them.
pub(crate) fn all() -> &'static [Indicator] {
    static ALL: LazyLock<Vec<Indicator>> = LazyLock::new(|| {
        let mut reader = csv::Reader::from_reader(include_str!("../../../data/indicators.csv").as_bytes());
        reader.records().map(|row| read(&row.expect("the shipped list is CSV")).expect("the shipped list names known terms")).collect()
    });
    &ALL
}

/// The indicator of this code.
pub(crate) fn of(code: &str) -> Option<&'static Indicator> {
    all().iter().find(|indicator| indicator.code == code)
}

fn read(row: &csv::StringRecord) -> Option<Indicator> {
    let cell = |at: usize| row.get(at).map(str::to_owned).filter(|cell| !cell.is_empty());
    Some(Indicator {
        code: cell(0)?,
        name: cell(1)?,
        better: match row.get(2)? {
            "high" => Some(Better::High),
            "low" => Some(Better::Low),
            _ => None,
        },
        subjects: cell(3)?.split(' ').map(str::to_owned).collect(),
        numerator: Term::parse(row.get(4)?)?,
        denominator: match cell(5) {
            Some(term) => Some(Term::parse(&term)?),
            None => None,
        },
        numerator_words: cell(6)?,
        denominator_words: cell(7),
        source: cell(8)?,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_list_is_whole() {
        let codes: BTreeSet<&str> = all().iter().map(|indicator| indicator.code.as_str()).collect();
        assert_eq!((codes.len(), all().len()), (25, 25));
        for indicator in all() {
            assert!(indicator.subjects.iter().all(|subject| SUBJECTS.contains(&subject.as_str())), "{}", indicator.code);
            assert_eq!(indicator.denominator.is_some(), indicator.better.is_some(), "{} is a rate or a count", indicator.code);
            assert_eq!(indicator.denominator.is_some(), indicator.denominator_words.is_some(), "{}", indicator.code);
            assert!(
                indicator.denominator.is_none_or(|term| term.part == Part::All && term.kind == indicator.numerator.kind),
                "{}",
                indicator.code
            );
        }
    }

    #[test]
    fn what_is_due_is_done_or_open_and_in_time_or_late() {
        for bits in 0..8 {
            let it = Qualities { done: bits & 1 > 0, in_time: bits & 2 > 0, spoilt: bits & 4 > 0, extended: false, origin: 1 };
            for (one, other) in [(Part::Done, Part::Open), (Part::InTime, Part::Late), (Part::Kept, Part::Spoilt)] {
                assert!(one.holds(it) != other.holds(it), "{one:?} {it:?}");
            }
        }
    }
}
