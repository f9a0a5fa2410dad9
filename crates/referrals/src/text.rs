//! Words that people add: bounded, and with telephone and identity numbers hidden, for they go to lists, to the ledger and to other bureaus.

use kernel::{personal::redact, problem::Problem};

/// Characters of facts, answers and reasons at most.
pub(crate) const LONGEST: usize = 4_000;

/// A part of a request that is not there.
pub(crate) fn missing(field: &'static str, label: &str) -> Problem {
    Problem::invalid("field-required", format!("请填写{label}")).field(field, format!("请填写{label}"))
}

/// A text that may be absent, as it was typed: for the vault alone.
pub(crate) fn exact(field: &'static str, label: &str, text: Option<&str>, most: usize) -> Result<Option<String>, Problem> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    if text.chars().count() > most {
        let detail = format!("{label}不能超过 {most} 字");
        return Err(Problem::invalid("field-too-long", detail.clone()).field(field, detail));
    }
    if text.chars().any(|it| it.is_control() && !matches!(it, '\n' | '\r' | '\t')) {
        return Err(Problem::invalid("field-invalid", format!("{label}含有不可用的字符")).field(field, "含有不可用的字符"));
    }
    Ok(Some(text.to_owned()))
}

/// A text that may be absent.
pub(crate) fn optional(field: &'static str, label: &str, text: Option<&str>, most: usize) -> Result<Option<String>, Problem> {
    Ok(exact(field, label, text, most)?.map(|text| redact(&text).into_owned()))
}

/// A text that must be there.
pub(crate) fn required(field: &'static str, label: &str, text: Option<&str>, most: usize) -> Result<String, Problem> {
    optional(field, label, text, most)?.ok_or_else(|| missing(field, label))
}
