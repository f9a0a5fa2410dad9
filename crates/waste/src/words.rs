//! What people type: trimmed, bounded, without telephone and identity numbers.

use kernel::{personal::redact, problem::Problem};

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

/// A part of what is searched for, for `like`.
pub(crate) fn like(text: &str) -> String {
    format!("%{}%", text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}

/// What is searched for, where it is anything.
pub(crate) fn sought(text: Option<&str>) -> Option<String> {
    text.map(|text| text.trim().chars().take(60).collect::<String>()).filter(|text| !text.is_empty())
}

/// The unified code of an organisation (统一社会信用代码): 18 characters, of which the last checks the others.
///
/// GB 32100-2015, appendix A: weights 3^(n−1) mod 31 over an alphabet without I, O, S, V and Z.
pub(crate) fn credit_code(text: &str) -> Result<String, Problem> {
    const ALPHABET: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let code = text.trim().to_ascii_uppercase();
    let values: Vec<usize> = code.bytes().filter_map(|byte| ALPHABET.iter().position(|it| *it == byte)).collect();
    if code.len() != 18 || values.len() != 18 {
        return Err(wrong("credit_code", "统一社会信用代码应为 18 位数字和大写字母"));
    }
    let mut weight = 1;
    let mut sum = 0;
    for value in &values[..17] {
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    if (31 - sum % 31) % 31 != values[17] {
        return Err(wrong("credit_code", "统一社会信用代码的校验位不符，请核对"));
    }
    Ok(code)
}

/// A number plate as it is kept: without blanks and dots, in capitals.
pub(crate) fn plate(text: &str) -> Result<String, Problem> {
    let plate: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '·' | '.' | '-')).collect::<String>().to_uppercase();
    let fits = (5..=12).contains(&plate.chars().count()) && plate.chars().all(char::is_alphanumeric);
    if fits { Ok(plate) } else { Err(wrong("plate", "车牌号应为 5 至 12 位汉字、字母和数字")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_credit_code_is_refused() {
        // The example of GB 32100 that its check character is worked out for by hand: 91350100M000100Y4 gives 3.
        assert_eq!(credit_code(" 91350100m000100y43 ").unwrap(), "91350100M000100Y43");
        for wrong in ["91350100M000100Y44", "91350100M000100Y4", "91350100I000100Y43", ""] {
            assert!(credit_code(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_plate_is_kept_without_its_dot() {
        assert_eq!(plate("浙F·12345").unwrap(), "浙F12345");
        assert_eq!(plate("浙fd12345 ").unwrap(), "浙FD12345");
        assert!(plate("浙F").is_err());
        assert!(plate("浙F<12345").is_err());
    }
}
