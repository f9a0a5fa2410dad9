//! What a template finds beside each fact: sums in capitals and digits, days in words. A template formats nothing by itself.

use chrono::{NaiveDate, NaiveDateTime};
use serde_json::{Map, Value};

use super::{capitals, digits, moment, numerals, plain};

/// Puts beside `x_fen` its `x_fen_capitals` and `x_fen_digits`, beside `x_on` (or `on`) its `x_on_words` and `x_on_numerals`, and beside
/// `x_at` its `x_at_words`, everywhere in `value`.
pub(crate) fn enrich(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(enrich),
        Value::Object(fields) => {
            let mut added = Map::new();
            for (name, field) in fields.iter_mut() {
                if let (true, Some(fen)) = (name.ends_with("_fen"), field.as_u64()) {
                    added.insert(format!("{name}_capitals"), capitals(fen).into());
                    added.insert(format!("{name}_digits"), digits(fen).into());
                } else if let (true, Some(day)) = (name == "on" || name.ends_with("_on"), day(field)) {
                    added.insert(format!("{name}_words"), plain(day).into());
                    added.insert(format!("{name}_numerals"), numerals(day).into());
                } else if let (true, Some(at)) = (name.ends_with("_at"), at(field)) {
                    added.insert(format!("{name}_words"), moment(at).into());
                } else {
                    enrich(field);
                }
            }
            fields.append(&mut added);
        }
        _ => {}
    }
}

fn day(value: &Value) -> Option<NaiveDate> {
    value.as_str()?.parse().ok()
}

fn at(value: &Value) -> Option<NaiveDateTime> {
    value.as_str()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::enrich;

    #[test]
    fn facts_stand_beside_their_words() {
        let mut value =
            json!({ "fines": [{ "amount_fen": 20000 }], "due_on": "2026-11-02", "begun_at": "2026-11-02T09:05:00", "born_on": null });
        enrich(&mut value);
        assert_eq!(value["fines"][0]["amount_fen_capitals"], "贰佰元整");
        assert_eq!(value["fines"][0]["amount_fen_digits"], "200.00");
        assert_eq!(value["due_on_numerals"], "二〇二六年十一月二日");
        assert_eq!(value["begun_at_words"], "2026年11月2日9时05分");
        assert!(value.get("born_on_words").is_none());
    }
}
