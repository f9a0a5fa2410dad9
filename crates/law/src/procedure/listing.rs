//! The guards as a page shows them.

use super::Table;

/// Every guard of `table` as a Markdown table: id, article, why a step is refused, the way out, and the steps it stands before.
#[must_use]
pub fn guards_as_markdown(table: &Table) -> String {
    let mut lines =
        vec!["| 守则 | 依据 | 为什么不能办 | 怎样才能办 | 约束的环节 |".to_owned(), "| --- | --- | --- | --- | --- |".to_owned()];
    for guard in table.guards() {
        let mut steps: Vec<&str> = Vec::new();
        for transition in table.transitions() {
            if transition.guards.iter().any(|other| other.id == guard.id) && !steps.contains(&transition.action.label()) {
                steps.push(transition.action.label());
            }
        }
        let before = if steps.is_empty() { "机关的一切环节（解除查封扣押除外）".to_owned() } else { steps.join("、") };
        lines.push(format!("| `{}` | {} | {} | {} | {before} |", guard.id, guard.article, guard.why, guard.cure));
    }
    lines.join("\n")
}
