//! A drawn file (评查案卷): what the program found, the scores of its seats, what they come to.

pub(crate) mod appoint;
pub(crate) mod score;
pub(crate) mod show;
pub(crate) mod store;
pub(crate) mod tasks;
pub(crate) mod verdict;

use kernel::{codes, problem::Problem};

codes! {
    /// Where a file stands (案卷状态).
    FileState {
        /// Not all seats have scored.
        Scoring = "scoring", "评分中";
        /// The scores differ too much: a third settles.
        Arbitration = "arbitration", "分差待裁定";
        /// It has its score.
        Scored = "scored", "已评定";
    }
}

pub(crate) fn no_file() -> Problem {
    Problem::not_found("file-not-found", "没有这份评查案卷，或不在您的权限范围内")
}
