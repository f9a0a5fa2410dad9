//! Kinds that machines recognise (智能识别种类): 64 of them as data, and what a city sets for each.

pub(crate) mod list;
pub(crate) mod save;
pub(crate) mod store;

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

const KINDS: &str = include_str!("../../../../data/machine-kinds.csv");

/// A kind, as the program brings it.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Kind {
    /// From 1 to 64.
    pub number: i16,
    /// One of the 48 that every city should watch for.
    pub core: bool,
    /// What people call it.
    pub name: String,
    /// The class of GB/T 47678.5 that a lead of it takes.
    pub class_code: String,
    /// It is about persons more than about things: off unless the city turns it on.
    pub personal: bool,
}

/// All kinds, in order.
pub(crate) static ALL: LazyLock<Vec<Kind>> = LazyLock::new(|| {
    let mut reader = csv::Reader::from_reader(KINDS.as_bytes());
    reader.deserialize().collect::<Result<_, _>>().unwrap_or_else(|error| unreachable!("data/machine-kinds.csv: {error}"))
});

/// The kind of a number.
pub(crate) fn of(number: i16) -> Option<&'static Kind> {
    ALL.iter().find(|kind| kind.number == number)
}

/// What a city sets for a kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MachineKindRules)]
pub(crate) struct Rules {
    /// Events of it are looked at; others are kept and nothing else.
    pub active: bool,
    /// A sighting becomes a lead without a person (自动转线索).
    pub automatic: bool,
    /// Events with less confidence are kept and nothing else, 0 to 1.
    pub least_confidence: f32,
    /// It must be seen in so many …
    pub need: u8,
    /// … of so many looks, at most 32 (N of M).
    pub of: u8,
    /// Minutes in which nothing new is made of it after it was refuted, or its lead was over.
    pub quiet_minutes: i32,
    /// Its lead is checked and closed without a person when the unit replied and the device no longer sees it (自动结案).
    #[serde(default)]
    pub closes: bool,
    /// It no longer files by itself when surely fewer than this share are right, 0 to 1.
    pub floor: f64,
}

impl Rules {
    /// What holds as long as nobody set anything.
    pub(crate) fn of(kind: &Kind) -> Self {
        Self {
            active: !kind.personal,
            automatic: false,
            least_confidence: 0.5,
            need: 2,
            of: 3,
            quiet_minutes: 30,
            closes: false,
            floor: 0.8,
        }
    }
}

/// A kind as it stands.
#[derive(Debug, Clone)]
pub(crate) struct KindSetting {
    pub kind: &'static Kind,
    pub rules: Rules,
    /// Since when it files nothing by itself, because too many were wrong.
    pub paused_at: Option<DateTime<Utc>>,
    /// 0 as long as nobody set anything.
    pub version: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_sixty_four_of_which_forty_eight_are_core() {
        assert_eq!((ALL.len(), ALL.iter().filter(|kind| kind.core).count()), (64, 48));
        assert!(ALL.iter().enumerate().all(|(at, kind)| kind.number as usize == at + 1 && kind.class_code.len() == 5));
        assert!(!Rules::of(of(9).unwrap()).active, "leaflets are handed out by persons");
        assert!(of(0).is_none() && of(65).is_none());
    }
}
