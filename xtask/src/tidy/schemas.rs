//! Schemas: one name each. The OpenAPI document keeps one schema a name and drops the others without a word.

use std::collections::BTreeMap;

use super::{Finding, tree::Tree};

/// Looks at every type that derives `ToSchema`.
pub fn look(tree: &Tree, findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for file in tree.files().iter().filter(|file| file.is_product_rust()) {
        for name in names(&file.text) {
            if let Some(other) = seen.insert(name.clone(), &file.path) {
                findings.push(Finding::new(&file.path, format!("the schema `{name}` has the name of one in {other}")));
            }
        }
    }
}

/// The names that the schemas of a file go by.
fn names(text: &str) -> Vec<String> {
    let (mut names, mut derived, mut called) = (Vec::new(), false, None);
    let mut in_codes = false;
    for line in text.lines() {
        let words = line.trim_start();
        if words.starts_with("#[derive(") {
            (derived, called) = (words.contains("ToSchema"), None);
        } else if let Some(rest) = words.strip_prefix("#[schema(as = ") {
            called = rest.split([')', ',']).next().map(str::to_owned);
        } else if let Some(name) = declared(words)
            && std::mem::take(&mut derived)
        {
            names.push(called.take().unwrap_or(name));
        }
        // Every type that the macro makes has a schema.
        in_codes = if line.starts_with("codes! {") { true } else { in_codes && line != "}" };
        if in_codes
            && let Some(name) = line.strip_prefix("    ").and_then(|it| it.strip_suffix(" {"))
            && name.chars().all(char::is_alphanumeric)
        {
            names.push(called.take().unwrap_or_else(|| name.to_owned()));
        }
    }
    names
}

/// The type that a line declares.
fn declared(words: &str) -> Option<String> {
    let public = words.strip_prefix("pub ").or_else(|| words.strip_prefix("pub(crate) ")).or_else(|| words.strip_prefix("pub(super) "));
    let words = public.unwrap_or(words);
    let rest = words.strip_prefix("struct ").or_else(|| words.strip_prefix("enum "))?;
    // A macro's `$name` is none yet.
    Some(rest.chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect()).filter(|name: &String| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_goes_by_its_own_name_or_the_one_it_is_given() {
        let text = "#[derive(Debug, ToSchema)]\npub(crate) struct One {\n}\n#[derive(ToSchema)]\n#[schema(as = Three)]\nenum Two {}\n\
                    #[derive(Debug)]\nstruct Four;\ncodes! {\n    /// Words.\n    Five {\n        Six = \"six\", \"六\";\n    }\n}\n";
        assert_eq!(names(text), ["One", "Three", "Five"]);
    }
}
