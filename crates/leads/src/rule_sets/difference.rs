//! What changes between two sets of rules.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::settings::Rule;

/// A rule that one set has and the other has not, or has otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    pub before: Option<Rule>,
    pub after: Option<Rule>,
}

/// The rules that differ, in the order of the new set; those that are gone stand last.
pub(super) fn differences(before: &[Rule], after: &[Rule]) -> Vec<Difference> {
    let mut old: BTreeMap<Uuid, &Rule> = before.iter().map(|rule| (rule.id, rule)).collect();
    let mut found = Vec::new();
    for rule in after {
        match old.remove(&rule.id) {
            Some(known) if known.traced() == rule.traced() => {}
            known => found.push(Difference { before: known.cloned(), after: Some(rule.clone()) }),
        }
    }
    found
        .extend(before.iter().filter(|rule| old.contains_key(&rule.id)).map(|rule| Difference { before: Some(rule.clone()), after: None }));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(id: u128, priority: i32) -> Rule {
        Rule {
            id: Uuid::from_u128(id),
            region: "330482".into(),
            priority,
            class_prefix: String::new(),
            region_prefix: String::new(),
            weekdays: None,
            from_hour: None,
            to_hour: None,
            on_duty: false,
            unit_id: Uuid::from_u128(9),
            note: String::new(),
            version: 1,
        }
    }

    #[test]
    fn what_is_added_changed_and_gone_is_found_and_a_version_alone_is_no_change() {
        let before = [rule(1, 10), rule(2, 20), rule(3, 30)];
        let after = [Rule { version: 7, ..rule(1, 10) }, rule(2, 25), rule(4, 40)];
        let found = differences(&before, &after);
        let pairs: Vec<_> =
            found.iter().map(|it| (it.before.as_ref().map(|rule| rule.priority), it.after.as_ref().map(|rule| rule.priority))).collect();
        assert_eq!(pairs, [(Some(20), Some(25)), (None, Some(40)), (Some(30), None)]);
        assert!(differences(&after, &after).is_empty());
    }
}
