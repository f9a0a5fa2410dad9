//! Texts that people type, bounded.

use kernel::problem::Problem;

/// The longest note or reason, in characters.
pub(crate) const NOTE: usize = 500;
/// The longest notice or assessment, in characters.
pub(crate) const TEXT: usize = 20_000;

/// A text that must be there.
///
/// # Errors
/// `field-required`, `field-too-long`, `field-invalid`.
pub(crate) fn required(field: &'static str, label: &str, text: &str, most: usize) -> Result<String, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::invalid("field-required", format!("请填写{label}")).field(field, format!("请填写{label}")));
    }
    bounded(field, label, text, most)
}

/// A text that may be empty.
///
/// # Errors
/// `field-too-long`, `field-invalid`.
pub(crate) fn bounded(field: &'static str, label: &str, text: &str, most: usize) -> Result<String, Problem> {
    let text = text.trim();
    if text.chars().count() > most {
        let detail = format!("{label}不能超过 {most} 字");
        return Err(Problem::invalid("field-too-long", detail.clone()).field(field, detail));
    }
    if text.contains('\0') {
        return Err(Problem::invalid("field-invalid", format!("{label}含有不可用的字符")).field(field, "含有不可用的字符"));
    }
    Ok(text.to_owned())
}

/// A note or reason with the numbers of persons in it hidden: it stands in lines that nobody erases.
pub(crate) fn unnumbered(text: &str) -> String {
    kernel::personal::redact(text).into_owned()
}
