//! Date and time as the W3C note on ISO 8601 writes them, with a time zone always.

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, SecondsFormat, TimeZone, Utc};
use kernel::clock::shanghai;

/// An instant as answers write it, in the city's own time.
pub(crate) fn written(at: DateTime<Utc>) -> String {
    at.with_timezone(&shanghai()).to_rfc3339_opts(SecondsFormat::Secs, false)
}

/// Which end of a day a bare date means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    First,
    Last,
}

/// An instant as a client wrote it; none if it is none.
pub(crate) fn read(text: &str, end: End) -> Option<DateTime<Utc>> {
    // A plus that was not escaped in the address arrives as a blank.
    let text = text.trim().replace(' ', "+");
    if let Ok(date) = NaiveDate::parse_from_str(&text, "%Y-%m-%d") {
        let midnight = shanghai().from_local_datetime(&date.and_time(NaiveTime::MIN)).single()?.to_utc();
        return Some(if end == End::First { midnight } else { midnight + Duration::days(1) - Duration::microseconds(1) });
    }
    let full = DateTime::parse_from_rfc3339(&text).ok();
    let at = full.or_else(|| DateTime::parse_from_str(&text.replace('Z', "+00:00"), "%Y-%m-%dT%H:%M%:z").ok())?.to_utc();
    // Beyond these years nothing was reported, and PostgreSQL's own range ends somewhere.
    let years = 1900..=2999;
    years.contains(&chrono::Datelike::year(&at)).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_the_note() {
        let noon = Utc.with_ymd_and_hms(2026, 11, 22, 4, 0, 0).unwrap();
        for text in [
            "2026-11-22T04:00:00Z",
            "2026-11-22T12:00:00+08:00",
            "2026-11-22T12:00:00 08:00",
            "2026-11-22T12:00+08:00",
            "2026-11-22T04:00Z",
        ] {
            assert_eq!(read(text, End::First), Some(noon), "{text}");
        }
        assert_eq!(read("2026-11-22", End::First), Some(Utc.with_ymd_and_hms(2026, 11, 21, 16, 0, 0).unwrap()));
        assert!(read("2026-11-22", End::Last).unwrap() > noon);
        assert_eq!(read("yesterday", End::First), None);
        assert_eq!(read("2026-11-22T04:00:00", End::First), None, "a time without a zone is none");
        assert_eq!(written(noon), "2026-11-22T12:00:00+08:00");
    }
}
