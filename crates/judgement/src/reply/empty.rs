//! Answers of stock phrases alone (空话套话).

use super::{Code, Finding, han, phrases};

/// What hands a matter on; whom it was handed to is a name, and says nothing either.
const HANDED_ON: [&str; 10] = ["建议转", "请转", "已转", "转办", "转交", "移交", "批转", "交由", "转至", "交办"];
/// Han characters that may be left of phrases: a slip of the list, not a content (house rule).
const LEFT: usize = 4;
/// As many where it only says to whom it was handed on: the name of an office.
const LEFT_OF_HANDING_ON: usize = 10;

pub(super) fn look(reply: &str) -> Option<Finding> {
    let finding = |reason: &str, words| Some(Finding { code: Code::Empty, reason: reason.to_owned(), words });
    if han(reply).next().is_none() {
        return finding("没有写怎么办的", Vec::new());
    }
    let left = phrases::rest(reply);
    let signs = left.iter().map(|run| run.chars().count()).sum::<usize>();
    let handed_on = HANDED_ON.iter().find(|word| reply.contains(**word));
    let shown = || vec![reply.trim().chars().take(40).collect()];
    match handed_on {
        Some(_) if signs <= LEFT_OF_HANDING_ON => finding("只说转给别人办，没有说办得怎样", shown()),
        // A few words without any phrase are short, not empty: 已清运.
        None if signs <= LEFT && han(reply).count() > signs + 3 => finding("只有套话，没有说查到什么、做了什么", shown()),
        _ => None,
    }
}
