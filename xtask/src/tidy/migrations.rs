//! Migrations: one version each, in the range of their room, and listed.

use std::collections::BTreeMap;

use super::{Finding, tree::Tree};

/// Where the versions of each room begin.
const RANGES: [(&str, u32); 29] = [
    ("docket", 1000),
    ("files", 2000),
    ("identity", 3000),
    ("catalogue", 4000),
    ("notify", 5000),
    ("leads", 6000),
    ("gateway-open311", 7000),
    ("assessment", 8000),
    ("machines", 9000),
    ("pressure", 10000),
    ("scrutiny", 11000),
    ("privacy", 12000),
    ("rewards", 13000),
    ("campaigns", 14000),
    ("cases", 15000),
    ("evidence", 18000),
    ("matters", 16000),
    ("documents", 17000),
    ("property", 20000),
    ("payments", 19000),
    ("publication", 22000),
    ("parties", 21000),
    ("tracks", 26000),
    ("gateway-jt808", 27000),
    ("quality", 24000),
    ("centre", 25000),
    ("referrals", 23000),
    ("waste", 28000),
    ("findings", 29000),
];

/// Looks at every file in a folder `migrations`.
pub fn look(tree: &Tree, findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<u32, &str> = BTreeMap::new();
    for file in tree.files().iter().filter(|file| file.path.contains("/migrations/") && file.path.ends_with(".sql")) {
        let name = file.name();
        let digits: String = name.chars().take_while(char::is_ascii_digit).collect();
        let Ok(version) = digits.parse::<u32>() else {
            findings.push(Finding::new(&file.path, "the name does not begin with its version"));
            continue;
        };
        if let Some(other) = seen.insert(version, &file.path) {
            findings.push(Finding::new(&file.path, format!("version {version} is taken by {other}")));
        }
        let room = file.crate_name().unwrap_or_default();
        match RANGES.iter().find(|(name, _)| *name == room) {
            Some((_, from)) if (*from..from + 1000).contains(&version) => {}
            Some((_, from)) => findings.push(Finding::new(&file.path, format!("`{room}` counts from {from} to {}", from + 999))),
            None => findings.push(Finding::new(&file.path, format!("`{room}` has no range of versions"))),
        }
        let listed = tree.files().iter().any(|it| it.crate_name() == Some(room) && it.path.ends_with(".rs") && it.text.contains(name));
        if !listed {
            findings.push(Finding::new(&file.path, "no MIGRATIONS list includes it"));
        }
    }
}
