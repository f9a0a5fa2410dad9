//! Every room has tests.

use std::collections::BTreeSet;

use super::{Finding, Measure, tree::Tree};

/// Looks at every crate.
pub fn look(tree: &Tree, findings: &mut Vec<Finding>, measures: &mut Vec<Measure>) {
    let rooms: BTreeSet<&str> =
        tree.files().iter().filter(|file| file.name() == "Cargo.toml").filter_map(|file| file.crate_name()).collect();
    for room in rooms {
        let own = || tree.files().iter().filter(|file| file.crate_name() == Some(room) && file.path.ends_with(".rs"));
        let tested = own().any(|file| file.text.contains("#[test]") || file.text.contains("#[tokio::test"));
        measures.push(Measure { rule: "untested", place: format!("crates/{room}"), count: usize::from(!tested), free: 0 });
        // One binary a crate: each more is linked for itself.
        let loose = own().filter(|file| file.path.strip_prefix(&format!("crates/{room}/tests/")).is_some_and(|rest| !rest.contains('/')));
        for file in loose {
            findings.push(Finding::new(&file.path, "tests stand in tests/it, one binary a crate"));
        }
    }
}
