//! What people type: trimmed, bounded, without telephone and identity numbers.

use kernel::{
    label::{CodeWrong, parse_code},
    personal::redact,
    problem::Problem,
};

/// Characters of a name, a place.
pub(crate) const LINE: usize = 200;
/// Characters of a reason.
pub(crate) const NOTE: usize = 1_000;

/// Words that must be there.
pub(crate) fn required(field: &'static str, name: &str, words: &str, most: usize) -> Result<String, Problem> {
    let words = optional(field, name, Some(words), most)?;
    words.ok_or_else(|| Problem::invalid("field-required", format!("请填写{name}")).field(field, format!("请填写{name}")))
}

/// Words that may be missing.
pub(crate) fn optional(field: &'static str, name: &str, words: Option<&str>, most: usize) -> Result<Option<String>, Problem> {
    let Some(words) = words.map(str::trim).filter(|words| !words.is_empty()) else { return Ok(None) };
    if words.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(wrong(field, format!("{name}含有不能保存的字符")));
    }
    if words.chars().count() > most {
        return Err(wrong(field, format!("{name}不能超过 {most} 字")));
    }
    Ok(Some(redact(words).into_owned()))
}

/// A field that is wrong, and why.
pub(crate) fn wrong(field: &'static str, why: impl Into<String>) -> Problem {
    let why = why.into();
    Problem::invalid("field-invalid", why.clone()).field(field, why)
}

/// What the labels of volumes and devices begin with (档案、装备).
pub(crate) const HEADS: [&str; 2] = ["DA", "ZB"];

/// A code of a volume or a device as it was typed or scanned.
pub(crate) fn code(text: &str) -> Result<String, Problem> {
    let mut mistyped = false;
    for head in HEADS {
        match parse_code(head, text) {
            Ok(code) => return Ok(code),
            Err(CodeWrong::Check) => mistyped = true,
            Err(CodeWrong::Shape) => {}
        }
    }
    Err(if mistyped {
        Problem::invalid("code-mistyped", "编码有误，校验位不符，请重新扫码或者核对").field("code", "校验位不符")
    } else {
        Problem::invalid("code-unknown", "这不是档案或者装备标签的编码").field("code", "应为 DA 或者 ZB 开头、共 15 位")
    })
}

/// A part of what is searched for, for `like`.
pub(crate) fn like(text: &str) -> String {
    format!("%{}%", text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}
