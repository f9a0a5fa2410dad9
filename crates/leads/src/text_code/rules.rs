//! Numbers of codes by text message. All of them are the house's own; what a message costs is known to the city.

use chrono::Duration;
use rand::RngExt;

/// So long a code holds.
pub(super) const HOLDS: Duration = Duration::minutes(5);
/// So often one may be typed.
pub(super) const TRIES: i32 = 5;
/// Between two messages to one telephone.
pub(super) const APART: Duration = Duration::seconds(60);
/// Messages to one telephone in an hour, and in a day.
pub(super) const HOURLY: i64 = 5;
pub(super) const DAILY: i64 = 10;
/// Messages of a day altogether, until somebody sets another number.
pub(super) const DAILY_MOST: i32 = 2_000;
/// Rows are thrown away after this: longer than any limit looks back.
pub(super) const KEPT: Duration = Duration::days(2);

/// What was sent to a telephone, and altogether.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lately {
    pub minute: i64,
    pub hour: i64,
    pub day: i64,
    pub all: i64,
}

/// Why no further message may be sent; nothing where one may.
pub(super) fn too_many(lately: Lately, daily_most: i32) -> Option<&'static str> {
    if lately.all >= i64::from(daily_most) {
        Some("今天的验证短信已发完，请不留电话匿名上报，或改日再试")
    } else if lately.minute > 0 {
        Some("验证短信刚刚发过，请一分钟后再试")
    } else if lately.hour >= HOURLY || lately.day >= DAILY {
        Some("这个号码收到的验证短信太多，请稍后再试，或不留电话匿名上报")
    } else {
        None
    }
}

/// Six digits, each as likely as another.
pub(super) fn new_code() -> String {
    format!("{:06}", rand::rng().random_range(0..1_000_000))
}

/// Whether a number is a mobile one, which text messages reach: eleven digits, 13 to 19 in front.
pub(super) fn is_mobile(number: &str) -> bool {
    let digits = number.as_bytes();
    digits.len() == 11 && digits[0] == b'1' && (b'3'..=b'9').contains(&digits[1]) && digits.iter().all(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_bounded_by_minute_hour_day_and_altogether() {
        let quiet = Lately { minute: 0, hour: 4, day: 9, all: 1_999 };
        assert_eq!(too_many(quiet, 2_000), None);
        for much in
            [Lately { minute: 1, ..quiet }, Lately { hour: 5, ..quiet }, Lately { day: 10, ..quiet }, Lately { all: 2_000, ..quiet }]
        {
            assert!(too_many(much, 2_000).is_some(), "{much:?}");
        }
    }

    #[test]
    fn a_code_has_six_digits_and_a_mobile_number_eleven() {
        assert!((0..200).map(|_| new_code()).all(|code| code.len() == 6 && code.bytes().all(|digit| digit.is_ascii_digit())));
        for (number, mobile) in
            [("13900000000", true), ("+86 139-0000-0000", true), ("12900000000", false), ("057312345678", false), ("1390000000", false)]
        {
            let telephone = kernel::personal::Telephone::parse(number).unwrap();
            assert_eq!(is_mobile(telephone.expose()), mobile, "{number}");
        }
    }
}
