//! Lock files: what is installed anywhere is the same, and comes from the public registries only.

use super::{Finding, tree::Tree};

/// Looks at the lock files.
pub fn look(tree: &Tree, findings: &mut Vec<Finding>) {
    if let Some(lock) = tree.file("web/package-lock.json") {
        // Without addresses each machine asks the registry that it is set to.
        if lock.text.contains("\"resolved\":") {
            findings.push(Finding::new(&lock.path, "holds addresses (`resolved`): install with omit-lockfile-registry-resolved"));
        }
    }
    if let Some(lock) = tree.file("Cargo.lock") {
        for source in lock.text.lines().filter_map(|line| line.strip_prefix("source = ")) {
            if source != "\"registry+https://github.com/rust-lang/crates.io-index\"" {
                findings.push(Finding::new(&lock.path, format!("comes from {source}, not from crates.io")));
            }
        }
    } else {
        findings.push(Finding::new("Cargo.lock", "is missing"));
    }
}
