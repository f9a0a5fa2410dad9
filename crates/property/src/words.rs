//! What people type: trimmed, bounded, without telephone and identity numbers.

use kernel::{personal::redact, problem::Problem};

/// Characters of a name, an address.
pub(crate) const LINE: usize = 200;
/// Characters of a reason.
pub(crate) const NOTE: usize = 1_000;

/// Words that must be there.
pub(crate) fn required(field: &'static str, name: &str, words: &str, most: usize) -> Result<String, Problem> {
    let words = words.trim();
    if words.is_empty() {
        return Err(Problem::invalid("field-required", format!("请填写{name}")).field(field, format!("请填写{name}")));
    }
    bounded(field, name, words, most)
}

/// Words that may be missing.
pub(crate) fn optional(field: &'static str, name: &str, words: Option<&str>, most: usize) -> Result<Option<String>, Problem> {
    words.map(str::trim).filter(|words| !words.is_empty()).map(|words| bounded(field, name, words, most)).transpose()
}

fn bounded(field: &'static str, name: &str, words: &str, most: usize) -> Result<String, Problem> {
    if words.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        let wrong = format!("{name}含有不能保存的字符");
        return Err(Problem::invalid("field-invalid", wrong.clone()).field(field, wrong));
    }
    if words.chars().count() > most {
        let long = format!("{name}不能超过 {most} 字");
        return Err(Problem::invalid("field-too-long", long.clone()).field(field, long));
    }
    Ok(redact(words).into_owned())
}
