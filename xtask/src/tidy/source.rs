//! What each source file must hold by itself.

use super::{
    Finding, Measure,
    tree::{File, Tree},
};

/// A file that is longer than this does more than one thing.
const LONGEST: usize = 400;
/// Names that say nothing about what is inside.
const DRAWERS: [&str; 8] = ["utils", "util", "helpers", "helper", "common", "misc", "shared", "stuff"];
/// Built from halves, so that this file is not found by its own rule.
const UNFINISHED: [&str; 4] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X:"), concat!("todo", "!(")];

/// Looks at every file.
pub fn look(tree: &Tree, findings: &mut Vec<Finding>, measures: &mut Vec<Measure>) {
    for file in tree.files() {
        let code = [".rs", ".ts", ".tsx", ".css", ".sql", ".mjs"].iter().any(|ending| file.path.ends_with(ending));
        if code && !is_generated(file) {
            drawer(file, findings);
            unfinished(file, findings);
            measures.push(Measure { rule: "lines", place: file.path.clone(), count: file.text.lines().count(), free: LONGEST });
        }
        if file.path.ends_with(".rs") {
            opens_with_words(file, findings);
        }
        if file.is_product_rust() {
            outside_store(file, measures);
            clock(file, measures);
        }
        machine_paths(file, findings);
    }
}

fn is_generated(file: &File) -> bool {
    file.path == "web/src/api/schema.d.ts"
}

fn drawer(file: &File, findings: &mut Vec<Finding>) {
    for part in file.path.split('/') {
        let stem = part.split('.').next().unwrap_or(part);
        if DRAWERS.contains(&stem) {
            findings.push(Finding::new(&file.path, format!("`{stem}` is a drawer, not a name: say what is inside")));
        }
    }
}

fn unfinished(file: &File, findings: &mut Vec<Finding>) {
    for (number, line) in file.text.lines().enumerate() {
        if let Some(word) = UNFINISHED.iter().find(|word| line.contains(**word)) {
            findings
                .push(Finding::new(format!("{}:{}", file.path, number + 1), format!("`{word}`: finish it, or file it and leave it out")));
        }
    }
}

fn opens_with_words(file: &File, findings: &mut Vec<Finding>) {
    if !file.text.starts_with("//!") {
        findings.push(Finding::new(&file.path, "the module does not open with a `//!` line that says what it is"));
    }
}

/// The part of a file before its own tests.
fn product(file: &File) -> &str {
    file.text.split("#[cfg(test)]").next().unwrap_or(&file.text)
}

/// SQL has one home in each room. The database crate speaks SQL by trade, and the benches prepare their own data.
fn outside_store(file: &File, measures: &mut Vec<Measure>) {
    let at_home = file.name() == "store.rs"
        || file.path.contains("/store/")
        || ["crates/database/", "crates/testkit/", "crates/bihuan/src/bench/", "xtask/"].iter().any(|home| file.path.starts_with(home));
    if !at_home {
        let count = product(file)
            .lines()
            .filter(|line| {
                ["sqlx::query", "sqlx::raw_sql", "QueryBuilder::new", "query_scalar", "query_as"].iter().any(|word| line.contains(word))
                    && !line.trim_start().starts_with("use ")
            })
            .count();
        measures.push(Measure { rule: "sql-outside-store", place: file.path.clone(), count, free: 0 });
    }
}

/// "Now" is a parameter. Only the clock itself asks the machine; the simulator stands outside the house, in real time.
fn clock(file: &File, measures: &mut Vec<Measure>) {
    if file.path == "crates/kernel/src/clock.rs" || ["xtask/", "crates/sim/"].iter().any(|aside| file.path.starts_with(aside)) {
        return;
    }
    let count = product(file)
        .lines()
        .filter(|line| ["Utc::now()", "Local::now()", "SystemTime::now()"].iter().any(|word| line.contains(word)))
        .count();
    measures.push(Measure { rule: "asks-the-machine-for-now", place: file.path.clone(), count, free: 0 });
}

fn machine_paths(file: &File, findings: &mut Vec<Finding>) {
    let homes = [concat!("/home", "/"), concat!("/ro", "ot/"), concat!("/Us", "ers/"), concat!("/work", "/")];
    for (number, line) in file.text.lines().enumerate() {
        if let Some(home) = homes.iter().find(|home| names(line, home)) {
            findings.push(Finding::new(format!("{}:{}", file.path, number + 1), format!("a path of one machine: `{home}…`")));
        }
    }
}

/// Whether the line names a path that begins there, and not one that only contains the word (`../work/`, an address).
fn names(line: &str, home: &str) -> bool {
    line.match_indices(home).any(|(at, _)| line[..at].chars().next_back().is_none_or(|before| "\"'`( =:".contains(before)))
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_path_begins_after_a_quote_or_a_space() {
        let home = concat!("/ro", "ot/");
        assert!(names(&format!("let x = \"{home}x\""), home));
        assert!(names(&format!("{home}x"), home));
        assert!(!names(&format!("signed{home}x"), home));
    }
}
