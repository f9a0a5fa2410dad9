//! What a neighbour's server answers, read leniently: numbers may come as texts, what is not known as null, empty or not at all.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::Standing;
use crate::w3c::{self, End};

/// A service request of a neighbour (邻市的服务请求).
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Request {
    pub id: String,
    pub open: bool,
    pub notes: Option<String>,
    pub service_code: Option<String>,
    pub service_name: Option<String>,
    pub description: Option<String>,
    pub agency: Option<String>,
    pub requested: Option<DateTime<Utc>>,
    pub updated: Option<DateTime<Utc>>,
    pub expected: Option<DateTime<Utc>>,
    pub address: Option<String>,
    pub position: Option<(f64, f64)>,
}

/// The longest number of a neighbour that is kept.
const LONGEST_ID: usize = 100;
/// The longest text that is kept, in characters.
const LONGEST_TEXT: usize = 4_000;

fn text(of: &Value, name: &str) -> Option<String> {
    let found = match of.get(name)? {
        Value::String(text) => text.trim().chars().filter(|letter| *letter != '\0').take(LONGEST_TEXT).collect(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    Some(found).filter(|text: &String| !text.is_empty())
}

fn degrees(of: &Value, name: &str) -> Option<f64> {
    text(of, name)?.parse().ok()
}

fn instant(of: &Value, name: &str) -> Option<DateTime<Utc>> {
    w3c::read(&text(of, name)?, End::First)
}

/// A number as a neighbour gives it.
pub(super) fn id(of: &Value, name: &str) -> Option<String> {
    text(of, name).filter(|id| id.len() <= LONGEST_ID && !id.contains(|letter: char| letter.is_control() || letter == ','))
}

impl Request {
    fn read(of: &Value) -> Option<Self> {
        Some(Self {
            id: id(of, "service_request_id")?,
            open: !text(of, "status").is_some_and(|status| status.eq_ignore_ascii_case("closed")),
            notes: text(of, "status_notes"),
            service_code: text(of, "service_code"),
            service_name: text(of, "service_name"),
            description: text(of, "description"),
            agency: text(of, "agency_responsible"),
            requested: instant(of, "requested_datetime"),
            updated: instant(of, "updated_datetime"),
            expected: instant(of, "expected_datetime"),
            address: text(of, "address"),
            position: degrees(of, "long").zip(degrees(of, "lat")),
        })
    }

    /// How it stands.
    pub(super) fn standing(self) -> Standing {
        Standing { open: self.open, notes: self.notes, agency: self.agency, expected: self.expected, updated: self.updated }
    }
}

/// The requests of an answer; none when it is no list. What has no number is left out.
pub(super) fn requests(body: &[u8]) -> Option<Vec<Request>> {
    let list: Vec<Value> = serde_json::from_slice(body).ok()?;
    Some(list.iter().filter_map(Request::read).collect())
}

/// The first entry of an answer to a report, or to a token.
pub(super) fn first(body: &[u8]) -> Option<Value> {
    match serde_json::from_slice(body).ok()? {
        Value::Array(list) => list.into_iter().next(),
        other => Some(other),
    }
}

/// Why a server refused, in its own words.
pub(super) fn refusal(status: u16, body: &[u8]) -> String {
    let said = first(body).and_then(|fault| text(&fault, "description"));
    let said = said.map(|said| said.chars().take(500).collect::<String>());
    said.map_or_else(|| format!("对方应答 {status}"), |said| format!("对方应答 {status}：{said}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_cities_write_numbers_as_texts_and_leave_out_what_they_do_not_know() {
        let body = r#"[{"service_request_id": 638344, "status": "Closed", "lat": "30.7", "long": 121.0, "description": "",
            "updated_datetime": "2026-11-22T12:00:00+08:00"}, {"status": "open"}]"#;
        let read = requests(body.as_bytes()).unwrap();
        assert_eq!(read.len(), 1, "what has no number is nothing");
        assert_eq!((read[0].id.as_str(), read[0].open, read[0].position), ("638344", false, Some((121.0, 30.7))));
        assert_eq!((&read[0].description, read[0].updated.is_some()), (&None, true));
        assert_eq!(requests(b"<xml/>"), None);
        assert_eq!(requests(b"{}"), None);
    }

    #[test]
    fn a_refusal_is_told_in_the_neighbours_words() {
        let body = r#"[{"code": 403, "description": "api_key 无效"}]"#;
        assert_eq!(refusal(403, body.as_bytes()), "对方应答 403：api_key 无效");
        assert_eq!(refusal(502, b"<html>"), "对方应答 502");
    }
}
