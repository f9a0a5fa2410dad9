//! The weights that the program brings: the example of an implementation of GB/T 30428.4. Provisional until the city sets its own.

use super::{IndicatorGrade, IndicatorScoring, IndicatorSettings, IndicatorStep, IndicatorWeight};

fn weight(indicator: &str, weight: f64, scoring: IndicatorScoring) -> IndicatorWeight {
    IndicatorWeight { indicator: indicator.to_owned(), weight, scoring, steps: Vec::new() }
}

fn steps(indicator: &str, of: f64, steps: &[(f64, f64)]) -> IndicatorWeight {
    let steps = steps.iter().map(|&(from, points)| IndicatorStep { from, points }).collect();
    IndicatorWeight { steps, ..weight(indicator, of, IndicatorScoring::Steps) }
}

/// A month's work of one person at a desk, in dockets.
const VOLUME: [(f64, f64); 6] = [(0.0, 0.0), (101.0, 40.0), (301.0, 60.0), (501.0, 75.0), (1_201.0, 90.0), (2_001.0, 100.0)];
/// Filed in an area of the first class: the fewer the better.
const FILED: [(f64, f64); 6] = [(0.0, 100.0), (1.0, 90.0), (3.0, 75.0), (5.0, 60.0), (7.0, 40.0), (9.0, 0.0)];
/// Reworks of a unit.
const REWORKS: [(f64, f64); 6] = [(0.0, 100.0), (51.0, 90.0), (101.0, 75.0), (201.0, 60.0), (501.0, 40.0), (1_001.0, 0.0)];

/// Weights and grades before anybody has set any.
pub(crate) fn built_in() -> IndicatorSettings {
    use IndicatorScoring::{Inverse, Value};
    let weights = [
        (
            "place",
            vec![
                weight("citizen-report-rate", 10.0, Inverse),
                steps("filings", 20.0, &FILED),
                weight("closing-rate", 30.0, Value),
                weight("closing-in-time-rate", 40.0, Value),
            ],
        ),
        (
            "unit",
            vec![
                steps("reworks", 10.0, &REWORKS),
                weight("closing-rate", 30.0, Value),
                weight("fix-in-time-rate", 30.0, Value),
                weight("rework-rate", 30.0, Inverse),
            ],
        ),
        // The example gives 20 to what a collector missed, which is counted by grid here: the rest in proportion.
        (
            "collector",
            vec![
                weight("valid-report-rate", 50.0, Value),
                weight("verify-in-time-rate", 25.0, Value),
                weight("check-in-time-rate", 25.0, Value),
            ],
        ),
        (
            "operator",
            vec![
                steps("acceptances", 25.0, &VOLUME),
                weight("accept-in-time-rate", 40.0, Value),
                weight("accept-accurate-rate", 35.0, Value),
            ],
        ),
        (
            "shift_leader",
            vec![steps("filings", 25.0, &VOLUME), weight("file-in-time-rate", 40.0, Value), weight("file-accurate-rate", 35.0, Value)],
        ),
        (
            "dispatcher",
            vec![
                steps("dispatches", 20.0, &VOLUME),
                weight("dispatch-in-time-rate", 40.0, Value),
                weight("dispatch-accurate-rate", 40.0, Value),
            ],
        ),
    ];
    let grades = [("A", 90.0), ("B", 75.0), ("C", 60.0), ("D", 40.0), ("E", 0.0)];
    IndicatorSettings {
        weights: weights.into_iter().map(|(subject, weights)| (subject.to_owned(), weights)).collect(),
        grades: grades.into_iter().map(|(name, from)| IndicatorGrade { name: name.to_owned(), from }).collect(),
    }
}
