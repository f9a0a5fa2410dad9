//! Points and grades from figures (综合评分). Pure.

use super::{IndicatorScoring, IndicatorSettings, IndicatorWeight};

/// The points of one value: a count, or a rate between 0 and 1.
fn points(weight: &IndicatorWeight, value: f64, is_rate: bool) -> f64 {
    let value = if is_rate { value * 100.0 } else { value };
    let points = match weight.scoring {
        IndicatorScoring::Value => value,
        IndicatorScoring::Inverse => 100.0 - value,
        IndicatorScoring::Steps => weight.steps.iter().rfind(|step| step.from <= value).map_or(0.0, |step| step.points),
    };
    points.clamp(0.0, 100.0)
}

impl IndicatorSettings {
    /// The score of a subject, 0 to 100 with one decimal, and its grade. `value_of` answers an indicator's value and whether it is a rate.
    /// An indicator without a value weighs nothing; without a rate among them, since counts alone say nothing of a subject that had nothing
    /// to do, there is no score.
    pub(crate) fn score(&self, subject: &str, value_of: impl Fn(&str) -> Option<(f64, bool)>) -> Option<(f64, Option<&str>)> {
        let known = self.weights.get(subject)?.iter().filter_map(|weight| Some((weight, value_of(&weight.indicator)?)));
        let (mut sum, mut weights, mut rates) = (0.0, 0.0, 0);
        for (weight, (value, is_rate)) in known {
            sum += weight.weight * points(weight, value, is_rate);
            weights += weight.weight;
            rates += usize::from(is_rate);
        }
        if weights <= 0.0 || rates == 0 {
            return None;
        }
        let score = (sum / weights * 10.0).round() / 10.0;
        let grade = self.grades.iter().find(|grade| score >= grade.from).map(|grade| grade.name.as_str());
        Some((score, grade))
    }
}

#[cfg(test)]
mod tests {
    use super::super::built_in;

    #[test]
    fn a_dispatcher_is_scored_as_the_example_says() {
        // 20 of volume by steps (600 → 75), 40 in time (90 %), 40 accurate (100 %): 15 + 36 + 40.
        let value = |code: &str| match code {
            "dispatches" => Some((600.0, false)),
            "dispatch-in-time-rate" => Some((0.9, true)),
            "dispatch-accurate-rate" => Some((1.0, true)),
            _ => None,
        };
        assert_eq!(built_in().score("dispatcher", value), Some((91.0, Some("A"))));
    }

    #[test]
    fn what_has_no_value_weighs_nothing_and_counts_alone_make_no_score() {
        let rate = |code: &str| (code == "closing-rate").then_some((0.745, true));
        assert_eq!(built_in().score("place", rate), Some((74.5, Some("C"))));
        assert_eq!(built_in().score("place", |code| (code == "filings").then_some((0.0, false))), None);
        assert_eq!(built_in().score("nobody", rate), None);
    }
}
