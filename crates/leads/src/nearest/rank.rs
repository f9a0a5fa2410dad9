//! In which order people on duty are shown: pure.

use std::cmp::Ordering;

use uuid::Uuid;

/// Somebody on duty, or a unit whose turn names nobody.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Candidate {
    pub unit: Uuid,
    pub person: Option<Uuid>,
    /// Metres from the lead, where he shares his place.
    pub metres: Option<f64>,
    pub accuracy: Option<f32>,
    /// Seconds since it was measured.
    pub age: Option<i64>,
    /// How many digits of the lead's ground his unit's ground shares, if the lead lies on it: the more, the closer it is his.
    pub ground: usize,
}

/// The nearest first; of those whose place nobody knows, whose ground it is first.
pub(crate) fn order(one: &Candidate, other: &Candidate) -> Ordering {
    let by_distance = match (one.metres, other.metres) {
        (Some(one), Some(other)) => one.total_cmp(&other),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    };
    by_distance.then(other.ground.cmp(&one.ground)).then(one.unit.cmp(&other.unit)).then(one.person.cmp(&other.person))
}

/// A distance as it is told: within 200, 500, 1,000 metres, then in whole kilometres.
pub(crate) fn steps(metres: f64) -> i64 {
    match metres {
        near if near <= 200.0 => 200,
        near if near <= 500.0 => 500,
        far => (far / 1_000.0).ceil() as i64 * 1_000,
    }
}

/// The digits of a unit's ground, if a lead lies on it.
pub(crate) fn ground(unit_region: &str, jurisdiction: &str) -> usize {
    if jurisdiction.starts_with(unit_region) { unit_region.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_told_in_steps() {
        assert_eq!([0.0, 200.0, 201.0, 900.0, 1_000.0, 2_340.0].map(steps), [200, 200, 500, 1_000, 1_000, 3_000]);
    }

    #[test]
    fn who_is_near_comes_before_whose_ground_it_is_and_that_before_the_rest() {
        let candidate = |unit: u128, metres: Option<f64>, ground: usize| Candidate {
            unit: Uuid::from_u128(unit),
            person: None,
            metres,
            accuracy: None,
            age: None,
            ground,
        };
        let mut all = [
            candidate(1, None, 0),
            candidate(2, None, 9),
            candidate(3, Some(900.0), 0),
            candidate(4, Some(80.0), 0),
            candidate(5, None, 6),
        ];
        all.sort_by(order);
        assert_eq!(all.map(|it| it.unit.as_u128()), [4, 3, 2, 5, 1]);
        assert_eq!(
            (ground("330482901", "330482901001001"), ground("330482902", "330482901001001"), ground("330482", "330482901")),
            (9, 0, 6)
        );
    }
}
