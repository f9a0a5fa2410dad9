//! The kinds of data that have a period, with what the law says of it.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use kernel::problem::Problem;

use kernel::codes;

codes! {
    /// A kind of data.
    #[schema(as = RetainedKind)]
    Retained {
        /// Name and telephone of reporters whose lead is over.
        Contact = "contact", "已办结线索的报料人姓名和电话";
        /// Answers that other systems have taken.
        Answer = "answer", "已送达来源系统的答复";
        /// What cameras, cars, drones and sensors sent.
        MachineEvent = "machine-event", "已了结的机器事件";
        /// Notifications of staff.
        Notification = "notification", "工作人员的站内通知";
        /// Sign-ins, changes of settings, exports.
        Log = "log", "登录、设置变更和导出日志";
    }
}

/// A kind's days; the longest is a hundred years.
pub(crate) type Days = BTreeMap<Retained, u32>;

/// The longest period, in days.
const LONGEST: u32 = 36_500;

impl Retained {
    /// The shortest period, in days.
    ///
    /// Logs: six months by 网络安全法 art. 21 no. 3, and no six months are longer than 184 days. The others are the house's own: long
    /// enough that who is asked back, or complains about a closing, is still reached.
    pub const fn shortest(self) -> u32 {
        match self {
            Self::Contact | Self::Answer | Self::MachineEvent => 30,
            Self::Notification => 7,
            Self::Log => 184,
        }
    }

    /// The longest period, in days: notifications are swept after 180 days in any case.
    pub const fn longest(self) -> u32 {
        match self {
            Self::Notification => 180,
            _ => LONGEST,
        }
    }

    /// Where the period comes from, for people.
    pub const fn basis(self) -> &'static str {
        match self {
            Self::Contact => "个人信息保护法第十九条：实现处理目的所必要的最短时间；下限 30 天为本平台的规定",
            Self::Answer => "个人信息保护法第十九条；下限 30 天为本平台的规定",
            Self::MachineEvent => "下限 30 天为本平台的规定；未了结的发现和暂停删除的线索所依据的事件不删",
            Self::Notification => "下限 7 天、上限 180 天为本平台的规定",
            Self::Log => "网络安全法第二十一条第三项：不少于六个月",
        }
    }
}

/// What ended before this is due.
pub(crate) fn cut(now: DateTime<Utc>, days: u32) -> DateTime<Utc> {
    now.checked_sub_signed(Duration::days(i64::from(days))).unwrap_or(DateTime::<Utc>::MIN_UTC)
}

/// Periods within their bounds.
///
/// # Errors
/// `retention-too-short`, `retention-too-long`.
pub(crate) fn check(days: &Days) -> Result<(), Problem> {
    for (kind, days) in days {
        if *days < kind.shortest() {
            let detail = format!("“{}”至少保存 {} 天", kind.label(), kind.shortest());
            return Err(Problem::invalid("retention-too-short", detail.clone()).field(kind.code(), detail).citing(kind.basis()));
        }
        if *days > kind.longest() {
            let detail = format!("“{}”最多保存 {} 天", kind.label(), kind.longest());
            return Err(Problem::invalid("retention-too-long", detail.clone()).field(kind.code(), detail));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::{Months, NaiveDate};

    use super::{Days, Retained, check};

    #[test]
    fn logs_are_kept_for_any_six_months() {
        let mut day = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        while day < NaiveDate::from_ymd_opt(2031, 1, 1).unwrap() {
            let later = day.checked_add_months(Months::new(6)).unwrap();
            assert!((later - day).num_days() <= i64::from(Retained::Log.shortest()), "{day}");
            day = day.succ_opt().unwrap();
        }
        let refusal = |days| check(&Days::from([(Retained::Log, days)])).map_err(|problem| problem.code);
        assert_eq!((refusal(183), refusal(184)), (Err("retention-too-short"), Ok(())));
    }
}
