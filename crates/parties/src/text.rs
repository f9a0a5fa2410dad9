//! Words that a person types: trimmed, bounded, readable.

use kernel::problem::Problem;

/// Words within their bound; nothing where there are none.
pub(crate) fn optional(field: &'static str, label: &str, words: Option<&str>, most: usize) -> Result<Option<String>, Problem> {
    let Some(words) = words.map(str::trim).filter(|words| !words.is_empty()) else { return Ok(None) };
    if words.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        let wrong = format!("{label}含有不能保存的字符");
        return Err(Problem::invalid("field-invalid", wrong.clone()).field(field, wrong));
    }
    if words.chars().count() > most {
        let long = format!("{label}不能超过 {most} 字");
        return Err(Problem::invalid("field-too-long", long.clone()).field(field, long));
    }
    Ok(Some(words.to_owned()))
}

/// Words that must be there.
pub(crate) fn required(field: &'static str, label: &str, words: Option<&str>, most: usize) -> Result<String, Problem> {
    optional(field, label, words, most)?.ok_or_else(|| {
        let absent = format!("请填写{label}");
        Problem::invalid("field-required", absent.clone()).field(field, absent)
    })
}
