//! Forms as clients send them.

/// Pairs in `application/x-www-form-urlencoded`.
pub fn encoded(fields: &[(&str, &str)]) -> String {
    fields.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect::<Vec<_>>().join("&")
}

pub fn escaped(text: &str) -> String {
    text.bytes().map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// A report with a place, of the service of unknown kind.
pub fn plain(description: &str) -> Vec<(&str, &str)> {
    vec![("service_code", "other"), ("lat", "30.7051"), ("long", "121.0151"), ("description", description)]
}
