//! Where in a message each field of a lead stands (字段对应), by JSON pointer (RFC 6901).

use kernel::problem::Problem;
use serde_json::Value;

use crate::import::{Mapping, mapping, row::Places};

/// A mapping as a client sent it, with the fields under their own names.
///
/// # Errors
/// `mapping-invalid` for a field that does not exist, a place that is no JSON pointer, or when the words or the source's number have none.
pub(crate) fn parse(given: &Mapping) -> Result<Mapping, Problem> {
    let mapping = mapping::parse(given)?;
    for (field, place) in &mapping {
        // The system of all positions may be named outright, as for files.
        if !place.starts_with('/') && field != "coordinate_system" {
            return Err(invalid(format!("「{field}」应写作 JSON 指针，形如 /data/orderNo")));
        }
    }
    if mapping.contains_key("external_id") {
        return Ok(mapping);
    }
    Err(invalid("请指定哪一项是来源自己的编号：同一编号只成一条线索".to_owned()))
}

/// The cells of a message, in the order of its mapping, and where each field stands among them.
///
/// # Errors
/// `mapping-invalid` for a mapping that was kept and no longer fits the program.
pub(crate) fn cells(mapping: &Mapping, message: &Value) -> Result<(Places, Vec<String>), Problem> {
    let pointers: Vec<String> = mapping.values().filter(|place| place.starts_with('/')).cloned().collect();
    let places = Places::find(mapping, &pointers)?;
    let cells = pointers.iter().map(|pointer| message.pointer(pointer).map(text).unwrap_or_default()).collect();
    Ok((places, cells))
}

/// The source's number for a message. A number of more digits than a program's whole numbers hold has lost some of them on the way: two
/// orders would be one.
///
/// # Errors
/// `message-invalid` when there is none, or when it has lost digits.
pub(crate) fn require_key(mapping: &Mapping, message: &Value) -> Result<(), Problem> {
    let found = mapping.get("external_id").and_then(|pointer| message.pointer(pointer));
    let fault = match found {
        Some(Value::Number(number)) if !number.is_i64() && !number.is_u64() => "来源编号过长的数字会丢失尾数，请写作带引号的文本",
        Some(Value::Number(_)) => return Ok(()),
        Some(Value::String(text)) if !text.trim().is_empty() => return Ok(()),
        Some(Value::String(_) | Value::Null) | None => "报文中没有来源自己的编号",
        Some(_) => "来源编号应为文本或整数",
    };
    Err(Problem::invalid("message-invalid", fault).field("external_id", fault))
}

/// A value as a cell: several are joined, as a form with several fields of one name would be.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        // PostgreSQL keeps no zero character.
        Value::String(text) => text.replace('\0', ""),
        Value::Array(items) => items.iter().map(text).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n"),
        other => other.to_string(),
    }
}

fn invalid(detail: String) -> Problem {
    Problem::invalid("mapping-invalid", detail.clone()).field("mapping", detail)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn mapping(pairs: &[(&str, &str)]) -> Mapping {
        pairs.iter().map(|(field, place)| ((*field).to_owned(), (*place).to_owned())).collect()
    }

    #[test]
    fn values_are_found_wherever_they_stand() {
        let mapping = parse(&mapping(&[("key", "/head/no"), ("text", "/body/words"), ("title", "/~1x"), ("system", "gcj02")])).unwrap();
        let (places, cells) =
            cells(&mapping, &json!({ "head": { "no": 17 }, "body": { "words": ["甲", null, "乙"] }, "/x": "题" })).unwrap();
        assert_eq!((places.cell(&cells, "external_id"), places.cell(&cells, "description")), (Some("17"), Some("甲\n乙")));
        assert_eq!((places.cell(&cells, "title"), places.cell(&cells, "address")), (Some("题"), None));
        assert_eq!(places.system, kernel::position::CoordinateSystem::Gcj02);
    }

    #[test]
    fn a_mapping_needs_the_words_and_the_sources_number() {
        assert!(parse(&mapping(&[("text", "/t")])).is_err());
        assert!(parse(&mapping(&[("key", "/k")])).is_err());
        assert!(parse(&mapping(&[("key", "k"), ("text", "/t")])).is_err());
        assert!(parse(&mapping(&[("key", "/k"), ("text", "/t"), ("colour", "/c")])).is_err());
    }
}
