//! Settling a day (奖励核定): which of the reports received by its end get something.

pub(crate) mod commit;
pub(crate) mod rule;
pub(crate) mod store;
mod watch;
mod work;

pub(crate) use commit::begins;
pub(crate) use watch::accounts;

use kernel::codes;

codes! {
    /// Why a report gets nothing, or nothing any more (不奖励的原因).
    #[schema(as = RewardReason)]
    Reason {
        /// An account, or a telephone, that is never paid (不在奖励对象内).
        Barred = "barred", "不在奖励对象内";
        /// Without a position nobody can say whether the place was rewarded already (没有位置).
        NoPosition = "no-position", "没有位置，无法判断是否重复";
        /// Its class is not rewarded (类别不奖励).
        ClassUnpaid = "class-unpaid", "这一类不在奖励范围";
        /// Somebody reported the problem before (问题已有先报人).
        SameProblem = "same-problem", "同一问题已有先报人";
        /// The place was rewarded a short time ago (地点近期已奖励).
        SamePlace = "same-place", "同一地点近期已有先报人";
        /// The telephone had its awards of the day (超过每日上限).
        PersonDay = "person-day", "超过每人每日上限";
        /// Those of the month (超过每月上限).
        PersonMonth = "person-month", "超过每人每月上限";
        /// The money of the day was given out (当日奖金已发完).
        Budget = "budget", "当日奖金已发完";
        /// A person refused it, with words (人工审核不予奖励).
        Person = "person", "审核不予奖励";
        /// The lead was voided, or not accepted after all (线索已作废).
        Voided = "voided", "线索已作废或不予受理";
    }
}

/// Why a person must look at an award about which a suspicion waits.
pub(crate) const DOUBTED: &str = "有待判定的疑点";

/// A report that is filed so many days after its receipt takes no part any more.
pub(crate) const LATE: u64 = 60;
/// Reports that are decided about at once.
const MOST_AT_ONCE: usize = 5_000;
