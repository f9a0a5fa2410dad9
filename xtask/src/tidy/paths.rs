//! The documents name what is there.

use super::{
    Finding,
    tree::{File, Tree},
};

/// Folders whose names in `code` are paths of this repository.
const ROOTS: [&str; 10] = ["crates/", "web/", "docs/", "scripts/", "xtask/", "data/", "deploy/", "templates/", ".ci/", ".config/"];

/// Looks at every Markdown file.
pub fn look(tree: &Tree, findings: &mut Vec<Finding>) {
    for file in tree.files().iter().filter(|file| file.path.ends_with(".md")) {
        for (line, named) in named_paths(file) {
            if !tree.has(&named) {
                findings.push(Finding::new(format!("{}:{line}", file.path), format!("names `{named}`, which is not there")));
            }
        }
    }
}

/// Paths in backquotes and in links, with their lines; patterns and made files are left out.
fn named_paths(file: &File) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in file.text.lines().enumerate() {
        let quoted = line.split('`').skip(1).step_by(2);
        for word in quoted.filter(|word| ROOTS.iter().any(|root| word.starts_with(root))) {
            if !word.contains(['*', '<', '{', '…', ' ', ':']) && !word.starts_with("web/dist") && !word.starts_with("web/node_modules") {
                found.push((number + 1, word.trim_end_matches('/').to_owned()));
            }
        }
        for link in line.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.is_empty() || link.contains("://") || link.starts_with(['#', '/']) || link.starts_with("mailto:") {
                continue;
            }
            let target = link.split(['#', ' ']).next().unwrap_or(link);
            found.push((number + 1, resolve(&file.path, target)));
        }
    }
    found
}

/// A link's target from the root.
fn resolve(from: &str, target: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn links_are_read_from_their_file() {
        assert_eq!(resolve("docs/guide/a.md", "../screenshots/b.png"), "docs/screenshots/b.png");
        assert_eq!(resolve("README.md", "docs/a.md"), "docs/a.md");
    }
}
