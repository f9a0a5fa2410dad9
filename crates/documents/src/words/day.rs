//! Days and moments as documents write them.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};

/// 2026年11月2日.
#[must_use]
pub fn plain(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// 2026年11月2日9时05分, on the clock of the city.
#[must_use]
pub fn moment(at: NaiveDateTime) -> String {
    format!("{}{}时{:02}分", plain(at.date()), at.hour(), at.minute())
}

/// 二〇二六年十一月二日, as it stands under a seal.
#[must_use]
pub fn numerals(day: NaiveDate) -> String {
    const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let year: String = day.year().to_string().bytes().filter_map(|byte| DIGITS.get(usize::from(byte.wrapping_sub(b'0')))).collect();
    let small = |number: u32| {
        let (tens, ones) = (number / 10, number % 10);
        let mut words = String::new();
        if tens > 1 {
            words.push(DIGITS[tens as usize]);
        }
        if tens > 0 {
            words.push('十');
        }
        if ones > 0 {
            words.push(DIGITS[ones as usize]);
        }
        words
    };
    format!("{year}年{}月{}日", small(day.month()), small(day.day()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_said_in_both_ways() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(numerals(day("2026-11-02")), "二〇二六年十一月二日");
        assert_eq!(numerals(day("2030-10-20")), "二〇三〇年十月二十日");
        assert_eq!(numerals(day("2026-01-31")), "二〇二六年一月三十一日");
        assert_eq!(numerals(day("2026-12-10")), "二〇二六年十二月十日");
        assert_eq!(plain(day("2026-11-02")), "2026年11月2日");
        assert_eq!(moment("2026-11-02T09:05:00".parse().unwrap()), "2026年11月2日9时05分");
    }
}
