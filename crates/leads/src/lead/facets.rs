//! What leads are found by beside words and places (分面): class, source and how they ended unless they were closed, so that words of one
//! class are looked up without reading what belongs to another.

use docket::facet;

use super::State;

/// Digits of a class's category and of the class itself (GB/T 47678.5); a local extension is found by its class.
const CLASS_DIGITS: [usize; 2] = [2, 5];

/// Ends that are rare: to write them costs little, and to search without them reads everything that was closed.
const RARE_ENDS: [State; 3] = [State::Rejected, State::Merged, State::Voided];

/// The facets of a lead.
pub(crate) fn of(class: Option<&str>, source: &str, state: State) -> Vec<String> {
    let classes = CLASS_DIGITS.into_iter().filter_map(|digits| class?.get(..digits)).map(|code| facet("class", code));
    let end = RARE_ENDS.contains(&state).then(|| facet("state", state.code()));
    classes.chain([facet("source", source)]).chain(end).collect()
}

/// The facets that every lead has which a filter by class, or its first digits, source and states lets through.
pub(crate) fn shared(class: Option<&str>, source: Option<&str>, states: Option<&[&str]>) -> Vec<String> {
    let class = CLASS_DIGITS.into_iter().rev().find_map(|digits| class?.get(..digits)).map(|code| facet("class", code));
    let end = match states {
        Some([state]) if RARE_ENDS.iter().any(|end| end.code() == *state) => Some(facet("state", state)),
        _ => None,
    };
    class.into_iter().chain(source.map(|code| facet("source", code))).chain(end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_filter_lets_through_has_what_the_filter_looks_for() {
        for (state, states) in [(State::Voided, ["voided"]), (State::Closed, ["closed"]), (State::Fixing, ["fixing"])] {
            let lead = of(Some("0601001"), "portal", state);
            for class in [None, Some("0"), Some("06"), Some("060"), Some("06010"), Some("0601001")] {
                for source in [None, Some("portal")] {
                    for states in [None, Some(&states[..]), Some(&["closed", "voided", "fixing"])] {
                        assert!(shared(class, source, states).iter().all(|it| lead.contains(it)), "{class:?} {source:?} {states:?}");
                    }
                }
            }
        }
        let lead = of(Some("06010"), "portal", State::Closed);
        for [class, source, state] in [["06011", "portal", "closed"], ["06010", "patrol", "closed"], ["06010", "portal", "voided"]] {
            assert!(shared(Some(class), Some(source), Some(&[state])).iter().any(|it| !lead.contains(it)), "{class} {source} {state}");
        }
        assert_eq!(of(None, "patrol", State::Reported).len(), 1);
    }
}
