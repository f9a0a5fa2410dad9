//! Times as they stand in other systems' files.

use chrono::{DateTime, Duration, NaiveDate, TimeZone, Utc};
use kernel::clock::shanghai;

/// Before this year nothing was reported by any system that still has files.
const FIRST_YEAR: i32 = 1980;

/// Reads a time: with an offset as it says, without one in Shanghai. Year, month and day in this order, in any spelling (`2020-09-03`,
/// `2018/7/17 7:13:58`, `2020年9月3日 下午3点05分`, `20200903071358`); or, with the year last, month and day in the order that fits, the
/// month first where both fit. Nothing when it cannot be meant, or lies in the future.
pub(crate) fn parse(text: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let at = match DateTime::parse_from_rfc3339(text.trim()) {
        Ok(exact) => exact.with_timezone(&Utc),
        Err(_) => loose(text)?,
    };
    // A day's grace: a source's clock or a date without an hour may be ahead.
    let sane = at <= now + Duration::days(1) && at.naive_utc().date() >= NaiveDate::from_ymd_opt(FIRST_YEAR, 1, 1)?;
    sane.then_some(at)
}

fn loose(text: &str) -> Option<DateTime<Utc>> {
    // The fraction of a second is of no use here.
    let text = text.trim().split_once('.').map_or(text, |(whole, rest)| {
        if whole.contains(':') {
            whole
        } else {
            let _ = rest;
            text
        }
    });
    let mut numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let compact;
    if let [whole, rest @ ..] = numbers.as_slice()
        && matches!(whole.len(), 8 | 12 | 14)
    {
        let mut parts = vec![&whole[..4], &whole[4..6], &whole[6..8]];
        parts.extend((8..whole.len()).step_by(2).map(|at| &whole[at..at + 2]));
        parts.extend(rest);
        compact = parts;
        numbers = compact;
    }
    if !(3..=6).contains(&numbers.len()) || numbers.iter().any(|part| part.len() > 4) {
        return None;
    }
    let value = |at: usize| numbers.get(at).map_or(Some(0_u32), |part| part.parse().ok());
    let (year, month, day) = match (numbers[0].len(), numbers[2].len()) {
        (4, _) => (value(0)?, value(1)?, value(2)?),
        (_, 4) if value(0)? <= 12 => (value(2)?, value(0)?, value(1)?),
        (_, 4) => (value(2)?, value(1)?, value(0)?),
        _ => return None,
    };
    let lower = text.to_lowercase();
    let afternoon = ["下午", "晚上", "pm"].iter().any(|word| lower.contains(word));
    let morning = ["上午", "凌晨", "am"].iter().any(|word| lower.contains(word));
    let hour = match value(3)? {
        hour @ 1..=11 if afternoon => hour + 12,
        12 if morning => 0,
        hour => hour,
    };
    let local = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?.and_hms_opt(hour, value(4)?, value(5)?)?;
    shanghai().from_local_datetime(&local).earliest().map(|at| at.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        let now = Utc.with_ymd_and_hms(2026, 11, 22, 0, 0, 0).unwrap();
        parse(text, now).map(|at| at.with_timezone(&shanghai()).format("%Y-%m-%d %H:%M:%S").to_string())
    }

    #[test]
    fn the_spellings_seen_are_read_in_shanghai() {
        for (text, expected) in [
            ("2020-09-03", "2020-09-03 00:00:00"),
            ("01/08/2015", "2015-01-08 00:00:00"),
            ("25/08/2015", "2015-08-25 00:00:00"),
            ("2018/7/17 7:13:58", "2018-07-17 07:13:58"),
            ("2018.7.17", "2018-07-17 00:00:00"),
            ("2020年9月3日", "2020-09-03 00:00:00"),
            ("2020年9月3日 下午3点05分", "2020-09-03 15:05:00"),
            ("20200903", "2020-09-03 00:00:00"),
            ("20200903071358", "2020-09-03 07:13:58"),
            ("2020-09-03 07:13:58.123", "2020-09-03 07:13:58"),
            ("2020-09-03T07:13:58Z", "2020-09-03 15:13:58"),
            ("9/3/2020 12:30 AM", "2020-09-03 00:30:00"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_meant_is_no_time() {
        for text in ["", "昨天", "2020", "2020-13-01", "2020-02-30", "2031-01-01", "1890-01-01", "12345678901234567890", "1-2-3"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
