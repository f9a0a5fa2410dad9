//! Who may know whom: down only, never sideways (STYLE.md).

use super::{Finding, tree::Tree};

/// A room, its layer, and whom beside it its documentation allows it to know.
struct Room {
    name: &'static str,
    layer: u8,
    beside: &'static [&'static str],
}

const fn room(name: &'static str, layer: u8, beside: &'static [&'static str]) -> Room {
    Room { name, layer, beside }
}

const ROOMS: &[Room] = &[
    room("kernel", 0, &[]),
    room("classify", 1, &[]),
    room("fences", 1, &[]),
    room("judgement", 1, &[]),
    room("jt808", 1, &[]),
    room("law", 1, &[]),
    room("sheets", 1, &[]),
    room("render", 1, &[]),
    room("sight", 1, &[]),
    room("database", 1, &[]),
    // Tables stand on `database`; `http` turns its errors into problems; files are given out over `http`.
    room("docket", 1, &["database"]),
    room("http", 1, &["database"]),
    room("files", 1, &["database", "http"]),
    room("identity", 2, &[]),
    room("catalogue", 2, &["identity"]),
    room("matters", 2, &["identity"]),
    room("notify", 2, &["identity"]),
    room("tracks", 2, &[]),
    room("evidence", 2, &["identity"]),
    room("property", 2, &["identity"]),
    room("centre", 2, &["identity", "notify"]),
    room("dossier", 2, &[]),
    room("archives", 3, &[]),
    room("documents", 2, &["identity"]),
    room("payments", 2, &["identity"]),
    room("publication", 2, &["identity"]),
    room("cases", 3, &[]),
    room("leads", 3, &[]),
    room("waste", 3, &[]),
    room("machines", 4, &[]),
    room("pressure", 4, &[]),
    room("campaigns", 4, &[]),
    room("findings", 4, &[]),
    room("parties", 4, &[]),
    room("referrals", 4, &[]),
    room("privacy", 4, &[]),
    room("quality", 4, &[]),
    room("rewards", 4, &[]),
    room("assessment", 5, &[]),
    room("gateway-jt808", 5, &[]),
    room("gateway-mqtt", 5, &[]),
    room("gateway-open311", 5, &[]),
    room("scrutiny", 5, &[]),
    room("bihuan", 6, &[]),
];
/// These stand aside: tests alone know `testkit`; the binary alone knows `sim`.
const ASIDE: [&str; 2] = ["testkit", "sim"];

/// Looks at every `Cargo.toml` under `crates/`.
pub fn look(tree: &Tree, findings: &mut Vec<Finding>) {
    for file in tree.files().iter().filter(|file| file.name() == "Cargo.toml") {
        let Some(name) = file.crate_name() else { continue };
        if ASIDE.contains(&name) {
            continue;
        }
        let Some(own) = ROOMS.iter().find(|it| it.name == name) else {
            findings
                .push(Finding::new(&file.path, format!("`{name}` has no layer: give it one in xtask/src/tidy/layers.rs and in STYLE.md")));
            continue;
        };
        for (section, dependency) in dependencies(&file.text) {
            let tests_only = section == "dev-dependencies";
            if ASIDE.contains(&dependency) {
                let sim_in_binary = dependency == "sim" && name == "bihuan";
                if !tests_only && !sim_in_binary {
                    findings.push(Finding::new(&file.path, format!("only tests know `{dependency}`")));
                }
                continue;
            }
            let Some(other) = ROOMS.iter().find(|it| it.name == dependency) else { continue };
            if !tests_only && other.layer >= own.layer && !own.beside.contains(&dependency) {
                findings.push(Finding::new(
                    &file.path,
                    format!("layer {} `{name}` may not know layer {} `{dependency}`", own.layer, other.layer),
                ));
            }
        }
    }
}

/// The (section, crate folder) pairs of a manifest.
fn dependencies(manifest: &str) -> Vec<(&str, &str)> {
    let mut section = "";
    let mut found = Vec::new();
    for line in manifest.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']');
        } else if section.ends_with("dependencies") {
            let name = line.split(['.', '=', ' ']).next().unwrap_or("");
            // The package of the folder `http` has a name of its own, since `http` is taken.
            found.push((section, if name == "http-api" { "http" } else { name }));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::dependencies;

    #[test]
    fn sections_and_names() {
        let manifest = "[package]\nname = \"x\"\n[dependencies]\nkernel.workspace = true\nhttp-api = { path = \"\" }\n[dev-dependencies]\ntestkit.workspace = true\n";
        assert_eq!(dependencies(manifest), [("dependencies", "kernel"), ("dependencies", "http"), ("dev-dependencies", "testkit")]);
    }
}
