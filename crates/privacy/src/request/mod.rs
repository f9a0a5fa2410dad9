//! What a person asks for about himself (个人信息权利请求): a copy, a correction, an erasure.

pub(crate) mod ask;
pub(crate) mod copy;
pub(crate) mod decide;
pub(crate) mod enter;
pub(crate) mod follow;
mod fulfil;
pub(crate) mod list;
mod moot;
mod new;
mod row;
pub(crate) mod show;
pub(crate) mod store;

use chrono::{DateTime, Days, Utc};
use kernel::problem::Problem;

use kernel::codes;

codes! {
    /// What is asked for.
    #[schema(as = PrivacyRequestKind)]
    Kind {
        /// To read and copy (个人信息保护法 art. 45).
        Copy = "copy", "查阅、复制";
        /// To correct (art. 46).
        Correct = "correct", "更正、补充";
        /// To erase (art. 47).
        Erase = "erase", "删除";
    }
}

codes! {
    /// How it stands.
    #[schema(as = PrivacyRequestState)]
    RequestState {
        /// Waits to be decided.
        Open = "open", "待办理";
        /// Granted, and done.
        Granted = "granted", "已同意";
        /// Refused, with the ground.
        Refused = "refused", "已拒绝";
    }
}

codes! {
    /// How it came.
    #[schema(as = PrivacyRequestChannel)]
    Channel {
        /// By the person himself with a tracking code.
        Code = "code", "本人凭查询码";
        /// At the counter or by letter, entered by staff.
        Counter = "counter", "窗口登记";
    }
}

codes! {
    /// On what ground a request is refused.
    #[schema(as = PrivacyRefusalGround)]
    Ground {
        /// Laws demand that it be kept (art. 47 para. 2).
        Retention = "retention", "法律、行政法规规定的保存期限未届满（第四十七条）";
        /// The purpose is not reached yet (art. 47 para. 1).
        Needed = "needed", "处理目的尚未实现，仍为履行法定职责所必需（第十三条、第四十七条）";
        /// Laws demand secrecy, or it would hinder the duty (art. 45 with 18 and 35).
        Secret = "secret", "依法应当保密，或者将妨碍履行法定职责（第十八条、第三十五条、第四十五条）";
        /// What is kept is right (art. 46).
        Accurate = "accurate", "经核实，保存的信息准确、完整（第四十六条）";
        /// Nobody knows that it is he.
        Identity = "identity", "无法核实申请人就是本人";
        /// Nothing of the kind is kept.
        Nothing = "nothing", "没有保存所请求的信息";
    }
}

impl Ground {
    /// Whether the ground fits what was asked for.
    const fn fits(self, kind: Kind) -> bool {
        match self {
            Self::Retention | Self::Needed => matches!(kind, Kind::Erase),
            Self::Secret => matches!(kind, Kind::Copy),
            Self::Accurate => matches!(kind, Kind::Correct),
            Self::Identity | Self::Nothing => true,
        }
    }
}

/// Days until a request must be answered. The law says only 及时 (art. 45, 46, 50); GB/T 35273—2020, 8.7 a) says thirty days.
const ANSWER_WITHIN: Days = Days::new(30);

/// When a request that came in at `now` must be answered.
fn due(now: DateTime<Utc>) -> DateTime<Utc> {
    now.checked_add_days(ANSWER_WITHIN).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// No such request within reach.
fn not_found() -> Problem {
    Problem::not_found("privacy-request-not-found", "没有找到这件权利请求，可能不存在，或不在您的辖区")
}

#[cfg(test)]
mod tests {
    use chrono::{TimeZone, Utc};

    use super::{Ground, Kind, due};

    #[test]
    fn a_request_of_the_second_of_november_is_answered_by_the_second_of_december() {
        let day = |month, day| Utc.with_ymd_and_hms(2026, month, day, 1, 0, 0).unwrap();
        assert_eq!(due(day(11, 2)), day(12, 2));
    }

    #[test]
    fn a_copy_is_not_refused_because_the_data_must_be_kept() {
        assert!(!Ground::Retention.fits(Kind::Copy) && Ground::Retention.fits(Kind::Erase));
        assert!([Kind::Copy, Kind::Correct, Kind::Erase].into_iter().all(|kind| Ground::ALL.iter().any(|ground| ground.fits(kind))));
    }
}
