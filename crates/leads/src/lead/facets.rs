//! What leads are found by beside words and places (分面): class and source, so that words of one class are looked up without reading
//! what belongs to another.

use docket::facet;

/// Digits of a class's category and of the class itself (GB/T 47678.5); a local extension is found by its class.
const CLASS_DIGITS: [usize; 2] = [2, 5];

/// The facets of a lead.
pub(crate) fn of(class: Option<&str>, source: &str) -> Vec<String> {
    let classes = CLASS_DIGITS.into_iter().filter_map(|digits| class?.get(..digits)).map(|code| facet("class", code));
    classes.chain([facet("source", source)]).collect()
}

/// The facets that every lead has which a filter by class, or its first digits, and source lets through.
pub(crate) fn shared(class: Option<&str>, source: Option<&str>) -> Vec<String> {
    let class = CLASS_DIGITS.into_iter().rev().find_map(|digits| class?.get(..digits)).map(|code| facet("class", code));
    class.into_iter().chain(source.map(|code| facet("source", code))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_filter_lets_through_has_what_the_filter_looks_for() {
        let lead = of(Some("0601001"), "portal");
        for class in [None, Some("0"), Some("06"), Some("060"), Some("06010"), Some("0601001")] {
            for source in [None, Some("portal")] {
                assert!(shared(class, source).iter().all(|it| lead.contains(it)), "{class:?} {source:?}");
            }
        }
        assert!(!lead.contains(&shared(Some("06011"), None)[0]));
        assert_eq!(of(None, "patrol").len(), 1);
    }
}
