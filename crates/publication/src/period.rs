//! How long a decision stays public (公示期), from a table: by severity, and by whether the party is a natural person.

use std::sync::LazyLock;

use chrono::{Months, NaiveDate};
use kernel::codes;
use serde::Deserialize;

use crate::DecisionStanding;

codes! {
    /// How heavy a decision is for the period it is shown (失信程度).
    PublicationSeverity {
        /// On the spot, warnings, public criticism (轻微).
        Slight = "slight", "轻微";
        /// Larger fines, confiscation (一般).
        General = "general", "一般";
        /// Penalties that call for a hearing (严重).
        Serious = "serious", "严重";
    }
}

impl PublicationSeverity {
    /// How heavy a decision is.
    #[must_use]
    pub fn of(standing: &DecisionStanding) -> Self {
        if standing.heavy {
            Self::Serious
        } else if standing.on_spot || standing.words_only {
            Self::Slight
        } else {
            Self::General
        }
    }
}

/// The table; where it came from and how sure it is stands in each row.
const TABLE: &str = include_str!("../../../data/publication-periods.csv");

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ShownFor {
    /// How heavy.
    pub severity: PublicationSeverity,
    /// `natural` or `organisation`.
    pub party: String,
    /// Months it is shown at least; before, nothing ends it early.
    pub min_months: u32,
    /// Months it is shown at most; then it ends by itself.
    pub max_months: u32,
    /// Where it comes from.
    pub source: String,
    /// `verified`, `secondary` or `provisional`.
    pub confidence: String,
}

/// All rows.
#[must_use]
pub fn table() -> &'static [ShownFor] {
    static ROWS: LazyLock<Vec<ShownFor>> = LazyLock::new(|| {
        csv::Reader::from_reader(TABLE.as_bytes()).deserialize().map(|row| row.expect("the shipped table is read by the tests")).collect()
    });
    &ROWS
}

/// How long a decision of this severity is shown.
///
/// # Panics
/// Never: the tests read every row of the shipped table.
#[must_use]
pub fn shown_for(severity: PublicationSeverity, natural: bool) -> &'static ShownFor {
    let party = if natural { "natural" } else { "organisation" };
    table().iter().find(|row| row.severity == severity && row.party == party).expect("the shipped table has every severity and party")
}

impl ShownFor {
    /// The first day on which it may end early, and the last day it is shown, from the day of the decision.
    #[must_use]
    pub fn days(&self, decided_on: NaiveDate) -> (NaiveDate, NaiveDate) {
        let after = |months: u32| decided_on.checked_add_months(Months::new(months)).unwrap_or(decided_on);
        (after(self.min_months), after(self.max_months))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_severity_and_party_has_a_period_and_natural_persons_no_longer_one() {
        for &severity in PublicationSeverity::ALL {
            let (person, firm) = (shown_for(severity, true), shown_for(severity, false));
            assert!(person.max_months <= firm.max_months && person.min_months <= firm.min_months);
            for row in [person, firm] {
                assert!(row.min_months <= row.max_months && row.max_months > 0 && !row.source.is_empty());
            }
        }
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        // A fine of 30 November: three months end on the last day of February.
        assert_eq!(shown_for(PublicationSeverity::General, false).days(day("2026-11-30")), (day("2027-02-28"), day("2027-11-30")));
    }
}
